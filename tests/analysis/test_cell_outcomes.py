"""The outcomes of a cell over the maze."""

import networkx as nx
import numpy as np
import pytest
from support.worlds import world_of

from gridemp import Maze, World
from gridemp.analysis.cell import cell_source
from gridemp.analysis.cell_outcomes import fewest_steps, outcome_of_cells, outcomes_in_cells


@pytest.mark.parametrize("options", [{}, {"torus": "xy"}, {"moves": "king"}, {"moves": "turn"}])
def test_fewest_steps_are_distances_in_the_graph_of_states(options):
    world = world_of("klyubin", **options)
    source = cell_source(world, 4, 5, 6)
    graph = nx.DiGraph()
    for state, following in enumerate(world.successors[:, :, 0].tolist()):
        graph.add_edges_from((state, other) for other in following)
    distances = nx.single_source_shortest_path_length(graph, source.state, 6)
    expected = np.full(world.maze.shape, np.inf)
    for state, steps in distances.items():
        row, col = world.maze.cells[world.cell[state]]
        expected[row, col] = min(expected[row, col], steps)
    expected[np.isinf(expected)] = np.nan
    np.testing.assert_array_equal(fewest_steps(source), expected)


def test_only_cells_where_the_last_step_can_end_have_steps():
    world = World.from_maze(Maze(np.ones((5, 5))), stay=False)
    steps = fewest_steps(cell_source(world, 2, 2, 2))
    assert set(steps[np.isfinite(steps)]) == {0, 2}
    assert np.isnan(steps[2, 3])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "place", "options"),
    [
        ("klyubin", (5, 5), {}),
        ("klyubin", (5, 5), {"moves": "turn"}),
        ("box", (9, 10), {"torus": "xy"}),
        ("box", (9, 10), {"torus": "xy", "sensor": "position"}),
    ],
)
def test_the_outcomes_of_all_cells_are_all_outcomes(name, place, options):
    source = cell_source(world_of(name, **options), *place, 3)
    counts = outcomes_in_cells(source)
    assert np.nansum(counts) == source.outcomes
    np.testing.assert_allclose(counts / source.outcomes, source.grid())
    assert outcome_of_cells(source) is None


@pytest.mark.parametrize("sensor", ["row", "walls"])
def test_cells_that_look_alike_have_one_outcome(sensor):
    world = world_of("klyubin", sensor=sensor)
    source = cell_source(world, 5, 5, 4)
    kinds = outcome_of_cells(source)
    for (row, col), kind in np.ndenumerate(kinds):
        if not np.isnan(kind):
            (cell,) = np.flatnonzero((world.maze.cells == (row, col)).all(axis=1))
            assert world.sensor[cell] == source.readings[int(kind)]
    assert len(np.unique(kinds[np.isfinite(kinds)])) == source.outcomes
