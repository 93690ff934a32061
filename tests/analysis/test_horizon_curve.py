"""Empowerment at several horizons."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.strategies import worlds

import gridemp
from gridemp import GridempError, World, empowerment
from gridemp.analysis.horizon_curve import ceilings, empowerment_curve
from gridemp.render.figures.horizon_curve import SUMMARIES


@pytest.fixture(scope="module")
def curve(klyubin):
    return empowerment_curve(klyubin, range(1, 31), [(5, 5), (0, 0)])


def assert_same_maps(curve, horizons):
    for i, horizon in enumerate(horizons):
        emap = empowerment(curve.world, horizon).one_per_cell()
        found = [getattr(curve, name)[i] for name in ("minimum", "median", "mean", "maximum")]
        bits = emap.bits
        expected = [bits.min(), np.median(bits), bits.mean(), bits.max()]
        np.testing.assert_allclose(found, expected, atol=1e-12)
        assert curve.gap[i] == emap.gap.max()
        for (x, y), values in zip(curve.cells, curve.values, strict=True):
            assert values[i] == emap.grid()[emap.world.maze.rowcol(x, y)]


def test_the_curve_is_made_of_the_maps(klyubin):
    horizons = [7, 1, 3, 1]
    curve = empowerment_curve(klyubin, horizons, [(5, 5), (0, 9), (5, 5)])
    assert curve.horizons.tolist() == [1, 3, 7]
    assert curve.cells == ((5, 5), (0, 9))
    assert_same_maps(curve, [1, 3, 7])


@pytest.mark.parametrize("options", [{"slip": 0.1}, {"moves": "turn"}, {"sensor": "row"}])
def test_the_curve_of_other_worlds(options):
    world = World.from_maze(gridemp.parse_maze("....\n.#..\n...."), **options)
    curve = empowerment_curve(world, [1, 2, 3], [(0, 0)])
    assert_same_maps(curve, [1, 2, 3])
    assert (curve.ceilings is None) == ("slip" in options)
    assert (curve.gap.max() > 0) == ("slip" in options)
    assert curve.shown == ("best heading" if "moves" in options else "")


def test_the_classic_maze_is_flat_at_its_ceiling_from_27_steps_on(curve):
    assert curve.ceilings.tolist() == [np.log2(100)]
    flat = curve.horizons >= 27
    for name in SUMMARIES:
        np.testing.assert_allclose(getattr(curve, name)[flat], np.log2(100), atol=1e-12)
    assert (curve.minimum[~flat] < np.log2(100)).all()
    assert (np.diff(curve.values) >= 0).all()


def test_two_components_have_two_ceilings(halves):
    curve = empowerment_curve(halves, [1, 20])
    np.testing.assert_allclose(curve.ceilings, np.log2([8, 12]))
    assert (curve.minimum[1], curve.maximum[1]) == tuple(curve.ceilings)


@pytest.mark.slow
@settings(max_examples=40)
@given(worlds(), st.sampled_from(["state", "row", "walls"]))
def test_ceilings_count_what_a_path_leads_to(world, sensor):
    world = World.from_maze(world.maze, stay="stay" in world.actions, sensor=sensor, moves="nesw")
    graph = world.to_graph()
    counts = {
        len({int(world.sensor[s]) for s in nx.descendants(graph, start) | {start}})
        for start in graph
    }
    np.testing.assert_array_equal(ceilings(world), np.log2(sorted(counts)))
    long = empowerment(world, 10**6).bits
    assert long.max() <= ceilings(world)[-1] + 1e-12
    if "stay" in world.actions:
        np.testing.assert_allclose(np.unique(long), ceilings(world))


def test_no_ceiling_of_boxes_or_noise():
    boxes = gridemp.parse_maze("...\n.$.\n...")
    assert ceilings(World.from_maze(boxes)) is None
    assert ceilings(World.from_maze(boxes, within=3)) is None
    assert ceilings(World.from_maze(gridemp.parse_maze("..."), slip=0.1)) is None


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ((2, 0), "x = 2, y = 0 of halves is solid"),
        ((6, 0), "no cell x = 6, y = 0 in halves; x goes from 0 to 5 and y from 0 to 3"),
        ((0, -1), "no cell x = 0, y = -1 in halves"),
        ((0.5, 1), "`cells` must be a list of cells"),
    ],
)
def test_cells_that_are_none(halves, cell, sentence):
    with pytest.raises(GridempError, match=sentence):
        empowerment_curve(halves, [1], [(0, 0), cell])


def test_a_cell_where_no_agent_starts():
    world = World.from_transitions(
        np.eye(2)[:, None, :], maze=gridemp.parse_maze("..."), cell=[0, 2]
    )
    with pytest.raises(GridempError, match="the agent cannot start at x = 1, y = 0"):
        empowerment_curve(world, [1], [(1, 0)])


@pytest.mark.parametrize(
    ("horizons", "sentence"),
    [
        ([], "`horizons` is empty"),
        ([0, 1], "from 1 to"),
        ([1.5], "a list of whole numbers, not .1.5."),
    ],
)
def test_horizons_that_are_none(klyubin, horizons, sentence):
    with pytest.raises(GridempError, match=sentence):
        empowerment_curve(klyubin, horizons)


def test_progress_is_told(klyubin):
    told = []
    empowerment_curve(klyubin, [1, 2], progress=told.append)
    assert told[-1] == 1
