"""The figure of a map beside other values."""

import matplotlib
import numpy as np
import pytest
from matplotlib.collections import QuadMesh
from matplotlib.figure import Figure
from support.figures import assert_apart, by_gid, texts_of

import gridemp
from gridemp import Maze, World, empowerment
from gridemp.analysis.centrality import CENTRALITIES, centrality
from gridemp.render.figures.compare import compare_figure
from gridemp.render.figures.difference import difference_figure
from gridemp.render.layout.style import look

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("which", ["distance", "degree"])
def test_the_scatter_holds_the_values_of_the_maps(klyubin, which):
    emap, values = empowerment(klyubin, 5), centrality(klyubin, which)
    figure = compare_figure(emap, values, CENTRALITIES[which])
    first, second, scatter = figure.axes[:3]
    np.testing.assert_array_equal(first.collections[0].get_array().reshape(10, 10), emap.grid())
    np.testing.assert_array_equal(
        second.collections[0].get_array().reshape(10, 10), emap.grid(values)
    )
    assert second.collections[0].get_clim() == (values.min(), values.max())
    (points,) = by_gid(scatter, "cells")
    np.testing.assert_array_equal(points.get_xydata(), np.column_stack([values, emap.bits]))
    assert scatter.get_xlabel() == CENTRALITIES[which]
    assert scatter.get_ylabel() == "empowerment [bits]"
    assert [ax.get_title(loc="left") for ax in figure.axes[:3]] == ["(a)", "(b)", "(c)"]
    assert texts_of(figure) == ["klyubin, horizon 5, no noise"]


def test_a_lone_cell_has_no_correlation():
    world = World.from_maze(Maze([[True]]))
    figure = compare_figure(empowerment(world, 1), centrality(world, "degree"), "degree")
    (text,) = by_gid(figure.axes[2], "correlation")
    assert text.get_text().count("undefined") == 2


def test_the_best_heading_meets_its_own_value():
    world = World.from_maze(gridemp.load_maze("klyubin"), moves="turn")
    emap, values = empowerment(world, 2), centrality(world, "distance")
    best = emap.one_per_cell()
    drawn = [compare_figure(each, values, "distance").axes[2] for each in (emap, best)]
    for ax in drawn:
        points = by_gid(ax, "cells")[0].get_xydata()
        np.testing.assert_array_equal(points.T, [values[best.states], best.bits])


@pytest.mark.parametrize(
    ("shape", "width"),
    [
        *(((9, 11), width) for width in (None, 3.5, 7.16)),
        ((3, 40), 3.5),
        ((40, 3), 3.5),
        ((1, 1), None),
    ],
)
def test_panels_neither_overlap_nor_leave_the_figure(shape, width):
    emaps = [empowerment(World.from_maze(Maze(np.ones(shape))), n) for n in (1, 2)]
    values = np.arange(emaps[0].bits.size, dtype=float)
    with look(None, width):
        for draw in (
            lambda: compare_figure(emaps[0], values, "number", width=width),
            lambda: difference_figure(*emaps, width=width),
        ):
            figure = draw()
            figure.draw_without_rendering()
            assert_apart(figure)
            if width is not None:
                assert figure.get_figwidth() == width
                assert figure.get_figheight() <= 9.01


def test_a_figure_that_is_given_is_filled(klyubin):
    whole = Figure(figsize=(12, 9))
    upper, lower = whole.subfigures(2, 1)
    one, other = empowerment(klyubin, 1), empowerment(klyubin, 2)
    assert compare_figure(one, np.arange(100.0), "number", figure=upper) is upper
    assert difference_figure(one, other, figure=lower, title=False) is lower
    assert len(upper.axes) == len(lower.axes) == 5
    assert texts_of(lower) == []


def test_the_range_and_colours_that_are_asked_for_reach_the_maps(klyubin):
    one, other = empowerment(klyubin, 1), empowerment(klyubin, 2)
    look_of = {"cmap": "cividis", "vmin": 0.5, "vmax": 3, "peak": False}
    apart = difference_figure(one, other, diverging="PuOr", **look_of)
    values = np.arange(100.0)
    against = compare_figure(other, values, "number", **look_of)
    for ax in (*apart.axes[:2], against.axes[0]):
        assert ax.collections[0].get_clim() == (0.5, 3)
        assert ax.collections[0].get_cmap().name == "cividis"
    assert against.axes[1].collections[0].get_clim() == (0, 99)
    assert against.axes[1].collections[0].get_cmap().name == "cividis"
    reach = (other.grid() - one.grid()).max()
    assert apart.axes[2].collections[0].get_clim() == (0, reach)
    upper = apart.axes[2].collections[0].get_cmap()
    np.testing.assert_allclose(upper(1.0), matplotlib.colormaps["PuOr"](1.0))
    bars = [*apart.axes[3:], *against.axes[3:]]
    meshes = [mesh for bar in bars for mesh in bar.collections if isinstance(mesh, QuadMesh)]
    assert [mesh.get_cmap().name for mesh in meshes] == [
        "cividis",
        upper.name,
        "cividis",
        "cividis",
    ]
    assert [mesh.get_clim() for mesh in meshes] == [(0.5, 3), (0, reach), (0.5, 3), (0, 99)]
    # A triangle at the upper end says that some values lie above it.
    triangles = [[patch.get_path().get_extents().x0 for patch in bar.patches] for bar in bars]
    assert triangles == [[1], [], [1], []]
