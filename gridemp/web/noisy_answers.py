"""Answers about noisy worlds, computed in advance for a page that needs no Python."""

import base64
import zlib
from collections.abc import Sequence
from math import isnan
from typing import Any

import msgspec
import numpy as np

from gridemp.progress import Progress, ignore, part_of
from gridemp.typing import Array, Labels
from gridemp.web.server.answers import Answers
from gridemp.web.server.api import CellQuestion, MapQuestion, PolicyQuestion, Question
from gridemp.web.server.questions import check_cell_time, world_of
from gridemp.web.server.reveal import last_step
from gridemp.worlds.world import World

DECIMALS = 6  # of bits and of probabilities
SHARES = 10_000  # probabilities of cells are whole numbers of this part

Record = dict[str, Any]


def noisy_answers(
    answers: Answers, questions: Sequence[Question], progress: Progress
) -> list[Record]:
    """Return the answers about some noisy worlds, each for all horizons up to that of its question.

    Parameters
    ----------
    answers : Answers
        The answers of an explorer.
    questions : sequence of Question
        Worlds, and the longest horizon of each.
    progress : callable
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    list of dict
        For each question its fields, and `horizons`: for 1, 2, ... steps the `map`, the arrows of
        each policy, and for each floor cell in array order what `reveal` says of the last step.
        Probabilities of cells are whole numbers of 1 / SHARES.
        `steps` has for each cell and action the cells that one step can lead to, with
        probabilities; it is None if agents have headings or there are boxes.
    """
    return [
        world_record(answers, question, part_of(progress, i, len(questions)))
        for i, question in enumerate(questions)
    ]


def packed(value: Any) -> str:
    """Return data as compressed text."""
    return base64.b64encode(zlib.compress(msgspec.json.encode(value), 9)).decode()


def world_record(answers: Answers, question: Question, progress: Progress) -> Record:
    """Return the answers about one noisy world."""
    fields = msgspec.structs.asdict(question)
    longest = fields.pop("horizon")
    horizons = [
        horizon_record(answers, {**fields, "horizon": steps}, part_of(progress, i, longest))
        for i, steps in enumerate(range(longest, 0, -1))  # what takes too long is refused at once
    ]
    return {**fields, "steps": step_record(question), "horizons": horizons[::-1]}


def horizon_record(answers: Answers, fields: Record, progress: Progress) -> Record:
    """Return the answers about one noisy world and one horizon."""
    emap = answers.map(MapQuestion(**fields), ignore)
    world = world_of(Question(**fields), ignore)
    check_cell_time(world, fields["horizon"])
    cells = []
    for i, (row, col) in enumerate(world.maze.cells.tolist()):
        progress(i / len(world.maze.cells))
        x, y = world.maze.xy(row, col)
        cells.append(cell_record(world, CellQuestion(**fields, x=x, y=y)))
    arrows = {
        policy: answers.arrows(PolicyQuestion(**fields, policy=policy), ignore)["arrows"]
        for policy in ("greedy", "plan")
    }
    return {"map": rounded(emap), "cells": cells, **arrows}


def cell_record(world: World, question: CellQuestion) -> Record:
    """Return what a cell reaches in exactly n steps, with a sample sequence of actions."""
    answer = last_step(world, question, ignore)
    return {
        **rounded({name: answer[name] for name in ("bits", "outcomes", "cells")}),
        "reached": shares(answer["reached"]),
        "walk": answer["walk"],
        "walk_reached": shares(answer["walk_reached"]),
        "walk_probability": round(answer["walk_probability"], DECIMALS),
        "first_actions": rounded(answer["first_actions"]),
    }


def shares(grid: list[list[float]]) -> list[list[int]]:
    """Return the places of a grid that have a probability, and their probabilities."""
    values = [value for row in grid for value in row]
    places = [place for place, value in enumerate(values) if not isnan(value)]
    return [places, [round(values[place] * SHARES) for place in places]]


def step_record(question: Question) -> list[Any] | None:
    """Return for each cell and action the cells that a step can lead to, with probabilities."""
    world = world_of(question, ignore)
    if world.heading is not None or world.boxes is not None:
        return None
    record: list[Any] = [None] * len(world.maze.cells)
    for cell, ahead, weights in zip(
        world.cell.tolist(), world.cell[world.successors], world.probabilities, strict=True
    ):
        record[cell] = [outcomes(*pair) for pair in zip(ahead, weights, strict=True)]
    return record


def outcomes(cells: Labels, weights: Array) -> list[list[float]]:
    """Return the different cells that an action can lead to, each with its probability."""
    sums = np.bincount(cells, weights)
    return [[cell, round(float(sums[cell]), DECIMALS)] for cell in np.flatnonzero(sums).tolist()]


def rounded(value: Any) -> Any:
    """Return a value with all numbers in it rounded, and None for NaN."""
    if isinstance(value, dict):
        return {name: rounded(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(each) for each in value]
    if isinstance(value, float):
        return None if isnan(value) else round(value, DECIMALS)
    return value
