"""Discounted occupancies of all deterministic policies of a small world, from their definition."""

from itertools import product

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import gridemp


def occupancies(world, discount):
    """Occupancies of every deterministic stationary policy: shape (policies, start, S)."""
    choices = [np.unique(after) for after in world.successors[:, :, 0]]
    steps = np.eye(len(choices))[np.array(list(product(*choices)))]
    identity = np.eye(len(choices))
    rows = np.maximum(np.linalg.inv(identity - discount * steps), 0)
    return rows / rows.sum(axis=2, keepdims=True)


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


discounts = st.sampled_from([0.05, 0.5, 0.9, 0.99])
