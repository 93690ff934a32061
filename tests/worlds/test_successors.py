"""Tables of successors as worlds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import gridemp
from gridemp import GridempError, World

EPISODE = [[0, 1, 1], [0, 2, -1], [-1, 2, 1]]  # from state 1 and from state 2, it may end


def ends_of(table, start, horizon):
    """The states that some sequence of actions leads to, one by one; None if the episode ended."""
    reached = {start}
    for _ in range(horizon):
        reached = {
            None if state is None or after == -1 else int(after)
            for state in reached
            for after in ([None] if state is None else table[state])
        }
    return reached


@given(st.data(), st.integers(1, 5))
def test_counts_are_those_of_all_action_sequences(data, horizon):
    states, actions = data.draw(st.integers(1, 30)), data.draw(st.integers(1, 4))
    rng = np.random.default_rng(data.draw(st.integers(0, 1000)))
    table = rng.integers(-1, states, size=(states, actions))
    emap = gridemp.empowerment(World.from_successors(table), horizon)
    assert emap.outcomes.tolist() == [len(ends_of(table, s, horizon)) for s in range(states)]


def test_an_episode_that_ended_stays_so_and_is_one_outcome():
    world = World.from_successors(EPISODE, actions=["a", "b", "c"])
    assert world.successors[3].tolist() == [[3]] * 3
    assert world.cell.tolist() == [0, 1, 2, 1]
    assert len(gridemp.empowerment(world, 1).bits) == 3
    assert gridemp.empowerment(world, 1).outcomes.tolist() == [2, 3, 3]
    certain = np.zeros((4, 3, 4))
    for (state, action, _), after in np.ndenumerate(world.successors):
        certain[state, action, after] = 1
    same = gridemp.empowerment(World.from_transitions(certain), 2)
    assert gridemp.empowerment(world, 2).outcomes.tolist() == same.outcomes[:3].tolist()


def test_a_table_without_an_end_has_no_state_more():
    for terminal in (-1, None):
        world = World.from_successors([[0, 1], [1, 0]], terminal=terminal)
        assert len(world.cell) == 2
        assert world.starts is None
    assert len(World.from_successors([[0, 9], [1, 0]], terminal=9).cell) == 3


def test_the_end_has_a_reading_of_its_own():
    world = World.from_successors(EPISODE, ["x", "y", "x"])
    assert world.sensor.tolist() == [0, 1, 0, 2]
    assert gridemp.empowerment(world, 1).outcomes.tolist() == [2, 2, 3]
    ongoing = World.from_successors([[0, 1], [1, 0]], [5, 5])
    assert gridemp.empowerment(ongoing, 3).outcomes.tolist() == [1, 1]


def test_states_are_drawn_in_the_cells_given():
    maze = gridemp.parse_maze("...\n...")
    world = World.from_successors(EPISODE, maze=maze, cell=[5, 0, 1])
    grid = gridemp.empowerment(world, 1).grid()
    assert grid[0, :2].tolist() == pytest.approx([np.log2(3)] * 2)
    assert grid[1, 2] == 1
    assert np.isnan(grid).sum() == 3


@pytest.mark.parametrize("kind", [np.int8, np.int64, np.uint16])
def test_arrays_of_any_whole_numbers_in_any_order(kind, tmp_path):
    table = np.array([[0, 1], [1, 0], [2, 1]], dtype=kind, order="F")
    np.save(tmp_path / "table.npy", table)
    mapped = np.load(tmp_path / "table.npy", mmap_mode="r")
    for given_table in (table, mapped, table.tolist()):
        assert World.from_successors(given_table).successors[:, :, 0].tolist() == table.tolist()


def test_the_map_is_saved_with_its_world(tmp_path):
    emap = gridemp.empowerment(World.from_successors(EPISODE), 2)
    emap.save(tmp_path / "map.npz")
    again = gridemp.load_map(tmp_path / "map.npz")
    assert again.outcomes.tolist() == emap.outcomes.tolist()
    assert again.world.successors.tolist() == emap.world.successors.tolist()


@pytest.mark.parametrize(
    ("table", "options", "sentence"),
    [
        ([[0.5]], {}, r"of whole numbers .*, not an array of float64 of shape \(1, 1\)"),
        ([0, 1], {}, r"not an array of int64 of shape \(2,\)"),
        (np.zeros((0, 3), int), {}, r"not an array of int64 of shape \(0, 3\)"),
        ([[0, 1], [1]], {}, r"not \[\[0, 1\], \[1\]\]"),
        ("table.npy", {}, "not 'table.npy'"),
        ([[0, 1], [0, 2]], {}, "1 in state 1 leads to state 2; .* from 0 to 1, and `terminal` is"),
        ([[-2]], {}, "action 0 in state 0 leads to state -2"),
        ([[-1]], {"terminal": None}, "leads to state -1; the states go from 0 to 0$"),
        ([[0]], {"terminal": 0.5}, "`terminal` must be a whole number or None, not 0.5"),
        ([[0]], {"actions": "ab"}, "`actions` must be"),
        ([[0]], {"actions": ["a", "b"]}, "`actions` has 2 different names; give 1"),
        ([[-1]], {"sensor": [0, 1]}, "each of the 1 states, not 2 labels"),
        ([[-1]], {"cell": [0, 1]}, r"cell must have shape \(1,\), not \(2,\)"),
        ([[-1]], {"cell": [1]}, "cell must hold numbers of floor cells, from 0 to 0"),
    ],
)
def test_tables_that_are_no_worlds(table, options, sentence):
    with pytest.raises(GridempError, match=sentence):
        World.from_successors(table, **options)
