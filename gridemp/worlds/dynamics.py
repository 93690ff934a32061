"""What an action does to agent and boxes: walking, pushing, sliding, being carried, being stuck.

All of it for many states at once: agents and boxes stand on cells, by their number in `Maze.cells`.
"""

from typing import NamedTuple

import numpy as np

from gridemp.mazes.maze import Maze
from gridemp.typing import Labels, Mask
from gridemp.worlds.moves import HEADINGS, OFFSETS, TURNS, Offset, step_targets

BELTS = {"^": "north", ">": "east", "v": "south", "<": "west"}


class Bodies(NamedTuple):
    """Where everything that moves is, in each of N states.

    `agent` holds cells, shape (N,); `heading` numbers of `HEADINGS`, shape (N,), all 0 where it
    does not count; `boxes` cells in rising order, shape (N, boxes).
    """

    agent: Labels
    heading: Labels
    boxes: Labels


class Dynamics:
    """The rules of a maze.

    Parameters
    ----------
    maze : Maze
        Of C floor cells.
    torus : {"", "x", "y", "xy"}
        Along which axes its edges are joined.
    diagonals : bool
        Whether diagonal steps are needed.
    """

    def __init__(self, maze: Maze, torus: str = "", diagonals: bool = False) -> None:
        self.targets = step_targets(maze, torus, diagonals)
        self.boxes = np.flatnonzero(maze.where("$")).astype(np.int32)
        letters = set(maze.objects.values())
        self.trap = maze.where("T") if "T" in letters else None
        self.ice = maze.where("~") if "~" in letters else None
        self.belts = {
            OFFSETS[way]: maze.where(letter) for letter, way in BELTS.items() if letter in letters
        }

    def after(self, bodies: Bodies, action: str) -> Bodies:
        """The states after an action."""
        agent, heading, boxes = bodies
        if action in TURNS:
            heading = (heading + TURNS[action]) % len(HEADINGS)
        elif action == "forward":
            agent, boxes = agent.copy(), boxes.copy()
            for number, way in enumerate(HEADINGS):
                facing = np.flatnonzero(heading == number)
                agent[facing], boxes[facing] = self._move(
                    agent[facing], boxes[facing], OFFSETS[way]
                )
        elif action != "stay":
            agent, boxes = self._move(agent, boxes, OFFSETS[action])
        agent = self._carried(agent, boxes)
        if self.trap is not None:
            stuck = self.trap[bodies.agent]
            agent = np.where(stuck, bodies.agent, agent)
            heading = np.where(stuck, bodies.heading, heading)
            boxes = np.where(stuck[:, None], bodies.boxes, boxes)
        return Bodies(agent, heading, boxes)

    def walk(self, agent: Labels, boxes: Labels, offset: Offset) -> tuple[Labels, Labels]:
        """One step of the agents, who push a box that stands in the way and can move."""
        target = self.targets[offset][agent]
        if not boxes.shape[1]:
            return target, boxes
        behind = self.targets[offset][target]
        hit = boxes == target[:, None]
        free = (behind != agent) & self._open(target, boxes, offset)
        goes = self._round(agent, boxes, offset) & (~hit.any(axis=1) | free) & (target != agent)
        pushed = np.where(hit & goes[:, None], behind[:, None], boxes)
        return np.where(goes, target, agent), np.sort(pushed, axis=1)

    def _move(self, agent: Labels, boxes: Labels, offset: Offset) -> tuple[Labels, Labels]:
        target, boxes = self.walk(agent, boxes, offset)
        return self._slid(target, boxes, offset, agent), boxes

    def _slid(self, agent: Labels, boxes: Labels, offset: Offset, began: Labels) -> Labels:
        """The agents who have come onto ice go on until something stops them.

        Whoever comes back round a torus stops where the motion began.
        """
        if self.ice is None:
            return agent
        agent = agent.copy()
        going = np.flatnonzero(self.ice[agent] & (agent != began))
        while len(going):
            going = going[self._open(agent[going], boxes[going], offset)]
            agent[going] = self.targets[offset][agent[going]]
            going = going[self.ice[agent[going]] & (agent[going] != began[going])]
        return agent

    def _carried(self, agent: Labels, boxes: Labels) -> Labels:
        """The agents on conveyors are taken one cell along."""
        carried = agent.copy() if self.belts else agent
        for offset, belt in self.belts.items():
            on = np.flatnonzero(belt[agent])
            on = on[self._open(agent[on], boxes[on], offset)]
            target = self.targets[offset][agent[on]]
            carried[on] = self._slid(target, boxes[on], offset, agent[on])
        return carried

    def _open(self, cell: Labels, boxes: Labels, offset: Offset) -> Mask:
        """Whether a step leads elsewhere, to where no box is."""
        target = self.targets[offset][cell]
        free = ~_holds(boxes, target) & self._round(cell, boxes, offset)
        return np.asarray(free & (target != cell))

    def _round(self, cell: Labels, boxes: Labels, offset: Offset) -> Mask:
        """Whether no box stands on either way round the corner of a diagonal."""
        drow, dcol = offset
        free = np.ones(len(cell), dtype=bool)
        if drow and dcol and boxes.shape[1]:
            for way in ((drow, 0), (0, dcol)):
                corner = self.targets[way][cell]
                free &= (corner == cell) | ~_holds(boxes, corner)
        return free


def _holds(boxes: Labels, cell: Labels) -> Mask:
    """Whether a box stands on the cell of each state."""
    return np.asarray((boxes == cell[:, None]).any(axis=1))
