import math

from numpy.testing import assert_allclose
from scipy.stats import linregress, spearmanr, t

from gridemp.logs import TrialInformation
from gridemp.logs.trends import means, trends


def information(player, trial, bits, chance=0.0):
    return TrialInformation(
        player=player,
        trial=trial,
        windows=9,
        bits=bits,
        low=0.0,
        high=0.0,
        null_mean=chance,
        null_sd=0.1,
        p=0.5,
        orders=99,
        without=math.nan,
    )


def test_trends_are_lines_and_ranks():
    bits = [0.1, 0.5, 0.2, 0.9]
    own = [information("A", str(n), b, 0.1 * n) for n, b in zip([2, 4, 8, 16], bits, strict=True)]
    plain, above = trends(own)
    line = linregress([2, 4, 8, 16], bits)
    assert_allclose([plain.slope, plain.intercept], [line.slope, line.intercept])
    half = t.ppf(0.975, 2) * line.stderr
    assert_allclose([plain.low, plain.high], [line.slope - half, line.slope + half])
    assert_allclose(plain.spearman, spearmanr([2, 4, 8, 16], bits).statistic)
    assert_allclose(above.slope, line.slope - 0.1)
    assert above.above_chance
    assert trends(own[:2]) == ()


def test_the_trend_of_several_is_the_mean_of_theirs():
    own = [information(p, str(n), n * s) for p, s in (("A", 0.1), ("B", 0.4)) for n in range(1, 5)]
    first, second, both, *above = trends(own)
    assert (first.player, second.player, both.player) == ("A", "B", None)
    assert_allclose([first.slope, second.slope, both.slope], [0.1, 0.4, 0.25])
    assert_allclose(both.high - both.low, 2 * t.ppf(0.975, 1) * 0.15)
    assert len(above) == 3
    assert_allclose([mean.bits for mean in means(own)], [0.25, 0.5, 0.75, 1.0])
    assert [mean.players for mean in means(own)] == [2] * 4


def test_trials_of_one_name_stand_at_one_place_whoever_plays():
    own = [information("A", name, 1.0) for name in ("first", "second")]
    own += [information("B", name, 3.0) for name in ("second", "third")]
    assert [(mean.place, mean.players, mean.bits) for mean in means(own)] == [
        (1.0, 1, 1.0),
        (2.0, 2, 2.0),
        (3.0, 1, 3.0),
    ]
