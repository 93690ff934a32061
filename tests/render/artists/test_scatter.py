"""Scatter plots of maps."""

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.figure import Figure
from support.figures import by_gid

import gridemp
from gridemp import Maze, World, empowerment
from gridemp.analysis.centrality import centrality
from gridemp.render.artists.scatter import draw_scatter

MINUS = "\N{MINUS SIGN}"


def test_the_correlations_stand_in_the_panel_where_no_point_is(klyubin):
    values = centrality(klyubin, "distance")
    for horizon, r in ((5, "0.93"), (10, "0.97")):
        ax = draw_scatter(Figure().subplots(), empowerment(klyubin, horizon), values, "distance")
        ax.figure.draw_without_rendering()
        (text,) = by_gid(ax, "correlation")
        assert text.get_text().splitlines()[0] == f"Pearson r = {MINUS}{r}"
        assert text.get_text().splitlines()[1].startswith("Spearman \N{GREEK SMALL LETTER RHO} = ")
        box = text.get_window_extent()
        (points,) = by_gid(ax, "cells")
        at = ax.transData.transform(points.get_xydata())
        assert not [p for p in at if box.x0 <= p[0] <= box.x1 and box.y0 <= p[1] <= box.y1]


def test_points_in_all_corners_give_way_to_the_text():
    world = World.from_maze(Maze(np.ones((2, 2))))
    emap = replace(empowerment(world, 1), bits=np.array([0.0, 0.0, 1.0, 1.0]))
    ax = draw_scatter(Figure().subplots(), emap, np.array([0.0, 1.0, 0.0, 1.0]), "parity")
    (text,) = by_gid(ax, "correlation")
    assert "r = 0.00" in text.get_text()
    ax.figure.draw_without_rendering()
    assert ax.transData.transform((0, 1))[1] < text.get_window_extent().y0


def test_cells_without_a_value_are_left_out_and_it_says_so():
    world = World.from_maze(gridemp.load_maze("trap"))
    emap, values = empowerment(world, 5), centrality(world, "distance")
    assert np.isnan(values).sum() == 5  # the traps
    ax = draw_scatter(Figure().subplots(), emap, values, "distance")
    assert by_gid(ax, "correlation")[0].get_text().endswith("110 of 115 cells")
    assert len(by_gid(ax, "cells")[0].get_xdata()) == 110


def test_bounds_are_drawn_as_such(klyubin):
    emap = replace(empowerment(klyubin, 2), gap=np.full(100, 0.25))
    ax = draw_scatter(Figure().subplots(), emap, np.arange(100.0), "number")
    (lines,) = by_gid(ax, "bounds")
    spans = [np.ptp(segment[:, 1]) for segment in lines.get_segments()]
    np.testing.assert_allclose(spans, 0.25)
    assert ax.get_ylabel() == "empowerment, lower bound [bits]"


@pytest.mark.parametrize(("shape", "many"), [((50, 50), False), ((41, 61), True)])
def test_very_many_points_are_one_image_inside_a_vector_file(shape, many):
    emap = empowerment(World.from_maze(Maze(np.ones(shape))), 1)
    values = np.arange(len(emap.bits), dtype=float)
    ax = draw_scatter(Figure().subplots(), emap, values, "number")
    (points,) = by_gid(ax, "cells")
    assert bool(points.get_rasterized()) is many
    assert len(points.get_xdata()) == shape[0] * shape[1]
    values[:10] = np.nan  # those without a point do not count
    ax = draw_scatter(Figure().subplots(), emap, values, "number")
    assert bool(by_gid(ax, "cells")[0].get_rasterized()) is (shape[0] * shape[1] - 10 > 2500)
