"""Notes on a learning curve."""

import math
from dataclasses import replace

import numpy as np
from support.logs import frame_windows, frames, simulated_windows

from gridemp.logs import EstimateSettings, Trial, Windows, gaussian_copula, measure

KSG = EstimateSettings(shuffles=19)
COPULA = EstimateSettings("copula", shuffles=19)
SHUFFLED = replace(COPULA, null="shuffle")


def test_a_trial_without_a_window_is_noted(log):
    windows = frame_windows(log, frames(0, 3) + frames(0, 101, trial=2))
    assert [trial.trial for trial in windows.trials] == ["2"]
    assert "1 trial has no whole window and is left out" in measure(windows, KSG).notes


def test_a_log_without_a_column_of_trials_is_noted():
    windows = replace(simulated_windows(40), by="")
    note = "the whole log counts as one trial, as no column names the trials"
    assert measure(windows, COPULA).notes == (note,)


def test_few_windows_allow_few_shifts_which_is_noted():
    windows, settings = simulated_windows(15), EstimateSettings(shuffles=50)
    curve = measure(windows, settings)
    assert curve.notes == ("a trial of 15 windows allows only 14 shifts, so p is 0.07 or more",)
    assert curve.trials[0].orders == 14
    assert measure(windows, replace(settings, null="shuffle")).notes == ()


def test_constant_columns_are_left_out_and_noted():
    windows = simulated_windows(40, 40)
    first = windows.trials[0]
    first.actions[:, 1] = 7.0
    curve = measure(windows, COPULA)
    assert curve.notes == ("b is constant in 1 of 2 trials, where it tells nothing",)
    assert curve.trials[0].bits == gaussian_copula(first.actions[:, :1], first.effects)
    first.effects[:] = 0.0
    curve = measure(windows, COPULA)
    assert (curve.trials[0].bits, curve.trials[0].p) == (0.0, 1.0)
    assert "e is constant in 1 of 2 trials, where it tells nothing" in curve.notes
    windows = simulated_windows(40)
    windows.trials[0].effects[:] = 0.0
    assert measure(windows, KSG).notes == ("e is constant and tells nothing",)


def test_slow_changes_are_noted_where_shuffles_destroy_them():
    windows = simulated_windows(80)
    for part in (windows.trials[0].actions, windows.trials[0].effects):
        part[:] = np.cumsum(part, axis=0)
    assert measure(windows, COPULA).notes == ()
    assert measure(windows, COPULA).trials[0].p <= 1.0
    curve = measure(windows, SHUFFLED)
    (note,) = curve.notes
    assert note.endswith("destroy, so no p value is given; shifts in time preserve it")
    assert math.isnan(curve.trials[0].p)
    assert measure(simulated_windows(80), SHUFFLED).notes == ()


def test_categories_that_persist_are_noted():
    rng = np.random.default_rng(5)
    held = np.repeat(rng.integers(0, 3, 30), 4)[:, None].astype(float)
    context = held + rng.normal(size=held.shape)
    trial = Trial("", "1", held, (held == 1).astype(float), context)
    names = {"a": ("l", "m", "r"), "e": ("no", "yes")}
    windows = Windows("log", (trial,), ("a",), ("e",), ("c",), "t", categories=names)
    for settings in (EstimateSettings(shuffles=19), EstimateSettings("plugin", shuffles=19)):
        held_fixed = replace(windows, trials=(replace(trial, context=np.sign(context)),))
        curve = measure(held_fixed, settings)
        (note,) = curve.notes
        assert "no p value is given; use amounts with another estimator" in note
        assert math.isnan(curve.trials[0].p)
        order = np.random.default_rng(6).permutation(len(held))
        swapped = replace(
            trial,
            actions=held[order],
            effects=trial.effects[order],
            context=np.sign(context)[order],
        )
        mixed_up = replace(held_fixed, trials=(swapped,))
        curve = measure(mixed_up, settings)
        assert curve.notes == ()
        assert 0 < curve.trials[0].p <= 1


def test_amounts_among_categories_are_shifted():
    rng = np.random.default_rng(5)
    held = np.repeat(rng.integers(0, 3, 30), 4)[:, None].astype(float)
    trial = Trial("", "1", held, np.cumsum(rng.normal(size=held.shape), axis=0), held % 2)
    names = {"a": ("l", "m", "r")}
    windows = Windows("log", (trial,), ("a",), ("e",), ("c",), "t", categories=names)
    curve = measure(windows, EstimateSettings(shuffles=19))
    assert curve.notes == ()
    assert 0 < curve.trials[0].p <= 1


def test_categories_are_not_divided_into_bins():
    rng = np.random.default_rng(7)
    rare = (np.arange(60) > 57).astype(float)[:, None]
    trial = Trial("", "1", rare, rng.normal(size=(60, 1)), None)
    windows = Windows("log", (trial,), ("a",), ("e",), (), "t", categories={"a": ("l", "r")})
    assert measure(windows, EstimateSettings("plugin", bins=2, shuffles=19)).notes == ()
