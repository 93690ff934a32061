"""Hypothesis strategies for mazes, worlds and channels."""

from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import gridemp

FURNITURE = [*"T$B~^>v<SG", *"kKrRDdb"]  # one more colour of keys is enough


def masks(shape, minimum=0):
    return hnp.arrays(bool, shape).filter(lambda mask: mask.sum() >= minimum)


@st.composite
def mazes(draw, max_side=6, thin=None):
    """Any maze up to a size, with solid cells, and with thin walls unless `thin` is False."""
    height, width = draw(st.integers(1, max_side)), draw(st.integers(1, max_side))
    floor = draw(masks((height, width), minimum=1))
    if thin is False:
        return gridemp.Maze(floor)
    return gridemp.Maze(floor, draw(masks((height, width - 1))), draw(masks((height - 1, width))))


@st.composite
def furnished(draw, max_side=4, most=5, boxes=2):
    """A maze with at most `most` objects on its floor, at most `boxes` of them boxes to push."""
    maze = draw(mazes(max_side))
    places = [tuple(place) for place in maze.cells.tolist()]
    chosen = draw(st.lists(st.sampled_from(places), unique=True, max_size=most))
    objects, left = {}, boxes
    for place in chosen:
        letter = draw(st.sampled_from(FURNITURE))
        if place == places[0] and letter in "kKrRDb":
            letter = "S"  # so that an agent can stand somewhere
        left -= letter == "$"
        objects[place] = letter if letter != "$" or left >= 0 else "B"
    return gridemp.Maze(maze.floor, maze.wall_right, maze.wall_below, objects=objects)


@st.composite
def worlds(draw, max_side=6, slips=(0.0,), actions=("nesw", "king")):
    maze = draw(mazes(max_side))
    return gridemp.World.from_maze(
        maze,
        moves=draw(st.sampled_from(actions)),
        stay=draw(st.booleans()),
        slip=draw(st.sampled_from(slips)),
    )


@st.composite
def channels(draw, max_inputs=8, max_outputs=6):
    """Any channel matrix, with zeros and repeated rows."""
    inputs, outputs = draw(st.integers(1, max_inputs)), draw(st.integers(1, max_outputs))
    weights = draw(
        hnp.arrays(float, (inputs, outputs), elements=st.sampled_from([0.0, 0.1, 1.0, 3.0]))
    )
    weights[weights.sum(axis=1) == 0, 0] = 1
    return weights / weights.sum(axis=1, keepdims=True)


@st.composite
def options(draw, slips=(0.0,), hands=False):
    """Options of `World.from_maze`, except its sensor; `hands` only if agents may have them."""
    moves = draw(st.sampled_from(("nesw", "king", "turn")))
    has_hands = {"hands": draw(st.booleans())} if hands and moves == "turn" else {}
    kinds = ("uniform",) if moves == "turn" else ("uniform", "perpendicular")
    return {
        "moves": moves,
        "stay": draw(st.booleans()),
        "slip": draw(st.sampled_from(slips)),
        "slip_kind": draw(st.sampled_from(kinds)),
        "torus": draw(st.sampled_from(("", "x", "y", "xy"))),
        **has_hands,
    }
