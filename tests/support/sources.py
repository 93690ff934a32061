"""Sources of cells, and checks that they are optimal."""

from itertools import product

import numpy as np


def enumerated(world, state, horizon):
    """Outcomes and the first-action weights of the evenly spread source, sequence by sequence."""
    leading = {}
    for sequence in product(range(len(world.actions)), repeat=horizon):
        end = state
        for action in sequence:
            end = int(world.successors[end, action, 0])
        leading.setdefault(int(world.sensor[end]), []).append(sequence[0])
    first = np.zeros(len(world.actions))
    for actions in leading.values():
        for action in actions:
            first[action] += 1 / len(actions) / len(leading)
    return set(leading), first


def assert_optimal(source, explicit):
    """Raise unless the channel certifies the source: D(p_x || q) is nowhere above bits + gap."""
    table = dict(zip(source.readings.tolist(), source.probabilities, strict=True))
    q = np.array([table.get(int(label), 0.0) for label in explicit.labels])
    p = explicit.probabilities
    assert not p[:, q == 0].any()
    p, q = p[:, q > 0], q[q > 0]
    logs = np.log2(np.where(p > 0, p / q, 1.0))
    assert (p * logs).sum(axis=1).max() <= source.bits + source.gap + 1e-9
    np.testing.assert_allclose(q.sum(), 1, atol=1e-12)
    np.testing.assert_allclose(source.first_actions.sum(), 1, atol=1e-12)


def assert_attained(source):
    """Raise unless the source of the small channel has the outcomes and bits that are stated."""
    small, count = source.channel, len(source.world.actions)
    np.testing.assert_allclose(
        small.weights @ small.probabilities, source.probabilities, atol=1e-12
    )
    by_first = small.weights.reshape(count, -1).sum(axis=1)
    np.testing.assert_allclose(by_first, source.first_actions, atol=1e-12)
    ratio = small.probabilities / np.maximum(source.probabilities, 1e-300)
    logs = np.log2(np.where(small.probabilities > 0, ratio, 1.0))
    bits = small.weights @ (small.probabilities * logs).sum(axis=1)
    np.testing.assert_allclose(bits, source.bits, atol=1e-9)
