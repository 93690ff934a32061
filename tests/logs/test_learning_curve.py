from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose
from support.logs import frame_windows, simulated_windows

from gridemp.errors import GridempError
from gridemp.logs import EstimateSettings, gaussian_copula, measure
from gridemp.logs.learning_curve import at_equal_numbers

KSG = EstimateSettings(shuffles=19)
COPULA = EstimateSettings("copula", shuffles=19)


def test_a_player_who_presses_nothing_has_no_information(log):
    rows = [(1, 1, f"{i * 0.02:.2f}", 0, 0, 0, i % 7, 0, 0) for i in range(301)]
    curve = measure(frame_windows(log, rows), KSG)
    assert (curve.trials[0].bits, curve.trials[0].p) == (0.0, 1.0)
    assert "none is constant and tells nothing" in curve.notes


def test_trials_are_compared_at_equal_numbers():
    windows = simulated_windows(60, 40, 50)
    curve = measure(windows, COPULA)
    assert [trial.windows for trial in curve.trials] == [40, 40, 40]
    assert curve.notes == (
        "trials have 40 to 60 windows; 40 successive ones of each are used, from a random start",
    )
    curve = measure(windows, COPULA, sample=45)
    assert [trial.trial for trial in curve.trials] == ["1", "3"]
    assert curve.notes == (
        "1 trial is left out for having fewer than 45 windows",
        "trials have 50 to 60 windows; 45 successive ones of each are used, from a random start",
    )
    curve = measure(windows, COPULA, equal=False)
    assert [trial.windows for trial in curve.trials] == [60, 40, 50]
    exact = [gaussian_copula(trial.actions, trial.effects) for trial in windows.trials]
    assert_allclose([trial.bits for trial in curve.trials], exact)
    assert measure(simulated_windows(40, 40), COPULA).notes == ()


def test_the_sample_is_a_stretch_of_successive_windows():
    windows = simulated_windows(60, 40)
    windows.trials[0].actions[:, 0] = np.arange(60)
    stretches = []
    for seed in range(8):
        drawn, _ = at_equal_numbers(windows, None, np.random.default_rng(seed))
        stretches.append(drawn.trials[0].actions[:, 0].astype(int).tolist())
        np.testing.assert_array_equal(drawn.trials[1].actions, windows.trials[1].actions)
    assert all(np.diff(rows).tolist() == [1] * 39 for rows in stretches)
    assert len({rows[0] for rows in stretches}) > 3


@pytest.mark.slow
@pytest.mark.parametrize(("k", "theiler"), [(1, 0), (3, 0), (7, 0), (10, 0), (2, 1), (2, 6)])
def test_the_smallest_number_of_windows_is_enough(k, theiler):
    least = 2 * (k + 1 + 2 * theiler) + 4
    settings = replace(KSG, k=k, theiler=theiler)
    for count in range(least, least + 10):
        (trial,) = measure(simulated_windows(count), settings).trials
        assert np.isfinite(trial.low)
    with pytest.raises(GridempError, match=rf"needs? {least}\b"):
        measure(simulated_windows(least - 1), settings)


def test_each_trial_has_null_estimates_of_its_own():
    windows = simulated_windows(60)
    one, other = measure(replace(windows, trials=windows.trials * 2), COPULA).trials
    assert one.bits == other.bits
    assert one.null_mean != other.null_mean


def test_the_same_seed_gives_the_same_and_another_does_not():
    windows = simulated_windows(50, 60)
    one, same, other = (measure(windows, replace(KSG, seed=seed)).trials for seed in (0, 0, 1))
    assert repr(one) == repr(same)  # equal dataclasses with a NaN are unequal since Python 3.13
    assert repr(one) != repr(other)
    assert one[0].bits == pytest.approx(other[0].bits, abs=0.15)


@pytest.mark.parametrize(
    ("windows", "settings", "sample", "sentence"),
    [
        (
            simulated_windows(30, 5),
            EstimateSettings(),
            None,
            "trial 2 has 5 windows, and an estimate with its error needs 12 or more; give longer "
            "trials or shorter windows, or set `sample` to 12",
        ),
        (
            simulated_windows(30, 5, players="A"),
            EstimateSettings(k=9),
            None,
            "trial 2 of player A has 5 windows",
        ),
        (simulated_windows(30, 9), EstimateSettings("copula"), None, "needs 12 or more"),
        (simulated_windows(30, 35), EstimateSettings(theiler=5), None, "needs 32 or more"),
        (
            simulated_windows(30),
            EstimateSettings(),
            31,
            "no trial has 31 windows; the longest has 30, so lower `sample`",
        ),
        (
            simulated_windows(30),
            EstimateSettings(),
            11,
            "`sample` must be 12 or more for this estimate, not 11",
        ),
    ],
)
def test_too_few_windows_are_refused(windows, settings, sample, sentence):
    with pytest.raises(GridempError) as error:
        measure(windows, settings, sample=sample)
    assert sentence in str(error.value)
