"""The board has the colours of the figures."""

import numpy as np
import pytest
from support.browsers import idle, pixels

import gridemp

pytestmark = pytest.mark.ci


def test_colours_are_those_of_the_figures(page):
    emap = gridemp.empowerment(gridemp.World.from_maze(gridemp.load_maze("klyubin")), 5)
    page.mouse.move(5, 400)
    idle(page)
    mesh = gridemp.heatmap(emap).collections[0]
    mesh.update_scalarmappable()
    due = np.rint(255 * mesh.get_facecolor()[:, :3])
    np.testing.assert_array_equal(pixels(page, 0.75), due)
