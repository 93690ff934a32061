"""Image planes show the maze and everything in it that states differ in."""

import numpy as np
import pytest

from gridemp import World, parse_maze
from gridemp.deep.images import state_planes


def world_of(text, **options):
    return World.from_maze(parse_maze(text), **options)


def test_planes_show_the_maze_and_where_the_agent_is():
    world = world_of("..\n..", moves="turn")
    for state, planes in enumerate(state_planes(world)):
        row, col = world.maze.cells[world.cell[state]]
        expected = np.zeros((4, 2, 2))
        expected[world.heading[state], row, col] = 1
        np.testing.assert_array_equal(planes[:4], expected)
        np.testing.assert_array_equal(planes[4], world.maze.floor)


def test_planes_show_walls_between_cells():
    world = world_of("+--+--+\n|  |  |\n+  +  +\n|     |\n+--+--+")
    *_, floor, right, below = state_planes(world)[0]
    assert floor.all()
    np.testing.assert_array_equal(right, [[1, 0], [0, 0]])
    np.testing.assert_array_equal(below, np.zeros((2, 2)))


def test_planes_show_boxes():
    world = world_of("...\n.$.\n...")
    planes = state_planes(world)
    for state in (0, len(world.cell) - 1):
        (row, col), *_ = world.maze.cells[world.boxes[state]]
        assert planes[state, 1].sum() == planes[state, 1, row, col] == 1


def test_planes_show_keys_and_doors_and_what_is_held():
    world = world_of(".kD", moves="turn", hands=True)
    planes = state_planes(world)
    names = [kind.name for kind in world.kinds]
    for state in range(len(world.cell)):
        layout = world.layout(state)
        for number, name in enumerate(names):
            placed, held = planes[state, 4 + 2 * number : 6 + 2 * number]
            cells = {place for place, kind in layout.placed.items() if kind.name == name}
            assert {tuple(place) for place in np.argwhere(placed).tolist()} == cells
            is_held = layout.held is not None and layout.held.name == name
            assert held.min() == held.max() == is_held


@pytest.mark.parametrize(
    ("text", "options"),
    [("...\n.$.", {}), (".kD", {"moves": "turn", "hands": True}), ("..", {"moves": "turn"})],
)
def test_planes_of_any_two_states_differ(text, options):
    planes = state_planes(world_of(text, **options))
    assert len(np.unique(planes.reshape(len(planes), -1), axis=0)) == len(planes)
