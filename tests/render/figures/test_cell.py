"""The figure of a cell: outcomes, arrows, channel."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from support.figures import arrow_ends, by_gid
from support.worlds import world_of

import gridemp
from gridemp import Maze, World
from gridemp.analysis.cell import cell_source
from gridemp.mazes.maze import OBJECTS
from gridemp.render.figures.cell import cell_figure, draw_source
from gridemp.render.layout.style import look
from gridemp.report.cell_text import drawing


def test_what_the_title_says():
    source = cell_source(world_of("klyubin"), 5, 5, 2)
    heading, _ = cell_figure(source).texts[0].get_text().split("\n", 1)
    assert heading == "klyubin, x = 5, y = 5, horizon 2, no noise"
    assert "3.5850 bits, 12 outcomes" in draw_source(source).get_title()
    king = cell_source(world_of("klyubin", moves="king"), 5, 5, 2)
    assert draw_source(king).get_title().endswith("longest arrow: southwest 18.6%")


def test_colours_are_the_probabilities_of_outcomes():
    source = cell_source(world_of("klyubin", slip=0.1), 5, 5, 3)
    ax = draw_source(source, title=False)
    drawn = ax.collections[0].get_array().reshape(10, 10)
    np.testing.assert_array_equal(drawn.filled(np.nan), source.grid())
    assert ax.collections[0].get_clim() == (0, np.nanmax(source.grid()))


def test_a_long_channel_is_left_out_and_a_large_maze_is_cut():
    source = cell_source(World.from_maze(Maze(np.ones((60, 70)))), 40, 20, 5)
    (ax,) = cell_figure(source, title=False).axes
    assert ax.get_xlim() == (33.5, 46.5)
    assert ax.get_ylim() == (13.5, 26.5)
    assert all(34 <= tick <= 46 for tick in ax.get_xticks())


@pytest.mark.parametrize(
    ("width", "shape", "horizon"),
    [(None, (1, 1), 2), ("column", (3, 40), 2), ("page", (9, 9), 3), ("column", (9, 9), 2)],
)
def test_texts_are_inside_the_figure_and_large_enough(width, shape, horizon):
    height, wide = shape
    source = cell_source(World.from_maze(Maze(np.ones(shape))), wide // 2, height // 2, horizon)
    with look(None, width) as inches:
        figure = cell_figure(source, width=inches)
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        texts = figure.findobj(match=lambda a: hasattr(a, "get_fontsize"))
        seen = [t for t in texts if t.get_text() and t.get_visible()]
        assert len(seen) > 5
        assert min(t.get_fontsize() for t in seen) >= 6
        box = figure.get_tightbbox(canvas.get_renderer())
    assert box.x0 >= -0.02
    assert box.y0 >= -0.02
    assert box.x1 <= figure.get_figwidth() + 0.02
    assert box.y1 <= figure.get_figheight() + 0.02


def test_figures_of_every_object_and_of_other_worlds():
    letters = [letter for letter in OBJECTS if letter != "$"]
    maze = Maze(np.ones((2, 10)), objects={(0, i): letter for i, letter in enumerate(letters)})
    for slip in (0.0, 0.1):
        source = cell_source(World.from_maze(maze, slip=slip), 5, 0, 2)
        text = drawing(source)
        assert len(cell_figure(source, title=False).axes) == 2
        assert all(letter in text for letter in "^>v<")
    graph = gridemp.World.from_transitions(np.eye(3)[[[0, 1], [1, 2], [2, 0]]], actions=["a", "b"])
    ax = draw_source(cell_source(graph, 0, 0, 1), title=False)
    (arrow,) = by_gid(ax, "first action")
    assert arrow_ends(arrow)[1][0] > 0
    assert len(by_gid(ax, "first action stay")) == 1
