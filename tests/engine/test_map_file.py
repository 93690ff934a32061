"""Files of maps hold the map, its world and its maze, whole."""

import json
import zipfile
from dataclasses import fields, replace

import numpy as np
import pytest
from support.extras import required
from support.worlds import drawn_world, emap_of, world_of

import gridemp
from gridemp import GridempError, Maze, World, empowerment, load_map
from gridemp.engine.map import EmpowermentMap
from gridemp.mazes.maze_hash import maze_hash
from gridemp.worlds.environments.name import make_world

THIN = Maze([[1, 1, 0], [1, 1, 1]], [[1, 0], [0, 0]], [[0, 1, 0]], "thin é", {(1, 2): "T"})


def gymnasium_world(name):
    required("gymnasium")
    return make_world(name)


def doors():
    required("minigrid")
    env = required("gymnasium").make("MiniGrid-DoorKey-5x5-v0")
    env.reset(seed=0)
    return gridemp.from_minigrid(env)


def small_maps():
    """Maps of every kind of world, by name."""
    hands = drawn_world(".k.K", moves="turn", hands=True, holding="k", within=3)
    boxes = World.from_maze(Maze([[1] * 4] * 2, objects={(0, 1): "$"}), within=2)
    table = World.from_transitions([[[0.9, 0.1], [0.2, 0.8]], [[0.5, 0.5], [0, 1]]], [7, 9])
    return {
        "plain": empowerment(drawn_world(), 3),
        "thin": emap_of(THIN, 2, moves="king", stay=False),
        "slip": emap_of(THIN, 1, slip=0.1, slip_kind="perpendicular", torus="x"),
        "headings": empowerment(drawn_world("..#\n...", moves="turn", sensor="walls"), 2),
        "best heading": empowerment(drawn_world(moves="turn"), 2).one_per_cell(),
        "boxes": empowerment(boxes, 2),
        "hands": empowerment(hands, 2),
        "table": empowerment(table, 2),
        "starts": empowerment(replace(table, starts=[1]), 1),
        "labels": empowerment(drawn_world().with_sensor(list("aabbcc"), "letters"), 1),
        "source": gridemp.information_map(drawn_world(), 2, [0.5, 0.5, 0, 0, 0]),
        "bounds": gridemp.empowerment_bounds(drawn_world("..", slip=0.5), 12),
        "numpy": emap_of(THIN, np.int64(2), slip=np.float32(0.25), stay=np.True_),
    }


def assert_same_fields(one, other):
    """Equal fields, equal types of arrays."""
    assert type(one) is type(other)
    for field in fields(one):
        if field.name == "finder":
            assert other.finder is None  # files have none
            continue
        mine, theirs = getattr(one, field.name), getattr(other, field.name)
        if isinstance(mine, World):
            assert_same_fields(mine, theirs)
        elif isinstance(mine, np.ndarray):
            np.testing.assert_array_equal(mine, theirs)
            assert mine.dtype == theirs.dtype
        else:
            assert mine == theirs, field.name
            assert not isinstance(mine, Maze) or mine.name == theirs.name


def assert_kept(emap, folder):
    emap.save(folder / "map.npz")
    again = load_map(folder / "map.npz")
    assert_same_fields(emap, again)
    assert maze_hash(again.world.maze) == maze_hash(emap.world.maze)
    return again


@pytest.mark.slow
@pytest.mark.parametrize("name", small_maps())
def test_a_map_comes_back_whole(name, tmp_path):
    assert_kept(small_maps()[name], tmp_path)


@pytest.mark.parametrize(
    "make",
    [
        lambda: gymnasium_world("FrozenLake-v1"),
        lambda: gymnasium_world("CliffWalking-v1"),
        lambda: gymnasium_world("Taxi"),
        doors,
    ],
)
def test_worlds_of_other_libraries_come_back_whole(make, tmp_path):
    assert_kept(empowerment(make(), 1), tmp_path)


def test_a_difference_is_found(tmp_path):
    emap = small_maps()["thin"]
    for other in (
        replace(emap, bits=emap.bits + 1),
        replace(emap, world=replace(emap.world, maze=emap.world.maze.named("other"))),
    ):
        with pytest.raises(AssertionError):
            assert_same_fields(emap, other)


def test_a_map_that_came_back_can_be_gone_on_with(tmp_path):
    world = world_of("klyubin", slip=0.1)
    again = assert_kept(empowerment(world, 1), tmp_path)
    np.testing.assert_array_equal(empowerment(again.world, 2).bits, empowerment(world, 2).bits)


def test_the_file_has_grids_for_other_programs(tmp_path):
    emap = empowerment(drawn_world("..#\n...", moves="turn", slip=0.1), 1)
    emap.save(tmp_path / "map.npz")
    with np.load(tmp_path / "map.npz", allow_pickle=False) as file:
        np.testing.assert_array_equal(file["empowerment"], emap.grid())
        assert np.isnan(file["gap"]).tolist() == [[False, False, True], [False] * 3]
    small_maps()["source"].save(tmp_path / "map.npz")
    with np.load(tmp_path / "map.npz") as file:
        assert "information" in file
        assert "empowerment" not in file


def test_the_same_map_makes_the_same_bytes(tmp_path):
    for name in ("one.npz", "other.npz"):
        emap_of(THIN, 2, slip=0.1).save(str(tmp_path / name))
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "other.npz").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.npz") as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_noise_is_stored_once_not_for_each_state(tmp_path):
    world = World.from_maze(Maze(np.ones((50, 50))), slip=0.1)
    EmpowermentMap(world, 1, np.zeros(2500), np.zeros(2500)).save(tmp_path / "map.npz")
    with np.load(tmp_path / "map.npz") as file:
        assert file["world.probabilities"].shape == (1, 5, 5)
        assert file["world.successors"].shape == (2500, 1, 5)


def test_a_file_is_named_npz(tmp_path):
    with pytest.raises(GridempError, match=r"its name must end in \.npz"):
        small_maps()["plain"].save(tmp_path / "map.csv")
    with pytest.raises(GridempError, match=r"create the folder .*nowhere first"):
        small_maps()["plain"].save(tmp_path / "nowhere" / "map.npz")
    assert list(tmp_path.iterdir()) == []


def write(path, **changes):
    """Write the file of a map with some of its parts changed, or left out where None."""
    small_maps()["slip"].save(path)
    with np.load(path) as file:
        arrays = dict(file) | changes
    np.savez(path, **{name: array for name, array in arrays.items() if array is not None})


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"record": None}, "holds arrays, but not the maze and world of a map; save the map again"),
        ({"record": np.array('{"version": 99}')}, "was written by a newer version of gridemp"),
        ({"record": np.array("{")}, r"is damaged \(Expecting property name .*\); save the map"),
        ({"record": np.array('{"version": 1}')}, r"is damaged \('world'\)"),
        ({"world.cell": None}, r"is damaged \('world\.cell'\)"),
        ({"map.bits": np.zeros(2)}, r"is damaged \(bits must have shape \(5,\), not \(2,\)\)"),
        ({"map.states": np.arange(5) + 1}, r"is damaged \(states must hold numbers of states"),
        ({"maze.floor": np.zeros((2, 3))}, r"is damaged \(the maze has no floor cell"),
        ({"world.successors": np.full((5, 1, 4), 9)}, "is damaged"),
    ],
)
def test_a_file_that_is_not_of_a_map_is_refused(changes, sentence, tmp_path):
    write(tmp_path / "map.npz", **changes)
    with pytest.raises(GridempError, match=sentence) as error:
        load_map(tmp_path / "map.npz")
    assert str(error.value).startswith(str(tmp_path / "map.npz"))


def write_record(path, part, **changes):
    """Write the file of a map with some entries of a part of its record changed."""
    small_maps()["slip"].save(path)
    with np.load(path) as file:
        record = json.loads(str(file["record"]))
    (record["world"]["conditions"] if part == "conditions" else record[part]).update(changes)
    write(path, record=np.array(json.dumps(record)))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("part", "changes", "sentence"),
    [
        ("conditions", {"slip": "abc"}, "slip must be a probability from 0 to 1, not 'abc'"),
        ("conditions", {"slip": 7}, "slip must be a probability from 0 to 1, not 7"),
        ("conditions", {"moves": "fly"}, "`moves` must be one of nesw, king, turn, not 'fly'"),
        ("conditions", {"noise": "loud"}, "`noise` must be one of none, slip, own, not 'loud'"),
        ("map", {"horizon": -3}, "`horizon` must be a whole number of steps, 1 or more, not -3"),
        ("map", {"per_cell": "foo"}, "`per_cell` must be one of best, mean"),
    ],
)
def test_a_record_that_is_not_of_a_map_is_refused(part, changes, sentence, tmp_path):
    write_record(tmp_path / "map.npz", part, **changes)
    with pytest.raises(GridempError, match="is damaged") as error:
        load_map(tmp_path / "map.npz")
    assert sentence in str(error.value)


def test_the_record_has_no_say_in_the_number_of_outcomes(tmp_path):
    write_record(tmp_path / "map.npz", "world", outcomes=10**6)
    assert_same_fields(load_map(tmp_path / "map.npz"), small_maps()["slip"])


def test_probabilities_that_do_not_sum_to_1_are_refused(tmp_path):
    probabilities = small_maps()["slip"].world.probabilities
    write(tmp_path / "map.npz", **{"world.probabilities": 2 * probabilities})
    with pytest.raises(GridempError, match=r"is damaged \(the probabilities of .* sum to 2, not 1"):
        load_map(tmp_path / "map.npz")


def test_pickled_objects_are_never_loaded(tmp_path):
    write(tmp_path / "map.npz", record=np.array([print], dtype=object))
    with pytest.raises(GridempError, match=r"is damaged \(Object arrays cannot be loaded"):
        load_map(tmp_path / "map.npz")


def test_other_files_are_refused(tmp_path):
    with pytest.raises(GridempError, match=r"cannot read .*gone\.npz: No such file"):
        load_map(tmp_path / "gone.npz")
    with pytest.raises(GridempError, match=r"cannot read .*: Is a directory"):
        load_map(tmp_path)
    for name, content in (("maze.txt", b"...\n"), ("empty.npz", b""), ("zip.npz", b"PK\x03\x04")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(
            GridempError, match=r"is not a complete \.npz file; EmpowermentMap\.save"
        ):
            load_map(tmp_path / name)


def test_damage_anywhere_is_a_sentence(tmp_path):
    path = tmp_path / "map.npz"
    emap = small_maps()["slip"]
    emap.save(path)
    whole = path.read_bytes()
    rng = np.random.default_rng(0)
    refused = 0
    for place in rng.integers(len(whole), size=300).tolist():
        broken = bytearray(whole)
        broken[place] ^= int(rng.integers(1, 256))
        path.write_bytes(broken)
        try:
            again = load_map(path)
        except GridempError:
            refused += 1
        else:
            assert_same_fields(emap, again)
    assert refused > 100


def test_a_record_is_json(tmp_path):
    small_maps()["numpy"].save(tmp_path / "map.npz")
    with np.load(tmp_path / "map.npz") as file:
        record = json.loads(str(file["record"]))
    assert record["map"] == {"horizon": 2, "per_cell": "", "source": ""}
    assert record["world"]["conditions"]["slip"] == 0.25
    assert record["maze"] == {"name": "thin é", "objects": [[1, 2, "T"]]}
