"""Centralities, against networkx and linear algebra."""

import dataclasses
import sys

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from support.strategies import worlds
from support.worlds import graph_of

import gridemp
from gridemp import GridempError, World, empowerment
from gridemp.analysis.centrality import CENTRALITIES, centrality, centrality_of
from gridemp.information.correlation import pearson


def in_order(found):
    return [found[state] for state in range(len(found))]


@pytest.mark.parametrize(
    ("horizon", "correlation"), [(1, -0.45), (2, -0.62), (3, -0.77), (5, -0.93), (10, -0.97)]
)
def test_empowerment_against_distance_on_the_classic_maze(klyubin, horizon, correlation):
    values = centrality(klyubin, "distance")
    assert round(pearson(empowerment(klyubin, horizon).bits, values), 2) == correlation


@pytest.mark.slow
@settings(max_examples=40)
@given(worlds(slips=(0.0, 0.1)))
def test_measures_are_those_of_networkx(world):
    graph = graph_of(world)
    lengths = dict(nx.all_pairs_shortest_path_length(graph))
    mean = [
        sum(lengths[s].values()) / (len(lengths[s]) - 1) if len(lengths[s]) > 1 else np.nan
        for s in graph
    ]
    expected = {
        "distance": mean,
        "closeness": in_order(nx.closeness_centrality(graph.reverse())),
        "betweenness": in_order(nx.betweenness_centrality(graph)),
        "degree": [graph.out_degree(s) for s in graph],
    }
    for which, values in expected.items():
        np.testing.assert_allclose(centrality(world, which), values, atol=1e-12, err_msg=which)


@pytest.mark.parametrize("name", ["conveyor", "ice"])
@pytest.mark.parametrize("which", ["closeness", "betweenness"])
def test_paths_are_directed(name, which):
    world = World.from_maze(gridemp.load_maze(name))
    graph = graph_of(world)
    measure = {
        "closeness": lambda: nx.closeness_centrality(graph.reverse()),
        "betweenness": lambda: nx.betweenness_centrality(graph),
    }[which]
    np.testing.assert_allclose(centrality(world, which), in_order(measure()), atol=1e-12)


def test_no_one_eigenvector_where_not_all_is_connected():
    world = World.from_maze(gridemp.parse_maze("...#."))
    with pytest.raises(GridempError, match="all reach one another, but these form 2"):
        centrality(world, "eigenvector")


def test_measures_of_headings_count_cells_or_states():
    world = World.from_maze(gridemp.parse_maze(".."), moves="turn")
    degree = centrality(world, "degree")
    assert sorted(degree.tolist()) == [0] * 6 + [1] * 2  # only facing each other is there a way
    graph = graph_of(world)
    closeness = in_order(nx.closeness_centrality(graph.reverse()))
    np.testing.assert_allclose(centrality(world, "closeness"), closeness)


def test_values_of_one_of_several_states_in_a_cell():
    world = World.from_maze(gridemp.load_maze("klyubin"), moves="turn")
    emap, values = empowerment(world, 3), centrality(world, "distance")
    best, north, mean = (emap.one_per_cell(which) for which in ("best", "north", "mean"))
    np.testing.assert_array_equal(centrality_of(emap, values), values)
    np.testing.assert_array_equal(centrality_of(best, values), values[best.states])
    np.testing.assert_array_equal(centrality_of(north, values), values[north.states])
    by_cell = [values[world.cell == cell].mean() for cell in mean.cell]
    np.testing.assert_allclose(centrality_of(mean, values), by_cell)
    own = np.arange(100.0)
    assert centrality_of(best, own) is own
    with pytest.raises(GridempError, match="100 states, but the values have shape"):
        centrality_of(best, own[:7])


def test_measures_of_a_world_with_boxes_are_those_of_its_starts():
    world = World.from_maze(gridemp.parse_maze("...\n.$.\n..."))
    values = centrality(world, "distance")
    assert values.shape == world.starts.shape
    lengths = nx.single_source_shortest_path_length(graph_of(world), int(world.starts[2]))
    assert values[2] == sum(lengths.values()) / (len(lengths) - 1)


@pytest.mark.parametrize("which", CENTRALITIES)
def test_states_that_no_start_can_reach_do_not_count(which):
    ring = np.array([[1, 3], [2, 0], [3, 1], [0, 2]])
    outside = [[0, 4], [4, 5]]  # two states more, one of which leads to the ring
    whole = World.from_successors([*ring, *outside])
    whole = dataclasses.replace(whole, starts=np.array([2, 1], dtype=np.int32))
    expected = centrality(World.from_successors(ring), which)
    assert centrality(whole, which) == pytest.approx(expected[[2, 1]])


def test_measures_that_cannot_be(klyubin):
    with pytest.raises(GridempError, match="no measure 'size'; use one of distance, closeness"):
        centrality(klyubin, "size")
    world = World.from_maze(gridemp.load_maze("box"), within=2)
    with pytest.raises(GridempError, match="built for 2 steps only"):
        centrality(world, "distance")


@pytest.mark.parametrize("which", ["distance", "betweenness"])
def test_work_in_blocks_tells_how_far_it_is(klyubin, which, monkeypatch):
    whole = centrality(klyubin, which)
    told = []
    monkeypatch.setattr(sys.modules[centrality.__module__], "BLOCK_PAIRS", 1000)
    np.testing.assert_allclose(centrality(klyubin, which, told.append), whole)
    assert len(told) == 12  # of 9 sources each
    assert told == sorted(told)
    assert told[-1] == 1


def test_ways_that_lead_in_one_direction_only_have_no_one_eigenvector():
    world = World.from_maze(gridemp.parse_maze("..>.."))
    graph = graph_of(world)
    assert nx.is_weakly_connected(graph)
    assert not nx.is_strongly_connected(graph)
    with pytest.raises(GridempError, match="all reach one another, but these form 3"):
        centrality(world, "eigenvector")


def test_small_components_of_an_eigenvector_have_their_digits():
    text = "\n".join(
        "." * (45 if row == 2 else 5) + "#" * (0 if row == 2 else 40) for row in range(5)
    )
    world = World.from_maze(gridemp.parse_maze(text))
    vector = centrality(world, "eigenvector")
    assert 0 < vector.min() < 1e-18
    graph = world.to_graph()
    image = np.array([sum(vector[t] for t in graph[s] if t != s) for s in range(len(vector))])
    value = vector @ image
    np.testing.assert_allclose(image, value * vector, rtol=1e-8, atol=0)
