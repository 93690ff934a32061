"""The figure of an estimator shows its numbers and leaves nothing out of sight."""

from dataclasses import replace

import numpy as np
import pytest
from support.audits import SMALL, small_audit
from support.figures import assert_apart, assert_inside, by_gid, texts_of

from gridemp import GridempError, render

pytestmark = pytest.mark.slow


def drawn(audit, name, **options):
    with render.look(width=options.get("width")):
        return render.audit_figure(audit, name, **options)


@pytest.mark.parametrize("name", ["plug-in", "mine-dv"])
def test_the_figure_shows_the_numbers(name):
    audit = small_audit()
    figure = drawn(audit, name)
    exact, estimate, scatter = figure.axes[:3]
    values = audit.of(name).values
    low, median, high = np.percentile(values, (25, 50, 75), axis=0)
    for ax, bits in ((exact, audit.truth.bits), (estimate, median)):
        shown = ax.collections[0].get_array().filled(np.nan).reshape(2, 3)
        np.testing.assert_array_equal(shown, audit.truth.grid(bits))
    assert exact.collections[0].get_clim() == estimate.collections[0].get_clim()
    (points,) = by_gid(scatter, "cells")
    np.testing.assert_array_equal(points.get_xydata(), np.transpose([audit.truth.bits, median]))
    (lines,) = by_gid(scatter, "quartiles")
    ends = np.array([segment[:, 1] for segment in lines.get_segments()])
    np.testing.assert_array_equal(ends.T, [low, high])
    bounds = by_gid(scatter, "bounds")
    if name == "plug-in":
        assert not bounds
    else:
        np.testing.assert_array_equal(bounds[0].get_ydata(), audit.truth.bits - 0.2)
    (diagonal,) = by_gid(scatter, "diagonal")
    np.testing.assert_array_equal(diagonal.get_xdata(), diagonal.get_ydata())
    assert scatter.get_xlim() == scatter.get_ylim()


def test_a_negative_mean_has_a_minus_sign():
    audit = small_audit(".")
    learned = audit.of("mine-dv")._replace(values=np.full((2, 1), -0.25))
    figure = drawn(replace(audit, estimates=(learned,)), "mine-dv")
    title = figure.axes[1].get_title(loc="left").replace("\n", " ")
    assert "mean of medians \N{MINUS SIGN}0.250 bits" in title


def test_the_titles_give_the_settings_and_the_errors():
    audit = small_audit()
    figure = drawn(audit, "mine-dv")
    assert texts_of(figure) == [
        "small, horizon 2, later actions uniform, no noise, uniform source\n"
        "MINE, Donsker-Varadhan: 10 rollouts per first action and cell, "
        "1000 updates of 128 rollouts, 2 repeats from seed 0"
    ]
    titles = [ax.get_title(loc="left") for ax in figure.axes[:3]]
    assert f"mean {audit.truth.bits.mean():.3f} bits" in titles[0]
    assert f"mean of medians {audit.truth.bits.mean() + 0.1:.3f}" in titles[1].replace("\n", " ")
    assert "bias +0.100, SD 0.141" in titles[2]
    plain = drawn(audit, "mine-dv", title=False, panel_titles=["one", "two", "three"])
    assert texts_of(plain) == []
    assert plain.axes[2].get_title(loc="left") == "(c) three"


def test_the_key_names_the_marks():
    def key(name, **options):
        (legend, *_) = [*drawn(small_audit(), name, **options).legends, None]
        return legend and [text.get_text() for text in legend.get_texts()]

    assert key("mine-dv") == [
        "peak",
        "median and quartiles of repeats",
        "its critic under the true channel",
        "estimate = exact",
    ]
    assert key("plug-in") == ["peak", "median and quartiles of repeats", "estimate = exact"]
    assert key("plug-in", legend=False) is None


@pytest.mark.parametrize("width", [3.5, 7.16, None])
@pytest.mark.parametrize("text", [SMALL, "." * 12, "\n".join("." * 9)])
def test_nothing_leaves_the_figure(width, text):
    figure = drawn(small_audit(text, slip=0.1), "mine-dv", width=width)
    assert_inside(figure)
    assert_apart(figure)


def test_the_best_heading_of_a_cell_is_shown_with_its_own_estimate():
    audit = small_audit(moves="turn")
    figure = drawn(audit, "plug-in")
    best = audit.truth.one_per_cell()
    (points,) = by_gid(figure.axes[2], "cells")
    np.testing.assert_allclose(points.get_xydata().T, [best.bits, best.bits + 0.2])


def test_an_estimator_that_was_not_audited_is_refused():
    with pytest.raises(GridempError, match=r"no `estimator` 'info-nce'; it has plug-in, mine-dv"):
        render.audit_figure(small_audit(), "info-nce")
