"""Summaries of a store, from the records of its tasks: a table of maps, and what is missing."""

import csv
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

from gridemp.files import replacing
from gridemp.sweeps.layout import COORDINATES, GROWING
from gridemp.sweeps.store import groups, records

NUMBERS = ("cells", "min", "mean", "max", "gap", "peak_x", "peak_y")


def rows(path: Path) -> list[dict[str, Any]]:
    """Settings and numbers of each map in a store, by group and coordinates.

    Parameters
    ----------
    path : Path
        Folder of the store.

    Returns
    -------
    list of dict
        Group, moves, torus, sensor, slip and horizon; number of cells; minimum, mean, maximum and
        widest gap in bits; x and y of the peak; and the settings that the group shares.
    """
    found = {}  # by group and place; a newer record replaces an older one
    there = groups(path)
    for record in records(path):
        for one in record["maps"] if record.get("group") in there else ():
            if "bytes" in one:
                place = {**record["condition"], "horizon": one["horizon"]}
                row = {"group": record["group"], **place}
                row |= {name: one[name] for name in NUMBERS} | record["settings"]
                found[record["group"], *place.values()] = row
    return [found[key] for key in sorted(found)]


def write_summary(path: Path, file: Path) -> None:
    """Write the rows of a store to a CSV file."""
    table = rows(path)
    columns = ["group", *GROWING, *NUMBERS]
    names = [*columns, *(name for name in (table[0] if table else ()) if name not in columns)]
    with replacing(file) as temporary, temporary.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


@dataclass(frozen=True)
class GroupSummary:
    """Contents of a group of a store.

    Attributes
    ----------
    name : str
        Name of the group.
    shape : (int, int)
        Height and width of its maze.
    sizes : dict of str to int
        Number of values of each of its coordinates moves, torus, sensor, slip and horizon.
    done : int
        Number of maps in it.
    failed : dict of tuple to str
        Moves, torus, sensor, slip and horizon of each map that failed, with the reason.
    """

    name: str
    shape: tuple[int, int]
    sizes: dict[str, int]
    done: int
    failed: dict[tuple[Any, ...], str]

    @property
    def missing(self) -> int:
        """Number of combinations of the coordinates that have no map, and did not fail."""
        return prod(self.sizes.values()) - self.done - len(self.failed)


def contents(path: Path) -> tuple[list[GroupSummary], dict[str, str]]:
    """Contents of a store.

    Parameters
    ----------
    path : Path
        Folder of the store.

    Returns
    -------
    groups : list of GroupSummary
        Its groups, in alphabetical order.
    unread : dict of str to str
        Mazes that could not be read, with the reasons.
    """
    found = groups(path)
    done: dict[str, set[tuple[Any, ...]]] = {name: set() for name in found}
    failed: dict[str, dict[tuple[Any, ...], str]] = {name: {} for name in found}
    unread: dict[str, str] = {}
    for record in records(path):
        unread |= record.get("unread", {})
        for one in record["maps"] if record.get("group") in found else ():
            place = (*record["condition"].values(), one["horizon"])
            if "bytes" in one:
                done[record["group"]].add(place)
            else:
                failed[record["group"]][place] = one["failed"]
    summaries = []
    for name, metadata in found.items():
        arrays = metadata["consolidated_metadata"]["metadata"]
        sizes = dict(zip(COORDINATES, arrays["empowerment"]["shape"], strict=True))
        shape = sizes.pop("y"), sizes.pop("x")
        left = {place: failed[name][place] for place in sorted(failed[name].keys() - done[name])}
        summaries.append(GroupSummary(name, shape, sizes, len(done[name]), left))
    return summaries, unread
