"""Bounds from critics, against sums over all cases."""

from itertools import product
from math import comb

import numpy as np
import pytest

from gridemp import GridempError
from gridemp.information import (
    best_planning,
    donsker_varadhan_bound,
    info_nce_bound,
    nguyen_wainwright_jordan_bound,
    transmitted_information,
    variational_bound,
)

ROUNDING = 1e-12


def drawn(seed, inputs=4, outputs=5, spread=3.0):
    rng = np.random.default_rng(seed)
    channel = rng.dirichlet(np.ones(outputs), inputs)
    source = rng.dirichlet(np.ones(inputs))
    return channel, source, spread * rng.normal(size=channel.shape)


def bounds(channel, source, scores):
    yield donsker_varadhan_bound(channel, source, scores)
    yield nguyen_wainwright_jordan_bound(channel, source, scores)
    for inputs in (1, 2, 7, 300):
        yield info_nce_bound(channel, source, scores, inputs)


@pytest.mark.parametrize("seed", range(20))
def test_no_critic_gives_more_than_the_information(seed):
    channel, source, scores = drawn(seed, spread=seed)
    truth = transmitted_information(channel, source)
    best = np.log(channel / (source @ channel))
    for f in (scores, best, best + 0.3 * scores):
        assert max(bounds(channel, source, f)) <= truth + ROUNDING


@pytest.mark.parametrize("seed", range(5))
def test_the_best_critic_attains_the_information(seed):
    channel, source, _ = drawn(seed)
    truth = transmitted_information(channel, source)
    best = np.log(channel / (source @ channel))
    assert donsker_varadhan_bound(channel, source, best + 7) == pytest.approx(truth)
    assert nguyen_wainwright_jordan_bound(channel, source, best) == pytest.approx(truth)
    assert nguyen_wainwright_jordan_bound(channel, source, best + 1) < truth
    assert info_nce_bound(channel, source, best, 10**6) == pytest.approx(truth, abs=1e-5)


@pytest.mark.parametrize("seed", range(3))
def test_info_nce_is_the_mean_over_all_further_inputs(seed):
    channel, source, f = drawn(seed)
    found = 0.0
    for x, y in np.ndindex(channel.shape):
        for others in product(range(4), repeat=2):
            probability = source[x] * channel[x, y] * source[list(others)].prod()
            mean = np.exp(f[[x, *others], y]).mean()
            found += probability * (f[x, y] - np.log(mean))
    assert info_nce_bound(channel, source, f, 3) == pytest.approx(found / np.log(2), abs=1e-12)


def test_info_nce_is_at_most_log2_of_the_number_of_inputs():
    channel, source, scores = np.eye(16), np.full(16, 1 / 16), 300 * np.eye(16)
    for inputs in (1, 2, 4):
        assert info_nce_bound(channel, source, scores, inputs) <= np.log2(inputs) + ROUNDING
    # Of two inputs, the other one is the same in one of 16 cases, which tells nothing.
    assert info_nce_bound(channel, source, scores, 2) == pytest.approx(15 / 16)
    assert donsker_varadhan_bound(channel, source, scores) == pytest.approx(4)


def test_info_nce_with_many_inputs_is_the_variational_bound_of_a_uniform_source():
    channel, _, f = drawn(0)
    source = np.full(4, 1 / 4)
    planning = np.exp(f) / np.exp(f).sum(axis=0)
    bound = variational_bound(channel, source, planning)
    assert info_nce_bound(channel, source, f, 10**7) == pytest.approx(bound, abs=1e-6)
    best = variational_bound(channel, source, best_planning(channel, source))
    assert bound <= best


def test_scores_of_pairs_that_never_occur_may_be_extreme():
    channel, source = np.array([[1.0, 0, 0], [0, 1, 0]]), np.array([0.5, 0.5])
    scores = np.array([[300.0, -300, -300], [-300, 300, 300]])
    assert donsker_varadhan_bound(channel, source, scores) == pytest.approx(1)
    mean = sum(comb(4, k) / 2**4 * np.log2((1 + k) / 5) for k in range(5))  # k equal inputs of 4
    assert info_nce_bound(channel, source, scores, 5) == pytest.approx(-mean)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"channel": [[0.5, 0.6], [1, 0]]}, "row 0 of the channel sums to 1.1"),
        ({"source": [1.0]}, "`source` must hold 2 probabilities that sum to 1"),
        ({"source": [0.5, 0.6]}, "`source` must hold 2 probabilities that sum to 1"),
        ({"scores": [[0.0, 1.0]]}, r"`scores` must have shape \(2, 2\)"),
        ({"scores": [[0.0, 1.0], [np.nan, 0]]}, "be from -300 to 300 nats"),
        ({"scores": [[0.0, 1.0], [600.0, 0]]}, "be from -300 to 300 nats"),
        ({"inputs": 0}, "`inputs` must be a whole number, 1 or more, not 0"),
    ],
)
def test_what_is_no_channel_source_or_critic_is_refused(changed, sentence):
    given = {"channel": np.eye(2), "source": [0.5, 0.5], "scores": np.eye(2), "inputs": 2}
    with pytest.raises(GridempError, match=sentence):
        info_nce_bound(**{**given, **changed})
