"""Discounted occupancies of all deterministic policies of a small world, from their definition."""

from itertools import product

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import gridemp


def occupancies(world, discount):
    """Occupancies of every deterministic stationary policy: shape (policies, start, S)."""
    choices = [np.unique(rows, axis=0) for rows in step_rows(world)]
    steps = np.array(list(product(*choices)))
    identity = np.eye(len(choices))
    rows = np.maximum(np.linalg.inv(identity - discount * steps), 0)
    return rows / rows.sum(axis=2, keepdims=True)


def step_rows(world):
    """Distribution of the state after each action in each state: shape (S, A, S)."""
    states = len(world.cell)
    steps = np.zeros((states, len(world.actions), states))
    for place in np.ndindex(world.successors.shape):
        state, action, _ = place
        steps[state, action, world.successors[place]] += world.probabilities[place]
    return steps


def capacities(world, discount):
    """Certified capacity of the channel of all policies, from each state."""
    of_starts = occupancies(world, discount).swapaxes(0, 1)
    return [gridemp.active_set_capacity(np.unique(rows, axis=0)) for rows in of_starts]


@st.composite
def tables(draw, max_states=5, max_actions=3):
    """A deterministic world of any successors."""
    states, actions = draw(st.integers(1, max_states)), draw(st.integers(1, max_actions))
    ends = draw(hnp.arrays(np.int64, (states, actions), elements=st.integers(0, states - 1)))
    return gridemp.World.from_successors(ends)


@st.composite
def noisy_tables(draw, max_states=4, max_actions=3):
    """A world of any transition probabilities, some of which are 0."""
    shape = draw(st.tuples(st.integers(1, max_states), st.integers(1, max_actions)))
    weights = draw(hnp.arrays(np.int64, (*shape, shape[0]), elements=st.integers(0, 3)))
    weights[..., 0] += weights.sum(axis=-1) == 0
    return gridemp.World.from_transitions(weights / weights.sum(axis=-1, keepdims=True))


discounts = st.sampled_from([0.05, 0.5, 0.9, 0.99])
