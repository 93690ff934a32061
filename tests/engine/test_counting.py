from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.counts import HORIZON, count_forward, count_outcomes, deterministic_world
from support.simulator import Simulator
from support.strategies import furnished, options, worlds
from support.walkers import simulator_of, starts_of
from support.worlds import places

import gridemp
from gridemp import World, empowerment
from gridemp.engine import counting


@pytest.mark.slow
@given(worlds(max_side=4), st.integers(1, 3))
def test_counts_are_those_of_enumeration(world, horizon):
    simulator = Simulator(world.maze, world.actions)
    truth = [len(simulator.outcomes(place, horizon)) for place in places(world)]
    assert count_outcomes(world, horizon).tolist() == truth


@pytest.mark.parametrize("horizon", [*range(1, 20), *range(10**18 - 11, 10**18 + 1)])
def test_cycles_are_skipped_not_stepped(horizon):
    # From state 0 the first action picks a cycle of 2 or of 3 states; sensing tells them apart.
    world = deterministic_world([[1, 3], [2, 2], [1, 1], [4, 4], [5, 5], [3, 3]])
    world = replace(world, sensor=np.array([0, 1, 0, 1, 0, 0], dtype=np.int32))
    first, second = (horizon - 1) % 2, (horizon - 1) % 3
    truth = len({[1, 0][first], [1, 0, 0][second]})
    assert count_outcomes(world, horizon)[0] == truth


@given(st.data(), st.integers(1, 6))
def test_random_worlds_against_sets_of_readings(data, horizon):
    states = data.draw(st.integers(1, 80))
    rng = np.random.default_rng(data.draw(st.integers(0, 1000)))
    world = deterministic_world(rng.integers(states, size=(states, 2)))
    world = replace(world, sensor=rng.integers(states, size=states).astype(np.int32))
    reached = [{s} for s in range(states)]
    for _ in range(horizon):
        reached = [{int(t) for s in now for t in world.successors[s, :, 0]} for now in reached]
    truth = [len({int(world.sensor[s]) for s in now}) for now in reached]
    assert count_outcomes(world, horizon).tolist() == truth


def test_blocks_of_targets_add_up(monkeypatch):
    world = deterministic_world(np.random.default_rng(0).integers(500, size=(500, 3)))
    whole = count_outcomes(world, 6)
    monkeypatch.setattr("gridemp.engine.counting.BLOCK_BYTES", 8 * 500 * 3)
    fractions = []
    assert count_outcomes(world, 6, fractions.append).tolist() == whole.tolist()
    assert fractions == sorted(fractions)
    assert len(fractions) == 3
    assert fractions[-1] == 1


def test_any_horizon_is_answered():
    maze = gridemp.load_maze("klyubin")
    for stay in (True, False):
        counts = count_outcomes(gridemp.World.from_maze(maze, stay=stay), 10**9)
        assert (counts == 100).all()


@pytest.mark.slow
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
    one_way = deterministic_world([[1, 0], [1, 1]])
    assert counting._count_saturated(one_way, np.arange(2), 10**9) is None
    never_waiting = deterministic_world([[1], [0]])
    assert counting._count_saturated(never_waiting, np.arange(2), 10**9) is None


@pytest.mark.slow
def test_a_large_maze_answers_any_horizon(monkeypatch):
    world = gridemp.World.from_maze(gridemp.Maze(np.ones((100, 100))))
    monkeypatch.setattr("gridemp.engine.counting.advance", None)  # no horizon is stepped through
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


@pytest.mark.slow
@given(furnished(boxes=0), options(), st.sampled_from(("state", "row", "walls")))
def test_following_starts_and_recursion_agree(maze, options, sensor):
    world = World.from_maze(maze, **options, sensor=sensor)
    world = world.with_sensor(world.sensor)  # from 0 on
    assert counting.count_outcomes(world, [HORIZON]).tolist() == count_forward(world).tolist()
