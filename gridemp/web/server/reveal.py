"""Outcomes of one cell step by step, and a sample sequence of actions."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from gridemp.analysis.cell import CellSource, cell_source
from gridemp.analysis.cell_outcomes import fewest_steps
from gridemp.engine.empowerment import TOLERANCE
from gridemp.progress import Progress, part_of
from gridemp.typing import Array, Indices, Mask
from gridemp.web.server.agent import place_of
from gridemp.web.server.api import CellQuestion
from gridemp.web.server.questions import check_cell_time, concerning_cell, world_of
from gridemp.worlds.world import World


def reveal(question: CellQuestion, progress: Progress) -> Mapping[str, Any]:
    """Return the outcomes of a cell after 1, 2, ... steps, and a sample sequence of actions.

    In a noisy world, each number of steps has an optimal source of its own.
    """
    x, y, horizon = question.x, question.y, question.horizon
    world = world_of(question, progress)
    check_cell_time(world, horizon)
    with concerning_cell(world, question, "cell"):
        last = cell_source(world, x, y, horizon, TOLERANCE, progress=part_of(progress, 0, 2))
        sources = [
            cell_source(
                world,
                x,
                y,
                steps,
                TOLERANCE,
                heading=last.heading or "best",
                progress=part_of(progress, horizon + steps, 2 * horizon),
            )
            for steps in range(1, horizon)
        ]
    return {
        "deterministic": world.deterministic,
        "steps": [step_of(source) for source in [*sources, last]],
        **sample_of(last),
    }


def last_step(world: World, question: CellQuestion, progress: Progress) -> dict[str, Any]:
    """Return what `reveal` says of the last step, given the world of the question."""
    with concerning_cell(world, question, "cell"):
        last = cell_source(
            world, question.x, question.y, question.horizon, TOLERANCE, progress=progress
        )
    return step_of(last) | sample_of(last)


def sample_of(source: CellSource) -> dict[str, Any]:
    """Return a sample sequence of actions, and the probability of each first action."""
    world = source.world
    if source.likeliest is None:
        actions, visited = farthest_walk(source)
        reached, probability = None, None
    else:
        actions, probability = source.likeliest
        distributions = after_each(world, source.state, actions)
        visited = [int(chances.argmax()) for chances in distributions]
        reached = outcomes_of(source, distributions[-1]).grid().tolist()
    first = zip(world.actions, source.first_actions.tolist(), strict=True)
    return {
        "walk": [
            {"action": world.actions[action]} | place_of(world, state) | boxes_of(world, state)
            for action, state in zip(actions, visited, strict=True)
        ],
        "walk_reached": reached,
        "walk_probability": probability,
        "first_actions": dict(first),
    }


def step_of(source: CellSource) -> dict[str, Any]:
    """Return the numbers of one horizon."""
    return {
        "horizon": source.horizon,
        "bits": source.bits,
        "outcomes": len(source.readings),
        "cells": len(np.unique(source.world.cell[source.ends])),
        "reached": source.grid().tolist(),
    }


def boxes_of(world: World, state: int) -> dict[str, Any]:
    """Return the coordinates of the boxes in a state, None in a world without boxes."""
    if world.boxes is None:
        return {"boxes": None}
    rows, cols = world.maze.cells[world.boxes[state]].T
    return {"boxes": np.stack(world.maze.xy(rows, cols), axis=1).tolist()}


def farthest_walk(source: CellSource) -> tuple[Indices, list[int]]:
    """Return the actions and the states of a walk to one of the farthest cells.

    The farthest cells take the most steps to get to, of those in which n steps can end. Of all
    walks to them, it is the first in the order of the actions.
    """
    world, horizon = source.world, source.horizon
    successors = world.successors[:, :, 0]
    fewest = fewest_steps(source)[tuple(world.maze.cells[world.cell[source.ends]].T)]
    aims = np.zeros(len(world.cell), dtype=bool)
    aims[source.ends[fewest == fewest.max()]] = True
    leading: list[Mask] = [aims]  # states from which 0, 1, ... steps can lead to an aim
    for _ in range(horizon - 1):
        leading.append(np.asarray(leading[-1][successors].any(axis=1)))
    actions, states, state = [], [], source.state
    for aim in reversed(leading):
        action = int(aim[successors[state]].argmax())
        state = int(successors[state, action])
        actions.append(action)
        states.append(state)
    return np.array(actions), states


def after_each(world: World, state: int, actions: Indices) -> list[Array]:
    """Return the probability of each state after each of some actions."""
    states = len(world.cell)
    chances: Array = np.bincount([state], minlength=states).astype(np.float64)
    distributions = []
    for action in actions:
        parts = chances[:, None] * world.probabilities[:, action]
        ahead = world.successors[:, action]
        chances = np.asarray(np.bincount(ahead.ravel(), parts.ravel(), minlength=states), float)
        distributions.append(chances)
    return distributions


def outcomes_of(source: CellSource, chances: Array) -> CellSource:
    """Return a source with the outcome probabilities of one distribution over states."""
    sums = np.bincount(source.world.sensor, chances)
    return replace(source, probabilities=sums[source.readings])
