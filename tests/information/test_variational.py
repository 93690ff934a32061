"""The variational bound and its alternating maximisation, against theorems and Blahut-Arimoto."""

from itertools import islice

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from support.strategies import channels

import gridemp
from gridemp.information import (
    alternate,
    best_planning,
    best_source,
    transmitted_information,
    variational_bound,
)

BSC = np.array([[0.9, 0.1], [0.1, 0.9]])
ROUNDING = 1e-12


def columns(draw, shape, zeros=False):
    """Columns that sum to 1, of positive numbers or with zeros among them."""
    least = st.sampled_from([0.0, 0.1, 1.0, 3.0] if zeros else [0.1, 1.0, 3.0])
    weights = draw(hnp.arrays(float, shape, elements=least))
    weights[0] += weights.sum(axis=0) == 0
    return weights / weights.sum(axis=0)


@given(channels(), st.data())
def test_the_bound_is_one_and_tight_at_the_posterior(channel, data):
    source = columns(data.draw, len(channel), zeros=True)
    planning = columns(data.draw, channel.shape, zeros=True)
    sent = transmitted_information(channel, source)
    assert variational_bound(channel, source, planning) <= sent + ROUNDING
    posterior = best_planning(channel, source)
    np.testing.assert_allclose(variational_bound(channel, source, posterior), sent, atol=1e-12)


@given(channels(), st.data())
def test_the_bound_misses_the_divergence_from_the_posterior(channel, data):
    source = columns(data.draw, len(channel))
    planning = columns(data.draw, channel.shape)
    posterior, outputs = best_planning(channel, source), source @ channel
    logs = np.log2(posterior / planning, out=np.zeros_like(planning), where=posterior > 0)
    missing = ((posterior * logs).sum(axis=0) * outputs).sum()
    sent = transmitted_information(channel, source)
    bound = variational_bound(channel, source, planning)
    np.testing.assert_allclose(bound + missing, sent, atol=1e-12)


@given(channels(), st.data())
def test_the_source_step_is_the_best_source(channel, data):
    planning = columns(data.draw, channel.shape)
    best = variational_bound(channel, best_source(channel, planning), planning)
    other = columns(data.draw, len(channel), zeros=True)
    assert variational_bound(channel, other, planning) <= best + ROUNDING


@pytest.mark.slow
@given(channels(), st.data())
def test_no_half_step_lowers_the_bound_and_the_capacity_lies_between(channel, data):
    source = columns(data.draw, len(channel))
    planning = columns(data.draw, channel.shape)
    steps = list(islice(alternate(channel, source, planning), 12))
    bounds = np.array([step.bound for step in steps])
    assert (np.diff(bounds) >= -ROUNDING).all()
    capacity = gridemp.active_set_capacity(channel, 1e-9)
    assert (bounds <= capacity.upper + 1e-9).all()
    assert min(step.upper for step in steps) >= capacity.lower - 1e-9
    for step in steps:
        recomputed = variational_bound(channel, step.source, step.planning)
        np.testing.assert_allclose(step.bound, recomputed, atol=1e-12)
    assert [step.updated for step in steps[:4]] == ["", "planning", "source", "planning"]


@given(channels())
def test_two_half_steps_are_one_round_of_blahut_arimoto(channel):
    """r(x) <- r(x) exp D(p(.|x) || q), normalised, written out."""
    steps = list(islice(alternate(channel), 9))
    for before, after in zip(steps[1::2], steps[2::2], strict=True):
        outputs = before.source @ channel
        ratio = np.divide(channel, outputs, out=np.ones_like(channel), where=channel > 0)
        weights = before.source * np.exp((channel * np.log(ratio)).sum(axis=1))
        np.testing.assert_allclose(after.source, weights / weights.sum(), atol=1e-12)
        np.testing.assert_array_equal(after.planning, before.planning)


def test_it_ends_at_the_capacity():
    z = np.array([[1.0, 0.0], [0.5, 0.5]])
    last = list(islice(alternate(z), 2001))[-1]
    assert last.bound == pytest.approx(np.log2(1.25), abs=1e-6)
    assert last.upper == pytest.approx(np.log2(1.25), abs=1e-3)


def test_from_the_plan_that_knows_nothing_one_step_finds_a_symmetric_channel():
    start, first, second = islice(alternate(BSC), 3)
    assert start.bound == 0
    assert first.bound == pytest.approx(0.5310044, abs=1e-7)
    np.testing.assert_allclose(first.planning, BSC)
    np.testing.assert_allclose(second.source, [0.5, 0.5])


def test_a_deterministic_channel_is_done_after_one_round():
    channel = np.eye(3)[[0, 0, 0, 1, 1, 2]]
    steps = list(islice(alternate(channel), 4))
    assert steps[1].bound < np.log2(3) - 0.1
    assert steps[2].bound == steps[3].bound == pytest.approx(np.log2(3), abs=1e-12)


def test_a_plan_that_rules_out_what_happens_proves_nothing():
    assert variational_bound(BSC, [0.5, 0.5], np.eye(2)) == -np.inf
    np.testing.assert_array_equal(best_source(np.eye(2), np.eye(2)[::-1]), [0.5, 0.5])
    np.testing.assert_array_equal(best_source(np.eye(2), np.array([[0.0, 0], [1, 1]])), [0, 1])


@pytest.mark.parametrize(
    ("source", "planning", "sentence"),
    [
        ([0.5, 0.6], BSC, "`source` is not a distribution"),
        ([1.0], BSC, r"`source` must have shape \(2,\), not \(1,\)"),
        ([0.5, 0.5], BSC / 2, "`planning` is not a distribution"),
        ([0.5, 0.5], np.ones((3, 2)) / 3, r"`planning` must have shape \(2, 2\), not \(3, 2\)"),
        ([np.nan, 1.0], BSC, "`source` is not a distribution"),
    ],
)
def test_arrays_that_are_not_distributions_are_refused(source, planning, sentence):
    with pytest.raises(gridemp.GridempError, match=sentence):
        variational_bound(BSC, source, planning)
    with pytest.raises(gridemp.GridempError, match=sentence):
        next(alternate(BSC, source, planning))


def test_alternating_needs_all_inputs():
    with pytest.raises(gridemp.GridempError, match="initial `source` must give each input"):
        next(alternate(BSC, [1.0, 0.0]))
