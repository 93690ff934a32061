"""Joint states of agent and boxes."""

import numpy as np
import pytest
from hypothesis import given
from support.strategies import furnished, options
from support.walkers import simulator_of, starts_of

import gridemp
from gridemp import Maze, World, empowerment, parse_maze
from gridemp.worlds import states
from gridemp.worlds.dynamics import Dynamics


@pytest.mark.slow
@given(furnished(), options(hands=True))
def test_all_states_are_reachable(maze, options):
    row, col = maze.cells[0].tolist()
    objects = {**maze.objects, (row, col): "$"}  # without a box all states are starts
    maze = Maze(maze.floor, maze.wall_right, maze.wall_below, objects=objects)
    world = World.from_maze(maze, **options)
    reached = set(starts_of(world, simulator_of(world, options)))
    grown = reached
    while grown:
        grown = set(world.successors[list(grown)].ravel().tolist()) - reached
        reached |= grown
    assert reached == set(range(len(world.cell)))


def test_only_as_many_states_as_the_horizon_needs():
    maze = gridemp.load_maze("box")
    near = World.from_maze(maze, torus="xy", within=2)
    far = World.from_maze(maze, torus="xy", within=5)
    assert 441 < len(near.cell) < len(far.cell)
    assert empowerment(near, 2).outcomes.tolist() == empowerment(far, 2).outcomes.tolist()
    with pytest.raises(gridemp.GridempError, match="built for 2 steps, not for 3"):
        empowerment(near, 3)


def test_too_many_joint_states_are_refused_with_their_number(monkeypatch):
    assert states.MAX_STATES == 1_000_000
    monkeypatch.setattr(states, "MAX_STATES", 20_000)  # to count a million takes seconds
    crowd = Maze(np.ones((12, 12)), objects={(2 * r, 2 * c): "$" for r in (1, 3) for c in (1, 3)})
    with pytest.raises(
        gridemp.GridempError, match=r"more than 20,000 joint states here, up to 2,\d{3},\d{3},\d"
    ):
        World.from_maze(crowd)


def test_boxes_are_alike_so_their_order_is_that_of_cells():
    dynamics = Dynamics(parse_maze("...\n.$.\n$..\n..."))
    above = np.array([1], dtype=np.int32)
    after = dynamics.after(dynamics.first(above, 0 * above), "south")
    assert dynamics.boxes.tolist() == [4, 6]
    assert after.boxes.tolist() == [[6, 7]]  # the first was pushed past the second


def test_building_states_can_be_cancelled():
    fractions = []

    def progress(fraction):
        fractions.append(fraction)
        if len(fractions) == 3:
            raise InterruptedError

    maze = parse_maze("." * 9 + "\n..$.$....\n" + "." * 9)
    with pytest.raises(InterruptedError):
        World.from_maze(maze, progress=progress)
    assert fractions == sorted(fractions)
    assert 0 < fractions[0] < fractions[-1] < 1
