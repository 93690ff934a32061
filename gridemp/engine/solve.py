"""Maps of a world for several horizons: of empowerment, bounds on it, or a given source."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor

from numpy.typing import ArrayLike

from gridemp.engine.bounds import empowerment_bounds
from gridemp.engine.empowerment import TOLERANCE, horizon_sweep
from gridemp.engine.given_source import information_map
from gridemp.engine.map import EmpowermentMap
from gridemp.errors import GridempError
from gridemp.progress import Progress, ignore, part_of
from gridemp.worlds.world import World


def check_source(source: ArrayLike | str | None, *, bounds: bool) -> None:
    """Raise a GridempError if both bounds and a source are requested."""
    if bounds and source is not None:
        raise GridempError("bounds are only for the optimal source; leave out `source`")


def solve_maps(
    world: World,
    horizons: Sequence[int],
    tol: float | None = None,
    *,
    bounds: bool = False,
    source: ArrayLike | str | None = None,
    progress: Progress | None = None,
    report_gap: Callable[[float], object] | None = None,
    executor: Executor | None = None,
) -> list[EmpowermentMap]:
    """Compute the map of a world for each of several horizons.

    Parameters
    ----------
    world : World
        World with A actions.
    horizons : sequence of int
        Numbers of steps, in any order.
    tol : float, optional
        Largest certified gap to accept, in bits; not used with a given source. By default 1e-6 for
        empowerment, and none for bounds, which are then quick but wide.
    bounds : bool
        If True, compute bounds as `empowerment_bounds` does, else empowerment.
    source : "uniform" or array_like, optional
        Source distribution; its mutual information is computed instead of empowerment, see
        `information_map`. By default the source is optimal.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.
    report_gap : callable, optional
        Called with the largest gap of bounds so far, as by `empowerment_bounds`.
    executor : concurrent.futures.Executor, optional
        Executor whose workers share the states of noisy worlds.

    Returns
    -------
    list of EmpowermentMap
        One map for each horizon, in the order given.

    Raises
    ------
    GridempError
        If both bounds and a source are requested, or an argument is invalid.
    HorizonTooLarge
        If the action sequences of a noisy world would not fit in memory.
    """
    progress = progress or ignore
    check_source(source, bounds=bounds)
    if source is None and not bounds:
        tol = TOLERANCE if tol is None else tol
        return horizon_sweep(world, horizons, tol, progress, executor=executor)
    maps = []
    for i, horizon in enumerate(horizons):
        part = part_of(progress, i, len(horizons))
        if source is None:
            bounded = empowerment_bounds(
                world, horizon, tol, part, executor=executor, report_gap=report_gap
            )
            maps.append(bounded)
        else:
            maps.append(information_map(world, horizon, source, part, executor=executor))
    return maps
