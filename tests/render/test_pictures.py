"""Pictures of states show the agent, and whatever else states differ in."""

import numpy as np
import pytest

import gridemp
from gridemp import World, parse_maze
from gridemp.render import state_pictures


def world_of(text, **options):
    return World.from_maze(parse_maze(text), **options)


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("...\n.#.", {}),
        ("...\n.$.", {}),
        (".kD", {"moves": "turn", "hands": True}),
        ("..", {"moves": "turn"}),
    ],
)
def test_pictures_of_any_two_states_differ(text, options):
    world = world_of(text, **options)
    pictures = state_pictures(world, cell=10)
    height, width = world.maze.shape
    assert pictures.shape == (len(world.cell), 10 * height, 10 * width, 3)
    assert len(np.unique(pictures.reshape(len(pictures), -1), axis=0)) == len(pictures)


def test_the_agent_is_red_and_in_its_cell():
    world = world_of("...\n...")
    for state, picture in enumerate(state_pictures(world, cell=8)):
        red = (picture[..., 0] > 180) & (picture[..., 1] < 80)
        cells = {(int(row) // 8, int(col) // 8) for row, col in np.argwhere(red)}
        assert cells == {tuple(world.maze.cells[world.cell[state]].tolist())}


def test_pictures_are_about_as_large_for_any_maze():
    assert state_pictures(world_of("." * 6)).shape == (6, 16, 96, 3)
    assert state_pictures(world_of("." * 48)).shape == (48, 4, 192, 3)


def test_cells_that_are_too_small_are_refused():
    with pytest.raises(gridemp.GridempError, match="`cell` must be 4 or more pixels, not 3"):
        state_pictures(world_of(".."), cell=3)
