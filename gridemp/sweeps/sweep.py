"""The sweep: maps of many mazes under many conditions, in a store that is resumed."""

from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from gridemp.arguments import check_kinds, require
from gridemp.engine.empowerment import TOLERANCE, checked_horizon
from gridemp.errors import GridempError
from gridemp.information.capacity import check_tolerance
from gridemp.mazes.maze import Maze
from gridemp.mazes.parsing import load_maze
from gridemp.progress import Progress
from gridemp.sweeps.prepare import prepare
from gridemp.sweeps.result import SweepResult
from gridemp.sweeps.run import run
from gridemp.sweeps.settings import NO_TORUS
from gridemp.sweeps.store import Store
from gridemp.sweeps.task import Grid, Settings
from gridemp.worlds.cells import check_heading_name
from gridemp.worlds.conditions import Conditions
from gridemp.worlds.moves import joined_axes
from gridemp.worlds.sensors import check_sensor
from gridemp.worlds.things import check_holding


def sweep(
    mazes: Sequence[Any],
    horizons: Sequence[int],
    path: str | Path,
    *,
    slip: Sequence[float] = (0.0,),
    sensor: Sequence[str] = ("state",),
    moves: Sequence[str] = ("nesw",),
    torus: Sequence[str] = ("",),
    stay: bool = True,
    slip_kind: str = "uniform",
    hands: bool = False,
    holding: str = "",
    heading: str = "best",
    tol: float = TOLERANCE,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> SweepResult:
    """Compute the maps of mazes for all combinations of settings, and write them to a store.

    The store is a folder in version 3 of the Zarr format with a group for each maze, which
    `xarray.open_zarr(path, group=name)` opens. Maps that it holds already are not computed again,
    so a sweep that was interrupted goes on where it was; one with more values extends it.

    Parameters
    ----------
    mazes : sequence of Maze, str or Path
        Mazes, or their names or files.
    horizons : sequence of int
        Numbers of steps.
    path : str or Path
        Folder of the store, such as ``"results.zarr"``. It is made if there is none.
    slip : sequence of float
        Probabilities that another action is taken.
    sensor, moves, torus : sequence of str
        Values of the arguments of the same names of `World.from_maze`; no torus may also be called
        "none", as in the store.
    stay, slip_kind, hands, holding : bool or str
        Arguments of `World.from_maze`, each with one value for all maps. Maps with other values go
        to a group of their own.
    heading : str
        Value of a cell with several states, as for `EmpowermentMap.one_per_cell`.
    tol : float
        Largest certified gap to accept, in bits.
    executor : concurrent.futures.Executor, optional
        Computes the maps; by default this process does. A `ProcessPoolExecutor` uses several
        processes, and `dask.distributed.Client(...).get_executor(pure=False)` a cluster. Only this
        process writes to the store.
    progress : callable, optional
        Called with the fraction of the work done, from 0 to 1.

    Returns
    -------
    SweepResult
        Numbers of maps that were computed and that were there, and the maps that failed, each with
        the reason.

    Raises
    ------
    GridempError
        If an argument is invalid, a maze cannot be read, or the store cannot be written.
    MissingExtra
        If the packages of the extra `distributed` are not installed.

    Examples
    --------
    >>> import gridemp
    >>> result = gridemp.sweep(["trap", "tunnel"], [1, 2], "results.zarr", slip=[0.0, 0.1])
    >>> result.computed, result.failures
    (8, ())
    >>> import xarray
    >>> maps = xarray.open_zarr("results.zarr", group="tunnel").empowerment
    >>> round(float(maps.sel(slip=0.0, horizon=2).max()), 2)
    3.7
    """
    check_kinds(sweep, locals())
    for maze in mazes:
        require("mazes", maze, (Maze, str, Path), "a list of mazes; load_maze reads one")
    loaded = [maze if isinstance(maze, Maze) else load_maze(maze) for maze in mazes]
    grids = grids_of(
        loaded,
        horizons,
        slip=slip,
        sensor=sensor,
        moves=moves,
        torus=torus,
        stay=stay,
        slip_kind=slip_kind,
        hands=hands,
        holding=holding,
        heading=heading,
        tol=tol,
    )
    return run(prepare(grids, Store(Path(path))), executor, progress)


def grids_of(
    mazes: Sequence[Maze],
    horizons: Sequence[int],
    *,
    slip: Sequence[float],
    sensor: Sequence[str],
    moves: Sequence[str],
    torus: Sequence[str],
    stay: bool,
    slip_kind: str,
    hands: bool,
    holding: str,
    heading: str,
    tol: float,
) -> list[Grid]:
    """Grid of each maze for all combinations of settings; see `sweep` for the arguments."""
    values: dict[str, Any] = {
        "moves": tuple(moves),
        "torus": tuple(
            axes if axes == NO_TORUS else joined_axes(axes) or NO_TORUS for axes in torus
        ),
        "sensor": tuple(sensor),
        "slip": tuple(map(float, slip)),
        "horizon": tuple(checked_horizon(horizon) for horizon in horizons),
    }
    for name, given in values.items():
        if not given:
            argument = "horizons" if name == "horizon" else name
            raise GridempError(f"`{argument}` is empty; give one value or more")
    for name in values["sensor"]:
        check_sensor(name)
    check_heading_name(heading, has_headings="turn" in values["moves"])
    check_holding(holding, hands=hands)
    for kind in values["moves"]:
        for probability in values["slip"]:
            Conditions(kind, stay, probability, slip_kind, hands=hands)  # raises an error
    check_tolerance(tol)
    settings = Settings(bool(stay), slip_kind, bool(hands), holding, heading, float(tol))
    return [Grid(maze, **values, settings=settings) for maze in mazes]
