import pytest

import gridemp
from gridemp import World, parse_maze


@pytest.mark.parametrize("torus", ["", "x", "y", "xy"])
def test_a_world_knows_which_of_its_edges_are_joined(torus):
    world = World.from_maze(parse_maze("...\n..."), torus=torus)
    assert world.torus == world.conditions.torus == torus


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"slip": "a"}, "slip must be a probability from 0 to 1, not 'a'"),
        ({"slip": None}, "slip must be a probability from 0 to 1, not None"),
        ({"within": 0}, "`within` must be a number of steps, 1 or more, not 0"),
        ({"within": 1.5}, "`within` must be a number of steps, 1 or more, not 1.5"),
        ({"within": "a"}, "`within` must be a number of steps, 1 or more, not 'a'"),
    ],
)
def test_options_of_the_wrong_kind(options, sentence):
    with pytest.raises(gridemp.GridempError, match=sentence):
        World.from_maze(parse_maze("..."), **options)
