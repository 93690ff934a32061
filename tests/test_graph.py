import numpy as np
import pytest

import gridemp
from gridemp.graph import mean_distances


def test_graph_of_a_corridor():
    graph = gridemp.World.from_maze(gridemp.parse_maze("...")).to_graph()
    assert set(graph.edges) == {(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 1), (2, 2)}


def test_noise_that_cannot_happen_is_no_edge():
    maze = gridemp.parse_maze("...\n...")
    calm = gridemp.World.from_maze(maze).to_graph()
    assert set(gridemp.World.from_maze(maze, slip=0.3).to_graph().edges) == set(calm.edges)


def test_mean_distances():
    world = gridemp.World.from_maze(gridemp.parse_maze("...#."))
    assert mean_distances(world.to_graph()).tolist() == [1.5, 1, 1.5, 0]


@pytest.mark.parametrize(
    ("horizon", "correlation"), [(1, -0.45), (2, -0.62), (3, -0.77), (5, -0.93), (10, -0.97)]
)
def test_empowerment_against_mean_distance_on_the_classic_maze(horizon, correlation):
    world = gridemp.World.from_maze(gridemp.load_maze("klyubin"))
    bits = gridemp.empowerment(world, horizon).bits
    assert round(np.corrcoef(bits, mean_distances(world.to_graph()))[0, 1], 2) == correlation
