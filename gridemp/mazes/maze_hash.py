"""The hash of a maze, by which files and records name it."""

import hashlib

import numpy as np

from gridemp.mazes.maze import Maze


def maze_hash(maze: Maze) -> str:
    """SHA-256, in hexadecimal, of the cells, walls and objects of a maze but not its name."""
    digest = hashlib.sha256(repr(maze.shape).encode())
    for mask in (maze.floor, maze.wall_right, maze.wall_below):
        digest.update(np.packbits(mask).tobytes())
    digest.update(repr(list(maze.objects.items())).encode())
    return digest.hexdigest()
