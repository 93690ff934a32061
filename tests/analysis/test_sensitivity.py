"""The change of empowerment by each wall, against mazes that are rebuilt."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.strategies import furnished, mazes
from support.toggles import TOL, assert_all_equal, brute_force

import gridemp
from gridemp import ConvergenceWarning, GridempError, Maze, World, empowerment, parse_maze
from gridemp.analysis.sensitivity import expected_sensitivity_seconds, sensitivity
from gridemp.analysis.sensitivity_result import Change


def some_cell(maze):
    """None, for the mean, or the (x, y) of a floor cell."""
    places = [maze.xy(row, col) for row, col in maze.cells.tolist()]
    return st.one_of(st.none(), st.sampled_from(places))


@pytest.mark.slow
@settings(max_examples=25)
@given(data=st.data())
def test_every_change_is_that_of_the_maze_rebuilt(data):
    maze = data.draw(st.one_of(mazes(5), furnished(most=3, boxes=1)))
    options = {
        "moves": data.draw(st.sampled_from(["nesw", "king", "turn"])),
        "stay": data.draw(st.booleans()),
        "torus": data.draw(st.sampled_from(["", "", "", "x", "xy"])),
        "sensor": data.draw(st.sampled_from(["state", "state", "position", "column", "walls"])),
    }
    horizon, cell = data.draw(st.integers(1, 4)), data.draw(some_cell(maze))
    result = sensitivity(maze, horizon, cell=cell, **options)
    assert_all_equal(result, brute_force(maze, horizon, cell, **options), 1e-12)
    assert result.gap == 0


@settings(max_examples=8)
@given(data=st.data())
def test_so_it_is_with_noise_up_to_the_gap(data):
    maze = data.draw(st.one_of(mazes(3), furnished(max_side=3, most=2, boxes=0)))
    moves = data.draw(st.sampled_from(["nesw", "turn"]))
    kind = (
        "uniform" if moves == "turn" else data.draw(st.sampled_from(["uniform", "perpendicular"]))
    )
    torus = data.draw(st.sampled_from(["", "", "y"]))
    options = {"moves": moves, "slip": 0.2, "slip_kind": kind, "torus": torus}
    horizon, cell = data.draw(st.integers(1, 2)), data.draw(some_cell(maze))
    result = sensitivity(maze, horizon, cell=cell, tol=TOL, **options)
    assert result.gap <= TOL
    assert_all_equal(result, brute_force(maze, horizon, cell, **options), result.gap + TOL + 1e-12)


@pytest.mark.slow
@settings(max_examples=20)
@given(maze=mazes(6), moves=st.sampled_from(["nesw", "king", "turn"]), horizon=st.integers(1, 4))
def test_where_staying_is_an_action_a_door_never_hurts(maze, moves, horizon):
    # A blocked move ends where staying ends, so an open one only adds outcomes.
    result = sensitivity(maze, horizon, moves=moves)
    assert all(change.bits >= -1e-12 for change in result.removals)
    assert all(change.bits <= 1e-12 for change in result.additions)


def test_without_staying_a_wall_can_help_and_on_ice_a_door_can_hurt():
    room = sensitivity(Maze(np.ones((7, 7))), 2, cell=(3, 3), stay=False)
    best = max(change.bits for change in room.additions)
    # A wall to bump into lets one be an odd number of steps away: 3 cells for the one behind it.
    assert best == pytest.approx(np.log2(11 / 9))
    ice = parse_maze("+-+-+-+-+\n|#| |#|#|\n+-+ +-+-+\n|  ~|~  |\n+-+-+-+-+\n")
    (door,) = (c for c in sensitivity(ice, 2, cell=(0, 0)).removals if c.kind == "wall")
    # One no longer stops at (1, 0), where one could go north, but slides past to (3, 0).
    assert door == ("wall", ((1, 0), (2, 0)), pytest.approx(np.log2(2 / 3)))


def test_the_mean_is_over_cells_that_are_floor_before_and_after():
    maze = parse_maze("#####\n#.#.#\n#####\n")
    result = sensitivity(maze, 1)
    # Each of the two cells comes to reach itself and the new one: from 0 bits to 1.
    np.testing.assert_allclose(result.solid, [[np.nan, 1.0, np.nan]])
    assert np.isnan(result.right).all()
    assert result.bits == 0
    assert result.best_removals == (Change("cell", ((1, 0),), 1.0),)
    assert result.best_removals[0].place == "at (1, 0)"
    assert result.worst_additions == ()


def test_thin_walls_that_are_drawn_round_a_solid_cell_stay():
    right = np.array([[True, False]])
    result = sensitivity(Maze([[1, 0, 1]], right), 1)
    assert result.solid[0, 1] == pytest.approx(0.5)  # only the right one of the two cells gains
    assert np.isnan(result.right).all()


def test_the_best_door_of_klyubin_and_the_worst_wall():
    maze = gridemp.load_maze("klyubin")
    result = sensitivity(maze, 5)
    (best,) = result.best_removals
    assert best[:2] == ("wall", ((2, 1), (2, 2)))
    assert best.place == "between (2, 1) and (2, 2)"
    row, col = maze.rowcol(2, 2)
    below = maze.wall_below.copy()
    assert below[row, col]
    below[row, col] = False
    opened = Maze(maze.floor, maze.wall_right, below)
    mean = empowerment(World.from_maze(opened), 5).bits.mean()
    assert best.bits == pytest.approx(mean - result.bits, abs=1e-12)
    (worst,) = result.worst_additions
    assert worst[:2] == ("edge", ((6, 1), (6, 2)))  # the mouth of the narrow way
    assert len(result.removals) == maze.wall_right.sum() + maze.wall_below.sum()
    assert len(result.removals) + len(result.additions) == 180
    bits = [change.bits for change in result.removals]
    assert bits == sorted(bits, reverse=True)


def test_the_best_door_of_two_rooms_is_through_the_wall_between_them():
    maze = gridemp.load_maze("two-rooms")
    result = sensitivity(maze, 5)
    between = {maze.xy(row, col) for row, col in np.argwhere(~maze.floor).tolist()}
    assert {change.kind for change in result.best_removals} == {"cell"}
    assert {change.cells[0] for change in result.best_removals} <= between
    assert result.best_removals[0].bits == np.nanmax(result.solid)


def test_far_from_the_cell_that_is_asked_about_nothing_changes():
    maze = gridemp.make_maze("braided", 16, 12, 2)
    result = sensitivity(maze, 2, cell=(3, 4))
    rows, cols = np.nonzero(result.right)
    x, y = maze.xy(rows, cols)
    assert len(x) > 0
    assert (np.minimum(abs(x - 3), abs(x + 1 - 3)) + abs(y - 4) < 2).all()
    assert result.bits == result.base.grid()[maze.rowcol(3, 4)]
    assert result.cell == (3, 4)


def test_progress_rises_from_little_to_one():
    for options in ({}, {"torus": True}, {"slip": 0.1}):
        told = []
        sensitivity(gridemp.load_maze("tunnel"), 1, progress=told.append, **options)
        assert told == sorted(told)
        assert told[0] < 0.5
        assert told[-1] == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"cell": (1, 0)}, "the cell x = 1, y = 0 of .* is solid; choose a floor cell"),
        ({"cell": (7, 0)}, "no cell x = 7, y = 0 in .*; x goes from 0 to 2"),
        ({"cell": (-1, 0)}, "no cell x = -1"),
        ({"cell": (0.5, 0)}, "`cell` must be two whole numbers or None, not .0.5, 0."),
        ({"cell": 3}, "`cell` must be two whole numbers or None, not 3"),
        ({"horizon": 0}, "whole number of steps"),
        ({"horizon": 2.5}, "`horizon` must be a whole number, not 2.5"),
        ({"moves": "turn", "hands": True}, "only for agents without hands; leave out `hands`"),
        ({"moves": "hop"}, "`moves` must be one of"),
        ({"slip": 0.1, "tol": 0}, "tol"),
    ],
)
def test_mistakes_are_one_sentence(arguments, message):
    for maze in (Maze([[1, 0, 1]]), Maze([[1, 0, 1]], objects={(0, 0): "$"})):
        with pytest.raises(GridempError, match=message):
            sensitivity(maze, **{"horizon": 1, **arguments})


def test_too_long_a_noisy_horizon_is_refused_before_any_work():
    told = []
    with pytest.raises(gridemp.HorizonTooLarge):
        sensitivity(gridemp.load_maze("klyubin"), 30, slip=0.1, progress=told.append)
    assert told == []


def test_a_tolerance_that_is_missed_is_said_once():
    with pytest.warns(ConvergenceWarning, match="changes are certified only to") as caught:
        result = sensitivity(
            parse_maze("+-+-+\n|   |\n+-+-+\n|   |\n+-+-+\n"), 2, slip=0.1, tol=1e-18
        )
    assert len(caught) == 1
    assert 0 < result.gap < 1e-9


def test_the_time_expected_grows_with_the_work():
    maze = gridemp.load_maze("klyubin")
    short, long = (expected_sensitivity_seconds(maze, n) for n in (2, 8))
    noisy = expected_sensitivity_seconds(maze, 3, slip=0.1)
    one = expected_sensitivity_seconds(maze, 3, slip=0.1, cell=(5, 5))
    assert 0 < short < long < 1
    assert 1 < noisy < 60
    assert 0 < one < noisy / 10
    assert expected_sensitivity_seconds(maze, 3, torus=True) > expected_sensitivity_seconds(maze, 3)
