from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.counts import HORIZON, count_forward
from support.simulator import Simulator
from support.strategies import furnished, options, worlds
from support.walkers import simulator_of, starts_of
from support.worlds import places

import gridemp
from gridemp import World, empowerment
from gridemp.engine import bitplanes, counting


@given(worlds(max_side=4), st.integers(1, 3))
def test_counts_are_those_of_enumeration(world, horizon):
    simulator = Simulator(world.maze, world.actions)
    truth = [len(simulator.outcomes(place, horizon)) for place in places(world)]
    assert count_outcomes(world, horizon).tolist() == truth


@given(worlds(max_side=8), st.integers(1, 12))
def test_bit_planes_and_bit_sets_agree(world, horizon):
    moves = bitplanes.lattice_moves(world)
    planes = bitplanes.count_reachable(world, moves, [horizon])[0]
    sets = count_outcomes(replace(world, sensor=world.sensor[::-1]), horizon)
    assert planes.tolist() == sets.tolist()


@given(worlds(max_side=8), st.lists(st.integers(1, 9), min_size=1, max_size=4), st.integers(1, 3))
def test_bands_of_rows_and_sweeps_of_horizons_change_nothing(world, horizons, rows):
    moves = bitplanes.lattice_moves(world)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bitplanes, "BAND_BYTES", rows * 4000)
        planes = bitplanes.count_reachable(world, moves, horizons)
        patch.setattr(bitplanes, "worthwhile", lambda *_: False)
        sets = counting.count_outcomes(world, horizons)
    assert planes.tolist() == sets.tolist()
    assert sets.tolist() == [count_outcomes(world, horizon).tolist() for horizon in horizons]


def test_bit_planes_keep_rows_and_offsets_apart():
    # Knight moves on 9 columns: offsets of two, and a width that fills no byte.
    maze = gridemp.Maze(np.ones((7, 9)))
    cells = maze.cells
    table = []
    for drow, dcol in ((1, 2), (-2, 1), (2, -1), (0, 0)):
        ends = cells + np.array([drow, dcol])
        inside = ((ends >= 0) & (ends < maze.shape)).all(axis=1)
        table.append(np.where(inside, ends @ (9, 1), np.arange(63)))
    world = replace(hand_made(np.stack(table, axis=1)), maze=maze)
    moves = bitplanes.lattice_moves(world)
    assert list(moves) == [(0, 0), (1, 2), (-2, 1), (2, -1)]
    follow = [set(ends) for ends in world.successors[:, :, 0].tolist()]
    reached = [{s} for s in range(63)]
    for horizon in range(1, 6):
        reached = [set().union(*(follow[s] for s in now)) for now in reached]
        (counts,) = bitplanes.count_reachable(world, moves, [horizon])
        assert counts.tolist() == [len(now) for now in reached]


@given(st.data())
def test_bit_planes_of_moves_that_only_go_one_way(data):
    height, width = data.draw(st.integers(1, 9)), data.draw(st.integers(1, 18))
    steps = data.draw(
        st.lists(st.tuples(st.integers(-2, 2), st.integers(-2, 2)), min_size=1, max_size=3)
    )
    maze = gridemp.Maze(np.ones((height, width)))
    closed = (
        np.random.default_rng(data.draw(st.integers(0, 99))).random((len(steps), height * width))
        < 0.2
    )
    states = np.arange(height * width)
    table = []
    for step, shut in zip(steps, closed, strict=True):
        ends = maze.cells + np.array(step)
        inside = ((ends >= 0) & (ends < maze.shape)).all(axis=1) & ~shut
        table.append(np.where(inside, ends @ (width, 1), states))
    world = replace(hand_made(np.stack(table, axis=1)), maze=maze)
    found = bitplanes.lattice_moves(world)
    follow = [set(ends) for ends in world.successors[:, :, 0].tolist()]
    reached = [{s} for s in states.tolist()]
    for horizon in range(1, 5):
        reached = [set().union(*(follow[s] for s in now)) for now in reached]
        (counts,) = bitplanes.count_reachable(world, found, [horizon])
        assert counts.tolist() == [len(now) for now in reached]


def test_a_large_maze_takes_bit_planes_and_a_small_one_does_not():
    assert bitplanes.worthwhile(*_lattice(60, 60), horizon=10)
    assert not bitplanes.worthwhile(*_lattice(5, 5), horizon=10)
    assert not bitplanes.worthwhile(
        *_lattice(1, 1), horizon=10**6
    )  # nothing moves: no need to step
    assert not bitplanes.worthwhile(*_lattice(4000, 1), horizon=3000)  # too many rows of offsets
    assert not bitplanes.worthwhile(*_lattice(1, 30), horizon=10**18)  # too many steps


def _lattice(height, width):
    world = gridemp.World.from_maze(gridemp.Maze(np.ones((height, width))))
    return world, bitplanes.lattice_moves(world)


def test_open_grid_in_closed_form():
    maze = gridemp.Maze(np.ones((41, 41)))
    for n in range(1, 20):
        with_stay = gridemp.empowerment(gridemp.World.from_maze(maze), n)
        without = gridemp.empowerment(gridemp.World.from_maze(maze, stay=False), n)
        assert with_stay.grid()[20, 20] == np.log2(2 * n**2 + 2 * n + 1)
        assert without.grid()[20, 20] == np.log2((n + 1) ** 2)


def count_outcomes(world, horizon, *progress):
    (counts,) = counting.count_outcomes(world, [horizon], *progress)
    return counts


def hand_made(successors):
    """A deterministic world of S states given as an (S, A) table."""
    table = np.array(successors, dtype=np.int32)
    maze = gridemp.Maze(np.ones((1, len(table))))
    states = np.arange(len(table), dtype=np.int32)
    return gridemp.World(
        maze=maze,
        actions=tuple("abcdefgh"[: table.shape[1]]),
        successors=table[:, :, None],
        probabilities=np.ones((*table.shape, 1)),
        sensor=states,
        cell=states,
    )


def test_what_is_no_lattice_is_recognised():
    ring = hand_made([[1, 0], [2, 1], [0, 2]])
    assert list(bitplanes.lattice_moves(ring)) == [(0, 0), (0, -2), (0, 1)]  # no torus is told
    walk = gridemp.World.from_maze(gridemp.parse_maze("..\n.."))
    assert list(bitplanes.lattice_moves(walk)) == [(0, 0), (-1, 0), (0, 1), (1, 0), (0, -1)]
    jumps = hand_made([[(7 * s * s) % 200] for s in range(200)])  # many different ones
    assert bitplanes.lattice_moves(jumps) is None
    assert bitplanes.lattice_moves(replace(walk, sensor=np.zeros(4, dtype=np.int32))) is None
    slippery = gridemp.World.from_maze(walk.maze, slip=0.1)
    assert bitplanes.lattice_moves(slippery) is None


@pytest.mark.parametrize("horizon", [*range(1, 20), *range(10**18 - 11, 10**18 + 1)])
def test_cycles_are_skipped_not_stepped(horizon):
    # From state 0 the first action picks a cycle of 2 or of 3 states; sensing tells them apart.
    world = hand_made([[1, 3], [2, 2], [1, 1], [4, 4], [5, 5], [3, 3]])
    world = replace(world, sensor=np.array([0, 1, 0, 1, 0, 0], dtype=np.int32))
    first, second = (horizon - 1) % 2, (horizon - 1) % 3
    truth = len({[1, 0][first], [1, 0, 0][second]})
    assert count_outcomes(world, horizon)[0] == truth


@given(st.data(), st.integers(1, 6))
def test_random_worlds_against_sets_of_readings(data, horizon):
    states = data.draw(st.integers(1, 80))
    rng = np.random.default_rng(data.draw(st.integers(0, 1000)))
    world = hand_made(rng.integers(states, size=(states, 2)))
    world = replace(world, sensor=rng.integers(states, size=states).astype(np.int32))
    reached = [{s} for s in range(states)]
    for _ in range(horizon):
        reached = [{int(t) for s in now for t in world.successors[s, :, 0]} for now in reached]
    truth = [len({int(world.sensor[s]) for s in now}) for now in reached]
    assert count_outcomes(world, horizon).tolist() == truth


def test_blocks_of_targets_add_up(monkeypatch):
    world = hand_made(np.random.default_rng(0).integers(500, size=(500, 3)))
    whole = count_outcomes(world, 6)
    monkeypatch.setattr("gridemp.engine.counting.BLOCK_BYTES", 8 * 500 * 3)
    told = []
    assert count_outcomes(world, 6, told.append).tolist() == whole.tolist()
    assert told == sorted(told)
    assert len(told) == 3
    assert told[-1] == 1


def test_any_horizon_is_answered():
    maze = gridemp.load_maze("klyubin")
    for stay in (True, False):
        counts = count_outcomes(gridemp.World.from_maze(maze, stay=stay), 10**9)
        assert (counts == 100).all()


@given(worlds(max_side=5), st.integers(1, 60))
def test_a_saturated_horizon_gives_the_same_counts(world, horizon):
    stepped = count_outcomes(world, horizon)
    saturated = counting._count_saturated(world, world.sensor.astype(np.intp), horizon)
    assert saturated is None or saturated.tolist() == stepped.tolist()


def test_saturation_starts_at_the_horizon_it_proves_and_needs_a_way_back():
    corridor = gridemp.World.from_maze(gridemp.parse_maze("....."), stay=False)
    labels = corridor.sensor.astype(np.intp)
    assert counting._count_saturated(corridor, labels, 7) is None
    assert counting._count_saturated(corridor, labels, 8).tolist() == [5] * 5
    one_way = hand_made([[1, 0], [1, 1]])
    assert counting._count_saturated(one_way, np.arange(2), 10**9) is None
    never_waiting = hand_made([[1], [0]])
    assert counting._count_saturated(never_waiting, np.arange(2), 10**9) is None


def test_a_large_maze_answers_any_horizon(monkeypatch):
    world = gridemp.World.from_maze(gridemp.Maze(np.ones((100, 100))))
    monkeypatch.setattr("gridemp.engine.counting._advance", None)  # no horizon is stepped through
    assert (count_outcomes(world, 10**9) == 100**2).all()


@settings(max_examples=40)
@given(furnished(max_side=3), options(), st.integers(1, HORIZON), st.booleans())
def test_outcomes_are_those_of_the_simulator(maze, options, horizon, limited):
    options = {**options, "moves": "nesw" if options["moves"] == "king" else options["moves"]}
    world = World.from_maze(maze, **options, within=horizon if limited else None)
    simulator = simulator_of(world, options)
    emap = empowerment(world, horizon)
    expected = [len(simulator.outcomes(s, horizon)) for s in starts_of(world, simulator).values()]
    assert emap.outcomes.tolist() == expected


@given(furnished(boxes=0), options(), st.sampled_from(("state", "row", "walls")))
def test_following_starts_and_recursion_agree(maze, options, sensor):
    world = World.from_maze(maze, **options, sensor=sensor)
    world = world.with_sensor(world.sensor)  # from 0 on
    assert counting.count_outcomes(world, [HORIZON]).tolist() == count_forward(world).tolist()
