"""Arrangement of axes."""

import numpy as np
import pytest

from gridemp import Maze, World, empowerment
from gridemp.render import heatmap
from gridemp.render.layout.boxes import Box, arrange, axes_inches


def test_axes_of_a_row_are_equally_high_and_of_their_shape():
    figure, ((one, other),) = arrange([[Box(1.0), Box(0.5, left=1)]], side=3)
    assert axes_inches(one) == pytest.approx((2, 2))
    assert axes_inches(other) == pytest.approx((4, 2))
    assert figure.get_size_inches() == pytest.approx((2 + 4 + 0.3 + 1, 2.2))
    figure, _ = arrange([[Box(1.0)]], side=3, width=2)
    assert figure.get_size_inches() == pytest.approx((2, 2))
    figure, ((tall,),) = arrange([[Box(40.0)]], side=5, width=3)
    assert figure.get_size_inches()[1] <= 9 + 1e-9
    assert axes_inches(tall)[1] == pytest.approx(40 * axes_inches(tall)[0])


def test_a_small_maze_is_not_blown_up():
    ax = heatmap(empowerment(World.from_maze(Maze(np.ones((1, 1)))), 1))
    assert axes_inches(ax) == pytest.approx((2, 2))
    wide = heatmap(empowerment(World.from_maze(Maze(np.ones((1, 1)))), 1), width=10)
    assert axes_inches(wide)[0] == pytest.approx(4)
