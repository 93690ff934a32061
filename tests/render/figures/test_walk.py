"""The layout of the figure of a walk."""

import numpy as np
import pytest
from support.figures import assert_inside
from support.walkers import shown, walked

from gridemp import Maze
from gridemp.render.figures.walk import draw_trail
from gridemp.render.layout.style import look


@pytest.mark.slow
@pytest.mark.parametrize(
    ("shape", "width"),
    [
        ((1, 1), "column"),
        ((3, 40), "column"),
        ((40, 3), "column"),
        ((11, 11), "column"),
        ((1, 1), None),
        ((40, 3), None),
        ((11, 11), "page"),
    ],
)
def test_nothing_is_clipped_and_nothing_is_too_small(shape, width):
    agent, path = walked(Maze(np.ones(shape)), 3, 0, 0, 30)
    with look(None, width) as inches:
        figure = draw_trail(shown(agent), path, width=inches).figure
        assert_inside(figure)
    texts = figure.findobj(lambda a: hasattr(a, "get_fontsize"))
    assert min(text.get_fontsize() for text in texts if text.get_text()) >= 6
