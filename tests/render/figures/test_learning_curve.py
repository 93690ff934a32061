"""The figure of a learning curve shows its numbers, and all its texts are inside."""

from dataclasses import replace

import numpy as np
import pytest
from support.figures import assert_inside
from support.learning_curves import invented

from gridemp import render
from gridemp.render.figures.horizon_curve import COLORS
from gridemp.render.figures.learning_curve import draw_learning_curve, title_of


def lines(ax, gid):
    return [line for line in ax.lines if line.get_gid() == gid]


def test_the_motion_before_is_named_only_where_it_is_the_context():
    curve = replace(invented("A", context=True), context=("previous e",))
    assert title_of(curve).startswith("a, b \N{RIGHTWARDS ARROW} e | previous e\n")
    curve = replace(curve, previous=True)
    assert title_of(curve).startswith("a, b \N{RIGHTWARDS ARROW} e | previous motion\n")


def test_trials_that_are_no_numbers_are_named():
    curve = invented("A")
    trials = [replace(one, trial=f"day {one.trial}") for one in curve.trials]
    with render.look():
        ax = draw_learning_curve(replace(curve, trials=tuple(trials)))
    assert [text.get_text() for text in ax.get_xticklabels()] == [f"day {n}" for n in range(1, 5)]


def test_each_player_has_a_line_and_what_is_unsure_is_hollow():
    with render.look():
        ax = draw_learning_curve(invented("AB"))
    first, second = lines(ax, "player")
    np.testing.assert_allclose(first.get_ydata(), [0.1, 0.2, 0.3, 0.4])
    np.testing.assert_allclose(second.get_ydata(), [1.1, 1.2, 1.3, 1.4])
    assert [line.get_color() for line in (first, second)] == list(COLORS[:2])
    sure, unsure = lines(ax, "points")[:2]
    assert sure.get_xdata().tolist() == [1, 3, 4]
    assert unsure.get_xdata().tolist() == [2]
    assert unsure.get_markerfacecolor() == "w"
    bars = next(one for one in ax.collections if one.get_gid() == "bar").get_segments()
    np.testing.assert_allclose(bars[0], [[1, -0.1], [1, 0.3]], atol=1e-12)
    (chance,) = [one for one in ax.collections if one.get_gid() == "chance"]
    ends = chance.get_paths()[0].vertices[:, 1]
    np.testing.assert_allclose([ends.min(), ends.max()], [0.01, 0.09])
    (trend,) = lines(ax, "trend")
    np.testing.assert_allclose(trend.get_ydata(), [0.1, 0.4])
    labels = [text.get_text() for text in ax.get_legend().get_texts()]
    assert labels == ["player A", "player B", "95 % interval", "p > 0.05", "chance, ±2 sd", "trend"]
    assert ax.get_xlabel() == "trial"
    assert ax.get_ylabel() == "mutual information [bits]"
    assert "KSG (k = 3) estimates, 50 windows each" in ax.get_title().replace("\n", " ")
    assert "slope 0.1 [0.08 to 0.12] bits per trial" in ax.get_title()


def test_no_p_value_is_hollow_and_called_so():
    curve = invented("A")
    trials = tuple(replace(trial, p=float("nan")) for trial in curve.trials)
    with render.look():
        ax = draw_learning_curve(replace(curve, trials=trials))
    sure, unsure = lines(ax, "points")[:2]
    assert (len(sure.get_xdata()), len(unsure.get_xdata())) == (0, 4)
    labels = [text.get_text() for text in ax.get_legend().get_texts()]
    assert "no p value" in labels
    assert "p > 0.05" not in labels


def test_many_players_are_thin_and_their_mean_thick():
    with render.look():
        ax = draw_learning_curve(invented("ABCDEFGH", context=True))
    assert len(lines(ax, "player")) == 8
    (mean,) = lines(ax, "mean")
    np.testing.assert_allclose(mean.get_ydata(), [0.1, 0.2, 0.3, 0.4])
    assert mean.get_linewidth() > 2 * lines(ax, "player")[0].get_linewidth()
    (without,) = lines(ax, "without")
    np.testing.assert_allclose(without.get_ydata(), [0.05, 0.1, 0.15, 0.2])
    assert ax.get_ylabel() == "conditional mutual information [bits]"
    assert "mean of 8, 95 % interval" in [text.get_text() for text in ax.get_legend().get_texts()]


@pytest.mark.slow
@pytest.mark.parametrize("width", [3.5, 7.16, None])
@pytest.mark.parametrize("players", ["A", "ABCDEF", "ABCDEFGH"])
def test_all_texts_of_the_figure_are_inside(width, players):
    curve = invented(players, trials=1 if players == "A" else 4, context=True)
    with render.look(width=width):
        ax = draw_learning_curve(curve, width=width)
        assert_inside(ax.figure)
