"""Changes of maps by walls opened or put up, by brute force."""

import numpy as np

from gridemp import Maze, World, empowerment

TOL = 1e-6

# With readings of walls, 11 walls are worth more if they are opened than the best one to build.
FEW_READINGS = """
+---+---+---+---+
|       |       |
+   +   +---+---+
|   |       |   |
+   +   +   +---+
|       |   |   |
+   +   +---+---+
|           |   |
+---+---+---+---+
"""


def brute_force(maze, horizon, cell=None, **options):
    """The changes at right, below and solid by whole maps, one loop over all cells."""

    def grid(floor, right, below):
        changed = Maze(floor, right, below, objects=maze.objects)
        world = World.from_maze(changed, within=horizon, **options)
        return empowerment(world, horizon, TOL).one_per_cell().grid()

    def flipped(mask, row, col):
        other = mask.copy()
        other[row, col] = not mask[row, col]
        return other

    height, width = maze.shape
    floor, right, below = maze.floor, maze.wall_right, maze.wall_below
    base = grid(floor, right, below)
    counted = floor if cell is None else flipped(np.zeros_like(floor), *maze.rowcol(*cell))

    def change(*masks):
        return grid(*masks)[counted].mean() - base[counted].mean()

    found = [np.full(mask.shape, np.nan) for mask in (right, below, floor)]
    for r in range(height):
        for c in range(width):
            if not floor[r, c]:
                found[2][r, c] = change(flipped(floor, r, c), right, below)
                continue
            if c + 1 < width and floor[r, c + 1]:
                found[0][r, c] = change(floor, flipped(right, r, c), below)
            if r + 1 < height and floor[r + 1, c]:
                found[1][r, c] = change(floor, right, flipped(below, r, c))
    return found


def assert_all_equal(result, expected, atol):
    for got, truth in zip((result.right, result.below, result.solid), expected, strict=True):
        np.testing.assert_allclose(got, truth, rtol=0, atol=atol)


def walled(maze, row, col):
    right = maze.wall_right.copy()
    right[row, col] = True
    return Maze(maze.floor, right, maze.wall_below)
