"""Rules of a maze: how an action moves the agent and the boxes.

The agent walks, pushes boxes, slides on ice, is carried by conveyors and gets stuck in traps. All
rules are applied to many states at once. The positions of agents and boxes are numbers of cells in
`Maze.cells`.
"""

from typing import NamedTuple

import numpy as np

from gridemp.mazes.maze import Maze
from gridemp.typing import Labels, Mask
from gridemp.worlds.moves import HEADINGS, OFFSETS, TURNS, Offset, step_targets

BELTS = {"^": "north", ">": "east", "v": "south", "<": "west"}


class Bodies(NamedTuple):
    """Positions of everything that can move, in each of N states.

    Attributes
    ----------
    agent : ndarray of int, shape (N,)
        Cell of the agent.
    heading : ndarray of int, shape (N,)
        Heading of the agent, as an index into `HEADINGS`; all 0 in worlds without headings.
    boxes : ndarray of int, shape (N, B)
        Cells of the B boxes, in ascending order.
    """

    agent: Labels
    heading: Labels
    boxes: Labels


class Dynamics:
    """Rules of a maze.

    Parameters
    ----------
    maze : Maze
        Maze with C floor cells.
    torus : {"", "x", "y", "xy"}
        Axes along which the edges of the maze are joined.
    diagonals : bool
        True if some action is a diagonal step.
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
        """Return the bodies after an action."""
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
        """Return agents and boxes after one step; a box in the way is pushed if it can move."""
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
        """Return the agents after those on ice have slid until something stops them.

        An agent that slides all the way round a torus stops where the motion began.
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
        """Return the agents after conveyors have carried those on them one cell along."""
        carried = agent.copy() if self.belts else agent
        for offset, belt in self.belts.items():
            on = np.flatnonzero(belt[agent])
            on = on[self._open(agent[on], boxes[on], offset)]
            target = self.targets[offset][agent[on]]
            carried[on] = self._slid(target, boxes[on], offset, agent[on])
        return carried

    def _open(self, cell: Labels, boxes: Labels, offset: Offset) -> Mask:
        """True where a step leads to another cell that holds no box."""
        target = self.targets[offset][cell]
        free = ~_holds(boxes, target) & self._round(cell, boxes, offset)
        return np.asarray(free & (target != cell))

    def _round(self, cell: Labels, boxes: Labels, offset: Offset) -> Mask:
        """True where no box blocks either way round the corner of a diagonal step."""
        drow, dcol = offset
        free = np.ones(len(cell), dtype=bool)
        if drow and dcol and boxes.shape[1]:
            for way in ((drow, 0), (0, dcol)):
                corner = self.targets[way][cell]
                free &= (corner == cell) | ~_holds(boxes, corner)
        return free


def _holds(boxes: Labels, cell: Labels) -> Mask:
    """True for each state in which a box is on the cell given for that state."""
    return np.asarray((boxes == cell[:, None]).any(axis=1))
