from dataclasses import replace
from math import nan

import numpy as np
import pytest
from scipy.stats import t
from support.logs import simulated_windows

from gridemp.errors import GridempError
from gridemp.logs import (
    EstimateSettings,
    FrameColumns,
    LearningCurve,
    TrialInformation,
    condition_grid,
    measure,
    windows_of_frames,
    windows_of_rows,
)

COPULA = EstimateSettings("copula", shuffles=19)


def information(player, trial, bits, pair, chance=0.1):
    return TrialInformation(
        player, trial, 50, bits, bits - 1, bits + 1, chance, 0.02, 0.01, 19, nan, pair
    )


def curve_of(trials, conditions=("gravity", "wind")):
    return LearningCurve(
        name="log",
        actions=("a",),
        effects=("e",),
        context=(),
        by="trial",
        trials=tuple(trials),
        means=(),
        trends=(),
        settings={},
        dropped={},
        notes=(),
        conditions=conditions,
    )


def test_a_player_counts_once_however_many_trials_it_has():
    pair = ("10", "0")
    trials = [
        *(information("A", str(i), bits, pair) for i, bits in enumerate((0.2, 0.4))),
        information("B", "0", 0.5, pair),
        information("C", "0", 1.0, pair, chance=0.4),
    ]
    (mean,) = condition_grid(curve_of(trials)).means
    assert (mean.players, mean.trials) == (3, 4)
    of_players = np.array([0.3, 0.5, 1.0])
    assert mean.bits == pytest.approx(of_players.mean())
    half = t.ppf(0.975, 2) * of_players.std(ddof=1) / 3**0.5
    assert (mean.low, mean.high) == pytest.approx((0.6 - half, 0.6 + half))
    above = np.array([0.2, 0.4, 0.6])
    half = t.ppf(0.975, 2) * above.std(ddof=1) / 3**0.5
    assert (mean.above, mean.above_low) == pytest.approx((0.4, 0.4 - half))
    assert mean.null_mean == pytest.approx(0.2)
    assert mean.is_above_chance == (half < 0.4)


def test_conditions_are_sorted_as_trials_are():
    pairs = [("10", "weak"), ("2", "strong"), ("9.5", "weak")]
    grid = condition_grid(curve_of(information("A", "1", 0.5, pair) for pair in pairs))
    assert grid.x_names == ("2", "9.5", "10")
    assert grid.y_names == ("weak", "strong")
    assert [(mean.x, mean.y) for mean in grid.means] == [
        *(("9.5", "weak"), ("10", "weak"), ("2", "strong"))
    ]
    assert np.isnan(grid.means[0].low)
    assert not grid.means[0].is_above_chance
    assert repr(grid) == "ConditionGrid('log', 3 x 2 conditions of gravity and wind, 1 player)"


@pytest.mark.parametrize("conditions", [(), ("wind",), ("a", "b", "c")])
def test_other_numbers_of_columns_are_refused(conditions):
    trial = information("A", "1", 0.5, tuple("x" for _ in conditions))
    with pytest.raises(GridempError, match=f"these trials have {len(conditions)}"):
        condition_grid(curve_of([trial], conditions))
    with pytest.raises(GridempError, match="these trials have 0"):
        condition_grid(measure(simulated_windows(30), COPULA))


def test_trials_under_the_same_conditions_are_kept_apart(log):
    text = "n,g,w,a,e\n" + "".join(
        f"{trial},{5 * (trial % 2)},{trial // 3},{i},{i * i % 7}\n"
        for trial in (1, 2, 3, 4, 5)
        for i in range(30)
    )
    read = log(text, ["a", "e"], ["n", "g", "w"])
    windows = windows_of_rows(read, ["a"], ["e"], trial="n", conditions=["g", "w"])
    assert [(one.trial, one.conditions) for one in windows.trials] == [
        *(("2", ("0", "0")), ("4", ("0", "1")), ("1", ("5", "0"))),
        *(("3", ("5", "1")), ("5", ("5", "1"))),
    ]
    assert all(len(one.actions) == 30 for one in windows.trials)
    curve = measure(windows, COPULA)
    assert (curve.means, curve.trends, curve.conditions) == ((), (), ("g", "w"))
    assert [trial.conditions for trial in curve.trials] == [t.conditions for t in windows.trials]
    counts = {(mean.x, mean.y): mean.trials for mean in condition_grid(curve).means}
    assert counts == {("0", "0"): 1, ("5", "0"): 1, ("0", "1"): 1, ("5", "1"): 2}


def test_entropies_of_trials_under_conditions_are_not_compared_with_their_order():
    windows = simulated_windows(40, 40, 40, 40)
    pairs = [("2", "0"), ("10", "0"), ("2", "20"), ("10", "20")]
    under = [
        replace(trial, conditions=pair) for trial, pair in zip(windows.trials, pairs, strict=True)
    ]
    compared = replace(windows, trials=tuple(under), conditions=("gravity", "wind"))
    alone = measure(windows, COPULA, entropies=True).entropies
    found = measure(compared, COPULA, entropies=True).entropies
    assert found.trials == alone.trials
    assert (found.correlations, len(alone.correlations)) == ((), 5)


def test_no_window_reaches_from_one_trial_into_the_next(log):
    """Two trials under the same conditions follow each other without a jump or a pause."""
    text = "time,n,g,w,key,x\n" + "".join(
        f"{i / 50:.2f},{i // 12},1,2,{i % 2},{i / 50}\n" for i in range(24)
    )
    read = log(text, ["time", "key", "x"], ["n", "g", "w"])
    columns = {"keys": ["key"], "states": ["x"], "conditions": ["g", "w"]}
    apart = windows_of_frames(read, FrameColumns(**columns, trial="n"), 0.1)
    assert [len(trial.actions) for trial in apart.trials] == [2, 2]
    together = windows_of_frames(read, FrameColumns(**columns), 0.1)
    assert [len(trial.actions) for trial in together.trials] == [4]


def test_a_column_with_very_many_values_is_no_column_of_conditions(log):
    read = log("a,e,g,w\n" + "".join(f"{i},{i},{i},0\n" for i in range(40)), ["a", "e"], ["g", "w"])
    with pytest.raises(GridempError, match=r"'g' of .*log.csv has 40 different values.* 30"):
        windows_of_rows(read, ["a"], ["e"], conditions=["g", "w"])
