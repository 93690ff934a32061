"""Slips as kernels over actions."""

import numpy as np
import pytest

import gridemp
from gridemp import World, parse_maze


@pytest.mark.parametrize("slip", [-0.1, 1.1, float("nan"), float("inf")])
def test_slip_is_a_probability(slip):
    with pytest.raises(gridemp.GridempError, match="slip must be a probability from 0 to 1"):
        World.from_maze(parse_maze("."), slip=slip)


def test_probabilities_sum_to_one():
    world = World.from_maze(gridemp.load_maze("klyubin"), moves="king", slip=0.3)
    np.testing.assert_allclose(world.probabilities.sum(axis=2), 1)
    assert not world.deterministic
