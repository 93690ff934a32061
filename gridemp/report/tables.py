"""Values of maps as CSV, JSON or NPZ: a row for each floor cell, by y, then x, in bits.

The CSV of several maps is one table, in which the columns that tell the maps apart come first:
those of maze, sensor, slip and horizon that vary. The JSON of one map is an object that describes
it and lists its cells; that of several maps is an object with a list of these, `maps`.
"""

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import indent
from typing import IO, Any

from gridemp.engine.map import EmpowermentMap
from gridemp.engine.map_file import write_map
from gridemp.engine.map_tables import columns
from gridemp.errors import GridempError

BLOCK = 2**16  # rows converted to Python numbers at a time


def column_names(emap: EmpowermentMap) -> tuple[str, str, str, str]:
    """Names of the columns: x, y, the quantity and its gap."""
    return ("x", "y", emap.quantity, "gap")


def rows(emap: EmpowermentMap) -> Iterator[tuple[int, int, float, float]]:
    """Yield x, y, quantity and gap (in bits) of each floor cell with a state, by y, then x."""
    table = columns(emap)
    x, y, bits, gap = (table[name] for name in column_names(emap))
    arrays = (x, y, bits.astype(float), gap.astype(float))
    for start in range(0, len(x), BLOCK):
        block = (column[start : start + BLOCK].tolist() for column in arrays)
        yield from zip(*block, strict=True)


def write_csv(emap: EmpowermentMap, stream: IO[str]) -> None:
    """Write a header and the rows, with every digit of every number."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(column_names(emap))
    writer.writerows(rows(emap))


def write_table(emaps: Sequence[EmpowermentMap], stream: IO[str]) -> None:
    """Write one table of several maps, with the columns that tell them apart before the others."""
    differences = told_apart(emaps)
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*differences[0], *column_names(emaps[0])])
    for emap, difference in zip(emaps, differences, strict=True):
        writer.writerows((*difference.values(), *row) for row in rows(emap))


def told_apart(emaps: Sequence[EmpowermentMap]) -> list[dict[str, str | float | None]]:
    """Maze, sensor, slip, horizon and discount of each map, as far as maps differ in them."""
    facts: list[dict[str, str | float | None]] = [
        {
            "maze": emap.world.maze.name,
            "sensor": emap.world.conditions.sensor,
            "slip": emap.world.conditions.slip,
            "horizon": emap.horizon,
            "discount": emap.kind.discount,
        }
        for emap in emaps
    ]
    varying = [name for name in facts[0] if len({fact[name] for fact in facts}) > 1]
    return [{name: fact[name] for name in varying} for fact in facts]


def write_json(emap: EmpowermentMap, stream: IO[str]) -> None:
    """Write one object: a description of the map, and a list of cells."""
    _write_map(described(emap), emap, stream, "")
    stream.write("\n")


def write_maps(emaps: Sequence[EmpowermentMap], stream: IO[str]) -> None:
    """Write one object with the list `maps`, each with what tells it apart and its values."""
    before = '{\n "maps": [\n'
    for emap, difference in zip(emaps, told_apart(emaps), strict=True):
        stream.write(before)
        _write_map(difference | described(emap), emap, stream, "  ")
        before = ",\n"
    stream.write("\n ]\n}\n")


def described(emap: EmpowermentMap) -> dict[str, Any]:
    """Description of a map, for JSON."""
    world, conditions = emap.world, emap.world.conditions
    return {
        "maze": world.maze.name,
        "horizon": emap.horizon,
        **emap.kind.facts(),
        "actions": world.actions,
        "slip": world.slip,
        "conditions": str(conditions),
        "source": emap.source or "optimal",
        "shown": emap.shown,
        "unit": "bits",
    }


def _write_map(
    description: dict[str, Any], emap: EmpowermentMap, stream: IO[str], margin: str
) -> None:
    """Write an object of a description and a list of cells, as `json.dump` does with `indent=1`.

    Parameters
    ----------
    description : dict
        Description of the map.
    emap : EmpowermentMap
        The map, whose cells are written one after another, as there may be a million.
    stream : text stream
        Where to write.
    margin : str
        Spaces at the beginning of each line.
    """
    head = indent(json.dumps(description, indent=1), margin).removesuffix(f"\n{margin}}}")
    stream.write(f'{head},\n{margin} "cells": [\n')
    fields = ",\n".join(f'{margin}   "{name}": %r' for name in column_names(emap))
    cell = f"{margin}  {{\n{fields}\n{margin}  }}"
    cells = (cell % row for row in rows(emap))
    stream.write(next(cells))
    stream.writelines(f",\n{text}" for text in cells)
    stream.write(f"\n{margin} ]\n{margin}}}")


def save_values(emap: EmpowermentMap, path: Path) -> None:
    """Write a map to a file with the suffix `.csv`, `.json` or `.npz`."""
    suffix = path.suffix.lower()
    if suffix == ".npz":
        with path.open("wb") as binary:
            write_map(emap, binary)
        return
    with path.open("w", encoding="utf-8", newline="") as stream:
        (write_csv if suffix == ".csv" else write_json)(emap, stream)


def check_one_map(count: int) -> None:
    """Raise a GridempError if several maps are to be written to an `.npz` file."""
    if count > 1:
        raise GridempError(
            f"an .npz file holds one map, but there are {count}; write .csv or .json, or a file "
            "for each"
        )


def save_table(emaps: Sequence[EmpowermentMap], path: Path) -> None:
    """Write several maps to a file with the suffix `.csv` or `.json`."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        (write_table if path.suffix.lower() == ".csv" else write_maps)(emaps, stream)
