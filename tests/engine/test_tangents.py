import copy

import numpy as np
import pytest

import gridemp
from gridemp.engine.allowance import Allowance, Exhausted
from gridemp.engine.channel import window
from gridemp.engine.sequences import step_matrices
from gridemp.engine.tangents import Tangents
from gridemp.information.capacity import row_negentropy

SIZES = [1, 1, 2]  # steps of the blocks, on three levels


@pytest.fixture(
    params=[(0.1, 1.0, False), (0.4, 0.4, False), (0.1, 1.0, True), (0.4, 0.4, True)],
    ids="slip, target, another q {}".format,
    scope="module",
)
def tangents(request):
    """Three levels for the last four of five steps in a small maze, with nodes."""
    slip, target, another = request.param
    maze = gridemp.parse_maze("....\n.#..")
    world = gridemp.World.from_maze(maze, slip=slip)
    steps, _ = step_matrices(window(world.normalised(), 0, 5))
    typical = [np.ones(1)]
    for step in steps:
        typical.append(np.einsum("b,abc->c", typical[-1], step) / len(step))
    prefixes = steps[0][:, 0]
    allowance = Allowance(np.inf)
    made = Tangents(steps[1:], SIZES, typical[1:-1], allowance)
    made.aim(typical[-1], target, 0.2)
    narrowed(made, prefixes)
    if another:
        made.aim(other_readings(made, 0.03), target, 0.2)
        assert not any(level.vectors for level in made.levels)
        narrowed(made, prefixes)
    return made


def other_readings(tangents, by, seed=2):
    """Distribution of readings that differs a little from that of the tangents."""
    q = np.exp(tangents.log_q)
    changed = q * np.random.default_rng(seed).uniform(1 - by, 1 + by, len(q))
    return changed / changed.sum()


def narrowed(tangents, prefixes):
    """Bounds of prefixes, and the numbers of those that stay above the limit."""
    bounds = np.full(len(prefixes), np.inf)
    above = [number for number in tangents.narrow(prefixes, bounds) if number >= 0]
    return bounds, above


def highest(tangents, depth, beliefs):
    """V of each belief, by going through all suffixes."""
    rows = beliefs
    for level in tangents.levels[depth:]:
        rows = level.beliefs_along(rows)[-1]
    divergences = row_negentropy(rows) - rows @ tangents.log_q
    return divergences.reshape(len(beliefs), -1).max(axis=1)


def least_excess(tangents, depth, vectors_of):
    """How far the bounds of all nodes of a level are above V, at least, at random beliefs."""
    rng = np.random.default_rng(1)
    level = tangents.levels[depth]
    states = level.logs.shape[1]
    beliefs = np.concatenate(
        [
            np.eye(states),
            rng.dirichlet(np.full(states, 0.2), size=100),
            rng.dirichlet(np.full(states, 5), size=100),
            np.exp(level.logs),
        ]
    )
    values = highest(tangents, depth, beliefs)
    distance = row_negentropy(beliefs)[:, None] - beliefs @ level.logs.T
    bounds = np.stack([(beliefs @ vectors_of(v).T).max(axis=1) for v in level.vectors], axis=1)
    return (bounds + distance - values[:, None]).min()


@pytest.mark.parametrize("depth", [1, 2])
def test_each_node_bounds_the_divergence_at_all_beliefs(tangents, depth):
    assert len(tangents.levels[depth].vectors) > 1
    assert least_excess(tangents, depth, lambda vectors: vectors) > -1e-9


@pytest.mark.parametrize("depth", [1, 2])
def test_a_wrong_vector_is_caught(tangents, depth):
    assert least_excess(tangents, depth, lambda vectors: vectors - 0.1) < -0.01


def test_bounds_of_prefixes_are_above_their_values_and_within_the_room(tangents):
    prefixes = np.random.default_rng(0).dirichlet(
        np.full(tangents.levels[0].onward[0].shape[0], 0.3), size=10
    )
    values = highest(tangents, 0, prefixes)
    bounds, above = narrowed(tangents, prefixes)
    assert (bounds >= values - 1e-12).all()
    limit = tangents.target + tangents.room
    assert (bounds <= np.maximum(limit, values + tangents.room)).all()
    assert sorted(above) == np.flatnonzero(bounds > limit).tolist()


def test_bounds_remain_bounds_when_they_rise_with_a_change_of_readings(tangents):
    prefixes = np.eye(tangents.levels[0].onward[0].shape[0])
    tight = copy.deepcopy(tangents)
    tight.aim(np.exp(tangents.log_q), 0, 0.01)
    bounds, _ = narrowed(tight, prefixes)
    before, after = [], []
    for seed in range(5):
        changed = copy.deepcopy(tight)
        rise = prefixes @ changed.aim(other_readings(tight, 0.5, seed), 0, 0.01)
        values = highest(changed, 0, prefixes)
        before.append(bounds - values)
        after.append(bounds + rise - values)
    assert np.min(after) >= -1e-12
    assert np.min(before) < -0.01  # without the rise, some would be too low


@pytest.mark.parametrize("width", [1, 4])
def test_the_most_divergent_suffixes_have_nearly_the_highest_value(tangents, width):
    prefix = np.eye(tangents.levels[0].onward[0].shape[0])[0]
    suffixes = tangents.most_divergent(prefix, width)
    assert suffixes.shape == (width, sum(SIZES))
    assert len(np.unique(suffixes, axis=0)) == width
    values = []
    for suffix in suffixes:
        row, actions = prefix[None], iter(suffix)
        for level in tangents.levels:
            for back in level.back:
                row = row @ back[next(actions)].T
        values.append((row_negentropy(row) - row @ tangents.log_q)[0])
    assert values[0] == max(values)
    assert values[0] > highest(tangents, 0, prefix[None])[0] - tangents.room


def test_work_and_memory_end_with_the_allowance(tangents, monkeypatch):
    prefixes = np.eye(tangents.levels[0].onward[0].shape[0])
    monkeypatch.setattr(tangents, "allowance", Allowance(0))
    with pytest.raises(Exhausted, match="work"):
        narrowed(tangents, prefixes)
    monkeypatch.setattr(tangents, "allowance", Allowance(1e12))
    monkeypatch.setattr("gridemp.engine.allowance.MAX_BYTES", 1000)
    with pytest.raises(Exhausted, match="memory"):
        narrowed(tangents, prefixes)
