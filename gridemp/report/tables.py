"""Values of a map as CSV, JSON or NPZ: a row for each floor cell, by y, then x, in bits."""

import csv
import json
from pathlib import Path
from typing import IO, Any

import numpy as np

from gridemp.engine.map import EmpowermentMap


def columns(emap: EmpowermentMap) -> tuple[str, str, str, str]:
    """Names of the columns: x, y, the quantity and its gap."""
    return ("x", "y", emap.quantity, "gap")


def rows(emap: EmpowermentMap) -> list[tuple[int, int, float, float]]:
    """Values x, y, quantity and gap (in bits) of each floor cell with a state, by y, then x."""
    emap = emap.one_per_cell()
    maze = emap.world.maze
    bits, gap = emap.grid(), emap.grid(emap.gap)
    cells = [(*maze.xy(row, col), row, col) for row, col in maze.cells.tolist()]
    return [
        (x, y, float(bits[row, col]), float(gap[row, col]))
        for x, y, row, col in sorted(cells, key=lambda cell: (cell[1], cell[0]))
        if bits[row, col] == bits[row, col]  # NaN where there is no state
    ]


def write_csv(emap: EmpowermentMap, stream: IO[str]) -> None:
    """Write a header and the rows, with every digit of every number."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns(emap))
    writer.writerows(rows(emap))


def write_json(emap: EmpowermentMap, stream: IO[str]) -> None:
    """Write one object: a description of the map, and a list of cells."""
    world, conditions = emap.world, emap.world.conditions
    content: dict[str, Any] = {
        "maze": world.maze.name,
        "horizon": emap.horizon,
        "actions": world.actions,
        "slip": conditions.slip if world.deterministic or conditions.noise == "slip" else None,
        "conditions": str(conditions),
        "source": emap.source or "optimal",
        "shown": emap.shown,
        "unit": "bits",
        "cells": [dict(zip(columns(emap), row, strict=True)) for row in rows(emap)],
    }
    json.dump(content, stream, indent=1)
    stream.write("\n")


def write_npz(emap: EmpowermentMap, stream: IO[bytes]) -> None:
    """Write the quantity and `gap` as (H, W) arrays in array order, NaN on walls."""
    emap = emap.one_per_cell()
    arrays: dict[str, Any] = {emap.quantity: emap.grid(), "gap": emap.grid(emap.gap)}
    np.savez(stream, **arrays)


def save_values(emap: EmpowermentMap, path: Path) -> None:
    """Write a map to a file with the suffix `.csv`, `.json` or `.npz`."""
    suffix = path.suffix.lower()
    if suffix == ".npz":
        with path.open("wb") as binary:
            write_npz(emap, binary)
        return
    with path.open("w", encoding="utf-8", newline="") as stream:
        (write_csv if suffix == ".csv" else write_json)(emap, stream)
