from dataclasses import replace

import numpy as np
import pytest
from support.figures import assert_inside
from support.learning_curves import invented, under_conditions, with_entropies

from gridemp import render
from gridemp.errors import GridempError


def drawn(ax, gid):
    return [line for line in ax.get_lines() if line.get_gid() == gid]


def test_each_panel_shows_a_quantity_and_its_rank_correlation():
    figure = render.entropies_figure(with_entropies("ABC"))
    titles = [ax.get_title(loc="left").replace("\n", " ") for ax in figure.axes[:5]]
    assert [title[4:10].split(",")[0] for title in titles] == [
        "H(A)",
        "H(E)",
        "I(A;E)",
        "H(A|E)",
        "H(E|A)",
    ]
    assert "\N{GREEK SMALL LETTER RHO} +1.00" in titles[0]
    assert "\N{GREEK SMALL LETTER RHO} \N{MINUS SIGN}1.00" in titles[1]
    actions, effects = figure.axes[:2]
    assert len(drawn(actions, "player")) == 3
    (mean,) = drawn(actions, "mean")
    np.testing.assert_allclose(mean.get_ydata(), [3, 4, 5, 6])
    (mean,) = drawn(effects, "mean")
    np.testing.assert_allclose(mean.get_ydata(), [0.5, -0.5, -1.5, -2.5])
    (text,) = [text.get_text() for text in figure.axes[5].texts if text.get_gid() == "reading"]
    assert "H of E: relative" in text


def test_the_band_of_chance_is_that_of_the_information_without_a_context():
    def bands(curve):
        axes = render.entropies_figure(curve).axes
        return [sum(one.get_gid() == "chance" for one in ax.collections) for ax in axes[:5]]

    assert bands(with_entropies("AB")) == [0, 0, 1, 0, 0]
    assert bands(with_entropies("AB", context=True)) == [0] * 5


def test_an_entropy_that_is_missing_says_so():
    curve = with_entropies("A")
    rows = tuple(
        replace(row, effects=np.nan, effects_given_actions=np.nan) for row in curve.entropies.trials
    )
    entropies = replace(curve.entropies, effects="neither", trials=rows)
    figure = render.entropies_figure(replace(curve, entropies=entropies))
    texts = [[text.get_text() for text in ax.texts] for ax in figure.axes[:5]]
    assert texts == [[], ["not estimated"], [], [], ["not estimated"]]


def test_a_curve_without_entropies_is_refused():
    with pytest.raises(GridempError) as error:
        render.entropies_figure(invented("A"))
    assert str(error.value) == ("`curve` has no entropies; set `entropies` of `measure` to True")


@pytest.mark.parametrize("draw", [render.entropies_figure, render.draw_learning_curve])
def test_trials_under_conditions_have_no_order_to_draw(draw):
    with pytest.raises(GridempError) as error:
        draw(under_conditions())
    assert str(error.value) == (
        "`curve` has trials under gravity and wind; draw the means of `condition_grid` instead"
    )


@pytest.mark.slow
@pytest.mark.parametrize("width", [3.5, 7.16, None])
@pytest.mark.parametrize("players", ["A", "ABCDEFGH"])
def test_all_texts_of_the_figure_are_inside(width, players):
    with render.look(width=width):
        assert_inside(render.entropies_figure(with_entropies(players), width=width))
