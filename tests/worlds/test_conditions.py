"""The conditions of worlds, as facts and in words."""

from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest

from gridemp import GridempError, World, parse_maze
from gridemp.worlds.conditions import Conditions


@pytest.mark.parametrize(
    ("options", "conditions"),
    [
        ({}, "no noise"),
        ({"slip": 0.1}, "slip 0.1"),
        ({"moves": "king", "stay": False}, "king moves, no stay, no noise"),
    ],
)
def test_conditions_say_what_is_not_the_default(options, conditions):
    assert str(World.from_maze(parse_maze("."), **options).conditions) == conditions


def test_words_stand_in_the_order_of_moves_hands_staying_and_noise():
    conditions = Conditions(moves="turn", hands=True, stay=False, noise="none")
    assert str(conditions) == "turning, hands, no stay, no noise"
    holding = replace(conditions, holding="red key")
    assert str(holding) == "turning, hands, holding a red key, no stay, no noise"


def test_a_labelling_replaces_the_one_before_whatever_its_name():
    world = World.from_maze(parse_maze("..\n.."))
    named = world.with_sensor([0, 0, 1, 1], name="left, right")
    assert named.conditions.words() == ("no noise", "left, right sensor")
    assert named.with_sensor([0, 1, 0, 1], name="rows").conditions.words() == (
        "no noise",
        "rows sensor",
    )
    assert named.with_sensor([0, 1, 2, 3]).conditions == world.conditions  # tells all apart


def test_a_labelling_replaces_a_sensor():
    world = World.from_maze(parse_maze("..\n.."), sensor="row", slip=0.25)
    assert str(world.conditions) == "row sensor, slip 0.25"
    assert str(world.with_sensor("aabb").conditions) == "slip 0.25, own sensor"


def test_worlds_of_tables_know_their_noise():
    certain, even = np.eye(2)[:, None], np.full((2, 1, 2), 0.5)
    assert World.from_transitions(certain).conditions == Conditions(noise="none")
    assert World.from_transitions(even).conditions == Conditions(noise="own")


def test_conditions_are_facts_and_cannot_change():
    conditions = World.from_maze(parse_maze("."), moves="king", torus=True, slip=0.5).conditions
    assert conditions == Conditions("king", slip=0.5, torus="xy", noise="slip")
    with pytest.raises(FrozenInstanceError):
        conditions.slip = 0.0


def test_a_torus_is_a_fact_of_the_conditions():
    assert Conditions(torus=True).torus == "xy"
    assert World.from_maze(parse_maze(".."), torus="x").torus == "x"
    with pytest.raises(GridempError, match="`torus` must be x, y, xy, True or False, not 'z'"):
        Conditions(torus="z")


def test_a_certificate_holds_for_estimated_noise_only():
    assert Conditions(noise="own").proviso == Conditions(slip=0.1).proviso == ""
    assert Conditions(noise="own", samples=2).proviso == " for the estimated noise"
