"""Checks of the fields of a world."""

import numpy as np
import pytest

import gridemp
from gridemp import World, parse_maze


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"successors": [[[0]], [[2]]]}, "successors must hold numbers of states, from 0 to 1"),
        ({"successors": [[[0]], [[-1]]]}, "successors must hold numbers of states, from 0 to 1"),
        ({"successors": [[[0.0]], [[1.0]]]}, "successors must hold whole numbers, not float64"),
        ({"successors": [[0], [1]]}, r"successors has shape \(2, 1\); .* need \(2, 1, K\)"),
        ({"actions": ("a", "b")}, r"2 states in `cell` and 2 actions need \(2, 2, K\)"),
        ({"probabilities": [[[1.0, 0.0]], [[1.0, 0.0]]]}, r"probabilities has shape \(2, 1, 2\)"),
        ({"sensor": [0]}, r"sensor must have shape \(2,\), not \(1,\)"),
        ({"cell": [0, 2]}, "cell must hold numbers of floor cells, from 0 to 1"),
    ],
)
def test_a_world_by_hand_names_the_field_that_is_wrong(fields, sentence):
    right = {
        "maze": gridemp.parse_maze(".."),
        "actions": ("swap",),
        "successors": [[[1]], [[0]]],
        "probabilities": [[[1.0]], [[1.0]]],
        "sensor": [0, 1],
        "cell": [0, 1],
    }
    assert gridemp.empowerment(gridemp.World(**right), 3).bits.tolist() == [0, 0]
    with pytest.raises(gridemp.GridempError, match=sentence):
        gridemp.World(**right | fields)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"starts": [[0, 1]]}, "starts must hold numbers of states"),
        ({"starts": 1}, "`starts` must be an array of numbers or None, not 1"),
        ({"heading": [0]}, r"heading must have shape \(2,\), not \(1,\)"),
        ({"heading": [0, 7]}, "heading must hold numbers of headings, from 0 to 3"),
        ({"probabilities": np.broadcast_to(0.5, (2, 1, 1))}, "sum to 0.5, not 1"),
    ],
)
def test_fields_of_a_hand_made_world(fields, sentence):
    right = {
        "maze": parse_maze(".."),
        "actions": ("go",),
        "successors": [[[1]], [[0]]],
        "probabilities": [[[1.0]], [[1.0]]],
        "sensor": [0, 1],
        "cell": [0, 1],
    }
    World(**right)
    with pytest.raises(gridemp.GridempError, match=sentence):
        World(**{**right, **fields})
