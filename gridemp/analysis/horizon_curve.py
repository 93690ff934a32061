"""Empowerment against the horizon: it rises, then flattens where everything can be reached."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from gridemp.engine.counting import count_outcomes
from gridemp.engine.empowerment import checked_horizon, horizon_sweep
from gridemp.engine.map import EmpowermentMap
from gridemp.errors import GridempError
from gridemp.progress import Progress, ignore
from gridemp.typing import Array, Cells
from gridemp.worlds.cells import start_cells
from gridemp.worlds.world import World


@dataclass(frozen=True, eq=False)
class EmpowermentCurve:
    """What the maps of a world come to, horizon by horizon, in bits.

    Attributes
    ----------
    world : World
        Whose maps they are; `shown` says which of several states in a cell counts.
    horizons : ndarray of int, shape (N,)
        Numbers of steps, rising.
    minimum, median, mean, maximum : ndarray, shape (N,)
        Over the cells, of the certified lower ends.
    cells : tuple of (x, y)
        The M cells chosen.
    values : ndarray, shape (M, N)
        Their empowerment: the certified lower ends.
    gap : ndarray, shape (N,)
        The widest interval of a cell; 0 in a deterministic world.
    ceilings : ndarray of float, or None
        In a deterministic world, log2 of the number of sensor readings that a state can ever bring
        about: the distinct numbers, rising. No horizon brings more; where the agent can wait, all
        long ones bring that. One for each size of component where all moves can be undone. None in
        a noisy world, and where boxes make many more states than there are cells.
    shown : str
        Which of several states in a cell these are, for titles.
    source : str
        What a title says of the source, see `EmpowermentMap`.
    """

    world: World
    horizons: NDArray[np.int64]
    minimum: Array
    median: Array
    mean: Array
    maximum: Array
    cells: Cells
    values: Array
    gap: Array
    ceilings: Array | None
    shown: str = ""
    source: str = ""


def empowerment_curve(
    world: World,
    horizons: Iterable[int],
    cells: Sequence[tuple[int, int]] = (),
    tol: float = 1e-6,
    progress: Progress | None = None,
) -> EmpowermentCurve:
    """The empowerment of a world's cells at several horizons, for little more than the longest.

    Parameters
    ----------
    world : World
        Of any number of states.
    horizons : iterable of int
        Numbers of steps, in any order.
    cells : sequence of (x, y)
        Cells whose own curves are asked for.
    tol : float
        Largest certified gap to accept, in bits.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    EmpowermentCurve

    Raises
    ------
    GridempError
        If there is no horizon, or a chosen cell is not one where an agent may start; and as
        `empowerment` does.
    """
    progress = progress or ignore
    wanted = sorted({checked_horizon(horizon, world) for horizon in horizons})
    start_cells(world, cells)
    return curve_of(horizon_sweep(world, wanted, tol, progress) if wanted else [], cells)


def curve_of(
    emaps: Iterable[EmpowermentMap], cells: Sequence[tuple[int, int]] = ()
) -> EmpowermentCurve:
    """The same of maps of one world that are there already: see `empowerment_curve`."""
    by_horizon = {emap.horizon: emap.one_per_cell() for emap in emaps}
    maps = [by_horizon[horizon] for horizon in sorted(by_horizon)]
    if not maps:
        raise GridempError("there is no horizon to draw a curve over; give one or more")
    world = maps[0].world
    chosen = start_cells(world, cells)
    places = [world.maze.rowcol(x, y) for x, y in chosen]
    grids = [emap.grid() for emap in maps]
    values = [[grid[place] for grid in grids] for place in places]
    bits = np.array([emap.bits for emap in maps])
    return EmpowermentCurve(
        world,
        np.array([emap.horizon for emap in maps]),
        bits.min(axis=1),
        np.median(bits, axis=1),
        bits.mean(axis=1),
        bits.max(axis=1),
        chosen,
        np.array(values, dtype=float).reshape(len(chosen), len(maps)),
        np.array([emap.gap.max() for emap in maps]),
        ceilings(world),
        maps[0].shown,
        maps[0].source,
    )


def ceilings(world: World) -> Array | None:
    """The distinct log2 of how many readings can ever be brought about: see `EmpowermentCurve`.

    If the agent could also wait, as many steps as there are states would reach whatever any number
    of steps can.
    """
    if not world.deterministic or world.starts is not None:
        return None
    states = np.arange(len(world.cell))
    waiting = np.broadcast_to(states[:, None, None], (len(states), 1, 1))
    patient = replace(
        world,
        actions=(*world.actions, "wait"),
        successors=np.concatenate([world.successors, waiting], axis=1, dtype=np.int32),
        probabilities=np.broadcast_to(1.0, (len(states), len(world.actions) + 1, 1)),
    )
    (counts,) = count_outcomes(patient, [len(states)])
    return np.asarray(np.log2(np.unique(counts)))
