import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.channels import CLOSED_FORMS, NOT_CHANNELS, assert_certifies

import gridemp
from gridemp import blahut_arimoto


@pytest.mark.parametrize("name", CLOSED_FORMS)
def test_closed_forms(name):
    channel, truth = CLOSED_FORMS[name]
    assert_certifies(blahut_arimoto(channel, tol=1e-9), truth, 1e-9)
    assert_certifies(blahut_arimoto(channel, tol=1e-6), truth, 1e-6)


def test_bits_and_nats_are_not_mixed():
    capacity = blahut_arimoto([[0.9, 0.1], [0.1, 0.9]])
    assert round(capacity.lower, 3) == 0.531


def test_the_comparing_helper_can_fail():
    capacity = blahut_arimoto([[0.9, 0.1], [0.1, 0.9]], tol=1e-6)
    for truth, tol in ((0.53, 1e-6), (0.54, 1e-6), (capacity.lower, -1)):
        with pytest.raises(AssertionError):
            assert_certifies(capacity, truth, tol)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=12))
def test_a_deterministic_channel_counts_its_outputs(outputs):
    truth = np.log2(len(set(outputs)))
    assert_certifies(blahut_arimoto(np.eye(6)[outputs], tol=1e-7), truth, 1e-7)


@pytest.mark.parametrize(("channel", "sentence"), NOT_CHANNELS)
def test_arrays_that_are_not_channels_are_refused_by_row(channel, sentence):
    with pytest.raises(gridemp.GridempError, match=sentence):
        blahut_arimoto(channel)


@pytest.mark.parametrize("tol", [0, -1, np.nan, np.inf])
def test_tolerance_must_be_positive(tol):
    with pytest.raises(gridemp.GridempError, match="`tol` must be a positive number"):
        blahut_arimoto(np.eye(2), tol=tol)


def test_running_out_of_iterations_warns_and_returns_the_interval():
    channel, truth = CLOSED_FORMS["Z(0.5)"]
    with pytest.warns(gridemp.ConvergenceWarning, match="raise `max_iterations` or `tol`"):
        capacity = blahut_arimoto(channel, tol=1e-12, max_iterations=3)
    assert not capacity.converged
    assert capacity.iterations == 3
    assert capacity.lower < truth < capacity.upper
    with pytest.raises(gridemp.GridempError, match="`max_iterations` must be 1 or more"):
        blahut_arimoto(channel, max_iterations=0)
