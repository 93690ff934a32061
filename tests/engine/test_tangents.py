import numpy as np
import pytest

import gridemp
from gridemp.engine.channel import window
from gridemp.engine.sequences import step_matrices
from gridemp.engine.tangents import Tangents
from gridemp.information.capacity import row_negentropy

SIZES = [2, 1, 2]  # steps of the blocks, on three levels


@pytest.fixture(params=[(0.1, 1.0), (0.4, 0.4)], ids="slip and target {}".format, scope="module")
def tangents(request):
    """Three levels for the last five of six steps in a small maze, with nodes."""
    slip, target = request.param
    maze = gridemp.parse_maze("....\n.#..\n....")
    world = gridemp.World.from_maze(maze, slip=slip)
    steps, _ = step_matrices(window(world.normalised(), 0, 6))
    typical = [np.ones(1)]
    for step in steps:
        typical.append(np.einsum("b,abc->c", typical[-1], step) / len(step))
    prefixes = steps[0][:, 0]
    made = Tangents(steps[1:], SIZES, typical[-1], typical[1:-1], target, 0.2)
    made.bounds(prefixes, np.full(len(prefixes), np.inf))
    return made


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
    bounds = tangents.bounds(prefixes, np.full(10, np.inf))
    assert (bounds >= values - 1e-12).all()
    limit = tangents.target + tangents.room
    assert (bounds <= np.maximum(limit, values + tangents.room)).all()


def test_the_most_divergent_suffix_has_nearly_the_highest_value(tangents):
    prefix = np.eye(tangents.levels[0].onward[0].shape[0])[0]
    row = prefix[None]
    actions = iter(tangents.most_divergent(prefix))
    for level in tangents.levels:
        for back in level.back:
            row = row @ back[next(actions)].T
    assert list(actions) == []
    value = (row_negentropy(row) - row @ tangents.log_q)[0]
    assert value > highest(tangents, 0, prefix[None])[0] - tangents.room


def test_work_ends_with_its_budget(tangents):
    prefixes = np.eye(tangents.levels[0].onward[0].shape[0])
    known = np.full(len(prefixes), np.inf)
    np.testing.assert_array_equal(tangents.bounds(prefixes, known, budget=0), known)
