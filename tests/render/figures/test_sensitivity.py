"""The figure of the sensitivity to walls."""

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

import gridemp
from gridemp import Maze, parse_maze
from gridemp.analysis.sensitivity import sensitivity
from gridemp.render.figures.sensitivity import draw_sensitivity, largest_change
from gridemp.render.layout.style import look


def artist(ax, gid):
    (found,) = [a for a in (*ax.collections, *ax.lines) if a.get_gid() == gid]
    return found


@pytest.mark.slow
def test_walls_and_free_edges_are_drawn_where_they_are_in_the_colour_of_their_change():
    maze = Maze(np.ones((2, 2)), wall_right=[[True], [False]])
    result = sensitivity(maze, 1)
    ax = draw_sensitivity(result)
    walls, edges = artist(ax, "cores"), artist(ax, "edges")
    ((segment, bits),) = zip(walls.get_segments(), walls.get_array(), strict=True)
    np.testing.assert_allclose(segment, [[0.5, 1 - 0.42], [0.5, 1 + 0.42]])
    assert bits == result.right[0, 0] > 0
    found = {
        tuple(segment.mean(axis=0)): bits
        for segment, bits in zip(edges.get_segments(), edges.get_array(), strict=True)
    }
    expected = {
        (0.5, 0.0): result.right[1, 0],
        (0.0, 0.5): result.below[0, 0],
        (1.0, 0.5): result.below[0, 1],
    }
    assert found == expected
    for lines in (walls, edges):
        assert lines.get_clim() == (-largest_change(result), largest_change(result))
        assert lines.get_cmap().name == "PuOr"
    casing = artist(ax, "casings")
    assert casing.get_linewidths()[0] > walls.get_linewidths()[0] > edges.get_linewidths()[0]
    np.testing.assert_array_equal(casing.get_colors()[0][:3], [0, 0, 0])
    assert walls.get_zorder() > casing.get_zorder() > edges.get_zorder()


def test_solid_cells_have_the_colour_of_their_change_and_floor_has_none():
    maze = parse_maze("#####\n#.#.#\n#...#\n#####\n")
    result = sensitivity(maze, 2)
    ax = draw_sensitivity(result)
    mesh = ax.collections[0].get_array().reshape(2, 3)
    np.testing.assert_array_equal(mesh.mask, maze.floor)
    assert mesh[0, 1] == result.solid[0, 1] > 0
    assert artist(ax, "solid").get_hatch()
    reach = np.nanmax(np.abs(np.concatenate([result.right.ravel(), result.below.ravel(), mesh[0]])))
    assert ax.collections[0].get_clim() == (-reach, reach)


def test_the_best_door_is_ringed_and_named():
    ax = draw_sensitivity(sensitivity(gridemp.load_maze("klyubin"), 5))
    ring = artist(ax, "best")
    assert (ring.get_xdata().tolist(), ring.get_ydata().tolist()) == ([2.0], [1.5])
    lines = ax.get_title().replace("\N{NO-BREAK SPACE}", " ").split("\n")
    assert lines == [
        "klyubin, horizon 5, no noise",
        "best door: between (2, 1) and (2, 2), +0.131 bits",
    ]
    (cax,) = ax.child_axes
    assert cax.get_ylabel() == "change of mean empowerment [bits]"
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [
        "wall, if opened",
        "open edge, if blocked",
        "best door",
    ]


def test_the_cell_that_is_asked_about_is_marked():
    ax = draw_sensitivity(sensitivity(gridemp.load_maze("klyubin"), 5, cell=(5, 4)))
    mark = artist(ax, "cell")
    assert (*mark.get_xdata(), *mark.get_ydata()) == (5, 4)
    assert ax.child_axes[0].get_ylabel() == "change of empowerment at x = 5, y = 4 [bits]"
    assert "equally good doors" in ax.get_title() or "best door" in ax.get_title()


def test_where_nothing_can_be_gained_no_door_is_ringed():
    without = draw_sensitivity(sensitivity(Maze([[1]]), 1))
    assert without.get_title() == "maze, horizon 1, no noise"
    useless = draw_sensitivity(sensitivity(gridemp.load_maze("klyubin"), 40))
    assert useless.get_title().endswith("\nopening a wall gains nothing")
    for ax in (without, useless):
        assert "best" not in [line.get_gid() for line in ax.lines]


def test_it_draws_on_axes_of_yours_with_what_you_leave_out():
    result = sensitivity(gridemp.load_maze("klyubin"), 2)
    figure = Figure(figsize=(6, 5))
    mine = figure.add_axes((0.1, 0.2, 0.6, 0.7))
    options = {"title": "mine", "legend": False, "colorbar": False, "best": False, "limit": 0.05}
    ax = draw_sensitivity(result, mine, **options)
    assert ax is mine
    assert (ax.get_title(), ax.get_legend(), ax.child_axes) == ("mine", None, [])
    assert artist(ax, "edges").get_clim() == (-0.05, 0.05)
    assert not ax.lines


@pytest.mark.slow
@pytest.mark.parametrize(
    ("shape", "width"),
    [((1, 1), 3.5), ((3, 40), None), ((40, 3), None), ((40, 3), 3.5), ((10, 10), 7.16)],
)
def test_nothing_is_cut_off(shape, width):
    dice = np.random.default_rng(1)
    floor = dice.random(shape) < 0.9
    maze = Maze(floor, dice.random((shape[0], shape[1] - 1)) < 0.3)
    result = sensitivity(maze, 2)
    with look(width=width) as wide:
        ax = draw_sensitivity(result, width=wide)
        figure = ax.figure
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        box = figure.get_tightbbox(canvas.get_renderer())
        smallest = min(text.get_fontsize() for text in figure.findobj(Text))
    assert smallest >= 6
    total, tall = figure.get_size_inches()
    assert box.x0 >= 0
    assert box.y0 >= 0
    assert box.x1 <= total
    assert box.y1 <= tall
    if width is not None:
        assert total == width


def test_a_door_that_may_gain_nothing_is_neither_ringed_nor_named():
    maze = parse_maze("+-+-+-+-+\n|     | |\n+ + + + +\n|       |\n+-+-+-+-+\n")
    result = sensitivity(maze, 2)
    (door,) = result.removals
    assert door.bits > 0
    for share, sure in ((0.51, False), (0.49, True)):
        ax = draw_sensitivity(replace(result, gap=share * door.bits))
        title = ax.get_title().replace("\N{NO-BREAK SPACE}", " ").replace("\n", " ")
        assert ("opening a wall gains nothing" in title) is not sure
        assert (f"best door: {door.place}, +" in title) is sure
        ringed = [line.get_xydata().tolist() for line in ax.lines if line.get_gid() == "best"]
        assert ringed == ([[[2.5, 1.0]]] if sure else [])


def test_the_legend_names_the_objects_of_the_maze():
    ax = draw_sensitivity(sensitivity(gridemp.load_maze("trap"), 1))
    names = [text.get_text() for text in ax.get_legend().get_texts()]
    assert names[:2] == ["open edge, if blocked", "solid cell, if opened"]
    assert names[-1] == "trap"
    assert (
        draw_sensitivity(sensitivity(gridemp.load_maze("trap"), 1), legend=False).get_legend()
        is None
    )
