"""Directions of actions."""

import numpy as np
import pytest

from gridemp.render.artists.action_directions import named_direction, unit_vector
from gridemp.worlds.moves import HEADINGS, OFFSETS


def test_moves_point_to_the_cell_that_they_lead_to():
    for action, (row, col) in OFFSETS.items():
        for heading in (None, "south"):
            assert named_direction(action, heading) == (col, -row)


@pytest.mark.parametrize("heading", HEADINGS)
def test_turns_point_to_the_side_and_a_little_ahead(heading):
    ahead = complex(*named_direction("forward", heading))
    left, right = (complex(*named_direction(turn, heading)) for turn in ("left", "right"))
    np.testing.assert_allclose(left / ahead, 0.6 + 0.8j)
    np.testing.assert_allclose(right / ahead, 0.6 - 0.8j)


@pytest.mark.parametrize("action", ["forward", "left", "right", "toggle"])
def test_other_names_tell_no_direction(action):
    assert named_direction(action, None) is None
    assert named_direction("toggle", "north") is None


def test_unit_vectors():
    assert unit_vector(3, -4) == (0.6, -0.8)
    assert unit_vector(0, 0) == (0, 0)
