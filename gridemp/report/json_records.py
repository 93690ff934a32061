"""Results of the commands as JSON: the numbers that a terminal shows, and those behind them.

Empowerment and all that is measured with it is in bits. A number that does not exist is null.
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from gridemp.typing import Array

if TYPE_CHECKING:
    from gridemp.analysis.cell import CellSource
    from gridemp.analysis.horizon_curve import EmpowermentCurve
    from gridemp.analysis.sensitivity_result import Change, Sensitivity
    from gridemp.engine.map import EmpowermentMap
    from gridemp.worlds.world import World

Facts = dict[str, Any]


def json_text(facts: Mapping[str, Any]) -> str:
    """One JSON object, without NaN or infinity, which JSON has no numbers for."""
    return json.dumps(_plain(facts), indent=1, allow_nan=False)


def world_facts(world: "World", horizon: int | list[int] | None, **more: object) -> Facts:
    """Facts that begin the record of a result: the maze, the horizon, the conditions and `more`."""
    conditions = world.conditions
    of_maze = conditions.of_maze
    return {
        "maze": world.maze.name,
        "horizon": horizon,
        "actions": world.actions,
        "slip": world.slip,
        "slip_kind": conditions.slip_kind if conditions.noise == "slip" else None,
        "moves": conditions.moves if of_maze else None,
        "stay": conditions.stay if of_maze else None,
        "hands": conditions.hands,
        "holding": conditions.holding,
        "torus": conditions.torus if of_maze else None,
        "sensor": conditions.labels or conditions.sensor,
        "conditions": str(conditions),
        **more,
        "unit": "bits",
    }


def map_facts(emap: "EmpowermentMap") -> Facts:
    """Facts that begin the record of a result about one map."""
    source = emap.source or "optimal"
    facts = world_facts(emap.world, emap.horizon, source=source, shown=emap.shown)
    return {**facts, **emap.kind.facts()}


def cell_facts(source: "CellSource") -> Facts:
    """One cell: its empowerment, its outcomes and the first actions of an optimal source.

    `outcomes` are sensor readings; `reached` are the cells where the readings are taken.
    """
    names, probabilities = source.outcome_names(), source.probabilities.tolist()
    return {
        **world_facts(source.world, source.horizon, source="optimal"),
        **place_facts(source.xy),
        "heading": source.heading,
        "empowerment": source.bits,
        "gap": source.gap,
        "outcomes": [
            {"outcome": name, "probability": probability}
            for name, probability in zip(names, probabilities, strict=True)
        ],
        "first_actions": dict(
            zip(source.world.actions, source.first_actions.tolist(), strict=True)
        ),
        "most_entropy": source.most_entropy,
        "reached": cells_facts(source.world, {"probability": source.grid()}),
    }


def curve_facts(curve: "EmpowermentCurve") -> Facts:
    """Statistics of the cells at each horizon, and the values of the cells that are followed."""
    source, horizons = curve.source or "optimal", curve.horizons.tolist()
    return {
        **world_facts(curve.world, horizons, source=source, shown=curve.shown),
        **curve.kind.facts(),
        **{name: getattr(curve, name) for name in ("minimum", "median", "mean", "maximum", "gap")},
        "cells": [
            {**place_facts(cell), "values": values}
            for cell, values in zip(curve.cells, curve.values, strict=True)
        ],
        "ceilings": curve.ceilings,
    }


def sensitivity_facts(result: "Sensitivity") -> Facts:
    """Change of empowerment for each wall removed, by falling gain, or added, by falling loss.

    `empowerment` is that of `cell` or, if this is null, the mean over all cells.
    """

    def listed(changes: "tuple[Change, ...]") -> list[Facts]:
        return [
            {"kind": kind, "cells": [place_facts(cell) for cell in cells], "change": bits}
            for kind, cells, bits in changes
        ]

    return {
        **map_facts(result.base),
        "cell": None if result.cell is None else place_facts(result.cell),
        "empowerment": result.bits,
        "change_gap": result.gap,
        "removals": listed(result.removals),
        "additions": listed(result.additions),
    }


def place_facts(cell: tuple[int, ...]) -> Facts:
    """Coordinates of a cell, by name."""
    x, y = cell
    return {"x": x, "y": y}


def cells_facts(world: "World", columns: Mapping[str, Array]) -> list[Facts]:
    """Values of the cells that have some, by y, then x; each column has the shape (H, W)."""
    maze, first = world.maze, next(iter(columns.values()))
    places = sorted(
        (maze.xy(*place)[::-1], place) for place in np.argwhere(first == first).tolist()
    )
    return [
        {"x": x, "y": y, **{name: column[tuple(place)] for name, column in columns.items()}}
        for (y, x), place in places
    ]


def _plain(value: Any) -> Any:
    """Value in the types that JSON has; None for NaN and infinity."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, np.ndarray | np.generic):
        return _plain(value.tolist())
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return None if isinstance(value, float) and not np.isfinite(value) else value
