"""Places of a grid and the edges between them."""

import numpy as np
import pytest

from gridemp import Maze, World
from gridemp.agents.belief import prior_belief


@pytest.mark.parametrize("torus", ["", "x", "y", "xy"])
def test_edges_are_those_between_neighbours(torus):
    world = World.from_maze(Maze(np.ones((3, 4))), torus=torus)
    belief = prior_belief(world)
    rows, columns = 3 * (4 if "x" in torus else 3), 4 * (3 if "y" in torus else 2)
    assert belief.has_edge.sum() == rows + columns
    for place, (row, col) in enumerate(world.maze.cells):
        for a, (drow, dcol) in enumerate([(-1, 0), (0, 1), (1, 0), (0, -1)]):
            reached = int(world.successors[place, a, 0])
            edge = belief.grid.edge[place, a]
            assert belief.grid.beside[place, a] == reached
            assert (edge >= 0) == (reached != place)
            back = belief.grid.edge[reached, (a + 2) % 4]
            assert edge < 0 or back == edge
            if edge >= 0:
                assert divmod(reached, 4) == ((row + drow) % 3, (col + dcol) % 4)
