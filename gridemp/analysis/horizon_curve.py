"""Empowerment as a function of the horizon: it rises until the agent can reach all it ever can."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from gridemp.arguments import check_kinds
from gridemp.engine.counting import count_outcomes
from gridemp.engine.empowerment import TOLERANCE, checked_horizon, horizon_sweep
from gridemp.engine.kind import OPEN, Kind
from gridemp.engine.map import EmpowermentMap
from gridemp.errors import GridempError
from gridemp.progress import Progress, ignore
from gridemp.shown import Shown
from gridemp.typing import Array, Cell, Cells, Counts
from gridemp.worlds.cells import start_cells
from gridemp.worlds.world import World


@dataclass(frozen=True, eq=False, repr=False)
class EmpowermentCurve(Shown):
    """Empowerment of the cells of a world at several horizons.

    Attributes
    ----------
    world : World
        World of the maps.
    horizons : ndarray of int, shape (N,)
        Numbers of steps, in ascending order.
    minimum, median, mean, maximum : ndarray, shape (N,)
        Statistics of the certified lower ends over the cells, in bits.
    cells : tuple of (x, y)
        The M cells that have curves of their own.
    values : ndarray, shape (M, N)
        Empowerment of these cells, in bits: the certified lower ends.
    gap : ndarray, shape (N,)
        Width of the widest interval of a cell, in bits; 0 in a deterministic world.
    ceilings : ndarray of float, or None
        In a deterministic world, the distinct values of log2 of the number of sensor readings that
        can ever be brought about from a state, in ascending order. No horizon gives more bits; if
        the agent can wait, all long horizons give as many. If all moves can be undone, there is
        one value for each size of a connected component. None in a noisy world, and in a maze with
        boxes, which may have far more states than cells.
    shown : str
        Choice among the states of a cell, in words for titles, see `EmpowermentMap.shown`.
    source : str
        Name of a given source distribution, for titles, see `EmpowermentMap`.
    kind : Kind
        Kind of empowerment, with its settings.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.analysis import empowerment_curve
    >>> world = gridemp.World.from_maze(gridemp.load_maze("klyubin"))
    >>> curve = empowerment_curve(world, [1, 5, 30], cells=[(5, 5)])
    >>> curve.values.round(2), curve.ceilings.round(2)
    (array([[2.32, 5.52, 6.64]]), array([6.64]))
    """

    world: World
    horizons: Counts
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
    kind: Kind = OPEN

    def __repr__(self) -> str:
        first, last = self.horizons[[0, -1]].tolist()
        low, high = self.mean[[0, -1]].tolist()
        return (
            f"EmpowermentCurve({self.world!r}, horizons {first} to {last}, "
            f"mean {low:.2f} to {high:.2f} bits)"
        )


def empowerment_curve(
    world: World,
    horizons: Iterable[int],
    cells: Sequence[Cell] = (),
    tol: float = TOLERANCE,
    progress: Progress | None = None,
) -> EmpowermentCurve:
    """Compute the empowerment of the cells of a world at several horizons.

    All horizons together take little longer than the longest one alone.

    Parameters
    ----------
    world : World
        World in which empowerment is computed.
    horizons : iterable of int
        Numbers of steps, in any order.
    cells : sequence of (x, y)
        Cells that get curves of their own.
    tol : float
        Largest certified gap to accept, in bits.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    EmpowermentCurve
        Statistics of the cells, and the chosen cells, at each horizon.

    Raises
    ------
    GridempError
        If no horizon is given, no agent can start in one of the cells, or `empowerment` raises one.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.analysis import empowerment_curve
    >>> world = gridemp.World.from_maze(gridemp.load_maze("klyubin"))
    >>> empowerment_curve(world, [1, 5, 10], cells=[(5, 5)]).values.round(2)
    array([[2.32, 5.52, 6.38]])
    """
    check_kinds(empowerment_curve, locals())
    progress = progress or ignore
    steps = sorted({checked_horizon(horizon, world) for horizon in horizons})
    start_cells(world, cells)
    return curve_of(horizon_sweep(world, steps, tol, progress), cells)


def curve_of(emaps: Iterable[EmpowermentMap], cells: Sequence[Cell] = ()) -> EmpowermentCurve:
    """Make a curve from maps of one world that have already been computed.

    Parameters
    ----------
    emaps : iterable of EmpowermentMap
        Maps of one world at several horizons, in any order.
    cells : sequence of (x, y)
        Cells that get curves of their own.

    Returns
    -------
    EmpowermentCurve
        Statistics of the cells, and the chosen cells, at each horizon.

    Raises
    ------
    GridempError
        If there is no map, or no agent can start in one of the cells.
    """
    emaps = list(emaps)
    by_horizon = {emap.steps: emap.one_per_cell() for emap in emaps}
    maps = [by_horizon[horizon] for horizon in sorted(by_horizon)]
    if not maps:
        raise GridempError("`horizons` is empty; give one horizon or more")
    if len(maps) < len(emaps) or len({(emap.kind, emap.source) for emap in maps}) > 1:
        raise GridempError(
            "a curve is of one kind of empowerment and one source, with a map for each horizon; "
            "give other maps a curve of their own"
        )
    world = maps[0].world
    chosen = start_cells(world, cells)
    places = [world.maze.rowcol(x, y) for x, y in chosen]
    grids = [emap.grid() for emap in maps]
    values = [[grid[place] for grid in grids] for place in places]
    bits = np.array([emap.bits for emap in maps])
    return EmpowermentCurve(
        world=world,
        horizons=np.array([emap.horizon for emap in maps]),
        minimum=bits.min(axis=1),
        median=np.median(bits, axis=1),
        mean=bits.mean(axis=1),
        maximum=bits.max(axis=1),
        cells=chosen,
        values=np.array(values, dtype=float).reshape(len(chosen), len(maps)),
        gap=np.array([emap.gap.max() for emap in maps]),
        ceilings=ceilings(world),
        shown=maps[0].shown,
        source=maps[0].source,
        kind=maps[0].kind,
    )


def ceilings(world: World) -> Array | None:
    """Distinct values that the empowerment of a state cannot exceed: see `EmpowermentCurve`.

    The outcomes are counted as if the agent could also wait: then S steps, for S states, can lead
    to every outcome that any number of steps can lead to.
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
