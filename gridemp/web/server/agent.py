"""Arrows of a policy, and single steps of an agent that follows it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from gridemp.agents.policies import GAMMA, greedy, plan
from gridemp.agents.state_values import expected_next
from gridemp.engine.map import EmpowermentMap
from gridemp.mazes.maze import Maze
from gridemp.mazes.objects import MARKS, OBJECTS
from gridemp.progress import Progress, part_of
from gridemp.typing import Array, Labels
from gridemp.web.server.api import (
    UNANSWERED,
    PolicyQuestion,
    Question,
    Refusal,
    StepQuestion,
)
from gridemp.web.server.kept import Kept
from gridemp.web.server.mazes import drawing_of
from gridemp.web.server.questions import MAX_JOINT_STATES, Maps, concerning_cell, world_of
from gridemp.worlds.cells import states_in
from gridemp.worlds.moves import HEADINGS
from gridemp.worlds.subworld import nearby, part
from gridemp.worlds.world import World

MAX_PLANS = 2  # kept
FAR = 10**6  # steps in which boxes can be pushed to wherever they can get


class Agents:
    """Agents that follow a policy, with the plans that were needed last.

    Parameters
    ----------
    maps : Maps
        Solver of the empowerment that they follow.
    """

    def __init__(self, maps: Maps) -> None:
        self._maps = maps
        self._plans: Kept[Followed] = Kept(MAX_PLANS)

    def arrows(self, question: PolicyQuestion, progress: Progress) -> Mapping[str, Any]:
        """Return the best actions in each cell, for the state of the cell that the map shows."""
        followed = self._followed(question, None, progress)
        world, states = followed.world, np.asarray(followed.world.start_states, dtype=np.intp)
        bits, gap = followed.bits[states], followed.gap[states]
        emap = EmpowermentMap(world, question.horizon, bits, gap, states=states.astype(np.int32))
        shown = emap.one_per_cell().states.tolist()
        return {
            "arrows": [
                place_of(world, state) | {"actions": followed.actions(state)} for state in shown
            ]
        }

    def step(self, question: StepQuestion, progress: Progress) -> Mapping[str, Any]:
        """Return one step of an agent, with ties and noise drawn as by `gridemp.agents.walk`."""
        followed = self._followed(question, question, progress)
        world, state = followed.world, state_of(question, followed.world)
        policy = followed.policy[state]
        rng = np.random.default_rng(question.draw)
        action = int(rng.choice(len(world.actions), p=policy))
        ahead, weights = world.successors[state], world.probabilities[state]
        outcome = 0
        if weights.shape[1] > 1:
            chances = weights[action] / weights[action].sum()
            outcome = int(rng.choice(len(chances), p=chances))
        after = int(ahead[action, outcome])
        boxes, pushed = world.boxes, None
        if boxes is not None and (boxes[state] != boxes[after]).any():
            pushed = drawing_of(with_pushed(world.maze, boxes[after]))
        idle = ((ahead == state) | (weights == 0)).all(axis=1)
        return place_of(world, after) | {
            "action": world.actions[action],
            "expected": float(expected_next(world, followed.bits, np.array([state]))[0, action]),
            "bits": float(followed.bits[after]),
            "moved": after != state,
            "settled": bool(idle[policy > 0].all()),
            "deterministic": world.deterministic,
            "maze": pushed,
        }

    def _followed(
        self, question: PolicyQuestion | StepQuestion, only: StepQuestion | None, progress: Progress
    ) -> "Followed":
        """Return the policy of a question, in all start states or only in that of a step."""
        if question.policy == "plan":
            return self._plans(question.key(), lambda: self._planned(question, progress))
        world = normalised(world_of(question, progress, question.horizon + 1))
        states = np.array([state_of(only, world)]) if only else world.start_states
        near = nearby(world, states, 1)
        bits, gap = self._maps.of_states(world, near, question.horizon, progress)
        policy = np.full((len(world.cell), len(world.actions)), np.nan)
        policy[states] = greedy(world, bits, gap, states)
        return Followed(world, bits, gap, policy)

    def _planned(self, question: Question, progress: Progress) -> "Followed":
        """Return a plan in all states that an agent can get to."""
        try:
            world = normalised(world_of(question, progress, FAR))
        except Refusal as refusal:
            if refusal.kind != "too_many_states":
                raise
            raise Refusal(
                "a plan needs every place that the boxes can get to, and that makes more than "
                f"{MAX_JOINT_STATES:,} joint states here; remove some boxes, or choose the greedy "
                "policy",
                "policy",
                UNANSWERED,
                kind="plan_states",
                facts={"limit": MAX_JOINT_STATES},
            ) from None
        near, places = part(world, world.start_states)
        solving = part_of(progress, 0, 2)
        bits, gap = self._maps.of_states(world, places, question.horizon, solving)
        policy = np.full((len(world.cell), len(world.actions)), np.nan)
        policy[places] = plan(near, bits[places], GAMMA, gap[places], part_of(progress, 1, 2))
        return Followed(world, bits, gap, policy)


class Followed(NamedTuple):
    """A world and a policy in some of its states.

    Attributes
    ----------
    world : World
        World of S states and A actions.
    bits, gap : ndarray, shape (S,)
        The empowerment lies in [bits, bits + gap]; NaN where the policy does not depend on it.
    policy : ndarray, shape (S, A)
        pi(a | s); NaN where it is not known.
    """

    world: World
    bits: Array
    gap: Array
    policy: Array

    def actions(self, state: int) -> list[str]:
        """Return the names of the actions that are equally good in a state."""
        return [self.world.actions[action] for action in np.flatnonzero(self.policy[state])]


def normalised(world: World) -> World:
    """Return a world whose probabilities add up to exactly 1."""
    return world if world.deterministic else world.normalised()


def state_of(question: StepQuestion, world: World) -> int:
    """Return the state of an agent; in a world with headings, it faces north by default."""
    heading = question.heading if world.heading is not None and question.heading else "best"
    with concerning_cell(world, question, "agent"):
        return states_in(world, question.x, question.y, heading)[0]


def place_of(world: World, state: int) -> dict[str, Any]:
    """Return the cell of a state and the heading of the agent, None in a world without headings."""
    x, y = world.maze.xy(*world.maze.cells[world.cell[state]].tolist())
    heading = None if world.heading is None else HEADINGS[world.heading[state]]
    return {"x": x, "y": y, "heading": heading}


def with_pushed(maze: Maze, boxes: Labels) -> Maze:
    """Return the maze with its boxes in other cells, or raise a Refusal if they cover objects.

    Parameters
    ----------
    maze : Maze
        Maze before the push.
    boxes : ndarray of int, shape (B,)
        Cells of the boxes after the push.
    """
    places = [(row, col) for row, col in maze.cells[boxes].tolist()]
    for place in places:
        under = maze.objects.get(place, "$")
        if under not in MARKS + "$":
            x, y = maze.xy(*place)
            raise Refusal(
                f"the agent would push a box onto the {OBJECTS[under]} at x = {x}, y = {y}, and a "
                "drawing has one object per cell; move one of them",
                "agent",
                UNANSWERED,
                kind="pushed_onto",
                facts={"object": under, "x": x, "y": y},
            )
    return maze.with_boxes(places)
