"""The board of a lesson as the library sees it, and solutions of the tasks in bundled lessons."""

from dataclasses import dataclass, replace

import numpy as np

import gridemp
from gridemp.agents import Agent, walk
from gridemp.analysis import sensitivity
from gridemp.web.lessons.board import DEFAULTS, WORLD

# For each task, what the learner does: ("wall", x, y, side) toggles the wall on that side of a
# cell, ("set", setting, value) changes a setting, ("pin", x, y) pins a cell, and ("agent", x, y)
# drops an agent that then plays.
SOLUTIONS = {
    ("middle", 3): [("pin", 0, 5)],
    ("middle", 6): [("wall", x, y, "east") for x in (4, 5) for y in (3, 4, 5, 6)],
    ("dead-ends", 3): [("wall", 7, 2, "east")],
    ("dead-ends", 5): [("wall", 3, 2, "east")],
    ("horizon", 6): [("set", "horizon", 14)],
    ("noise", 3): [("set", "slip", 0.5)],
    ("senses", 5): [("wall", 5, 5, "east"), ("wall", 5, 5, "south")],
    ("box", 5): [("set", "sensor", "position")],
    ("trap", 4): [("wall", 4, 4, side) for side in ("north", "east", "south", "west")],
    ("open-options", 2): [("agent", 8, 0)],
}
LONG = 300  # steps of an agent


@dataclass(frozen=True)
class Board:
    """A maze with its settings, and what stands on it."""

    maze: gridemp.Maze
    settings: dict
    agent: tuple | None = None

    @property
    def options(self):
        """Options of the world."""
        return {name: self.settings[name] for name in WORLD if name != "horizon"}

    @property
    def map(self):
        """The map, with one value for each cell."""
        horizon = self.settings["horizon"]
        world = gridemp.World.from_maze(self.maze, within=horizon, **self.options)
        return gridemp.empowerment(world, horizon).one_per_cell()

    def of(self, name, cell):
        """Bits or outcomes of a cell."""
        emap = self.map
        values = emap.bits if name == "bits" else emap.outcomes.astype(float)
        return emap.grid(values)[self.maze.rowcol(*cell)]

    def after(self, actions):
        """The board after a learner has acted."""
        board = self
        for kind, *words in actions:
            if kind == "wall":
                board = replace(board, maze=toggled(board.maze, *words))
            elif kind == "agent":
                board = replace(board, agent=end_of_walk(board, *words))
            else:
                pin = kind == "pin"
                new = {"pin": tuple(words)} if pin else {words[0]: words[1]}
                board = replace(board, settings=board.settings | new)
        return board


def maze_of(lines):
    """The maze that the page's lines describe."""
    cells = np.array([list(row) for row in lines["cells"]])
    height, width = cells.shape
    right = np.array([list(row) for row in lines["right"]]).reshape(height, width - 1) == "|"
    below = np.array([list(row) for row in lines["below"]]).reshape(height - 1, width) == "-"
    objects = {(r, c): str(cells[r, c]) for r, c in np.argwhere((cells != "#") & (cells != "."))}
    objects = {(int(r), int(c)): letter for (r, c), letter in objects.items()}
    return gridemp.Maze(cells != "#", right, below, lines["name"], objects)


def toggled(maze, x, y, side):
    """The maze with the thin wall on one side of a cell built or opened."""
    row, col = maze.rowcol(x, y)
    right, below = maze.wall_right.copy(), maze.wall_below.copy()
    if side in ("east", "west"):
        right[row, col - (side == "west")] ^= True
    else:
        below[row - (side == "north"), col] ^= True
    return gridemp.Maze(maze.floor, right, below, maze.name, maze.objects)


def end_of_walk(board, x, y, seed=0):
    """The cell that a greedy agent from a cell has reached in the end."""
    horizon = board.settings["horizon"]
    world = gridemp.World.from_maze(board.maze, **board.options)
    agent = Agent(world, horizon)
    start = world.cell.tolist().index(cell_number(board.maze, x, y))
    steps = walk(agent, start, LONG, np.random.default_rng(seed))
    return tuple(map(int, board.maze.xy(*board.maze.cells[world.cell[steps.states[-1]]].tolist())))


def cell_number(maze, x, y):
    """Index of a floor cell."""
    return [tuple(place) for place in maze.cells.tolist()].index(tuple(maze.rowcol(x, y)))


def beginnings(lesson):
    """The board at the beginning of each step, without what learners have done."""
    maze, settings = lesson["maze"], DEFAULTS | lesson["settings"]
    for step in lesson["steps"]:
        if "maze" in step:
            maze, settings = step["maze"], settings | {"pin": None}
        settings = settings | step.get("settings", {})
        yield Board(maze_of(maze), settings)


def walls_changed(before, after):
    """Numbers of walls opened and built."""
    opened = built = 0
    for name in ("wall_right", "wall_below"):
        old, new = getattr(before.maze, name), getattr(after.maze, name)
        opened += int((old & ~new).sum())
        built += int((new & ~old).sum())
    return {"opened": opened, "built": built}


def fact_of(condition, board, before):
    """The value of the fact of a condition."""
    fact = condition["fact"]
    bits = board.map.bits
    if fact in ("bits", "outcomes"):
        there = {"pinned": board.settings["pin"], "agent": board.agent}
        cell = there.get(str(condition["cell"]), condition["cell"])
        return None if cell is None else board.of(fact, cell)
    if fact in ("opened", "built"):
        return walls_changed(before, board)[fact]
    if fact in ("pinned", "agent"):
        return board.agent if fact == "agent" else board.settings["pin"]
    summaries = {"mean": bits.mean(), "peak": bits.max(), "lowest": bits.min()}
    return summaries.get(fact, board.settings.get(fact))


def holds(condition, before, board):
    """True if a condition holds on a board that was another at the beginning of the step."""
    value = fact_of(condition, board, before)
    if value is None:
        return False
    if condition["fact"] in ("pinned", "agent"):
        extreme = {"brightest": board.map.bits.max(), "darkest": board.map.bits.min()}
        if isinstance(condition["is"], list):
            return list(value) == condition["is"]
        return bool(board.of("bits", value) == extreme[condition["is"]])
    if "best" in condition:
        effects = sensitivity(before.maze, before.settings["horizon"], **before.options)
        changes = effects.removals if condition["best"] == "open" else effects.additions
        best = max(each.bits for each in changes if each.kind != "cell")
        return bool(value - before.map.bits.mean() > best - 1e-9)
    compared = {"rises_by", "falls_by"} & condition.keys()
    old = fact_of(condition, before, before) if compared else None
    return bool(
        ("is" not in condition or value == condition["is"])
        and ("at_least" not in condition or value >= condition["at_least"])
        and ("at_most" not in condition or value <= condition["at_most"])
        and ("rises_by" not in condition or value - old >= condition["rises_by"])
        and ("falls_by" not in condition or old - value >= condition["falls_by"])
    )
