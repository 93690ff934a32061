from dataclasses import replace
from math import isnan

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.stats import spearmanr
from support.logs import simulated_windows

from gridemp.logs import EstimateSettings, Trial, Windows, kozachenko_leonenko, measure, plug_in
from gridemp.logs.rank_correlations import rank_correlation

KSG = EstimateSettings(shuffles=19)
COPULA = EstimateSettings("copula", shuffles=19)
rng = np.random.default_rng(0)


def windows_of(actions, effects, names=(("a",), ("e",)), categories=None, context=None):
    """Windows of a trial for each pair of actions and effects."""
    trials = tuple(
        Trial("Ada", str(i + 1), np.asarray(a, float), np.asarray(e, float), context)
        for i, (a, e) in enumerate(zip(actions, effects, strict=True))
    )
    known = () if context is None else ("c",)
    return Windows("log", trials, *names, known, "trial", categories=categories or {})


def entropies(windows, settings=KSG, **options):
    return measure(windows, settings, entropies=True, **options).entropies


def test_entropies_are_measured_only_if_asked_for():
    assert measure(simulated_windows(40), KSG).entropies is None


@pytest.mark.parametrize("estimator", ["ksg", "copula", "mixed"])
def test_conditional_entropies_are_differences(estimator):
    windows = simulated_windows(60, 60, 60, players="AB")
    curve = measure(windows, EstimateSettings(estimator, shuffles=19), entropies=True)
    found = curve.entropies
    assert (found.actions, found.effects) == ("amounts", "amounts")
    for one, trial in zip(found.trials, curve.trials, strict=True):
        assert one.information == trial.bits
        assert_allclose(one.actions - one.actions_given_effects, trial.bits)
        assert_allclose(one.effects - one.effects_given_actions, trial.bits)


def test_counted_entropies_obey_the_chain_rule():
    a = rng.integers(0, 3, (300, 1))
    e = (a + rng.integers(0, 2, (300, 1))) % 3
    settings = EstimateSettings("plugin", shuffles=19)
    (one,) = entropies(windows_of([a], [e]), settings).trials
    assert_allclose(one.information, plug_in(a, e))
    assert_allclose(one.actions, plug_in(a, a))
    both = np.hstack([a, e])
    assert_allclose(one.actions + one.effects_given_actions, plug_in(both, both))


def test_few_values_are_counted_and_many_are_not():
    coin = rng.integers(0, 2, (400, 1))
    found = entropies(windows_of([coin], [coin + rng.normal(size=(400, 1))]))
    assert (found.actions, found.effects) == ("counted", "amounts")
    assert abs(found.trials[0].actions - 1) < 0.02


def test_the_unit_is_that_of_the_whole_log():
    moved = rng.normal(size=(2, 300, 1)) * np.array([4.0, 1.0])[:, None, None]
    pressed = rng.integers(0, 2, (2, 300, 1))
    wide, narrow = entropies(windows_of(pressed, moved)).trials
    assert_allclose(wide.effects - narrow.effects, 2, atol=0.3)
    unit = np.concatenate(moved).std()
    assert_allclose(wide.effects, kozachenko_leonenko(moved[0] / unit, 3, 0.01))
    rescaled = entropies(windows_of(pressed, 1000 * moved)).trials
    assert_allclose([one.effects for one in rescaled], [wide.effects, narrow.effects])


def test_a_column_that_follows_from_others_adds_nothing():
    a = rng.normal(size=(200, 2))
    e = rng.normal(size=(200, 1))
    three = np.hstack([a, a.sum(axis=1, keepdims=True)])
    two = entropies(windows_of([a], [e], (("a", "b"), ("e",))))
    with_sum = entropies(windows_of([three], [e], (("a", "b", "c"), ("e",))))
    assert_allclose(with_sum.trials[0].actions, two.trials[0].actions)


def test_a_column_that_rests_in_a_trial_has_the_lowest_entropy():
    e = rng.normal(size=(2, 200, 1))
    e[1] = 0.0
    pressed = rng.integers(0, 2, (2, 200, 1))
    _, still = entropies(windows_of(pressed, e)).trials
    assert_allclose(still.effects, np.log2(0.02))
    assert still.effects_given_actions == still.effects


def test_amounts_with_many_ties_have_no_entropy():
    e = rng.integers(0, 40, (200, 3))
    pressed = rng.integers(0, 2, (200, 1))
    curve = measure(windows_of([pressed], [e], (("a",), ("x", "y", "z"))), KSG, entropies=True)
    found = curve.entropies
    assert found.effects == "amounts"
    assert not isnan(found.trials[0].effects)
    e = rng.integers(0, 7, (200, 3))
    curve = measure(windows_of([pressed], [e], (("a",), ("x", "y", "z"))), KSG, entropies=True)
    found = curve.entropies
    assert (found.actions, found.effects) == ("counted", "neither")
    assert isnan(found.trials[0].effects)
    assert isnan(found.trials[0].effects_given_actions)
    (note,) = found.notes
    assert note in curve.notes
    assert note == (
        "no entropy of effects in 1 trial, whose windows are equal too often for amounts, and too "
        "seldom to be counted; use fewer columns"
    )


def test_a_note_says_that_bins_do_not_show_the_spread():
    moved = rng.normal(size=(2, 300, 1)) * np.array([4.0, 1.0])[:, None, None]
    pressed = rng.integers(0, 2, (2, 300, 1))
    named = windows_of(pressed, moved, categories={"a": ["left", "right"]})
    found = entropies(named, EstimateSettings("plugin", bins=4, shuffles=19))
    assert_allclose([one.effects for one in found.trials], 2 + 3 / (600 * np.log(2)))
    assert found.notes == (
        "bins hold about as many windows each in every trial, so the entropy of effects does not "
        "show how widely they spread; for that, use another estimator",
    )


def test_categories_are_counted_and_do_not_mix_with_amounts():
    names = {"a": ["left", "right", "up"]}
    a = rng.integers(0, 3, (90, 1))
    e = rng.normal(size=(90, 1))
    found = entropies(windows_of([a], [e], categories=names), EstimateSettings(shuffles=19))
    assert (found.actions, found.effects) == ("counted", "amounts")
    assert abs(found.trials[0].actions - np.log2(3)) < 0.1
    both = windows_of([np.hstack([a, e])], [e], (("a", "b"), ("e",)), names)
    found = entropies(both, EstimateSettings(shuffles=19))
    assert found.actions == "neither"
    assert found.notes[0].startswith("no entropy of actions: a holds categories, and the other")


def test_with_a_context_entropies_are_those_without_it():
    windows = simulated_windows(80, 80, 80, context=True)
    curve = measure(windows, COPULA, entropies=True)
    assert [one.information for one in curve.entropies.trials] == [
        trial.without for trial in curve.trials
    ]
    alone = replace(
        windows,
        context=(),
        trials=tuple(replace(trial, context=None) for trial in windows.trials),
    )
    plain = entropies(alone, COPULA)
    assert_allclose(
        [one.actions for one in plain.trials], [one.actions for one in curve.entropies.trials]
    )


def test_rank_correlations_are_means_over_players():
    curve = measure(simulated_windows(50, 50, 50, 50, players="AB"), COPULA, entropies=True)
    one = curve.entropies.correlations[1]
    assert (one.quantity, one.other, one.players) == ("effects", "trial", 2)
    rhos = [
        spearmanr(
            [trial.effects for trial in curve.entropies.trials if trial.player == player],
            range(4),
        ).statistic
        for player in "AB"
    ]
    assert_allclose(one.rho, np.mean(rhos))
    assert one.low <= one.rho <= one.high


def test_intervals_of_rank_correlations_end_at_1():
    players = {"A": ([1, 2, 3], [1, 2, 3]), "B": ([1, 2, 3], [1, 3, 2])}
    one = rank_correlation("gain", "rating", players)
    assert (one.rho, one.low, one.high) == (0.75, -1.0, 1.0)
    alone = rank_correlation("gain", "rating", {"A": players["A"]})
    assert (alone.players, alone.rho) == (1, 1.0)
    assert np.isnan([alone.low, alone.high]).all()
