"""Agents and their walks, and states of worlds as the simulator has them."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
from support.simulator import Simulator, State

from gridemp import World, empowerment, load_maze
from gridemp.agents.agent import Agent
from gridemp.agents.flow import flow
from gridemp.agents.walk import Walk, start_state, walk
from gridemp.worlds.moves import HEADINGS

PUSH = ".$...\n#....\n#...."  # to the east of the start the box gives way, and the room opens


def simulator_of(world, options):
    names = "slip", "slip_kind", "torus", "holding"
    own = {name: options[name] for name in names if name in options}
    return Simulator(world.maze, world.actions, **own)


def simulated(world, state):
    """A state of the world as the simulator has it."""
    maze = world.maze

    def place(cell):
        return maze.xy(*maze.cells[cell].tolist())

    boxes = [] if world.boxes is None else world.boxes[state].tolist()
    heading = None if world.heading is None else HEADINGS[world.heading[state]]
    placed, held = world.layout(state)
    things = frozenset((maze.xy(*cell), kind.letter) for cell, kind in placed.items())
    agent = place(world.cell[state])
    return State(agent, heading, frozenset(map(place, boxes)), things, held.letter if held else "")


def starts(world):
    return world.start_states.tolist()


def starts_of(world, simulator):
    """The simulator's state for each start of the world."""
    starts = range(len(world.cell)) if world.starts is None else world.starts.tolist()
    places = [world.maze.xy(*world.maze.cells[world.cell[s]].tolist()) for s in starts]
    headings = [None if world.heading is None else HEADINGS[world.heading[s]] for s in starts]
    pairs = zip(places, headings, strict=True)
    return dict(zip(starts, (simulator.start(p, h) for p, h in pairs), strict=True))


def dice(seed=0):
    return np.random.default_rng(seed)


def walked(maze, horizon, x, y, steps=20, policy="greedy", seed=0, heading="best", **options):
    """An agent in a maze and its walk from a cell."""
    maze = load_maze(maze) if isinstance(maze, str) else maze
    agent = Agent(World.from_maze(maze, **options), horizon, policy)
    return agent, walk(agent, start_state(agent, x, y, heading), steps, dice(seed))


def hand_made(maze, cells, torus="", actions=None):
    """A walk of an agent through cells that are given."""
    world = World.from_maze(maze, torus=torus)
    number = {maze.xy(*cell): i for i, cell in enumerate(maze.cells.tolist())}
    states = np.array([number[cell] for cell in cells])
    moves = [world.successors[s, :, 0].tolist().index(t) for s, t in pairwise(states)]
    if actions is not None:
        moves = [world.actions.index(action) for action in actions]
    return walk_through(world, states, np.array(moves))


def walk_through(world, states, actions):
    bits = np.zeros(len(states))
    return Walk(
        world=world,
        horizon=1,
        policy="by hand",
        states=np.array(states),
        actions=np.array(actions),
        bits=bits,
        gap=bits,
    )


def shown(agent):
    return agent.map(agent.world.start_states)


def flow_of(maze, horizon, policy="greedy", heading="best", **options):
    """An agent in a maze and the flow of all its starts."""
    maze = load_maze(maze) if isinstance(maze, str) else maze
    agent = Agent(World.from_maze(maze, **options), horizon, policy)
    return agent, flow(agent, agent.world.start_states, heading)


def exact_bits(world, horizon):
    """Empowerment and gap of every state, also where no agent may start."""
    emap = empowerment(replace(world, starts=None), horizon)
    return emap.bits, emap.gap
