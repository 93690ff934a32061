"""Random questions about worlds without noise, all from one generator of random numbers."""

import numpy as np

from gridemp import Maze
from gridemp.mazes.objects import OBJECTS
from gridemp.web.maze_json import lines_of

MOVES, TORUS = ("nesw", "king", "turn"), ("", "x", "y", "xy")
SENSORS = ("state", "position", "row", "column", "walls")
MAX_BOXES = 2


def random_maze(rng, longest=7):
    """A maze of any shape, such as a single row, with or without walls and objects."""
    shape = (int(rng.integers(1, longest + 1)), int(rng.integers(1, longest + 1)))
    if rng.random() < 0.15:
        shape = (1, int(rng.integers(1, 2 * longest)))[:: rng.choice((1, -1))]
    height, width = shape
    solid, walls, objects = (rng.choice((0.0, 0.15, 0.35)) for _ in range(3))
    floor = rng.random(shape) >= solid
    floor[rng.integers(height), rng.integers(width)] = True
    letters = rng.choice(list(OBJECTS), size=rng.integers(1, len(OBJECTS) + 1), replace=False)
    placed, boxes = {}, 0
    for place in np.argwhere(floor & (rng.random(shape) < objects)).tolist():
        letter = str(rng.choice(letters))
        boxes += letter == "$"
        placed[tuple(place)] = "B" if letter == "$" and boxes > MAX_BOXES else letter
    right = rng.random((height, width - 1)) < walls
    below = rng.random((height - 1, width)) < walls
    return Maze(floor, right, below, "maze", placed)


def random_question(rng, longest=7, most_steps=8):
    """A maze, and the fields of a question about it."""
    maze = random_maze(rng, longest)
    return maze, {
        "maze": {"name": "maze", **lines_of(maze)},
        "horizon": int(rng.integers(1, most_steps + 1)),
        "moves": str(rng.choice(MOVES)),
        "stay": bool(rng.random() < 0.6),
        "torus": str(rng.choice(TORUS)),
        "sensor": str(rng.choice(SENSORS, p=(0.4, 0.15, 0.15, 0.15, 0.15))),
    }


def random_cell(rng, maze):
    """Coordinates of a floor cell."""
    row, col = rng.choice(maze.cells).tolist()
    x, y = maze.xy(row, col)
    return {"x": x, "y": y}
