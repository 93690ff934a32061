"""States with equal surroundings share their channels."""

import numpy as np
import pytest

from gridemp import Maze, World, blahut_arimoto, empowerment
from gridemp.engine.channel import channel


def test_work_is_shared_soundly_on_a_torus_with_objects():
    maze = Maze(np.ones((9, 9)), objects={(4, 4): "T", (0, 1): "B", (7, 2): ">"})
    world = World.from_maze(maze, torus="xy", slip=0.2)
    emap = empowerment(world, 2, tol=1e-8)
    for state in range(0, 81, 5):
        capacity = blahut_arimoto(channel(world, state, 2).probabilities, tol=1e-8)
        assert emap.bits[state] == pytest.approx(capacity.lower, abs=2e-8)
    assert len(set(emap.bits.round(6).tolist())) < 40
