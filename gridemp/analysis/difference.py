"""The signed difference of two maps, cell by cell, and what their certificates allow."""

from dataclasses import dataclass

import numpy as np

from gridemp.engine.map import EmpowermentMap
from gridemp.errors import GridempError
from gridemp.mazes.maze import Maze
from gridemp.typing import Array


@dataclass(frozen=True, eq=False)
class Difference:
    """Other minus one, in bits, in array order; NaN where either has no value.

    Attributes
    ----------
    bits : ndarray, shape (H, W)
        Of the certified lower ends, those that the maps show.
    lower, upper : ndarray, shape (H, W)
        The difference of the true values lies in between.
    """

    bits: Array
    lower: Array
    upper: Array

    @property
    def gap(self) -> float:
        """The widest interval, in bits."""
        return float(np.nanmax(self.upper - self.lower))


def difference(one: EmpowermentMap, other: EmpowermentMap) -> Difference:
    """How much more empowerment each cell has in another map.

    With E in [bits, bits + gap] in both, the difference lies in
    [other - one - gap of one, other - one + gap of the other].

    Parameters
    ----------
    one, other : EmpowermentMap
        Of mazes of one size; of several states in a cell, the best counts.

    Returns
    -------
    Difference

    Raises
    ------
    GridempError
        If the mazes differ in size, or there is no cell that has a value in both.
    """
    mazes = one.world.maze, other.world.maze
    if mazes[0].shape != mazes[1].shape:
        sizes = [f"{maze.name} has {maze.shape[1]} x {maze.shape[0]}" for maze in mazes]
        raise GridempError(
            f"mazes are compared cell by cell; {sizes[0]} cells and {sizes[1]}, "
            "so give two of one size"
        )
    one, other = one.one_per_cell(), other.one_per_cell()
    bits = other.grid() - one.grid()
    if np.isnan(bits).all():
        raise GridempError(
            f"{mazes[0].name} and {mazes[1].name} share no cell; give two mazes that overlap"
        )
    return Difference(bits, bits - one.grid(one.gap), bits + other.grid(other.gap))


def changed_walls(one: Maze, other: Maze) -> Maze:
    """A maze of the thin walls that only one of two mazes of a size has, between common floor."""
    floor = one.floor & other.floor
    right = (one.wall_right ^ other.wall_right) & floor[:, :-1] & floor[:, 1:]
    below = (one.wall_below ^ other.wall_below) & floor[:-1] & floor[1:]
    return Maze(np.ones_like(floor), right, below)
