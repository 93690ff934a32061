"""Maps: headings, peaks and ties."""

import re
import sys
from dataclasses import replace

import numpy as np
import pytest
from support.extras import required

import gridemp
from gridemp import World, empowerment, parse_maze
from gridemp.errors import pip_command
from gridemp.worlds.moves import HEADINGS

KLYUBIN = gridemp.load_maze("klyubin")
CORNER = empowerment(World.from_maze(parse_maze("..#\n...")), 1)


def test_headings_best_mean_and_given():
    world = World.from_maze(KLYUBIN, moves="turn")
    emap = empowerment(world, 4)
    each = np.stack([emap.one_per_cell(heading).bits for heading in HEADINGS])
    assert each.shape == (4, 100)
    np.testing.assert_array_equal(emap.one_per_cell().bits, each.max(axis=0))
    np.testing.assert_allclose(emap.one_per_cell("mean").bits, each.mean(axis=0))
    np.testing.assert_array_equal(emap.grid(), emap.one_per_cell("best").grid())
    assert emap.one_per_cell("north").shown == "heading north"
    best = emap.one_per_cell()
    assert best.one_per_cell() is best
    assert (best.bits == np.log2(best.outcomes)).all()
    with pytest.raises(
        gridemp.GridempError, match="'up' in this world; use one of best, mean, north"
    ):
        emap.one_per_cell("up")


def test_the_interval_of_the_best_holds_every_heading():
    world = World.from_maze(parse_maze(".."), moves="turn")
    bits, gap = np.linspace(1.0, 0.3, 8), np.linspace(0.0, 0.7, 8)
    best = gridemp.EmpowermentMap(world, 1, bits, gap).one_per_cell()
    assert best.bits.tolist() == [bits[0], bits[4]]
    upper = (bits + gap).reshape(2, 4).max(axis=1)
    np.testing.assert_allclose(best.bits + best.gap, upper)
    with pytest.raises(gridemp.GridempError, match="does not hold the heading west of every cell"):
        best.one_per_cell("west")


def test_cells_where_no_start_has_a_heading_are_left_out():
    world = gridemp.World.from_maze(gridemp.parse_maze("..."), moves="turn")
    starts = np.array([0, 1, 2, 3, 5, 8, 9], dtype=np.int32)  # the cell in the middle faces east
    emap = gridemp.empowerment(replace(world, starts=starts), 2)
    assert emap.one_per_cell("east").cell.tolist() == [0, 1, 2]
    assert emap.one_per_cell("north").cell.tolist() == [0, 2]
    assert emap.one_per_cell("south").states.tolist() == [2]
    with pytest.raises(gridemp.GridempError, match="does not hold the heading north of every"):
        emap.one_per_cell("east").one_per_cell("north")


@pytest.mark.parametrize(
    ("moves", "which", "words"),
    [
        ("turn", "best", "best heading"),
        ("turn", "mean", "mean heading"),
        ("turn", "west", "heading west"),
        ("nesw", "mean", ""),  # one state in each cell: nothing to choose
    ],
)
def test_a_choice_of_headings_is_put_into_words(moves, which, words):
    one = empowerment(World.from_maze(parse_maze(".."), moves=moves), 1).one_per_cell(which)
    assert one.shown == words
    assert one.per_cell == (which if words else "")


def test_a_choice_of_states_is_put_into_words():
    world = World.from_transitions(np.eye(2)[:, None], maze=parse_maze("."), cell=[0, 0])
    emap = empowerment(world, 1)
    assert emap.shown == ""
    assert emap.one_per_cell("mean").shown == "mean state of each cell"


def test_the_value_of_a_cell():
    emap = empowerment(World.from_maze(KLYUBIN), 5)
    assert emap.at(5, 5) == emap.peak.bits == np.log2(46)
    assert (emap.at(5, 5, emap.outcomes), emap.at(5, 5, emap.gap)) == (46, 0)
    grid = emap.grid()
    assert all(emap.at(*KLYUBIN.xy(r, c)) == grid[r, c] for r, c in KLYUBIN.cells.tolist())
    turning = empowerment(World.from_maze(parse_maze("..#\n..."), moves="turn", slip=0.3), 1)
    best = turning.bits.reshape(-1, 4)[0].argmax()
    assert turning.at(0, 1) == turning.bits[best]
    assert turning.at(0, 1, turning.gap) == turning.gap[best]


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ((3, 0), "there is no cell x = 3, y = 0 in maze; x goes from 0 to 2"),
        ((2, 1), "the cell x = 2, y = 1 of maze is solid; choose a floor cell"),
        ((0.5, 0), "a cell must be two whole numbers, x and y, not 0.5 and 0"),
        (("a", None), "give the x and the y of a cell, or an environment, not 'a'"),
    ],
)
def test_a_cell_without_a_value_is_refused(cell, sentence):
    with pytest.raises(gridemp.GridempError, match=re.escape(sentence)):
        CORNER.at(*cell)


def test_a_cell_where_no_agent_starts_has_no_value():
    world = World.from_transitions(np.eye(2)[:, None, :])
    emap = empowerment(replace(world, starts=np.array([1])), 1)
    assert emap.at(1, 0) == 0
    with pytest.raises(gridemp.GridempError, match="the agent cannot start at x = 0, y = 0"):
        emap.at(0, 0)


def test_the_fields_of_a_map_must_fit_together():
    world, bits = CORNER.world, CORNER.bits
    for arguments, sentence in (
        ((KLYUBIN, 1, bits, bits), "`world` must be a World, not a Maze; World.from_maze"),
        ((world, 1, bits[1:], bits), r"bits must have shape \(5,\), not \(4,\)"),
        ((world, 1, bits, bits, None, np.array([5])), "states must hold numbers of states"),
        ((world, -3, bits, bits), "`horizon` must be a whole number of steps, 1 or more, not -3"),
        ((world, 1, bits * np.nan, bits), "`bits` holds NaN or an infinite number"),
        ((world, 1, bits, bits - 9), "`gap` must hold widths of intervals in bits, 0 or more"),
        ((world, 1, bits, bits * np.inf), "`gap` must hold widths of intervals in bits, 0 or more"),
        (
            (world, 1, bits, bits, None, None, "foo"),
            "`per_cell` must be one of best, mean, .*'foo'",
        ),
    ):
        with pytest.raises(gridemp.GridempError, match=sentence):
            gridemp.EmpowermentMap(*arguments)


def test_ties_are_counted_in_cells():
    emap = empowerment(World.from_maze(gridemp.load_maze("room"), moves="turn"), 3)
    assert emap.peak.ties == emap.one_per_cell().peak.ties <= 121


def test_a_dataframe_has_a_row_for_each_cell():
    required("pandas")
    frame = CORNER.to_dataframe()
    assert list(frame.columns) == ["x", "y", "empowerment", "gap", "outcomes"]
    assert list(zip(frame.x, frame.y, strict=True)) == [(0, 0), (1, 0), (2, 0), (0, 1), (1, 1)]
    assert frame.outcomes.tolist() == [3, 4, 2, 3, 3]
    np.testing.assert_array_equal(frame.empowerment, np.log2(frame.outcomes))
    noisy = empowerment(World.from_maze(CORNER.world.maze, slip=0.1), 1).to_dataframe()
    assert "outcomes" not in noisy


@pytest.mark.parametrize(
    ("package", "method"), [("pandas", "to_dataframe"), ("xarray", "to_xarray")]
)
def test_a_missing_package_is_named_with_its_pip_line(monkeypatch, package, method):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(gridemp.MissingExtra, match=re.escape(pip_command("notebook"))):
        getattr(CORNER, method)()


def test_a_map_of_zeros_has_no_peak_of_its_own():
    # At slip 0.8 each of the five actions is as likely as any other, whichever was meant.
    emap = empowerment(World.from_maze(KLYUBIN, slip=0.8), 2)
    np.testing.assert_allclose(emap.bits, 0, atol=1e-12)
    assert emap.peak.ties == 100
    assert emap.peak[:2] == (0, 0)


def test_the_peak_is_the_highest_and_ties_are_what_may_be_as_high():
    emap = empowerment(World.from_maze(KLYUBIN, slip=0.1), 2, tol=0.05)
    assert emap.peak.bits == pytest.approx(emap.bits.max(), abs=1e-12)
    assert emap.peak.ties == (emap.bits + emap.gap >= emap.bits.max()).sum()


def test_what_is_printed_is_short():
    emap = empowerment(World.from_maze(KLYUBIN, slip=0.1), 2)
    assert repr(KLYUBIN) == "Maze('klyubin', 10 x 10 cells, 100 of them floor)"
    assert repr(emap.world) == f"World({KLYUBIN!r}, 5 actions, slip 0.1)"
    assert repr(emap).startswith(f"EmpowermentMap({emap.world!r}, horizon 2, ")
