"""Hypothesis strategies for mazes and channels, and helpers that compare."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import gridemp
from gridemp.mazes.maze import OBJECTS


def masks(shape, minimum=0):
    return hnp.arrays(bool, shape).filter(lambda mask: mask.sum() >= minimum)


@st.composite
def mazes(draw, max_side=6, thin=None):
    """Any maze up to a size: solid cells, and thin walls unless `thin` is False."""
    height, width = draw(st.integers(1, max_side)), draw(st.integers(1, max_side))
    floor = draw(masks((height, width), minimum=1))
    if thin is False:
        return gridemp.Maze(floor)
    return gridemp.Maze(floor, draw(masks((height, width - 1))), draw(masks((height - 1, width))))


@st.composite
def furnished(draw, max_side=4, most=5, boxes=2):
    """A maze with objects on some floor cells, few of them boxes."""
    maze = draw(mazes(max_side))
    places = [tuple(place) for place in maze.cells.tolist()]
    chosen = draw(st.lists(st.sampled_from(places), unique=True, max_size=most))
    objects, left = {}, boxes
    for place in chosen:
        letter = draw(st.sampled_from(list(OBJECTS)))
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
    """Any channel matrix, zeros and repeated rows included."""
    inputs, outputs = draw(st.integers(1, max_inputs)), draw(st.integers(1, max_outputs))
    weights = draw(
        hnp.arrays(float, (inputs, outputs), elements=st.sampled_from([0.0, 0.1, 1.0, 3.0]))
    )
    weights[weights.sum(axis=1) == 0, 0] = 1
    return weights / weights.sum(axis=1, keepdims=True)


def binary_entropy(p):
    return float(-p * np.log2(p) - (1 - p) * np.log2(1 - p))


def assert_inside(figure, slack=0.02):
    """Nothing that is drawn leaves the figure, but for so many inches."""
    figure.canvas.draw()
    box, (wide, high) = figure.get_tightbbox(), figure.get_size_inches()
    np.testing.assert_array_less(-slack, [box.x0, box.y0])
    np.testing.assert_array_less([box.x1, box.y1], [wide + slack, high + slack])


def assert_certifies(capacity, truth, tol):
    """The interval holds the truth, up to rounding, and is as narrow as was asked for."""
    np.testing.assert_array_less(capacity.lower, truth + 1e-12)
    np.testing.assert_array_less(truth - 1e-12, capacity.upper)
    np.testing.assert_array_less(capacity.upper - capacity.lower, tol * (1 + 1e-12))
    np.testing.assert_equal(capacity.converged, True)


@st.composite
def options(draw, slips=(0.0,)):
    """Options of `World.from_maze`, but for its sensor."""
    moves = draw(st.sampled_from(("nesw", "king", "turn")))
    kinds = ("uniform",) if moves == "turn" else ("uniform", "perpendicular")
    return {
        "moves": moves,
        "stay": draw(st.booleans()),
        "slip": draw(st.sampled_from(slips)),
        "slip_kind": draw(st.sampled_from(kinds)),
        "torus": draw(st.sampled_from(("", "x", "y", "xy"))),
    }
