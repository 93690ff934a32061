import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from support.channels import binary_entropy
from support.strategies import channels

from gridemp.information import (
    entropy,
    kl_divergence,
    mutual_information,
    shared_entropy,
    transmitted_information,
)


def test_entropy_is_in_bits_and_works_along_the_last_axis():
    p = [[0.5, 0.5, 0, 0], [0.25, 0.25, 0.25, 0.25], [1, 0, 0, 0]]
    np.testing.assert_allclose(entropy(p), [1, 2, 0], atol=1e-15)


def test_divergence_in_bits():
    assert kl_divergence([1, 0], [0.25, 0.75]) == pytest.approx(2)
    assert kl_divergence([0.5, 0.5], [1, 0]) == np.inf
    assert kl_divergence([0, 1], [0, 1]) == 0


def test_information_of_a_binary_symmetric_channel():
    joint = np.array([[0.9, 0.1], [0.1, 0.9]]) / 2
    assert mutual_information(joint) == pytest.approx(1 - binary_entropy(0.1))


def test_information_survives_masses_whose_product_underflows():
    joint = np.array([[1 - 1e-200, 0], [0, 1e-200]])
    assert mutual_information(joint) == pytest.approx(1e-200 * np.log2(1e200))


@given(channels(), st.data())
def test_two_ways_to_mutual_information(channel, data):
    """For any joint distribution: rows of any weight, some of them 0."""
    weights = data.draw(hnp.arrays(float, len(channel), elements=st.sampled_from([0.0, 0.2, 3.0])))
    weights[0] += not weights.any()
    joint = (weights / weights.sum())[:, None] * channel
    product = np.outer(joint.sum(axis=1), joint.sum(axis=0))
    np.testing.assert_allclose(mutual_information(joint), shared_entropy(joint), atol=1e-12)
    apart = kl_divergence(joint.ravel(), product.ravel())
    np.testing.assert_allclose(mutual_information(joint), apart, atol=1e-12)


@pytest.mark.slow
@given(channels(), st.data())
def test_a_source_sends_the_information_of_its_joint(channel, data):
    weights = data.draw(
        hnp.arrays(float, len(channel), elements=st.sampled_from([0.0, 0.1, 1.0, 2.5]))
    )
    weights[0] += not weights.any()
    source = weights / weights.sum()
    joint = source[:, None] * channel
    sent = transmitted_information(channel, source)
    np.testing.assert_allclose(sent, mutual_information(joint), atol=1e-12)
    lost = source @ entropy(channel)
    np.testing.assert_allclose(sent, entropy(source @ channel) - lost, atol=1e-12)
