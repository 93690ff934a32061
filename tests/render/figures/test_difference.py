"""The figure of the difference of two maps."""

from dataclasses import replace

import numpy as np
import pytest
from support.figures import by_gid, texts_of
from support.worlds import opened

from gridemp import Maze, World, empowerment
from gridemp.render.figures.compare import compare_figure
from gridemp.render.figures.difference import difference_figure

pytestmark = pytest.mark.slow


def test_the_change_has_a_scale_of_its_own_that_begins_at_nothing(klyubin):
    one = empowerment(klyubin, 2)
    other = empowerment(World.from_maze(klyubin.maze, slip=0.2), 2)
    figure = difference_figure(one, other)
    first, second, third = figure.axes[:3]
    mesh = third.collections[0]
    np.testing.assert_array_equal(mesh.get_array().reshape(10, 10), other.grid() - one.grid())
    assert mesh.get_clim() == ((other.grid() - one.grid()).min(), 0)
    assert not by_gid(third, "less")
    shared = (other.bits.min(), one.bits.max())
    assert first.collections[0].get_clim() == second.collections[0].get_clim() == shared
    assert texts_of(figure) == ["klyubin, horizon 2"]
    titles = [ax.get_title(loc="left").splitlines() for ax in figure.axes[:3]]
    assert titles[0] == ["(a) no noise", "1.585 to 3.700 bits"]
    assert titles[1][0] == "(b) slip 0.2"
    assert titles[2][0] == "(c) change from (a) to (b)"
    bars = figure.axes[3:]
    assert [bar.get_xlabel() for bar in bars] == ["empowerment [bits]", "change [bits]"]


def test_maps_that_are_alike_have_a_white_difference(klyubin):
    emap = empowerment(klyubin, 2)
    figure = difference_figure(emap, emap)
    mesh = figure.axes[2].collections[0]
    assert mesh.get_clim() == (-1, 1)
    figure.draw_without_rendering()
    colors = mesh.get_facecolor()[:, :3]
    np.testing.assert_allclose(colors, np.full_like(colors, 0.97), atol=0.01)
    assert figure.axes[2].get_title(loc="left").endswith("no change")


def test_signs_tell_less_from_more_in_shades_of_grey_only(klyubin):
    one, other = (
        empowerment(World.from_maze(opened(klyubin.maze, *where)), 5) for where in ((0, 2), (0, 6))
    )
    apart = other.grid() - one.grid()
    grey = difference_figure(one, other, diverging="Greys").axes[2]
    for gid, chosen in (("less", apart < 0), ("more", apart > 0)):
        marked = {(x, y) for line in by_gid(grey, gid) for x, y in line.get_xydata().tolist()}
        rows, cols = np.nonzero(chosen)
        assert marked == {(c, 9 - r) for r, c in zip(rows.tolist(), cols.tolist(), strict=True)}
        assert 0 < len(marked) < 100
    colored = difference_figure(one, other).axes[2]
    assert not by_gid(colored, "less") + by_gid(colored, "more")


def test_walls_of_one_maze_are_dashed(klyubin):
    other = World.from_maze(opened(klyubin.maze, 0, 2))
    figure = difference_figure(empowerment(klyubin, 2), empowerment(other, 2))
    ax = figure.axes[2]
    under, dashes = by_gid(ax, "changed walls")
    assert [segment.tolist() for segment in dashes.get_segments()] == [[[2.5, 9.5], [2.5, 8.5]]]
    assert dashes.get_linestyles()[0][1] is not None
    assert under.get_linestyles()[0][1] is None
    assert ax.get_title(loc="left").endswith("dashed: walls in one maze only")
    (walls,) = by_gid(ax, "walls")
    drawn = [segment.tolist() for segment in walls.get_segments()]
    assert [[2.5, 9.5], [2.5, 8.5]] not in drawn


def lines_of(ax):
    (walls,) = by_gid(ax, "walls")
    return {tuple(map(tuple, segment.tolist())) for segment in walls.get_segments()}


@pytest.mark.parametrize("joined", [0, 1])
def test_edges_that_one_map_joins_are_joined_in_the_difference(joined):
    maze = Maze(np.ones((3, 4)))
    emaps = [empowerment(World.from_maze(maze), 1), empowerment(World.from_maze(maze), 1)]
    emaps[joined] = empowerment(World.from_maze(maze, torus="x"), 1)
    axes = difference_figure(*emaps).axes[:3]
    across = {((-0.5, 2.5), (3.5, 2.5)), ((-0.5, -0.5), (3.5, -0.5))}
    sides = {((-0.5, 2.5), (-0.5, -0.5)), ((3.5, 2.5), (3.5, -0.5))}
    assert lines_of(axes[joined]) == lines_of(axes[2]) == across
    assert lines_of(axes[1 - joined]) == across | sides


def test_the_difference_shows_what_both_mazes_have():
    shared = {(0, 1): "S", (2, 2): "G"}
    walls = np.zeros((3, 3), dtype=bool)
    walls[0, 0] = True
    one = Maze([[1, 1, 1, 1], [1, 0, 1, 1], [1, 1, 1, 1]], walls, objects=shared | {(0, 0): "T"})
    other = Maze(
        [[1, 1, 1, 1], [1, 1, 1, 0], [1, 1, 1, 1]],
        walls,
        objects=shared | {(2, 0): "T", (2, 2): "S", (1, 1): "G"},
    )
    emaps = [empowerment(World.from_maze(maze), 1) for maze in (one, other)]
    ax = difference_figure(*emaps).axes[2]
    marks = [line for line in ax.lines if str(line.get_gid()).startswith("object")]
    assert [(line.get_gid(), line.get_xydata().tolist()) for line in marks] == [
        ("object S", [[1.0, 2.0]])
    ]
    (solid,) = by_gid(ax, "solid")
    boxes = {path.get_extents().bounds for path in solid.get_paths()}
    assert boxes == {(0.5, 0.5, 1, 1), (2.5, 0.5, 1, 1)}
    assert not by_gid(ax, "stateless")
    assert not by_gid(ax, "changed walls")
    mask = ax.collections[0].get_array().reshape(3, 4).mask
    assert np.argwhere(mask).tolist() == [[1, 1], [1, 3]]


def test_a_difference_of_bounds_says_so(klyubin):
    exact = empowerment(klyubin, 2)
    bounds = replace(exact, gap=np.full(100, 0.25))
    for pair in ((exact, bounds), (bounds, exact)):
        labels = [bar.get_xlabel() for bar in difference_figure(*pair).axes[3:]]
        assert labels == ["empowerment, lower bound [bits]", "change of lower bounds [bits]"]
    figure = compare_figure(bounds, np.arange(100.0), "number")
    bars = [bar.get_xlabel() or bar.get_ylabel() for bar in figure.axes[3:]]
    assert bars == ["empowerment, lower bound [bits]", "number"]
