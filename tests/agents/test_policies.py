"""Policies against computations of their own: the simulator, linear systems, every plan."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.simulator import Simulator
from support.strategies import furnished, mazes, options
from support.walkers import exact_bits, simulated, starts
from support.worlds import dense

from gridemp import GridempError, Maze, World, load_maze
from gridemp.agents.agent import Agent
from gridemp.agents.empowerment_of_states import empowerment_of_states
from gridemp.agents.policies import greedy, plan, soft
from gridemp.errors import ConvergenceWarning


@settings(max_examples=30)
@given(furnished(max_side=4), options(), st.integers(1, 2), st.data())
def test_greedy_is_every_action_that_leads_to_most_outcomes(maze, options, horizon, data):
    world = World.from_maze(maze, **options, within=horizon + 1)
    state = data.draw(st.sampled_from(list(starts(world))))
    simulator = Simulator(
        maze, world.actions, options["slip"], options["slip_kind"], options["torus"]
    )
    here = simulated(world, state)
    counts = [
        len(simulator.outcomes(simulator.after(here, action), horizon)) for action in world.actions
    ]
    best = np.array(counts) == max(counts)
    (found,) = Agent(world, horizon).action_probabilities(np.array([state]))
    np.testing.assert_array_equal(found, best / best.sum())


@settings(max_examples=30)
@given(mazes(max_side=4), st.sampled_from((0.0, 0.2)), st.floats(0.01, 5.0))
def test_soft_weights_go_as_the_exponential(maze, slip, temperature):
    world = World.from_maze(maze, slip=slip)
    bits, _ = exact_bits(world, 1)
    policy = soft(world, bits, temperature)
    mean = np.einsum("sat,t->sa", dense(world), bits)
    np.testing.assert_allclose(policy.sum(axis=1), 1)
    ratio = np.log(np.maximum(policy, 1e-300)) * temperature
    apart = ratio - ratio.max(axis=1, keepdims=True)
    wanted = mean - mean.max(axis=1, keepdims=True)
    seen = policy > 1e-290
    np.testing.assert_allclose(apart[seen], wanted[seen], atol=1e-9)


def test_soft_becomes_greedy_and_uniform():
    world = World.from_maze(load_maze("klyubin"))
    bits, gap = exact_bits(world, 3)
    np.testing.assert_allclose(soft(world, bits, 1e-6), greedy(world, bits, gap), atol=1e-9)
    np.testing.assert_allclose(soft(world, bits, 1e-300), greedy(world, bits, gap), atol=1e-9)
    np.testing.assert_allclose(soft(world, bits, 1e9), 0.2, atol=1e-8)


@pytest.mark.parametrize("slip", [0.0, 0.1])
def test_a_plan_without_a_future_is_greedy(slip):
    world = World.from_maze(load_maze("klyubin"), slip=slip)
    bits, gap = exact_bits(world, 2)
    np.testing.assert_array_equal(plan(world, bits, 0.0, gap), greedy(world, bits, gap))


def test_a_plan_leaves_a_hill_for_a_higher_one_and_greed_does_not():
    world = World.from_maze(load_maze("klyubin"))
    bits, gap = exact_bits(world, 3)
    hill = [
        i
        for i, cell in enumerate(world.maze.cells.tolist())
        if world.maze.xy(*cell) in {(1, 5), (1, 6)}
    ]
    table = dense(world)[hill]
    stays = {}
    for name, policy in (
        ("greedy", greedy(world, bits, gap)),
        ("plan", plan(world, bits, 0.9, gap)),
    ):
        stays[name] = np.einsum("sa,sat->st", policy[hill], table)[:, hill].sum(axis=1)
    np.testing.assert_allclose(stays["greedy"], 1)
    assert stays["plan"].min() == 0
    assert bits.max() > bits[hill].max()


def test_symmetric_actions_are_alike_in_a_noisy_world():
    """The certificate cannot tell them apart, so neither does the policy."""
    world = World.from_maze(Maze(np.ones((3, 3))), slip=0.1)
    bits, gap = exact_bits(world, 2)
    for found in (greedy(world, bits, gap), plan(world, bits, 0.9, gap)):
        np.testing.assert_array_equal(found[2], [0, 0, 0.5, 0.5, 0])


def test_the_certificate_of_a_plan_decides_its_ties():
    """Two ways that differ by 0.01 bits: alike if empowerment is certain to 0.1 only."""
    stay = np.eye(3)
    table = [[stay[1], stay[2]], [stay[1]] * 2, [stay[2]] * 2]
    world = World.from_transitions(np.array(table))
    bits = np.array([0.0, 1.0, 1.01])
    np.testing.assert_array_equal(plan(world, bits, 0.5)[0], [0, 1])
    gap = np.array([0.1, 0.0, 0.0])  # nowhere that the first step leads: only what comes later
    with pytest.warns(ConvergenceWarning, match="known only to within 0.1 bits"):
        np.testing.assert_array_equal(plan(world, bits, 0.5, gap)[0], [0.5, 0.5])


def test_a_plan_that_cannot_tell_actions_apart_says_so():
    world = World.from_maze(load_maze("klyubin"), slip=0.2)
    bits, gap = empowerment_of_states(world, 1)
    with pytest.warns(ConvergenceWarning, match="lower `gamma`, or solve the map with"):
        plan(world, bits, 1 - 1e-7, np.maximum(gap, 1e-7))


@pytest.mark.parametrize("temperature", [0.0, -1.0, np.nan])
def test_temperatures_that_are_none(temperature):
    world = World.from_maze(load_maze("room"))
    with pytest.raises(GridempError, match="a number of bits above 0"):
        Agent(world, 2, "soft", temperature=temperature)
    with pytest.raises(GridempError, match="a number of bits above 0"):
        soft(world, np.zeros(121), temperature)
