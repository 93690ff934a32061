"""The matrix of scatter plots and correlations of several quantities."""

from dataclasses import replace

import numpy as np
import pytest
import scipy.stats
from matplotlib.figure import Figure
from support.figures import assert_apart, by_gid, texts_of

import gridemp
from gridemp import GridempError, World, empowerment
from gridemp.analysis import MEASURES, measure
from gridemp.render.figures.scatter_matrix import scatter_matrix, ticks_of
from gridemp.render.layout.style import look

pytestmark = pytest.mark.slow

NAMES = ["distance", "entropy", "actions"]


@pytest.fixture
def columns(klyubin):
    return {MEASURES[name].label: measure(klyubin, name, 5) for name in NAMES}


def text_in(ax, gid):
    (text,) = by_gid(ax, gid)
    return text.get_text().replace("\n", " ")


def test_every_pair_is_drawn_and_has_its_correlations(klyubin, columns):
    emap = empowerment(klyubin, 5)
    figure = scatter_matrix(emap, columns)
    grid = np.array(figure.axes).reshape(4, 4)
    every = [emap.bits, *columns.values()]
    for i, y in enumerate(every):
        for j, x in enumerate(every[:i]):
            (points,) = by_gid(grid[i, j], "cells")
            np.testing.assert_array_equal(points.get_xydata(), np.column_stack([x, y]))
            r, rho = scipy.stats.pearsonr(x, y).statistic, scipy.stats.spearmanr(x, y).statistic
            expected = f"r = {r:.2f} ρ = {rho:.2f}".replace("-", "−")  # noqa: RUF001
            assert text_in(grid[j, i], "correlation") == expected
            reds, _, blues, _ = grid[j, i].get_facecolor()
            assert (reds > blues) == (r > 0)
    names = [text_in(grid[i, i], "name") for i in range(4)]
    assert names == ["empowerment [bits]", *columns]
    head = texts_of(figure)[0]
    assert head.startswith("klyubin, horizon 5, no noise\none point per cell; r: Pearson,")


def test_rows_and_columns_share_their_limits(klyubin, columns):
    figure = scatter_matrix(empowerment(klyubin, 5), columns)
    grid = np.array(figure.axes).reshape(4, 4)
    for i in range(2, 4):
        assert len({grid[i, j].get_ylim() for j in range(i)}) == 1
    for j in range(2):
        assert len({grid[i, j].get_xlim() for i in range(j + 1, 4)}) == 1
        inner = [label.get_text() for label in grid[2, 1].get_xticklabels()]
        assert set(inner) <= {""}


def test_cells_without_a_value_are_left_out():
    world = World.from_maze(gridemp.load_maze("trap"))
    emap, distance = empowerment(world, 2), measure(world, "distance")
    known = np.isfinite(distance)
    assert not known.all()
    figure = scatter_matrix(emap, {"d": distance, "n": np.arange(len(distance), dtype=float)})
    (points,) = by_gid(figure.axes[3], "cells")
    assert len(points.get_xydata()) == known.sum()
    assert text_in(figure.axes[1], "correlation").endswith(f" {known.sum()} cells")
    assert "cells" not in text_in(figure.axes[2], "correlation")
    (points,) = by_gid(figure.axes[6], "cells")
    assert len(points.get_xydata()) == len(known)


def test_constant_values_have_no_correlation(klyubin):
    figure = scatter_matrix(empowerment(klyubin, 2), {"one": np.ones(100)})
    assert text_in(figure.axes[1], "correlation").count("undefined") == 2
    assert np.allclose(figure.axes[1].get_facecolor()[:3], 0.97, atol=0.02)  # nearly white


def test_the_best_heading_meets_its_own_value():
    world = World.from_maze(gridemp.load_maze("klyubin"), moves="turn")
    emap, values = empowerment(world, 2), measure(world, "distance")
    best = emap.one_per_cell()
    for each in (emap, best):
        (points,) = by_gid(scatter_matrix(each, {"d": values}).axes[2], "cells")
        np.testing.assert_array_equal(points.get_xydata().T, [best.bits, values[best.states]])


def test_bounds_are_named_bounds(klyubin):
    bounds = replace(empowerment(klyubin, 2), gap=np.full(100, 0.5))
    figure = scatter_matrix(bounds, {"n": np.arange(100.0)})
    assert "lower bound" in text_in(figure.axes[0], "name")


@pytest.mark.parametrize(
    ("width", "count"), [("column", 1), ("column", 3), ("page", 3), (None, 3), ("page", 7)]
)
def test_panels_neither_overlap_nor_leave_the_figure(klyubin, width, count):
    names = ["distance", "entropy", "power", "reachable", "path-entropy", "variance", "actions"]
    columns = {
        MEASURES[name].label: measure(klyubin, name, 5, samples=20) for name in names[:count]
    }
    with look(None, width) as inches:
        figure = scatter_matrix(
            empowerment(klyubin, 5), columns, width=inches, note="some long words " * 5
        )
        figure.draw_without_rendering()
        assert_apart(figure)
        if inches is not None:
            assert figure.get_figwidth() == inches
            assert figure.get_figheight() <= 9.01
        for i in range(count + 1):
            ax = figure.axes[i * (count + 2)]
            (text,) = by_gid(ax, "name")
            own, frame = text.get_window_extent(), ax.get_window_extent()
            assert frame.x0 < own.x0 < own.x1 < frame.x1
            assert frame.y0 < own.y0 < own.y1 < frame.y1


def test_a_figure_that_is_given_is_filled(klyubin, columns):
    whole = Figure(figsize=(12, 6))
    left, _ = whole.subfigures(1, 2)
    assert scatter_matrix(empowerment(klyubin, 2), columns, figure=left, title=False) is left
    assert len(left.axes) == 16
    assert texts_of(left) == []


def test_a_figure_too_narrow_for_the_names_is_refused(klyubin):
    emap = empowerment(klyubin, 1)
    many = {f"measure number {i}": np.arange(100.0) for i in range(12)}
    with pytest.raises(GridempError, match="13 quantities do not fit into this figure; give a la"):
        scatter_matrix(emap, many, width=3.5)
    with pytest.raises(GridempError, match="2 quantities do not fit"):
        scatter_matrix(emap, {"so-long-a-word-" * 9: np.arange(100.0)}, width=3.5)
    with pytest.raises(GridempError, match="needs `measures`; give one or more"):
        scatter_matrix(emap, {})


def test_ticks_are_few_and_apart():
    ticks, labels = ticks_of(np.array([0.0, 1.0]), 1.0)
    assert 2 <= len(ticks) <= 5
    assert [float(label) for label in labels] == ticks
    for low, high in [(0.05, 0.15), (5.7, 12.8), (0.853, 0.928), (0, 100_000), (-1, 1)]:
        for inches in (0.4, 0.7, 1.4):
            assert 1 <= len(ticks_of(np.array([low, high], dtype=float), inches)[0]) <= 5
