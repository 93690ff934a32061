"""Signed difference of two maps, cell by cell, with certified intervals."""

from dataclasses import dataclass

import numpy as np

from gridemp.arguments import check_kinds
from gridemp.engine.map import EmpowermentMap
from gridemp.errors import GridempError
from gridemp.mazes.maze import Maze
from gridemp.shown import Shown
from gridemp.typing import Array


@dataclass(frozen=True, eq=False, repr=False)
class Difference(Shown):
    """Difference of two maps, the second minus the first; NaN where either has no value.

    Attributes
    ----------
    bits : ndarray, shape (H, W)
        Difference of the certified lower ends, which are the values that the maps show, in bits.
    lower, upper : ndarray, shape (H, W)
        Ends of the interval that holds the difference of the true values, in bits.
    one, other : EmpowermentMap
        The two maps, with one value for each cell.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.analysis import difference
    >>> world = gridemp.World.from_maze(gridemp.parse_maze("..."))
    >>> change = difference(gridemp.empowerment(world, 1), gridemp.empowerment(world, 2))
    >>> change.bits.round(3), change.gap
    (array([[0.585, 0.   , 0.585]]), 0.0)
    """

    bits: Array
    lower: Array
    upper: Array
    one: EmpowermentMap
    other: EmpowermentMap

    @property
    def gap(self) -> float:
        """Width of the widest interval, in bits."""
        return float(np.nanmax(self.upper - self.lower))

    def __repr__(self) -> str:
        both = (self.one, self.other)
        maps = [f"{emap.world.maze.name!r} at horizon {emap.horizon}" for emap in both]
        low, high = np.nanmin(self.bits), np.nanmax(self.bits)
        return f"Difference({' and '.join(maps)}, {low:.2f} to {high:.2f} bits)"


def difference(one: EmpowermentMap, other: EmpowermentMap) -> Difference:
    """Subtract one map from another, cell by cell.

    As each value E lies in [bits, bits + gap], the difference lies in
    [other.bits - one.bits - one.gap, other.bits - one.bits + other.gap].

    Parameters
    ----------
    one, other : EmpowermentMap
        Maps of mazes of the same size. If a cell has several states, the best one counts.

    Returns
    -------
    Difference
        Interval of the difference in each cell.

    Raises
    ------
    GridempError
        If the mazes differ in size, or no cell has a value in both maps.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.analysis import difference
    >>> maze = gridemp.parse_maze("...")
    >>> sure = gridemp.empowerment(gridemp.World.from_maze(maze), 1)
    >>> noisy = gridemp.empowerment(gridemp.World.from_maze(maze, slip=0.1), 1)
    >>> difference(sure, noisy).bits.round(3)
    array([[-0.322, -0.482, -0.322]])
    """
    check_kinds(difference, locals())
    mazes = one.world.maze, other.world.maze
    if mazes[0].shape != mazes[1].shape:
        sizes = [f"{maze.name} has {maze.shape[1]} x {maze.shape[0]}" for maze in mazes]
        raise GridempError(
            f"mazes are compared cell by cell, but {sizes[0]} cells and {sizes[1]}; give two "
            "mazes of the same size"
        )
    one, other = one.one_per_cell(), other.one_per_cell()
    bits = other.grid() - one.grid()
    if np.isnan(bits).all():
        raise GridempError(
            f"{mazes[0].name} and {mazes[1].name} share no cell; give two mazes that overlap"
        )
    lower, upper = bits - one.grid(one.gap), bits + other.grid(other.gap)
    return Difference(bits, lower, upper, one, other)


def changed_walls(one: Maze, other: Maze) -> Maze:
    """Maze of the thin walls that only one of two mazes has, between cells that are floor in both.

    Parameters
    ----------
    one, other : Maze
        Mazes of the same size.
    """
    floor = one.floor & other.floor
    right = (one.wall_right ^ other.wall_right) & floor[:, :-1] & floor[:, 1:]
    below = (one.wall_below ^ other.wall_below) & floor[:-1] & floor[1:]
    return Maze(np.ones_like(floor), right, below)
