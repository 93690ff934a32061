"""The outcomes of a cell over the maze: their number, their kind and the steps to them."""

import numpy as np

from gridemp.analysis.cell import CellSource
from gridemp.typing import Array, Indices


def outcomes_in_cells(source: CellSource) -> Array:
    """Number of distinct outcomes that are sensed in each cell: shape (H, W), NaN where none is."""
    pairs = _cells_and_outcomes(source)
    return _on_grid(source, pairs[:, 0], np.ones(len(pairs)))


def outcome_of_cells(source: CellSource) -> Array | None:
    """Index of the outcome that is sensed in each cell, if cells that look alike share outcomes.

    Returns
    -------
    ndarray, shape (H, W), or None
        NaN where there is no outcome. None if a cell has several outcomes, or if each outcome has a
        cell of its own.
    """
    cells, outcomes = _cells_and_outcomes(source).T
    if len(np.unique(cells)) < len(cells) or len(np.unique(outcomes)) == len(outcomes):
        return None
    return _on_grid(source, cells, outcomes)


def fewest_steps(source: CellSource) -> Array:
    """Fewest steps, up to the horizon, to each cell with outcomes: shape (H, W), NaN elsewhere."""
    world = source.world
    steps = np.full(len(world.cell), -1)
    reached: Indices = np.array([source.state])
    for step in range(source.horizon + 1):
        steps[reached] = step
        following = world.successors[reached][world.probabilities[reached] > 0]
        reached = np.unique(following[steps[following] < 0])
        if not len(reached):
            break
    grid = np.full(world.maze.shape, np.nan)
    rows, cols = world.maze.cells[world.cell[source.ends]].T
    np.fmin.at(grid, (rows, cols), steps[source.ends])
    return grid


def _cells_and_outcomes(source: CellSource) -> Indices:
    """Distinct pairs of a cell and an outcome that is sensed in it: shape (N, 2)."""
    pairs = np.stack([source.world.cell[source.ends], source.outcome_of_ends()], axis=1)
    return np.unique(pairs, axis=0)


def _on_grid(source: CellSource, cells: Indices, values: Array) -> Array:
    """Sum of the values of each cell: shape (H, W), NaN in cells without values."""
    seen, place = np.unique(cells, return_inverse=True)
    grid = np.full(source.world.maze.shape, np.nan)
    grid[tuple(source.world.maze.cells[seen].T)] = np.bincount(place, values)
    return grid
