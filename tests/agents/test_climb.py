"""One step up the map, against the simulator and every action sequence."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.strategies import furnished, mazes, options
from support.walkers import simulated, simulator_of, starts

import gridemp
from gridemp import Maze, World, blahut_arimoto, empowerment, parse_maze
from gridemp.agents.agent import Agent
from gridemp.agents.climb import climb

TOL = 1e-6


def dice():
    return np.random.default_rng(0)


def capacity(rows):
    """The interval of a channel whose rows are Counters."""
    ends = sorted({end for row in rows for end in row}, key=repr)
    found = blahut_arimoto(np.array([[row[end] for end in ends] for row in rows]), 1e-7)
    return found.lower, found.upper


@pytest.mark.slow
@settings(max_examples=60)
@given(furnished(max_side=4), options(), st.integers(1, 2), st.data())
def test_without_noise_it_is_the_first_action_that_leads_to_most_outcomes(
    maze, options, horizon, data
):
    world = World.from_maze(maze, **options, within=horizon + 1)
    state = data.draw(st.sampled_from(list(starts(world))))
    simulator, here = simulator_of(world, options), simulated(world, state)
    after = {action: simulator.after(here, action) for action in world.actions}
    counts = {a: len(simulator.outcomes(end, horizon)) for a, end in after.items()}
    best = [action for action in world.actions if counts[action] == max(counts.values())]
    idle = [action for action in best if after[action] == here]
    step = climb(world, state, horizon)
    assert step.action == (idle[-1] if idle else best[0])
    assert simulated(world, step.state) == after[step.action]
    assert step.expected == step.bits == np.log2(counts[step.action])


@pytest.mark.slow
@settings(max_examples=25)
@given(furnished(max_side=3), options(slips=(0.1, 0.5, 1.0)), st.integers(0, 9), st.data())
def test_with_noise_it_is_the_action_of_highest_mean(maze, options, seed, data):
    horizon = 1
    world = World.from_maze(maze, **options, within=horizon + 1)
    state = data.draw(st.sampled_from(list(starts(world))))
    simulator, here = simulator_of(world, options), simulated(world, state)
    ahead = {action: simulator.step({here: 1.0}, action) for action in world.actions}
    ends = {end for ways in ahead.values() for end in ways}
    bits = {end: capacity(simulator.channel(end, horizon)) for end in ends}

    def mean(action, side):
        return sum(chance * bits[end][side] for end, chance in ahead[action].items())

    step = climb(world, state, horizon, TOL, rng=np.random.default_rng(seed))
    assert mean(step.action, 0) - 2 * TOL <= step.expected <= mean(step.action, 1) + 1e-9
    assert mean(step.action, 1) >= max(mean(action, 0) for action in ahead) - 2 * TOL
    end = simulated(world, step.state)
    assert ahead[step.action][end] > 0
    assert bits[end][0] - 2 * TOL <= step.bits <= bits[end][1] + 1e-9
    surely_best = [
        action
        for action in ahead
        if all(mean(action, 0) > mean(other, 1) + 2 * TOL for other in ahead if other != action)
    ]
    assert step.action in (surely_best or world.actions)


@pytest.mark.slow
@settings(max_examples=40)
@given(furnished(max_side=4), options(slips=(0.0, 0.3)), st.integers(1, 2), st.data())
def test_the_states_within_one_step_more_are_enough(maze, options, horizon, data):
    near = World.from_maze(maze, **options, within=horizon + 1)
    whole = World.from_maze(maze, **options)
    state = data.draw(st.sampled_from(list(starts(near))))
    steps = [climb(world, state, horizon, rng=dice()) for world in (near, whole)]
    assert steps[0] == steps[1]
    assert simulated(near, steps[0].state) == simulated(whole, steps[1].state)


@pytest.mark.slow
@settings(max_examples=40)
@given(mazes(max_side=5), st.sampled_from(("nesw", "king", "turn")), st.data())
def test_who_can_stay_and_does_not_slip_never_goes_down(maze, moves, data):
    world = World.from_maze(maze, moves)
    bits = empowerment(world, 2).bits
    state = data.draw(st.sampled_from(list(starts(world))))
    for _ in range(4):
        step = climb(world, state, 2)
        assert step.bits == bits[step.state]
        assert step.bits > bits[state] or (step.action, step.state) == ("stay", state)
        state = step.state


def test_from_a_corner_of_a_room_to_its_middle_and_no_further():
    world = World.from_maze(gridemp.load_maze("room"))
    state, way = int(np.flatnonzero((world.maze.cells == (10, 0)).all(axis=1))[0]), []
    for _ in range(12):
        step = climb(world, state, 5)
        state = step.state
        way.append(step.action)
    assert Counter(way) == {"north": 5, "east": 5, "stay": 2}
    assert way[-2:] == ["stay", "stay"]
    assert world.maze.cells[world.cell[state]].tolist() == [5, 5]


@pytest.mark.parametrize(("stay", "action"), [(True, "stay"), (False, "west")])
def test_who_can_change_nothing_waits(stay, action):
    world = World.from_maze(parse_maze("T.\n.."), stay=stay)
    step = climb(world, 0, 2)
    assert (step.action, step.state, step.bits, step.expected) == (action, 0, 0.0, 0.0)


def test_of_equal_actions_the_first():
    square = World.from_maze(Maze(np.ones((2, 2))), stay=False, torus="xy")
    step = climb(square, 0, 1)
    assert (step.action, step.bits) == ("north", 1.0)


def test_ties_are_broken_by_the_certificate_and_not_by_rounding():
    """From the upper right corner south and west are alike, and west comes out higher here."""
    corner = World.from_maze(Maze(np.ones((3, 3))), slip=0.1)
    assert {climb(corner, 2, 2, tol, rng=dice()).action for tol in (1e-1, 1e-2, 1e-3)} == {"south"}


def test_a_tie_within_the_certificate_is_waited_out():
    world = World.from_maze(Maze(np.ones((3, 3))), slip=0.2, torus="xy")
    found = {climb(world, 4, 2, tol, rng=dice()).action for tol in (1e-9, 1e-6, 1e-3)}
    assert found == {"north"}  # with slip not even staying is sure
    still = World.from_maze(Maze(np.ones((3, 3))), slip=0.2, slip_kind="perpendicular", torus="xy")
    assert {climb(still, 4, 2, tol, rng=dice()).action for tol in (1e-9, 1e-6, 1e-3)} == {"stay"}


@pytest.mark.slow
def test_noise_does_what_its_probabilities_say():
    table = np.zeros((4, 1, 4))
    table[0, 0] = 0, 0.5, 0.2, 0.3
    table[1, 0, 0] = table[2, 0, 1] = table[3, 0, 3] = 1.0
    world, rng = World.from_transitions(table), np.random.default_rng(1)
    seen = Counter(climb(world, 0, 1, rng=rng).state for _ in range(400))
    assert set(seen) == {1, 2, 3}
    for state, chance in ((1, 0.5), (2, 0.2), (3, 0.3)):
        assert abs(seen[state] - 400 * chance) < 4 * np.sqrt(400 * chance * (1 - chance))


def test_the_same_dice_give_the_same_step():
    world = World.from_maze(gridemp.load_maze("klyubin"), slip=0.5)
    ends = [[climb(world, 44, 1, rng=np.random.default_rng(s)) for s in range(8)] for _ in "ab"]
    assert ends[0] == ends[1]
    assert len({step.state for step in ends[0]}) > 1
    with pytest.raises(gridemp.GridempError, match="a noisy world needs `rng`"):
        climb(world, 44, 1)


def test_what_cannot_happen_does_not():
    """A table with actions of one and of two outcomes: the places that are left empty are 0."""
    table = np.zeros((3, 2, 3))
    table[0, 0, 1] = 1.0
    table[0, 1] = 0, 0.5, 0.5
    table[1, :, 1] = table[2, :, 2] = 1.0
    world = World.from_transitions(table)
    for seed in range(20):
        step = climb(world, 1, 1, rng=np.random.default_rng(seed))
        assert (step.action, step.state) == ("1", 1)
        assert climb(world, 0, 1, rng=np.random.default_rng(seed)).state in (1, 2)


def test_probabilities_that_are_only_nearly_a_distribution_will_do():
    world = World.from_maze(gridemp.load_maze("room"), slip=0.1)
    rough = replace(world, probabilities=world.probabilities * (1 + 1e-10))
    steps = [climb(each, 0, 1, rng=dice()) for each in (rough, world)]
    assert steps[0].action == steps[1].action


@pytest.mark.parametrize("moves", ["nesw", "king", "turn"])
@pytest.mark.parametrize("sensor", ["position", "row", "column", "walls"])
def test_empowerment_is_that_of_the_sensor(moves, sensor):
    world = World.from_maze(gridemp.load_maze("klyubin"), moves, sensor=sensor)
    bits = empowerment(world, 3).bits
    for state in range(0, len(bits), 7):
        step = climb(world, state, 3)
        assert step.bits == bits[step.state] == max(bits[world.successors[state, :, 0]])


def test_an_agent_that_looks_ahead_turns_round():
    """At the end of a corridor, its back to the room, every way but turning is worse."""
    world = World.from_maze(parse_maze("#...\n....\n#..."), "turn")
    west = 4 * int(np.flatnonzero((world.maze.cells == (1, 0)).all(axis=1))[0]) + 3
    step = climb(world, west, 2)
    assert step.action in ("left", "right")
    assert world.cell[step.state] == world.cell[west]


def test_a_box_is_pushed_where_that_opens_more():
    world = World.from_maze(parse_maze(".$..\n#..."), within=4)
    step = climb(world, 0, 3)
    assert step.action == "east"
    assert world.boxes[step.state].tolist() == [2]


def test_progress_and_refusals_are_those_of_maps():
    world = World.from_maze(gridemp.load_maze("klyubin"), slip=0.1)
    told = []
    climb(world, 44, 3, rng=dice(), progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    with pytest.raises(gridemp.GridempError, match="the horizon must be a whole number"):
        climb(world, 44, 0, rng=dice())
    with pytest.raises(gridemp.HorizonTooLarge, match="lower the horizon to 11"):
        climb(world, 44, 15, rng=dice())
    boxes = World.from_maze(parse_maze("$..\n..."), within=2)
    with pytest.raises(gridemp.GridempError, match="built for 2 steps, not for 3"):
        climb(boxes, 0, 3)


@settings(max_examples=30)
@given(furnished(max_side=3, boxes=1), options((0.0, 0.2)), st.integers(0, 99), st.data())
def test_climb_takes_a_greedy_action(maze, options, seed, data):
    world = World.from_maze(maze, **options, within=2)
    state = data.draw(st.sampled_from(list(starts(world))))
    step = climb(world, state, 1, rng=np.random.default_rng(seed))
    agent = Agent(world, 1)
    (found,) = agent.action_probabilities(np.array([state]))
    assert found[world.actions.index(step.action)] > 0
    np.testing.assert_allclose(agent.bits[step.state], step.bits, atol=2e-6)
