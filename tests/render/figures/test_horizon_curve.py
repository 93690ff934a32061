"""The figure of empowerment against the horizon."""

import matplotlib
import numpy as np
import pytest
from matplotlib.figure import Figure

from gridemp import (
    Maze,
    World,
    contextual_empowerment,
    first_action_empowerment,
    impoverished_empowerment,
)
from gridemp.analysis.horizon_curve import curve_of, empowerment_curve
from gridemp.render.figures.horizon_curve import SUMMARIES, draw_curve
from gridemp.render.layout.style import look


@pytest.fixture(scope="module")
def curve(klyubin):
    return empowerment_curve(klyubin, range(1, 31), [(5, 5), (0, 0)])


def line(ax, label):
    return next(each for each in ax.lines if each.get_label() == label)


def ceilings_in(ax):
    return [each.get_ydata()[0] for each in ax.lines if each.get_gid() == "ceiling"]


def names_in(ax):
    return [text.get_text() for text in ax.texts if text.get_gid() == "ceiling"]


def test_the_lines_are_those_of_the_curve(curve):
    ax = draw_curve(curve)
    for label, values in [
        *((name, getattr(curve, name)) for name in SUMMARIES),
        ("x = 5, y = 5", curve.values[0]),
        ("x = 0, y = 0", curve.values[1]),
    ]:
        points = np.column_stack([curve.horizons, values])
        np.testing.assert_array_equal(line(ax, label).get_xydata(), points)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("horizon", "empowerment [bits]")
    assert ax.get_title() == "klyubin, no noise"
    assert ceilings_in(ax) == [np.log2(100)]
    assert names_in(ax) == ["log2 100"]
    shown = [tick for tick in ax.get_xticks() if 1 <= tick <= 30]
    assert len(shown) > 3
    assert all(tick == int(tick) for tick in shown)


def test_lines_differ_without_colours(curve):
    ax = draw_curve(curve)
    styles = {
        (each.get_linestyle(), each.get_linewidth(), each.get_marker())
        for each in ax.lines
        if each.get_gid() is None
    }
    assert len(styles) == 6
    assert len({str(style["linestyle"]) for style in SUMMARIES.values()}) == 3


def test_a_ceiling_for_each_component(halves):
    ax = draw_curve(empowerment_curve(halves, range(1, 9)))
    assert sorted(ceilings_in(ax)) == [np.log2(8), np.log2(12)]
    assert names_in(ax) == ["log2 12", "log2 8"]


def test_names_of_close_ceilings_stand_apart():
    floor = np.ones((1, 99), dtype=bool)
    floor[0, [32, 65]] = False  # 32, 32 and 33 cells
    with look(None, 3.5):
        ax = draw_curve(empowerment_curve(World.from_maze(Maze(floor)), [1, 60]), width=3.5)
        ax.figure.draw_without_rendering()
    upper, lower = (t.get_window_extent() for t in ax.texts if t.get_gid() == "ceiling")
    assert lower.y1 <= upper.y0 + 1


@pytest.mark.slow
@pytest.mark.parametrize("width", [None, 3.5, 7.16])
def test_nothing_is_clipped_and_the_legend_covers_no_line(curve, width):
    with look(None, width):
        ax = draw_curve(curve, width=width)
        figure = ax.figure
        figure.draw_without_rendering()
        box = ax.get_tightbbox()
        legend = ax.get_legend().get_window_extent()
        label = ax.xaxis.label.get_window_extent()
    assert box.x0 > 0
    assert box.y0 > 0
    assert box.x1 < figure.bbox.width
    assert box.y1 < figure.bbox.height
    assert legend.y1 < ax.get_window_extent().y0
    assert legend.y1 <= label.y0 + 1
    if width is not None:
        assert figure.get_figwidth() == width


def test_bounds_say_so_and_one_horizon_is_a_point(klyubin):
    curve = empowerment_curve(klyubin, [4])
    ax = draw_curve(curve)
    assert all(each.get_marker() == "." for each in ax.lines if each.get_gid() is None)
    assert [tick for tick in ax.get_xticks() if 3.5 < tick < 4.5] == [4]
    assert "bounds" not in ax.get_title()
    curve.gap[:] = 0.2
    ax = draw_curve(curve)
    assert ax.get_ylabel() == "empowerment, lower bound [bits]"
    assert "upper bounds are at most 0.20 bits above" in ax.get_title()


def test_a_world_of_one_cell_has_no_line_at_nothing():
    curve = empowerment_curve(World.from_maze(Maze([[True]])), [1, 2])
    assert curve.ceilings.tolist() == [0]
    ax = draw_curve(curve)
    assert ceilings_in(ax) == []
    assert ax.get_ylim()[1] > 0.9


def test_axes_that_are_given_are_used(curve):
    figure = Figure(layout="constrained")
    ax = figure.subplots()
    before = dict(matplotlib.rcParams)
    assert draw_curve(curve, ax, title="mine") is ax
    assert ax.get_title() == "mine"
    assert dict(matplotlib.rcParams) == before


@pytest.mark.parametrize(
    ("emaps", "label", "words"),
    [
        (
            lambda world: [impoverished_empowerment(world, n, 2) for n in (1, 2)],
            "impoverished empowerment [bits]",
            "repertoire of 2, grown by 2 steps",
        ),
        (
            lambda world: [contextual_empowerment(world, n, "walls") for n in (1, 2)],
            "contextual empowerment [bits]",
            "context walls",
        ),
        (
            lambda world: [first_action_empowerment(world, n, source="uniform") for n in (1, 2)],
            "mutual information [bits]",
            "later actions uniform",
        ),
    ],
    ids=["impoverished", "contextual", "first-action"],
)
def test_a_curve_names_its_kind(emaps, label, words):
    ax = draw_curve(curve_of(emaps(World.from_maze(Maze([[1, 1], [1, 0]])))))
    assert ax.get_ylabel() == label
    assert words in ax.get_title().split("\n")[0]
