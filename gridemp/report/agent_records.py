"""JSON records of agents: walks, the attractors of policies, and explorations."""

from typing import TYPE_CHECKING

import numpy as np

from gridemp.report.json_records import Facts, map_facts, place_facts, world_facts
from gridemp.typing import Indices

if TYPE_CHECKING:
    from gridemp.agents.agent import Agent
    from gridemp.agents.exploration_record import ExplorationRecord
    from gridemp.agents.flow import Flow
    from gridemp.agents.walk import Walk
    from gridemp.worlds.world import World


def walk_facts(walk: "Walk", agent: "Agent", seed: int) -> Facts:
    """A walk of an agent, step by step; step 0 is the start.

    Parameters
    ----------
    walk : Walk
        The walk.
    agent : Agent
        The agent that took it.
    seed : int
        Seed of the random numbers.
    """
    actions = [None, *(walk.world.actions[action] for action in walk.actions.tolist())]
    moved, slipped = [None, *walk.moved.tolist()], [None, *walk.slipped.tolist()]
    steps = [
        {
            "step": step,
            "action": actions[step],
            "moved": moved[step],
            "slipped": slipped[step],
            "pushes": [
                {"from": place_facts(old), "to": place_facts(new)}
                for old, new in walk.pushes.get(step - 1, [])
            ],
            **place_facts(tuple(walk.xy[step].tolist())),
            "heading": walk.headings[step] if walk.headings else None,
            **_things(walk.world, int(walk.states[step])),
            "empowerment": walk.bits[step],
            "gap": walk.gap[step],
        }
        for step in range(len(actions))
    ]
    return {
        **world_facts(walk.world, walk.horizon, source="optimal"),
        **_policy(agent),
        "seed": seed,
        "gain": walk.gain,
        "settled_after_steps": walk.settled,
        "path": steps,
    }


def flow_facts(flow: "Flow", agent: "Agent") -> Facts:
    """Attractors of the policy of an agent, the one that most starts lead to first."""
    from gridemp.agents.flow import EITHER

    world, starts = flow.world, len(flow.basin)
    attractors = [
        {
            "cells": [place_facts(cell) for cell in flow.cells(number)],
            "boxes": _boxes(world, states),
            "lowest": flow.low[number],
            "highest": flow.high[number],
            "starts": count,
            "share": count / starts,
        }
        for number, (states, count) in enumerate(
            zip(flow.attractors, flow.basin_sizes.tolist(), strict=True)
        )
    ]
    return {
        **map_facts(flow.emap),
        **_policy(agent),
        "gap": flow.emap.gap.max(),
        "starts": starts,
        "attractors": attractors,
        "starts_to_several": int((flow.basin == EITHER).sum()),
    }


def exploration_facts(record: "ExplorationRecord", prior: float, seed: int) -> Facts:
    """Exploration of a maze: how far the believed map was from the true one at each moment.

    Parameters
    ----------
    record : ExplorationRecord
        The exploration.
    prior : float
        Strength of the prior belief about each wall.
    seed : int
        Seed of the random numbers.
    """
    from gridemp.agents.exploration_record import CLOSE

    truth, maze = record.truth, record.truth.world.maze
    grid = truth.grid()
    return {
        **map_facts(truth),
        "prior": prior,
        "curiosity": record.curiosity,
        "seed": seed,
        "steps": record.steps,
        "close": CLOSE,
        "close_after_steps": record.settled(),
        "max_difference": record.max_difference,
        "mean_difference": record.mean_difference,
        "moves_tried": int((record.tried >= 0).sum()),
        "edges_never_tried": record.untried(),
        "path": [
            {**place_facts(maze.xy(row, col)), "empowerment": grid[row, col]}
            for row, col in record.path.tolist()
        ],
        "peak": truth.bits.max(),
    }


def _policy(agent: "Agent") -> Facts:
    """Policy of an agent, with the parameters that it has."""
    return {
        "policy": agent.policy,
        "temperature": agent.temperature if agent.policy == "soft" else None,
        "gamma": agent.gamma if agent.policy == "plan" else None,
    }


def _boxes(world: "World", states: Indices) -> list[list[Facts]] | None:
    """Each arrangement of the boxes in some states; None in a world without boxes."""
    if world.boxes is None:
        return None
    maze = world.maze
    layouts = np.unique(world.boxes[states], axis=0)
    return [
        [place_facts(maze.xy(*place)) for place in maze.cells[layout].tolist()]
        for layout in layouts
    ]


def _things(world: "World", state: int) -> Facts:
    """Thing in the agent's hand, and the keys, doors and balls in the maze; null without hands."""
    if world.things is None:
        return {"holding": None, "things": None}
    layout = world.layout(state)
    things = [
        {**place_facts(world.maze.xy(*place)), "name": kind.name}
        for place, kind in sorted(layout.placed.items())
    ]
    return {"holding": layout.held.name if layout.held else None, "things": things}
