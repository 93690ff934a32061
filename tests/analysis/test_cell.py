"""The optimal source of a cell and its outcomes."""

from dataclasses import replace

import numpy as np
import pytest
from support.worlds import world_of

from gridemp import GridempError, HorizonTooLarge, Maze, World, empowerment
from gridemp.analysis.cell import cell_source
from gridemp.worlds.moves import HEADINGS


@pytest.mark.parametrize(("horizon", "count"), [(1, 5), (2, 12), (3, 21), (5, 46), (10, 83)])
def test_the_classic_cell(horizon, count):
    source = cell_source(world_of("klyubin"), 5, 5, horizon)
    assert source.outcomes == len(source.probabilities) == count
    np.testing.assert_allclose(np.nansum(source.grid()), 1)
    assert np.isfinite(source.grid()).sum() == count


def test_a_large_maze_costs_what_is_near():
    world = World.from_maze(Maze(np.ones((400, 400))))
    source = cell_source(world, 200, 200, 5)
    assert source.outcomes == 61
    north, east, south, west, stay = source.first_actions
    np.testing.assert_allclose([north, east, south], west)
    assert stay < north


def test_the_best_heading_or_one_by_name():
    world = world_of("klyubin", moves="turn")
    emap = empowerment(world, 3)
    sources = {h: cell_source(world, 1, 2, 3, heading=h) for h in ("best", "north", "south")}
    for which, source in sources.items():
        row, col = world.maze.rowcol(1, 2)
        assert source.bits == emap.one_per_cell(which).grid()[row, col]
    assert sources["south"].heading == "south"
    assert sources["south"].bits < sources["best"].bits


def test_the_interval_holds_for_all_headings(monkeypatch):
    intervals = iter([(1.0, 4.0), (3.0, 0.25), (2.0, 0.5), (1.0, 0.0)])

    def found(*arguments):
        bits, gap = next(intervals)
        return replace(one, bits=bits, gap=gap)

    world = world_of("klyubin", moves="turn")
    one = cell_source(world, 1, 2, 1)
    monkeypatch.setattr("gridemp.analysis.cell._source_of_state", found)
    best = cell_source(world, 1, 2, 1)
    assert (best.bits, best.gap) == (3.0, 2.0)


def test_only_states_where_the_agent_may_start_count():
    world = world_of("klyubin", moves="turn")
    south = np.flatnonzero(world.heading == HEADINGS.index("south"))
    some = replace(world, starts=south[5:])
    assert cell_source(world, 1, 2, 3).heading != "south"
    assert cell_source(some, 1, 2, 3).heading == "south"
    for x, y, heading in ((1, 2, "north"), (0, 9, "best")):
        with pytest.raises(GridempError, match=f"cannot start at x = {x}, y = {y}; choose another"):
            cell_source(some, x, y, 3, heading=heading)


def test_successors_of_probability_zero_are_no_ends():
    table = np.full((4, 2, 4), 1 / 4)
    table[:2] = 0.0
    table[:2, 0, 0] = table[:2, 1, 1] = 1.0
    table[0, 0, :2] = 0.5
    world = World.from_transitions(table)
    assert world.successors.shape[2] == 4
    every = replace(
        world,
        successors=np.broadcast_to(np.arange(4, dtype=np.int32), table.shape).copy(),
        probabilities=table,
    )
    for horizon in (1, 2, 12):
        for source in (cell_source(which, 0, 0, horizon) for which in (world, every)):
            assert source.ends.tolist() == [0, 1]
            np.testing.assert_array_equal(np.isfinite(source.grid()), [[True, True, False, False]])


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ((10, 0, 1), "no cell x = 10, y = 0 in klyubin; x goes from 0 to 9 and y from 0 to 9"),
        ((0, -1, 1), "no cell x = 0, y = -1"),
        ((0.5, 0, 1), "`x` must be a whole number, not 0.5"),
        ((0, 0, 0), "the horizon must be a whole number"),
        ((0, 0, 1, -1.0), "tol` must be a positive"),
    ],
)
def test_mistakes(arguments, text):
    with pytest.raises(GridempError, match=text):
        cell_source(world_of("klyubin"), *arguments)


def test_more_mistakes():
    with pytest.raises(GridempError, match="x = 1, y = 0 of maze is solid; choose a floor"):
        cell_source(World.from_maze(Maze([[1, 0]])), 1, 0, 1)
    with pytest.raises(GridempError, match="no heading 'north' in this world"):
        cell_source(world_of("klyubin"), 0, 0, 1, heading="north")
    with pytest.raises(GridempError, match="choose best"):
        cell_source(world_of("klyubin", moves="turn"), 0, 0, 1, heading="mean")
    with pytest.raises(HorizonTooLarge, match="lower the horizon to 11"):
        cell_source(world_of("klyubin", slip=0.1), 0, 0, 20)
    with pytest.raises(GridempError, match="built for 2 steps"):
        cell_source(world_of("box", within=2), 0, 0, 3)
    with pytest.raises(GridempError, match="too many action sequences for a graph"):
        cell_source(world_of("klyubin"), 0, 0, 9).to_graph()


def test_cells_that_look_alike_share_a_probability():
    source = cell_source(world_of("room", sensor="row"), 5, 5, 2)
    grid = source.grid()
    assert source.outcomes == 5
    for row in range(3, 8):
        np.testing.assert_allclose(grid[row][np.isfinite(grid[row])], 0.2)
    assert sorted(source.outcome_names()) == [f"y = {y}" for y in range(3, 8)]
    turning = cell_source(world_of("room", moves="turn"), 5, 5, 1, heading="east")
    assert sorted(turning.outcome_names()) == ["(5, 5) E", "(5, 5) N", "(5, 5) S", "(6, 5) E"]
    np.testing.assert_allclose(turning.grid()[5, 5:7], [0.75, 0.25])


def test_two_boxes_in_one_place_are_two_outcomes():
    source = cell_source(world_of("box", within=2), 9, 10, 2)
    names = source.outcome_names()
    assert len(set(names)) == len(names) == 16
    assert {"(9, 10) #1", "(9, 10) #2"} <= set(names)


def test_names_of_sequences():
    names = cell_source(world_of("room"), 5, 5, 2).channel.names
    assert (names[0], names[1], names[5], names[-1]) == ("NN", "NE", "EN", "··")
    king = cell_source(world_of("room", moves="king"), 5, 5, 2).channel.names
    assert "NE-N" in king
    assert len(set(king)) == 81
