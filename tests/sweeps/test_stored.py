"""Maps in a store are the maps that would be computed, with their worlds."""

import re

import numpy as np
import pytest
from support.stores import store_of, world_at

import gridemp
from gridemp import GridempError, empowerment, parse_maze
from gridemp.mazes.maze_hash import maze_hash
from gridemp.sweeps import open_maps

BENT = parse_maze("+-+-+-+\n|   | |\n+ + + +\n|# T  |\n+-+-+-+\n", name="bent")
BOXED = parse_maze("....\n.$..\n", name="boxed")
SPINNING = parse_maze("...\n..#\n", name="spinning")


@pytest.fixture(scope="module")
def maps(tmp_path_factory):
    path = tmp_path_factory.mktemp("sweep") / "results.zarr"
    values = {"horizon": [3, 1, 2], "slip": [0.1, 0.0, 0.2], "torus": ["xy", "none"]}
    return store_of(path, BENT, left_out=[(3, 0.2)], stay=False, **values)


def assert_same_map(emap, own):
    np.testing.assert_array_equal(emap.bits, own.bits)
    np.testing.assert_array_equal(emap.gap, own.gap)
    np.testing.assert_array_equal(emap.states, own.states)
    assert (emap.outcomes is None) == (own.outcomes is None)
    if own.outcomes is not None:
        np.testing.assert_array_equal(emap.outcomes, own.outcomes)
    assert (emap.horizon, emap.shown, emap.peak) == (own.horizon, own.shown, own.peak)
    assert emap.world.conditions == own.world.conditions
    assert emap.world.maze.name == own.world.maze.name
    assert maze_hash(emap.world.maze) == maze_hash(own.world.maze)


def test_repr(maps):
    assert re.fullmatch(
        r"StoredMaps\('.*results.zarr::bent': 1 moves, 2 torus, 1 sensor, 3 slip, 3 horizon\)",
        repr(maps),
    )


@pytest.mark.parametrize("torus", ["none", "xy"])
@pytest.mark.parametrize("slip", [0.0, 0.1])
def test_a_map_is_the_one_that_would_be_computed(maps, torus, slip):
    world = world_at(BENT, torus=torus, slip=slip, stay=False)
    for horizon in (1, 2, 3):
        emap = maps.map(horizon=horizon, slip=slip, torus=torus)
        assert_same_map(emap, empowerment(world, horizon))


@pytest.mark.parametrize("heading", ["best", "mean", "east"])
def test_a_map_of_headings_has_one_value_per_cell(tmp_path, heading):
    maps = store_of(tmp_path / "a.zarr", SPINNING, heading=heading, moves=["turn"], horizon=[2])
    own = empowerment(gridemp.World.from_maze(SPINNING, moves="turn"), 2).one_per_cell(heading)
    emap = maps.map()
    assert (emap.per_cell, emap.shown) == (own.per_cell, own.shown)
    np.testing.assert_array_equal(emap.bits, own.bits)
    np.testing.assert_array_equal(emap.cell, own.cell)
    assert (emap.outcomes is None) == (own.outcomes is None)
    assert emap.peak == own.peak


def test_a_map_of_boxes_has_its_world(tmp_path):
    maps = store_of(tmp_path / "a.zarr", BOXED, horizon=[1, 2], sensor=["position", "row"])
    world = gridemp.World.from_maze(BOXED, sensor="row", within=2)
    assert_same_map(maps.map(horizon=2, sensor="row"), empowerment(world, 2))


def test_values_are_sorted(maps):
    assert maps.values("horizon") == [1, 2, 3]
    assert maps.values("slip") == [0.0, 0.1, 0.2]
    assert maps.values("torus") == ["none", "xy"]
    assert maps.one_of_each({"torus": "xy", "slip": 0.1 + 1e-12}, but=["horizon"]) == {
        "moves": "nesw",
        "torus": "xy",
        "sensor": "state",
        "slip": 0.1,
    }


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (
            {"slip": 0.1, "torus": "xy"},
            "has several values of horizon (1, 2, 3); choose one with",
        ),
        ({"slpi": 0.1}, "has no setting 'slpi'; did you mean slip?"),
        (
            {"slip": 0.15, "horizon": 1, "torus": "xy"},
            "has no maps with slip 0.15, only with 0, 0.1, 0.2; add it with gridemp sweep, into "
            "the same store",
        ),
        (
            {"slip": 0.2, "horizon": 3, "torus": "xy"},
            "with torus xy, slip 0.2, horizon 3 is not computed yet; add it with gridemp sweep"
            ", into the same store",
        ),
    ],
)
def test_a_map_that_is_not_there_is_named(maps, settings, sentence):
    with pytest.raises(GridempError) as error:
        maps.map(**settings)
    assert sentence in str(error.value)


def test_a_store_with_several_mazes(tmp_path):
    path = tmp_path / "a.zarr"
    for name in ("corner", "room"):
        store_of(path, parse_maze("..", name=name))
    assert open_maps(path, "room").maze.name == "room"
    for maze, sentence in (
        (None, "has several mazes, corner, room; choose one with `maze`, such as corner"),
        ("romo", "has no maze 'romo'; did you mean room?"),
        ("x", "has no maze 'x'; it has corner, room"),
    ):
        with pytest.raises(GridempError, match=r"a\.zarr") as error:
            open_maps(path, maze)
        assert str(error.value).endswith(sentence)
    for seed in range(7):
        store_of(path, parse_maze("..", name=f"maze-{seed}"))
    with pytest.raises(GridempError, match=r"it has corner, maze-0, .*, maze-6, \.\.\.$"):
        open_maps(path, "x")


def test_what_is_no_store(tmp_path):
    with pytest.raises(GridempError, match=r"is not a folder that gridemp sweep has written"):
        open_maps(tmp_path)
    with pytest.raises(GridempError, match=r"there is no folder .*gone\.zarr; check the path"):
        open_maps(tmp_path / "gone.zarr")


def test_files_that_are_not_whole(tmp_path):
    maps = store_of(tmp_path / "a.zarr", parse_maze("..", name="two"), horizon=[1, 2])
    folder = tmp_path / "a.zarr" / "two"
    file = folder / "gap" / "c.0.0.0.0.1.0.0"
    file.write_bytes(file.read_bytes()[:-3])
    with pytest.raises(
        GridempError, match=r"1\.0\.0: .*ended.*; delete it and run the sweep again"
    ):
        maps.map(horizon=2)
    assert maps.map(horizon=1).bits.tolist() == [1.0, 1.0]
    (folder / "slip" / "c.0").unlink()
    with pytest.raises(GridempError, match=r"cannot read .*two: .*; delete this folder"):
        open_maps(tmp_path / "a.zarr")
