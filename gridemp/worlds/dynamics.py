"""Rules of a maze: how an action moves the agent, the boxes and the things that hands can use.

The agent walks, pushes boxes, slides on ice, is carried by conveyors and gets stuck in traps; what
it does with its hands is in `things.py`. All rules are applied to many states at once. The
positions of agents and boxes are numbers of cells in `Maze.cells`.
"""

from typing import NamedTuple

import numpy as np

from gridemp.mazes.maze import Maze
from gridemp.mazes.objects import OBSTACLES
from gridemp.typing import Labels, Mask
from gridemp.worlds.moves import HANDS, HEADINGS, OFFSETS, TURNS, Offset, step_targets
from gridemp.worlds.things import Things

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
    things : ndarray of int, shape (N, T)
        Codes of the T things that hands can use; see `Things`.
    """

    agent: Labels
    heading: Labels
    boxes: Labels
    things: Labels


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
    things : Things, optional
        Things that the agent can use; by default it has no hands, and they are obstacles.
    absorbing : str
        Letters of the objects that the agent never leaves.
    """

    def __init__(
        self,
        maze: Maze,
        torus: str = "",
        diagonals: bool = False,
        things: Things | None = None,
        absorbing: str = "T",
    ) -> None:
        obstacles = OBSTACLES if things is None else "B"
        self.targets = step_targets(maze, torus, diagonals, obstacles)
        self.boxes = np.flatnonzero(maze.where("$")).astype(np.int32)
        self.things = things
        letters = set(maze.objects.values())
        self.trap = None if letters.isdisjoint(absorbing) else maze.where(absorbing)
        self.ice = maze.where("~") if "~" in letters else None
        self.belts = {
            OFFSETS[way]: maze.where(letter) for letter, way in BELTS.items() if letter in letters
        }

    def first(self, agent: Labels, heading: Labels) -> Bodies:
        """Return the bodies with the agent in N places and all else where it is at first."""
        things = self.boxes[:0] if self.things is None else self.things.first
        boxes, things = (
            np.broadcast_to(row, (len(agent), len(row))) for row in (self.boxes, things)
        )
        return Bodies(agent, heading, boxes, things)

    def after(self, bodies: Bodies, action: str) -> Bodies:
        """Return the bodies after an action."""
        agent, heading, boxes, things = bodies
        still = self._still(things)
        if action in TURNS:
            heading = (heading + TURNS[action]) % len(HEADINGS)
        elif action in HANDS and self.things is not None:
            front = self._front(agent, heading)
            free = (front != agent) & ~_holds(boxes, front)
            things = self.things.used(things, action, front, free)
            still = self._still(things)
        elif action == "forward":
            agent, boxes = agent.copy(), boxes.copy()
            for number, way in enumerate(HEADINGS):
                facing = np.flatnonzero(heading == number)
                agent[facing], boxes[facing] = self._move(
                    agent[facing], boxes[facing], still[facing], OFFSETS[way]
                )
        elif action in OFFSETS and action != "stay":
            agent, boxes = self._move(agent, boxes, still, OFFSETS[action])
        agent = self._carried(agent, np.hstack([boxes, still]))
        if self.trap is not None:
            stuck = self.trap[bodies.agent]
            agent = np.where(stuck, bodies.agent, agent)
            heading = np.where(stuck, bodies.heading, heading)
            boxes = np.where(stuck[:, None], bodies.boxes, boxes)
            things = np.where(stuck[:, None], bodies.things, things)
        return Bodies(agent, heading, boxes, things)

    def walk(self, bodies: Bodies, offset: Offset) -> tuple[Labels, Labels]:
        """Return agents and boxes after one step; a box in the way is pushed if it can move."""
        return self._walk(bodies.agent, bodies.boxes, self._still(bodies.things), offset)

    def _still(self, things: Labels) -> Labels:
        """Return the cells of things that block the way, -1 for others: shape (N, T)."""
        return things if self.things is None else self.things.obstacles(things)

    def _front(self, agent: Labels, heading: Labels) -> Labels:
        """Return the cell in front of each agent, its own if a wall is there."""
        ahead = np.stack([self.targets[OFFSETS[way]] for way in HEADINGS])
        return np.asarray(ahead[heading, agent])

    def _walk(
        self, agent: Labels, boxes: Labels, still: Labels, offset: Offset
    ) -> tuple[Labels, Labels]:
        target = self.targets[offset][agent]
        if not (boxes.shape[1] or still.shape[1]):
            return target, boxes
        obstacles = np.hstack([boxes, still])
        behind = self.targets[offset][target]
        hit = boxes == target[:, None]
        free = (behind != agent) & self._open(target, obstacles, offset)
        goes = self._round(agent, obstacles, offset) & (~hit.any(axis=1) | free) & (target != agent)
        goes &= ~_holds(still, target)
        pushed = np.where(hit & goes[:, None], behind[:, None], boxes)
        return np.where(goes, target, agent), np.sort(pushed, axis=1)

    def _move(
        self, agent: Labels, boxes: Labels, still: Labels, offset: Offset
    ) -> tuple[Labels, Labels]:
        target, boxes = self._walk(agent, boxes, still, offset)
        return self._slid(target, np.hstack([boxes, still]), offset, agent), boxes

    def _slid(self, agent: Labels, obstacles: Labels, offset: Offset, began: Labels) -> Labels:
        """Return the agents after those on ice have slid until something stops them.

        An agent that slides all the way round a torus stops where the motion began.
        """
        if self.ice is None:
            return agent
        agent = agent.copy()
        going = np.flatnonzero(self.ice[agent] & (agent != began))
        while len(going):
            going = going[self._open(agent[going], obstacles[going], offset)]
            agent[going] = self.targets[offset][agent[going]]
            going = going[self.ice[agent[going]] & (agent[going] != began[going])]
        return agent

    def _carried(self, agent: Labels, obstacles: Labels) -> Labels:
        """Return the agents after conveyors have carried those on them one cell along."""
        carried = agent.copy() if self.belts else agent
        for offset, belt in self.belts.items():
            on = np.flatnonzero(belt[agent])
            on = on[self._open(agent[on], obstacles[on], offset)]
            target = self.targets[offset][agent[on]]
            carried[on] = self._slid(target, obstacles[on], offset, agent[on])
        return carried

    def _open(self, cell: Labels, obstacles: Labels, offset: Offset) -> Mask:
        """True where a step leads to another cell that holds no obstacle."""
        target = self.targets[offset][cell]
        free = ~_holds(obstacles, target) & self._round(cell, obstacles, offset)
        return np.asarray(free & (target != cell))

    def _round(self, cell: Labels, obstacles: Labels, offset: Offset) -> Mask:
        """True where no obstacle blocks either way round the corner of a diagonal step."""
        drow, dcol = offset
        free = np.ones(len(cell), dtype=bool)
        if drow and dcol and obstacles.shape[1]:
            for way in ((drow, 0), (0, dcol)):
                corner = self.targets[way][cell]
                free &= (corner == cell) | ~_holds(obstacles, corner)
        return free


def _holds(obstacles: Labels, cell: Labels) -> Mask:
    """True for each state in which an obstacle is in the cell given for that state."""
    return np.asarray((obstacles == cell[:, None]).any(axis=1))
