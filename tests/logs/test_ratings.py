from dataclasses import replace
from math import nan

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.stats import linregress, pearsonr, spearmanr, t
from support.learning_curves import invented, under_conditions, with_entropies
from support.logs import simulated_windows

from gridemp.errors import GridempError
from gridemp.logs import Columns, measure, rate_gains, rating_study, ratings_of
from gridemp.logs.rating_relation import without_line

BITS = {"A": [0.1, 0.4, 0.2, 0.6, 0.5], "B": [1.0, 0.9, 1.4, 1.2, 1.6]}
RATINGS = {"A": [3.0, 5.0, 2.0, 6.0, 4.0], "B": [1.0, 2.0, 4.0, 1.0, 3.0]}


def log_of(trials, ratings):
    names = tuple(dict.fromkeys(trials))
    codes = np.array([names.index(name) for name in trials])
    return Columns("log", len(trials), {"r": np.array(ratings)}, {"trial": (names, codes)})


def test_a_trial_has_one_rating_which_may_be_missing():
    log = log_of(["1", "1", "2", "2", "3"], [nan, 4.0, 5.0, 5.0, nan])
    found = ratings_of(log, "r", trial="trial")
    assert list(found) == [("", "1"), ("", "2"), ("", "3")]
    assert_allclose(list(found.values()), [4.0, 5.0, nan])
    with pytest.raises(GridempError) as error:
        ratings_of(log_of(["1", "2", "2"], [1.0, 3.0, 5.0]), "r", trial="trial")
    assert str(error.value) == (
        "trial 2 has the ratings 3 and 5 in column 'r'; give one rating for each trial"
    )


def test_gains_go_with_ratings_of_the_same_trial_and_of_the_next():
    same, following = rate_gains(BITS, RATINGS)
    gains = {player: np.diff(bits) for player, bits in BITS.items()}
    for player, (x, y) in same.pairs.items():
        assert_allclose(x, gains[player])
        assert_allclose(y, RATINGS[player][1:])
    for player, (x, y) in following.pairs.items():
        assert_allclose(x, gains[player][:-1])
        assert_allclose(y, RATINGS[player][2:])
    for relation in (same, following):
        for line in relation.lines:
            fit = linregress(*relation.pairs[line.player])
            half = t.ppf(0.975, line.pairs - 2) * fit.stderr
            assert_allclose([line.slope, line.low], [fit.slope, fit.slope - half])


def test_pooled_regressions_are_within_players():
    same, _ = rate_gains(BITS, RATINGS)
    x, y = (
        np.concatenate([pair[i] - np.mean(pair[i]) for pair in same.pairs.values()]) for i in (0, 1)
    )
    assert_allclose(same.pooled.slope, linregress(x, y).slope)
    assert_allclose(same.correlation, pearsonr(x, y).statistic)
    slopes = np.array([line.slope for line in same.lines])
    assert_allclose(same.mean.slope, slopes.mean())
    assert_allclose(same.mean.high - same.mean.low, 2 * t.ppf(0.975, 1) * np.ptp(slopes) / 2)
    # Of two players, leaving out each in turn leaves the slope of the other.
    assert_allclose(same.pooled.high - same.pooled.low, t.ppf(0.975, 1) * np.ptp(slopes))
    rhos = [spearmanr(*pair).statistic for pair in same.pairs.values()]
    assert_allclose(same.ranks.rho, np.mean(rhos))
    shifted = {player: [rating + 50 for rating in own] for player, own in RATINGS.items()}
    moved, _ = rate_gains(BITS, {"A": shifted["A"], "B": RATINGS["B"]})
    assert_allclose([moved.pooled.slope, moved.p], [same.pooled.slope, same.p])


def test_all_shifts_of_few_trials_are_compared():
    same, following = rate_gains(BITS, RATINGS)
    assert (same.arrangements, following.arrangements) == (16, 9)
    assert same.smallest_p == 1 / 16
    pairs = [[values - values.mean() for values in pair] for pair in same.pairs.values()]
    sums = [
        sum(x @ np.roll(y, -s) for (x, y), s in zip(pairs, (i, j), strict=True))
        for i in range(4)
        for j in range(4)
    ]
    assert_allclose(same.p, np.mean(np.abs(sums) >= abs(sums[0]) - 1e-12))


def test_a_trend_that_both_share_is_told_apart():
    rng = np.random.default_rng(3)
    fall = np.linspace(3, 0, 15)
    bits = {str(i): np.cumsum(fall + 0.3 * rng.normal(size=15)) for i in range(5)}
    ratings = {who: fall + 0.5 * rng.normal(size=15) for who in bits}
    same, _ = rate_gains(bits, ratings)
    assert same.p < 0.001
    assert same.p_without_trend > 0.05
    _, y = same.pairs["0"]
    order = np.arange(14)
    line = np.polynomial.Polynomial.fit(order, y, 1)
    assert_allclose(without_line(y - y.mean(), order), y - line(order), atol=1e-12)
    assert not without_line(np.arange(5.0) - 2, np.arange(5)).any()


def test_lines_are_over_trials_even_if_ratings_are_missing():
    """Ratings on a straight line over the trials leave nothing, whichever of them are missing."""
    rng = np.random.default_rng(0)
    ratings = np.where(np.isin(np.arange(20), [3, 4, 5, 6, 11, 15]), nan, 2.0 * np.arange(20))
    for relation in rate_gains({"A": rng.normal(size=20)}, {"A": ratings}):
        assert relation.pooled.pairs >= 12
        assert not np.isnan(relation.p)
        assert np.isnan(relation.p_without_trend)


def test_the_smallest_p_is_that_of_the_best_arrangement():
    """Two pairs have two arrangements, whose sums differ only in sign."""
    same, _ = rate_gains({"A": [0.0, 1.0, 3.0]}, {"A": [0.0, 1.0, 2.0]})
    assert (same.arrangements, same.p, same.smallest_p) == (2, 1.0, 1.0)
    two = {"A": [0.0, 1.0, 3.0], "B": [0.0, 1.0, 4.0]}
    same, _ = rate_gains(two, {player: [0.0, 1.0, 2.0] for player in two})
    assert (same.arrangements, same.p, same.smallest_p) == (4, 0.5, 0.5)


def test_a_strong_relation_is_found_and_its_sign_does_not_matter():
    rng = np.random.default_rng(0)
    bits = {str(i): rng.normal(size=20) for i in range(6)}
    for sign in (1, -1):
        ratings = {
            who: sign * np.diff(own, prepend=0) + 0.5 * rng.normal(size=20)
            for who, own in bits.items()
        }
        same, _ = rate_gains(bits, ratings)
        assert same.p == same.smallest_p == 1e-4
        assert min(sign * same.pooled.low, sign * same.pooled.high) > 0


def test_missing_ratings_and_trials_leave_out_their_gains():
    bits = {"A": [0.1, 0.4, nan, 0.6, 0.5, 0.7]}
    same, following = rate_gains(bits, {"A": [1.0, 2.0, 3.0, 4.0, nan, 6.0]})
    assert_allclose(same.pairs["A"], [[0.3, 0.2], [2.0, 6.0]])
    assert (same.missing, following.missing) == (1, 0)
    assert_allclose(following.pairs["A"], [[0.3, -0.1], [3.0, 6.0]])


def test_the_study_of_a_curve_says_what_it_can_find():
    curve = invented("A", trials=4)
    ratings = {("A", str(i)): [1.0, 3.0, 2.0, nan][i - 1] for i in range(1, 5)}
    study = rating_study(curve, ratings, "better")
    assert repr(study) == "RatingStudy('better', 1 player, 2 pairs)"
    assert study.notes == (
        "1 gain without a rating of the same trial left out",
        "no test of ratings of the same trial, as gains or ratings do not vary within players",
        "1 gain without a rating of the next trial left out",
        "no test of ratings of the next trial, as gains or ratings do not vary within players",
    )
    assert [one.quantity for one in study.correlations] == ["information"]
    bits = tuple(
        replace(one, bits=bits) for one, bits in zip(curve.trials, BITS["A"], strict=False)
    )
    study = rating_study(replace(curve, trials=bits), ratings)
    assert study.notes[1] == (
        "ratings of the same trial allow only 2 arrangements, so p cannot be below 1.000; record "
        "more trials or more players"
    )


def test_entropies_are_compared_with_ratings():
    curve = with_entropies("AB")
    ratings = {(one.player, one.trial): float(one.trial) for one in curve.trials}
    study = rating_study(curve, ratings)
    assert [(one.quantity, one.other) for one in study.correlations][:2] == [
        ("actions", "rating"),
        ("effects", "rating"),
    ]
    assert_allclose([one.rho for one in study.correlations], [1, -1, 1, -1, 1])


def test_trials_that_are_left_out_end_a_gain():
    curve = measure(simulated_windows(40, 20, 40, 40, 40), sample=40)
    ratings = {("", str(i)): float(i) for i in range(1, 6)}
    study = rating_study(curve, ratings)
    assert list(study.gains) == [("", "1"), ("", "3"), ("", "4"), ("", "5")]
    assert np.isnan(study.gains["", "3"])
    assert_allclose(study.gains["", "4"], curve.trials[2].bits - curve.trials[1].bits)


@pytest.mark.parametrize(
    ("ratings", "sentence"),
    [
        ({}, "`ratings` lacks trial '1' of player 'A'; give NaN for a trial without a rating"),
        (
            {("A", str(i)): 3.0 for i in range(1, 5)},
            "the ratings in 'rating' do not vary within any player; name another column",
        ),
        ({("A", str(i)): "good" for i in range(1, 5)}, "`ratings` must"),
        (
            {("A", str(i)): nan for i in range(1, 5)},
            "no player has two gains with a rating in 'rating'; rate three successive trials of a "
            "player or more",
        ),
    ],
)
def test_ratings_that_are_not_enough_are_refused(ratings, sentence):
    with pytest.raises(GridempError) as error:
        rating_study(invented("A"), ratings)
    assert str(error.value).startswith(sentence)


def test_with_a_context_gains_are_those_of_the_information_given_it():
    study = rating_study(invented("A", context=True), {("A", str(i)): i**2 for i in range(1, 5)})
    assert study.context
    assert [one.quantity for one in study.correlations] == ["information_given_context"]


def test_gains_do_not_mix_conditions():
    curve = under_conditions("A")
    with pytest.raises(GridempError) as error:
        rating_study(curve, {("A", str(i)): float(i) for i in range(1, 4)})
    assert str(error.value) == (
        "gains from trial to trial would mix gravity and wind; give a `curve` of windows without "
        "`conditions`"
    )


@pytest.mark.parametrize(
    ("ratings", "sentence"),
    [
        ({}, "`ratings` lacks player 'A'; give a rating for each trial"),
        ({"A": [1.0]}, "`ratings` of player 'A' has 1 numbers, and `information` 2; give one of"),
    ],
)
def test_wrong_ratings_are_refused(ratings, sentence):
    with pytest.raises(GridempError) as error:
        rate_gains({"A": [0.1, 0.2]}, ratings)
    assert str(error.value).startswith(sentence)
