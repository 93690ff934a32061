import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.channels import CLOSED_FORMS, NOT_CHANNELS, assert_certifies
from support.strategies import channels

import gridemp
from gridemp import active_set_capacity, blahut_arimoto
from gridemp.engine.channel import channel
from gridemp.information import kl_divergence, mutual_information


@pytest.mark.parametrize("name", CLOSED_FORMS)
def test_closed_forms(name):
    channel, truth = CLOSED_FORMS[name]
    assert_certifies(active_set_capacity(channel, tol=1e-9), truth, 1e-9)
    assert_certifies(active_set_capacity(channel, tol=1e-6), truth, 1e-6)


@given(channels())
def test_it_agrees_with_blahut_arimoto_on_any_channel(channel):
    fast = active_set_capacity(channel, tol=1e-9)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", gridemp.ConvergenceWarning)
        plain = blahut_arimoto(channel, tol=1e-9, max_iterations=2000)
    assert fast.converged
    assert fast.lower <= plain.upper + 1e-12
    assert plain.lower <= fast.upper + 1e-12


@given(channels())
def test_the_source_attains_the_lower_end_and_satisfies_kkt(channel):
    capacity = active_set_capacity(channel, tol=1e-9)
    source = capacity.source
    np.testing.assert_allclose(source.sum(), 1)
    assert (source >= 0).all()
    np.testing.assert_allclose(
        mutual_information(source[:, None] * channel), capacity.lower, atol=1e-12
    )
    # D(p(.|x) || q) = C where x has weight, and <= C elsewhere: the Kuhn-Tucker conditions.
    divergence = kl_divergence(channel, source @ channel)
    assert divergence.max() <= capacity.upper + 1e-12
    np.testing.assert_array_less(source * (capacity.upper - divergence), 1e-9 + 1e-12)


@given(channels())
def test_capacity_is_at_most_log_of_inputs_and_of_outputs(channel):
    capacity = active_set_capacity(channel)
    assert 0 <= capacity.lower <= capacity.upper
    assert capacity.lower <= np.log2(min(channel.shape)) + 1e-12


@given(channels(), st.data())
def test_processing_the_output_never_raises_capacity(channel, data):
    columns = channel.shape[1]
    merge = data.draw(st.lists(st.integers(0, columns - 1), min_size=columns, max_size=columns))
    merged = channel @ np.eye(columns)[merge]
    assert active_set_capacity(merged).lower <= active_set_capacity(channel).upper + 1e-12


@given(st.lists(st.integers(0, 5), min_size=1, max_size=12))
def test_a_deterministic_channel_counts_its_outputs(outputs):
    truth = np.log2(len(set(outputs)))
    assert_certifies(active_set_capacity(np.eye(6)[outputs], tol=1e-7), truth, 1e-7)


def test_many_inputs_few_outputs():
    channel = np.random.default_rng(0).dirichlet(np.full(12, 0.3), size=3000)
    fast = active_set_capacity(channel, tol=1e-8)
    plain = blahut_arimoto(channel, tol=1e-3)
    assert fast.converged
    assert plain.lower <= fast.upper
    assert fast.lower <= plain.upper


@pytest.mark.parametrize("limit", [1, 7])
def test_a_few_candidates_in_a_round_are_enough(monkeypatch, limit):
    channel = np.random.default_rng(0).dirichlet(np.full(12, 3.0), size=3000)
    whole = active_set_capacity(channel, tol=1e-8)
    monkeypatch.setattr("gridemp.information.active_set.MAX_CANDIDATES", limit)
    few = active_set_capacity(channel, tol=1e-8)
    assert few.converged
    assert abs(few.lower - whole.lower) < 2e-8


@pytest.mark.parametrize(("channel", "sentence"), NOT_CHANNELS)
def test_arrays_that_are_not_channels_are_refused_by_row(channel, sentence):
    with pytest.raises(gridemp.GridempError, match=sentence):
        active_set_capacity(channel)


@pytest.mark.parametrize("tol", [0, -1, np.nan, np.inf])
def test_tolerance_must_be_positive(tol):
    with pytest.raises(gridemp.GridempError, match="`tol` must be a positive number"):
        active_set_capacity(np.eye(2), tol=tol)


@settings(max_examples=20)
@given(channels())
def test_an_impossible_tolerance_still_returns_an_interval(channel):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", gridemp.ConvergenceWarning)
        capacity = active_set_capacity(channel, tol=1e-17)
    assert capacity.gap < 1e-10
    assert capacity.converged == (capacity.gap <= 1e-17)


def test_a_tolerance_near_rounding_is_nearly_met():
    world = gridemp.World.from_maze(gridemp.load_maze("klyubin"), slip=0.1)
    rows = channel(world, 44, 5).probabilities
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", gridemp.ConvergenceWarning)
        for tol in (1e-14, 1e-15, 1e-18):
            assert active_set_capacity(rows, tol).gap < 1e-13
