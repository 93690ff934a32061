"""Optimal sources of single cells: against enumeration, against the optimality condition, drawn."""

import re
import warnings
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.strategies import worlds

from gridemp import GridempError, HorizonTooLarge, Maze, World, empowerment, load_maze
from gridemp.analysis.cell import cell_source
from gridemp.engine import optimal_source
from gridemp.engine.channel import channel
from gridemp.engine.map import rounded_up
from gridemp.errors import ConvergenceWarning
from gridemp.report.cell_text import describe, drawing
from gridemp.worlds.moves import HEADINGS


def world_of(name, **options):
    return World.from_maze(load_maze(name), **options)


def enumerated(world, state, horizon):
    """Outcomes and the first-action weights of the evenly spread source, sequence by sequence."""
    leading = {}
    for sequence in product(range(len(world.actions)), repeat=horizon):
        end = state
        for action in sequence:
            end = int(world.successors[end, action, 0])
        leading.setdefault(int(world.sensor[end]), []).append(sequence[0])
    first = np.zeros(len(world.actions))
    for actions in leading.values():
        for action in actions:
            first[action] += 1 / len(actions) / len(leading)
    return set(leading), first


def assert_optimal(source, explicit):
    """The certificate from the channel written down: D(p_x || q) nowhere above bits + gap."""
    table = dict(zip(source.readings.tolist(), source.probabilities, strict=True))
    q = np.array([table.get(int(label), 0.0) for label in explicit.labels])
    p = explicit.probabilities
    assert not p[:, q == 0].any()
    p, q = p[:, q > 0], q[q > 0]
    logs = np.log2(np.where(p > 0, p / q, 1.0))
    assert (p * logs).sum(axis=1).max() <= source.bits + source.gap + 1e-9
    np.testing.assert_allclose(q.sum(), 1, atol=1e-12)
    np.testing.assert_allclose(source.first_actions.sum(), 1, atol=1e-12)


def assert_attained(source):
    """The written source has the outcomes, the first actions and the bits that are told."""
    small, count = source.channel, len(source.world.actions)
    np.testing.assert_allclose(
        small.weights @ small.probabilities, source.probabilities, atol=1e-12
    )
    by_first = small.weights.reshape(count, -1).sum(axis=1)
    np.testing.assert_allclose(by_first, source.first_actions, atol=1e-12)
    ratio = small.probabilities / np.maximum(source.probabilities, 1e-300)
    logs = np.log2(np.where(small.probabilities > 0, ratio, 1.0))
    bits = small.weights @ (small.probabilities * logs).sum(axis=1)
    np.testing.assert_allclose(bits, source.bits, atol=1e-9)


@settings(max_examples=60)
@given(worlds(max_side=4), st.integers(1, 3), st.data())
def test_counts_are_those_of_all_sequences(world, horizon, data):
    state = data.draw(st.integers(0, len(world.cell) - 1))
    world = replace(world, sensor=world.sensor // data.draw(st.integers(1, 3)))
    x, y = world.maze.xy(*world.maze.cells[world.cell[state]].tolist())
    source = cell_source(world, x, y, horizon)
    outcomes, first = enumerated(world, state, horizon)
    assert set(source.readings.tolist()) == outcomes
    np.testing.assert_allclose(source.first_actions, first, atol=1e-12)
    assert source.bits == np.log2(len(outcomes))
    if source.channel is not None:
        assert_attained(source)


@pytest.mark.parametrize(
    ("name", "x", "y", "horizon", "options"),
    [
        ("box", 9, 10, 3, {"within": 3}),
        ("box", 9, 10, 3, {"within": 4, "torus": "xy"}),
        ("ice", 3, 3, 4, {}),
        ("conveyor", 1, 3, 4, {}),
        ("trap", 1, 1, 4, {"stay": False}),
        ("klyubin", 0, 0, 4, {"torus": "xy"}),
        ("klyubin", 5, 5, 3, {"moves": "king"}),
        ("klyubin", 5, 5, 4, {"moves": "turn"}),
        ("klyubin", 5, 5, 4, {"sensor": "row"}),
        ("klyubin", 5, 5, 4, {"sensor": "walls"}),
    ],
)
def test_counts_in_worlds_of_all_kinds(name, x, y, horizon, options):
    world = world_of(name, **options)
    source = cell_source(world, x, y, horizon)
    emap = empowerment(world, horizon).one_per_cell()
    row, col = world.maze.rowcol(x, y)
    assert source.bits == emap.grid()[row, col]
    outcomes, first = enumerated(world, source.state, horizon)
    assert set(source.readings.tolist()) == outcomes
    assert source.outcomes == len(outcomes)
    np.testing.assert_allclose(source.first_actions, first, atol=1e-12)


@pytest.mark.parametrize(("horizon", "count"), [(1, 5), (2, 12), (3, 21), (5, 46), (10, 83)])
def test_the_classic_cell(horizon, count):
    source = cell_source(world_of("klyubin"), 5, 5, horizon)
    assert source.outcomes == len(source.probabilities) == count
    np.testing.assert_allclose(np.nansum(source.grid()), 1)
    assert np.isfinite(source.grid()).sum() == count


def test_long_horizons_neither_overflow_nor_take_long():
    world = world_of("klyubin")
    source = cell_source(world, 5, 5, 1000)
    assert source.outcomes == 100
    np.testing.assert_allclose(source.first_actions, 0.2, atol=1e-3)
    # Once they repeat, whole periods are skipped.
    square = World.from_maze(Maze(np.ones((2, 2))))
    np.testing.assert_allclose(cell_source(square, 0, 0, 10**18).first_actions, 0.2, atol=1e-9)


def test_periods_are_skipped_to_the_right_phase(monkeypatch):
    world = World.from_maze(Maze(np.ones((1, 1))), stay=False)
    ring = replace(  # the only way is round a ring of five
        World.from_maze(Maze(np.ones((1, 5))), stay=False),
        successors=np.repeat(((np.arange(5) + 1) % 5)[:, None, None], 4, axis=1),
        probabilities=np.ones((5, 4, 1)),
    )
    assert cell_source(world, 0, 0, 7).outcomes == 1
    for horizon in (1003, 10**12 + 4):
        (end,) = cell_source(ring, 0, 0, horizon).ends
        assert end == horizon % 5
    monkeypatch.setattr("gridemp.engine.deterministic_source.MAX_EDGE_STEPS", 10**5)
    with pytest.raises(HorizonTooLarge, match="lower the horizon to 50"):
        cell_source(world_of("trap"), 0, 0, 10**6)


def test_a_large_maze_costs_what_is_near():
    world = World.from_maze(Maze(np.ones((400, 400))))
    source = cell_source(world, 200, 200, 5)
    assert source.outcomes == 61
    north, east, south, west, stay = source.first_actions
    np.testing.assert_allclose([north, east, south], west)
    assert stay < north


@pytest.mark.parametrize("horizon", [1, 2, 3, 4, 5])
def test_noisy_outcomes_meet_the_optimality_condition(horizon):
    world = world_of("klyubin", slip=0.1)
    source = cell_source(world, 5, 5, horizon)
    row, col = world.maze.rowcol(5, 5)
    emap = empowerment(world, horizon)
    assert abs(source.bits - emap.grid()[row, col]) <= 1e-6
    assert 0 <= source.gap <= 1e-6
    assert source.most_entropy
    assert_optimal(source, channel(world, source.state, horizon))
    assert (source.channel is not None) == (horizon <= 3)
    if source.channel is not None:
        assert_attained(source)


@pytest.mark.parametrize("moves", ["nesw", "king", "turn"])
@pytest.mark.parametrize("sensor", ["state", "row", "walls"])
def test_noise_with_other_moves_and_sensors(moves, sensor):
    world = world_of("klyubin", slip=0.2, moves=moves, sensor=sensor)
    source = cell_source(world, 5, 5, 3)
    assert_optimal(source, channel(world, source.state, 3))


@pytest.mark.parametrize("horizon", [2, 4])
def test_a_small_channel_gives_what_a_large_one_does(horizon, monkeypatch):
    world = world_of("klyubin", slip=0.1)
    one = cell_source(world, 5, 5, horizon)
    monkeypatch.setattr(optimal_source, "MAX_LISTED_SEQUENCES", 1 if horizon == 2 else 1000)
    other = cell_source(world, 5, 5, horizon)
    assert (one.channel is None) != (other.channel is None)
    np.testing.assert_allclose(other.first_actions, one.first_actions, atol=1e-3)
    np.testing.assert_allclose(other.probabilities.sum(), 1)
    small = one if one.channel is not None else other
    assert_attained(small)


@pytest.mark.parametrize("slip", [0.0, 0.1])
@pytest.mark.parametrize("horizon", [2, 3, 4])
def test_a_symmetric_cell_has_a_symmetric_source(slip, horizon):
    source = cell_source(world_of("room", slip=slip), 5, 5, horizon)
    np.testing.assert_allclose(source.first_actions[:4], source.first_actions[0], atol=1e-6)
    grid = source.grid()
    for turned in (np.rot90(grid), grid.T):
        np.testing.assert_allclose(turned, grid, atol=1e-6)


def test_a_source_that_is_not_spread_is_still_certified(monkeypatch):
    monkeypatch.setattr(optimal_source, "MAX_ENTRIES", 0)
    world = world_of("klyubin", slip=0.1)
    source = cell_source(world, 5, 5, 4)
    assert not source.most_entropy
    assert_optimal(source, channel(world, source.state, 4))
    assert "one of the optimal sources" in describe(source)


@pytest.mark.parametrize(("name", "slip"), [("room", 0.3), ("two-rooms", 0.1)])
def test_no_optimal_source_has_more_entropy(name, slip, monkeypatch):
    """Weights exp(rows @ l) of all optimal rows have the most entropy of those with one outcome."""
    x, y = (5, 5) if name == "room" else (1, 1)
    world = world_of(name, slip=slip, torus="xy")
    source = cell_source(world, x, y, 3)
    small, q = source.channel, source.probabilities
    p = small.probabilities
    divergence = np.log2(np.where(p > 0, p / q, 1.0))
    optimal_rows = (p * divergence).sum(axis=1) > source.bits - 1e-6
    assert (small.weights[optimal_rows] > 0).all()
    assert not small.weights[~optimal_rows].any()
    logs = np.log(small.weights[optimal_rows])
    fitted, *_ = np.linalg.lstsq(p[optimal_rows], logs)
    np.testing.assert_allclose(p[optimal_rows] @ fitted, logs, atol=1e-7)
    # A start from the sequences that are merged counts each of them.
    monkeypatch.setattr(optimal_source, "MAX_LISTED_SEQUENCES", 1)
    merged = cell_source(world, x, y, 3)
    assert merged.most_entropy
    np.testing.assert_allclose(merged.first_actions, source.first_actions, atol=1e-7)


@pytest.mark.parametrize(
    ("slip", "told"), [(1e-5, True), (1e-7, True), (1e-9, False), (1e-12, False)]
)
def test_rows_almost_at_the_capacity_are_told_apart_or_said_not_to_be(slip, told):
    world = World.from_maze(Maze(np.ones((1, 3))), slip=slip)
    sources = [cell_source(world, 1, 0, 2, tol) for tol in (1e-3, 1e-9)]
    for source in sources:
        assert source.most_entropy == told
        assert ("to within the tolerance" in describe(source)) != told
        assert source.gap <= 1e-9
        if told:  # only EE, WW, and one way to stay in the middle are optimal, a third each
            np.testing.assert_allclose(source.first_actions[[1, 3]], 1 / 3, atol=1e-4)


def test_a_source_that_is_not_optimal_is_not_taken(monkeypatch):
    monkeypatch.setattr(optimal_source, "_projection", lambda rows, base, target: base / base.sum())
    source = cell_source(world_of("klyubin", slip=0.1), 5, 5, 3)
    assert source.gap <= 1e-6
    assert not source.most_entropy
    assert_attained(source)


def test_a_tolerance_below_rounding_is_missed_aloud():
    world, missed = world_of("klyubin", slip=0.1), 0
    for x, y in ((0, 0), (3, 4), (5, 5), (6, 2), (9, 9)):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            source = cell_source(world, x, y, 4, 1e-18)
        assert 0 <= source.gap < 1e-9
        texts = [str(one.message) for one in caught if one.category is ConvergenceWarning]
        assert len(texts) == (source.gap > 1e-18)  # rounding may happen to leave no gap at all
        assert all(re.search("certified only to .* not to 1e-18", text) for text in texts)
        missed += len(texts)
    assert missed


def test_one_action_leaves_nothing_to_choose():
    chain = World.from_transitions(np.array([[[0.5, 0.5]], [[0.25, 0.75]]]))
    source = cell_source(chain, 0, 0, 10**9)
    np.testing.assert_allclose(source.probabilities, [1 / 3, 2 / 3])
    assert (source.bits, source.first_actions.tolist()) == (0.0, [1.0])
    off = replace(chain, probabilities=chain.probabilities * (1 + 5e-10))  # would grow to 1.6
    np.testing.assert_allclose(cell_source(off, 0, 0, 10**9).probabilities, [1 / 3, 2 / 3])


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
        ((0.5, 0, 1), "two whole numbers"),
        ((0, 0, 0), "the horizon is a whole number"),
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
    with pytest.raises(GridempError, match="choose the best"):
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


def test_the_drawing_of_a_corner():
    world = World.from_maze(Maze([[1, 1, 0], [1, 1, 1]], wall_below=[[True, False, False]]))
    assert drawing(cell_source(world, 0, 0, 2)).splitlines() == [
        "  +------+------+------+",
        "1 |  .     25.0 |######|",
        "  +------+      +------+",
        "0 |[25.0]  25.0   25.0 |",
        "  +------+------+------+",
        "     0      1      2",
        "(percent; [ ] is the start)",
    ]


def test_the_drawing_is_cropped_to_what_is_reached():
    lines = drawing(cell_source(world_of("room"), 5, 5, 1)).splitlines()
    assert lines[1].split() == ["6", ".", "20.0", "."]
    assert lines[3].split() == ["5", "20.0", "[20.0]", "20.0"]
    assert lines[-2].split() == ["4", "5", "6"]
    assert "|" not in "".join(lines)


def test_a_wide_drawing_has_one_character_a_cell():
    world = World.from_maze(Maze(np.ones((30, 41))))
    lines = drawing(cell_source(world, 20, 15, 12)).splitlines()
    row = next(line for line in lines if line.startswith("15 "))
    assert row.split()[1:] == ["9"] * 12 + ["@"] + ["9"] * 12
    assert max(map(len, lines)) <= 100
    huge = World.from_maze(Maze(np.ones((3, 200))))
    assert "101 x 3 cells, too many" in drawing(cell_source(huge, 100, 1, 50))


@pytest.mark.parametrize(("y", "widest"), [(10, True), (100, False)])
def test_percentages_fill_a_hundred_characters(y, widest):
    floor = np.zeros((101, 16))
    floor[[0, 90]] = 1
    lines = drawing(cell_source(World.from_maze(Maze(floor)), 7, y, 8)).splitlines()
    assert (max(map(len, lines)) == 100) == widest
    assert lines[-1].startswith("(percent" if widest else "(digits")


def test_what_the_terminal_says():
    text = describe(cell_source(world_of("klyubin"), 5, 5, 5))
    assert text.startswith("klyubin, x = 5, y = 5, horizon 5, no noise\n")
    assert "5.5236 bits = log2 46" in text
    assert "outcomes: 46, each with probability 1/46 = 2.17%" in text
    assert "first action: east 25.03%, north 22.45%, west 22.13%, south 17.62%, stay" in text
    assert "certified" not in text
    noisy = replace(cell_source(world_of("klyubin", slip=0.1), 5, 5, 3), gap=1.01e-7)
    text = describe(noisy)
    assert f"{noisy.bits:.4f} bits, certified to {rounded_up(1.01e-7)}\n" in text
    assert "optimal sources" not in text
    x, y = 5, 6
    assert f"({x}, {y}) {noisy.grid()[world_of('klyubin').maze.rowcol(x, y)]:.2%}" in text
