import math
from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose
from support.logs import simulated_windows, slow

from gridemp.errors import GridempError
from gridemp.logs import EstimateSettings, Trial, binned, gaussian_copula, mixed_ksg, plug_in
from gridemp.logs.trial_information import places_of, trial_information, trials_by_player

COPULA = EstimateSettings("copula", shuffles=19)


def information(trial, settings, seed=0):
    return trial_information(trial, settings, np.random.default_rng(seed))


def simulated_trial(count, context=False):
    (trial,) = simulated_windows(count, context=context).trials
    return trial


def test_the_interval_and_the_null_are_those_of_the_estimates(monkeypatch):
    module = "gridemp.logs.trial_information"
    monkeypatch.setattr("gridemp.logs.jackknife.standard_error", lambda *_, **__: 0.5)
    chance = np.array([0.0, 1.0, 2.0, 5.0])
    monkeypatch.setattr(f"{module}.null_estimates", lambda *_, **__: chance)
    trial = information(simulated_trial(40), EstimateSettings("copula"))
    assert_allclose([trial.bits - trial.low, trial.high - trial.bits], 0.5 * 2.364624, rtol=1e-6)
    assert (trial.null_mean, trial.null_sd, trial.orders) == (2.0, chance.std(), 4)


def test_the_estimate_without_context_stands_beside_that_with_context():
    windows = simulated_trial(80, context=True)
    trial = information(windows, EstimateSettings("copula", shuffles=39))
    assert trial.bits == gaussian_copula(windows.actions, windows.effects, windows.context)
    assert trial.without == gaussian_copula(windows.actions, windows.effects)
    assert trial.bits > trial.without + 0.3
    assert trial.p == 1 / 40
    assert math.isnan(information(simulated_trial(80), COPULA).without)


@pytest.mark.parametrize("context", [False, True])
def test_windows_close_in_time_may_be_left_out(context):
    rng = np.random.default_rng(5)
    parts = [np.cumsum(rng.normal(size=(160, 1)), axis=0) for _ in range(3)]
    trial = Trial("", "1", *parts[:2], parts[2] if context else None)
    scaled = [(part - part.mean()) / part.std() for part in parts]
    for theiler in (0, 6):
        settings = EstimateSettings("mixed", shuffles=19, theiler=theiler)
        found = information(trial, settings)
        bits = mixed_ksg(*scaled[: 3 if context else 2], theiler=theiler)
        assert found.bits == pytest.approx(bits, abs=1e-9)
        assert found.low < found.bits < found.high
        if context:
            assert found.without == pytest.approx(mixed_ksg(*scaled[:2], theiler=theiler), abs=1e-9)


@pytest.mark.slow
def test_tests_hold_without_windows_close_in_time():
    """The actions and effects are independent, and both change slowly."""
    rng = np.random.default_rng(31)
    settings = EstimateSettings(shuffles=19, theiler=8)
    trials = [
        Trial("", "1", slow(rng, 120, 1, 0.9), slow(rng, 120, 1, 0.9), None) for _ in range(30)
    ]
    found = [information(trial, settings, seed) for seed, trial in enumerate(trials)]
    p = np.array([one.p for one in found])
    assert np.mean(p <= 0.05) < 0.2
    assert 0.35 < np.mean(p) < 0.65
    chance = np.mean([one.null_mean for one in found])
    assert np.mean([one.bits for one in found]) == pytest.approx(chance, abs=0.05)


def test_ties_of_held_keys_are_broken_by_less_than_matters():
    rng = np.random.default_rng(3)
    held = rng.integers(0, 3, (120, 2)) * 0.02
    moved = held[:, :1] + 0.01 * rng.normal(size=(120, 1))
    trial, settings = Trial("", "1", held, moved, None), EstimateSettings(shuffles=19)
    bits = [information(trial, settings, seed).bits for seed in range(4)]
    assert np.ptp(bits) < 0.12
    assert min(bits) > 0.6
    scaled = Trial("", "1", held * 1000, moved * 1e-6 + 7, None)
    assert information(scaled, settings).bits == pytest.approx(bits[0], abs=1e-6)


@pytest.mark.slow
def test_few_bins_can_be_counted():
    trial = information(simulated_trial(400), EstimateSettings("plugin", bins=3, shuffles=19))
    assert 0.2 < trial.bits < 0.8
    assert abs(trial.null_mean) < 0.05
    settings = EstimateSettings("plugin", bins=2, shuffles=19)
    trial = information(simulated_trial(400, context=True), settings)
    assert trial.bits > trial.without


def test_a_context_that_is_constant_changes_nothing_in_bins():
    trial, settings = simulated_trial(400), EstimateSettings("plugin", bins=3, shuffles=19)
    constant = Trial("", "1", trial.actions, trial.effects, np.ones((400, 1)))
    assert information(constant, settings).bits == information(trial, settings).bits


@pytest.mark.parametrize(
    ("count", "bins", "sentence"),
    [
        (200, 8, "3 columns in 8 bins each make"),
        (30, None, "3 columns of these values make 900 combinations"),
    ],
)
def test_too_many_symbols_are_refused(count, bins, sentence):
    with pytest.raises(GridempError) as error:
        information(simulated_trial(count), EstimateSettings("plugin", bins=bins))
    assert sentence in str(error.value)
    assert "set `estimator` to ksg or copula, or use fewer columns or fewer `bins`" in str(
        error.value
    )


def test_trials_of_a_player_stay_in_order_and_share_their_places():
    one = information(simulated_trial(40), COPULA)
    named = (("B", "3"), ("A", "3"), ("B", "1"), ("A", "7"))
    trials = [replace(one, player=player, trial=trial) for player, trial in named]
    assert places_of(trials) == {"3": 3.0, "1": 1.0, "7": 7.0}
    assert trials_by_player(trials) == {"B": [trials[0], trials[2]], "A": [trials[1], trials[3]]}


def categories(count, effect, context=False, seed=0):
    """A trial with actions in three categories, of which the second has this effect."""
    rng = np.random.default_rng(seed)
    action = rng.integers(0, 3, (count, 1)).astype(float)
    place = rng.integers(0, 2, (count, 1)).astype(float)
    moved = effect * (action == 1) + 2 * place + rng.normal(size=(count, 1))
    return Trial("", "1", action, moved, place if context else None)


MASKS = [np.array([True]), np.array([False]), np.array([True])]
MIXED = EstimateSettings("mixed", shuffles=39)


def test_the_order_of_categories_makes_no_difference():
    trial = categories(150, 3.0)
    rng = np.random.default_rng
    found = trial_information(trial, MIXED, rng(0), categories=MASKS[:2])
    renamed = replace(trial, actions=np.array([7.0, -1.0, 4.0])[trial.actions.astype(int)])
    again = trial_information(renamed, MIXED, rng(0), categories=MASKS[:2])
    assert (found.bits, found.null_mean, found.low) == (again.bits, again.null_mean, again.low)
    assert found.p == 1 / 40
    assert found.bits == mixed_ksg(trial.actions.astype(int).astype(str), trial.effects)


def test_categories_with_a_context_are_moved_within_it():
    settings = replace(MIXED, null="shuffle")
    rng = np.random.default_rng
    trial = categories(200, 3.0, context=True)
    found = trial_information(trial, settings, rng(0), categories=MASKS)
    assert found.bits > found.without + 0.1
    assert found.p == 1 / 40
    p = [
        trial_information(categories(80, 0.0, True, seed), settings, rng(seed), None, MASKS).p
        for seed in range(12)
    ]
    assert 0.3 < np.mean(p) < 0.7


def test_counting_leaves_categories_whole():
    trial, settings = categories(300, 9.0), EstimateSettings("plugin", bins=2, shuffles=19)
    counted = trial_information(trial, settings, np.random.default_rng(0), categories=MASKS[:2])
    halves = binned(trial.effects, 2)
    assert counted.bits == plug_in(trial.actions, halves)
