"""Maps along a walk, with the boxes where they are then."""

import numpy as np
from support.walkers import PUSH, walked

from gridemp import World, empowerment, parse_maze
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
