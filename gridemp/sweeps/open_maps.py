"""The maps of a maze in the store of a sweep, found by its name."""

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

from gridemp.arguments import MAX_QUOTED, check_kinds
from gridemp.errors import GridempError
from gridemp.sweeps.group import open_group
from gridemp.sweeps.store import groups
from gridemp.sweeps.stored import JOINT, StoredMaps

MAX_NAMES = 8  # of mazes in a message


def open_maps(path: str | Path, maze: str | None = None) -> StoredMaps:
    """Open the maps of a maze in the store of a sweep.

    Parameters
    ----------
    path : str or Path
        Folder of the store.
    maze : str, optional
        Name of the maze or of its group; not needed if the store has only one.

    Returns
    -------
    StoredMaps
        The maps, each of which is read when it is needed.

    Raises
    ------
    GridempError
        If there is no such store or maze, or if there are several and none is named.
    MissingExtra
        If the packages of the extra `distributed` are not installed.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.sweeps import open_maps
    >>> _ = gridemp.sweep(["klyubin"], [1, 5], "results.zarr")
    >>> open_maps("results.zarr").map(horizon=5).peak
    Peak(x=5, y=5, bits=5.523561956057013, outcomes=46, ties=1)
    """
    check_kinds(open_maps, locals())
    found = groups(Path(path))
    names = list(found)
    if not names:
        raise GridempError(f"{path} has no maps yet; gridemp sweep computes them")
    if maze is None and len(names) > 1:
        raise GridempError(
            f"{path} has several mazes, {listed(names)}; choose one with `maze`, such as {names[0]}"
        )
    chosen = names[0] if maze is None else maze
    if chosen not in names:
        of_maze = [name for name in names if found[name]["attributes"]["maze"] == maze]
        if len(of_maze) > 1:
            raise GridempError(
                f"{path} has several groups of {maze}, {listed(of_maze)}; choose one with `maze`, "
                f"such as {of_maze[0]}"
            )
        chosen = of_maze[0] if of_maze else chosen
    if chosen not in names:
        near = get_close_matches(chosen, names, n=1)
        hint = f"did you mean {near[0]}?" if near else f"it has {listed(names)}"
        raise GridempError(f"{path} has no maze '{chosen[:MAX_QUOTED]}'; {hint}")
    group, coordinates = open_group(Path(path) / chosen)
    return StoredMaps(f"{path}{JOINT}{chosen}", group, coordinates, group.attrs.asdict())


def listed(names: Sequence[str]) -> str:
    """Names of mazes in a message, of which only the first are named if there are many."""
    return ", ".join([*names[:MAX_NAMES], *(["..."] if len(names) > MAX_NAMES else [])])
