"""The layout of the figure of a walk."""

import numpy as np
import pytest
from support.figures import assert_inside
from support.walkers import PUSH, shown, walked

from gridemp import Maze, parse_maze
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
        ((2, 4), None),  # the label of the colourbar has two lines
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


def words(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def test_the_start_is_explained_once():
    agent, path = walked(parse_maze("S...\n...."), 1, 0, 1, 2)
    assert words(draw_trail(shown(agent), path)).count("start") == 1
    assert "start in the maze" not in words(draw_trail(shown(agent), path))
    agent, path = walked(parse_maze("S...\n...."), 1, 3, 1, 2)  # beside the mark
    assert [text for text in words(draw_trail(shown(agent), path)) if "start" in text] == [
        *("start", "start in the maze")
    ]


def test_the_title_dates_the_map_if_things_change():
    agent, path = walked(parse_maze(PUSH), 2, 0, 2)
    assert path.pushes
    assert draw_trail(shown(agent), path).get_title().endswith("\nmap: before the first step")
    agent, path = walked(parse_maze(".k."), 3, 0, 0, heading="east", moves="turn", hands=True)
    carried = [path.world.layout(state).held for state in path.states]
    assert any(carried)
    assert draw_trail(shown(agent), path).get_title().endswith("\nmap: before the first step")
    agent, path = walked("klyubin", 2, 0, 0, 3)
    assert "map:" not in draw_trail(shown(agent), path).get_title()
