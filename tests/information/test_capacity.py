import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.strategies import assert_certifies, binary_entropy, channels

import gridemp
from gridemp import active_set_capacity, blahut_arimoto
from gridemp.information.measures import kl_divergence, mutual_information

METHODS = [blahut_arimoto, active_set_capacity]

CLOSED_FORMS = {
    "BSC(0.1)": ([[0.9, 0.1], [0.1, 0.9]], 1 - binary_entropy(0.1)),
    "BEC(0.3)": ([[0.7, 0.3, 0], [0, 0.3, 0.7]], 0.7),
    "Z(0.5)": ([[1, 0], [0.5, 0.5]], np.log2(1.25)),
    "typewriter": ((np.eye(5) + np.roll(np.eye(5), 1, axis=1)) / 2, np.log2(2.5)),
    "identity": (np.eye(7), np.log2(7)),
    "repeated rows": (np.eye(3)[[0, 0, 1, 2, 2, 2]], np.log2(3)),
    "zero column": ([[0.9, 0, 0.1], [0.1, 0, 0.9]], 1 - binary_entropy(0.1)),
    "one row": ([[0.2, 0.3, 0.5]], 0),
    "one column": ([[1], [1], [1]], 0),
    "all rows alike": ([[0.2, 0.8]] * 4, 0),
    "rows that miss 1 a little": (np.eye(4) * (1 + 9e-10), 2),
    "tiny entries": ([[1, 1e-300], [1e-300, 1]], 1),
}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", CLOSED_FORMS)
def test_closed_forms(method, name):
    channel, truth = CLOSED_FORMS[name]
    assert_certifies(method(channel, tol=1e-9), truth, 1e-9)
    assert_certifies(method(channel, tol=1e-6), truth, 1e-6)


def test_bits_and_nats_are_not_mixed():
    capacity = blahut_arimoto([[0.9, 0.1], [0.1, 0.9]])
    assert round(capacity.lower, 3) == 0.531


def test_the_comparing_helper_can_fail():
    capacity = blahut_arimoto([[0.9, 0.1], [0.1, 0.9]], tol=1e-6)
    for truth, tol in ((0.53, 1e-6), (0.54, 1e-6), (capacity.lower, -1)):
        with pytest.raises(AssertionError):
            assert_certifies(capacity, truth, tol)


@given(channels())
def test_the_methods_agree_on_any_channel(channel):
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
    for method in METHODS:
        assert_certifies(method(np.eye(6)[outputs], tol=1e-7), truth, 1e-7)


def test_many_inputs_few_outputs():
    channel = np.random.default_rng(0).dirichlet(np.full(12, 0.3), size=3000)
    fast = active_set_capacity(channel, tol=1e-8)
    plain = blahut_arimoto(channel, tol=1e-3)
    assert fast.converged
    assert plain.lower <= fast.upper
    assert fast.lower <= plain.upper


def test_however_few_rows_join_in_a_round(monkeypatch):
    channel = np.random.default_rng(0).dirichlet(np.full(12, 3.0), size=3000)
    whole = active_set_capacity(channel, tol=1e-8)
    for most in (1, 7):
        monkeypatch.setattr("gridemp.information.active_set.MAX_OFFENDERS", most)
        few = active_set_capacity(channel, tol=1e-8)
        assert few.converged
        assert abs(few.lower - whole.lower) < 2e-8


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("channel", "sentence"),
    [
        ([[0.5, 0.5], [0.5, 0.4]], "row 1 of the channel sums to 0.9, not 1"),
        ([[0.5, 0.5], [1.5, -0.5]], "row 1 of the channel holds a negative"),
        ([[np.nan, 1], [0.5, 0.5]], "row 0 of the channel holds a negative, infinite or NaN"),
        ([0.5, 0.5], r"this one has shape \(2,\)"),
        (np.zeros((0, 3)), r"this one has shape \(0, 3\)"),
        ([[1.0], [0.5, 0.5]], "rows must have the same length"),
        ([["a"]], "2-D array of numbers"),
    ],
)
def test_what_is_no_channel_is_refused_by_row(method, channel, sentence):
    with pytest.raises(gridemp.GridempError, match=sentence):
        method(channel)


@pytest.mark.parametrize("tol", [0, -1, np.nan, np.inf])
@pytest.mark.parametrize("method", METHODS)
def test_tolerance_must_be_positive(method, tol):
    with pytest.raises(gridemp.GridempError, match="`tol` must be a positive number"):
        method(np.eye(2), tol=tol)


def test_running_out_of_iterations_warns_and_returns_the_interval():
    channel, truth = CLOSED_FORMS["Z(0.5)"]
    with pytest.warns(gridemp.ConvergenceWarning, match="raise max_iterations or tol"):
        capacity = blahut_arimoto(channel, tol=1e-12, max_iterations=3)
    assert not capacity.converged
    assert capacity.iterations == 3
    assert capacity.lower < truth < capacity.upper
    with pytest.raises(gridemp.GridempError, match="max_iterations must be 1 or more"):
        blahut_arimoto(channel, max_iterations=0)


@settings(max_examples=20)
@given(channels())
def test_an_impossible_tolerance_still_returns_an_interval(channel):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", gridemp.ConvergenceWarning)
        capacity = active_set_capacity(channel, tol=1e-17)
    assert capacity.gap < 1e-10
    assert capacity.converged == (capacity.gap <= 1e-17)
