"""Repertoires of single cells agree with the map, and their sequences lead where they say."""

import numpy as np
import pytest

import gridemp
from gridemp import GridempError, World, parse_maze
from gridemp.analysis import cell_repertoire

MAZE = parse_maze("....\n.##.\n....")


def end_of(world, state, sequence):
    """Distribution over states after a sequence, from one state."""
    row = np.zeros(len(world.cell))
    row[state] = 1
    for action in sequence:
        after = np.zeros(len(world.cell))
        np.add.at(after, world.successors[:, action], world.probabilities[:, action] * row[:, None])
        row = after
    return row


@pytest.mark.parametrize("slip", [0, 0.1])
def test_it_is_that_of_the_map(slip):
    world = World.from_maze(MAZE, slip=slip)
    emap = gridemp.impoverished_empowerment(world, 5, 4, 2)
    found = cell_repertoire(world, 1, 0, 5, 4, 2)
    assert found.bits == emap.at(1, 0)
    assert found.gap == emap.at(1, 0, emap.gap)
    rows = [end_of(world, found.paths[0, 0], sequence) for sequence in found.sequences]
    capacity = gridemp.active_set_capacity(rows)
    assert capacity.lower == pytest.approx(found.bits, abs=2e-6)
    np.testing.assert_array_equal(found.ends, np.argmax(np.round(rows, 12), axis=1))
    assert found.weights.sum() == pytest.approx(1)
    assert found.sequences.shape == (4, 5)


def test_paths_follow_the_actions():
    world = World.from_maze(MAZE)
    found = cell_repertoire(world, 0, 0, 7, 3)
    np.testing.assert_array_equal(found.paths[:, -1], found.ends)
    for sequence, path in zip(found.sequences, found.paths, strict=True):
        steps = zip(path, sequence, path[1:], strict=False)
        assert all(world.successors[before, action, 0] == after for before, action, after in steps)
    assert len(set(found.ends.tolist())) == 3


def test_likeliest_effects_are_summed_over_ways():
    # The first way is likelier than each of the others, which lead to the same state.
    world = World.from_transitions([[[0.4, 0.6]], [[0, 1]]])
    assert cell_repertoire(world, 0, 0, 1, 1).paths.tolist() == [[0, 1]]


def test_a_heading_can_be_chosen():
    world = World.from_maze(parse_maze("..."), moves="turn")
    east, best = (cell_repertoire(world, 0, 0, 2, 9, heading=each) for each in ("east", "best"))
    emap = gridemp.impoverished_empowerment(world, 2, 9)
    assert east.bits == emap.one_per_cell("east").at(0, 0)
    assert best.bits == emap.one_per_cell("best").at(0, 0)


def test_walls_are_refused():
    with pytest.raises(GridempError):
        cell_repertoire(World.from_maze(MAZE), 1, 1, 2)
