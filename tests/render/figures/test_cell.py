"""The figure of a cell: outcomes, arrows, channel."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from support.figures import arrow_ends, assert_inside, by_gid
from support.worlds import world_of

import gridemp
from gridemp import Maze, World
from gridemp.analysis.cell import cell_source
from gridemp.analysis.cell_outcomes import fewest_steps
from gridemp.mazes.objects import OBJECTS
from gridemp.render.figures.cell import cell_figure, draw_source
from gridemp.render.layout.style import look
from gridemp.report.cell_text import drawing

pytestmark = pytest.mark.slow


def test_what_the_title_says():
    source = cell_source(world_of("klyubin"), 5, 5, 5)
    heading, numbers = cell_figure(source).axes[0].get_title().split("\n")
    assert heading == "klyubin, x = 5, y = 5, horizon 5, no noise"
    assert numbers == "46 outcomes, each with probability 1/46, log2 46 = 5.5236 bits"
    noisy = cell_source(world_of("klyubin", slip=0.1), 5, 5, 2)
    assert cell_figure(noisy).texts[0].get_text().endswith("\n12 outcomes, 2.4231 bits")
    alone = cell_source(World.from_maze(Maze(np.ones((1, 1)))), 0, 0, 2)
    assert draw_source(alone).get_title().endswith("\n1 outcome, 0 bits")


def legend_of(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def test_the_legend_explains_the_signs_that_are_drawn():
    middle = draw_source(cell_source(world_of("klyubin"), 5, 5, 5))
    assert legend_of(middle) == ["agent", "first action; most likely: east 25.0%", "stay"]
    corner = draw_source(cell_source(world_of("klyubin"), 0, 0, 3))
    assert legend_of(corner)[2:] == ["blocked move", "stay"]
    hands = world_of("key", moves="turn", hands=True)
    at_the_key = draw_source(cell_source(hands, 1, 0, 2, heading="west"))
    assert "blocked move" in legend_of(at_the_key)
    rows = draw_source(cell_source(world_of("klyubin", sensor="row"), 5, 5, 3))
    assert legend_of(rows)[-1] == "same colour: same outcome for the sensor"
    one_step = draw_source(cell_source(world_of("klyubin", stay=False), 5, 5, 1))
    assert legend_of(one_step)[-1] == "an outcome"
    assert not one_step.child_axes
    trap = draw_source(cell_source(world_of("trap"), 4, 5, 2))
    assert legend_of(trap)[-1] == "trap"
    source = cell_source(world_of("klyubin"), 5, 5, 2)
    assert draw_source(source, legend=False).get_legend() is None
    assert cell_figure(source, legend=False).axes[0].get_legend() is None


def test_colours_are_the_probabilities_of_outcomes_where_there_is_noise():
    source = cell_source(world_of("klyubin", slip=0.1), 5, 5, 3)
    ax = draw_source(source, title=False)
    drawn = ax.collections[0].get_array().reshape(10, 10)
    np.testing.assert_array_equal(drawn.filled(np.nan), source.grid())
    assert ax.collections[0].get_clim() == (0, np.nanmax(source.grid()))


@pytest.mark.parametrize("width", [None, "page", "column"])
def test_colours_are_steps_without_noise_and_those_of_the_graph(width):
    source = cell_source(world_of("klyubin"), 5, 5, 2)
    with look(None, width) as inches:
        figure = cell_figure(source, width=inches)
        assert_inside(figure)
    left, right = figure.axes
    mesh = left.collections[0]
    np.testing.assert_array_equal(
        mesh.get_array().reshape(10, 10).filled(np.nan), fewest_steps(source)
    )
    (bar,) = left.child_axes
    assert bar.get_ylabel() == "fewest steps to reach the cell"
    assert bar.get_yticks().tolist() == [0, 1, 2]
    (nodes,) = by_gid(right, "outcome")
    places = nodes.get_offsets()[:, 1]
    names = {text.xy[1]: text.get_text() for text in by_gid(right, "outcome name")}
    for place, color in zip(places.tolist(), nodes.get_facecolors(), strict=True):
        x, y = map(int, names[place].strip("()").split(","))
        np.testing.assert_allclose(color, mesh.to_rgba(abs(x - 5) + abs(y - 5)))


def test_no_blank_band_is_left_under_the_title():
    figure = cell_figure(cell_source(world_of("klyubin"), 5, 5, 2))
    figure.draw_without_rendering()
    title = figure.texts[0].get_window_extent()
    for ax in figure.axes:
        gap = (title.y0 - ax.get_window_extent().y1) / figure.dpi
        assert 0 < gap < 0.3


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
    objects = {(0, i): letter for i, letter in enumerate(letters)}
    maze = Maze(np.ones((2, len(letters))), objects=objects)
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
