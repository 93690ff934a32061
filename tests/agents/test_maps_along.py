"""Maps along a walk, with boxes and things where they are then."""

import numpy as np
from support.walkers import PUSH, walked

from gridemp import World, empowerment, parse_maze
from gridemp.agents.agent import Agent
from gridemp.agents.maps_along import maps_along
from gridemp.report.walk_text import walk_lines


def test_maps_follow_the_boxes():
    agent, path = walked(parse_maze(PUSH), 3, 0, 2, 3)
    before, *after = maps_along(agent, path.states)
    assert after[0] is after[-1]
    assert before.world.maze == parse_maze(PUSH)
    assert dict(after[0].world.maze.objects) == {(0, 2): "$"}
    moved = World.from_maze(parse_maze("..$..\n#....\n#...."))
    emap = empowerment(moved, 3)
    (truth,) = emap.bits[moved.cell[emap.states] == 1]
    np.testing.assert_allclose(after[0].grid()[0, 1], truth)
    assert np.isnan(after[0].grid()[0, 2])  # where the box is


def test_maps_of_a_world_that_is_not_whole_are_those_of_the_whole():
    maze = parse_maze(PUSH)
    whole, path = walked(maze, 2, 0, 2, 4)
    near, same = walked(maze, 2, 0, 2, 4, within=6)
    assert walk_lines(path) == walk_lines(same)
    for one, other in zip(
        maps_along(whole, path.states), maps_along(near, same.states), strict=True
    ):
        held = ~np.isnan(other.grid())
        assert held.sum() >= 7
        np.testing.assert_array_equal(one.grid()[held], other.grid()[held])


def test_maps_follow_a_key_and_a_door():
    maze = parse_maze(".k.K.\n...#.")
    world = World.from_maze(maze, moves="turn", hands=True)
    agent = Agent(world, 2)
    states = [int(np.flatnonzero((world.cell == 0) & (world.heading == 1))[0])]
    for action in ("pickup", "forward", "forward", "toggle"):
        states.append(int(world.successors[states[-1], world.actions.index(action), 0]))
    before, held, *_, opened = maps_along(agent, np.array(states))
    assert before.world.maze == maze
    assert [str(emap.world.maze) for emap in (held, opened)] == [
        *("#######\n#...K.#\n#...#.#\n#######", "#######\n#...d.#\n#...#.#\n#######")
    ]
    holding = World.from_maze(maze, moves="turn", hands=True, holding="k")
    truth = empowerment(holding, 2).one_per_cell().grid()
    np.testing.assert_array_equal(held.grid()[:, :3], truth[:, :3])  # this side of the door
