"""The scale of a difference."""

from dataclasses import replace

import numpy as np
import pytest

import gridemp
from gridemp import World, empowerment
from gridemp.analysis.difference import difference
from gridemp.render.artists.difference import difference_limit


@pytest.fixture(scope="module")
def klyubin():
    return World.from_maze(gridemp.load_maze("klyubin"))


def test_what_the_certificate_cannot_tell_is_no_difference(klyubin):
    one = empowerment(klyubin, 2)
    other = replace(one, bits=one.bits - 1e-7, gap=np.full(100, 1e-6))
    assert difference_limit(difference(one, other)) == 1
    assert difference_limit(difference(one, empowerment(klyubin, 3))) > 0.5
