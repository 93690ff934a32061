"""Checks of figures."""

import numpy as np


def assert_inside(figure, slack=0.02):
    """Raise if anything drawn leaves the figure by more than `slack` inches."""
    figure.canvas.draw()
    box, (wide, high) = figure.get_tightbbox(), figure.get_size_inches()
    np.testing.assert_array_less(-slack, [box.x0, box.y0])
    np.testing.assert_array_less([box.x1, box.y1], [wide + slack, high + slack])
