"""Results about other measures than empowerment, as JSON."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from gridemp.report.json_records import Facts, cells_facts, map_facts, world_facts
from gridemp.typing import Array

if TYPE_CHECKING:
    from gridemp.analysis.measures import Measured
    from gridemp.engine.map import EmpowermentMap
    from gridemp.worlds.world import World


def measure_facts(
    world: "World", horizon: int | None, measured: "Measured", cells: Array, heading: str
) -> Facts:
    """A measure of every cell.

    Parameters
    ----------
    world : World
        World of the measure.
    horizon : int or None
        Number of steps that it looks ahead.
    measured : Measured
        The measure.
    cells : ndarray, shape (H, W)
        Value of each cell, NaN where there is none.
    heading : str
        Choice among the states of a cell.
    """
    from gridemp.analysis.measures import MEASURES, shown_words

    known = cells[np.isfinite(cells)]
    return {
        **world_facts(world, horizon, shown=shown_words(world, heading)),
        "measure": measured.name,
        **estimate_facts([measured]),
        "unit": MEASURES[measured.name].unit,
        "lowest": known.min(initial=np.inf),
        "highest": known.max(initial=-np.inf),
        "cells": cells_facts(world, {measured.name: cells}),
    }


def comparison_facts(
    emap: "EmpowermentMap", measured: "Measured", values: Array, pearson: float, spearman: float
) -> Facts:
    """A map and a measure of the same cells, and their correlations.

    Parameters
    ----------
    emap : EmpowermentMap
        Map with one value for each cell.
    measured : Measured
        The measure.
    values : ndarray, shape (T,)
        Its value in each cell.
    pearson, spearman : float
        Correlations; NaN if undefined.
    """
    columns = {
        emap.quantity: emap.grid(),
        "gap": emap.grid(emap.gap),
        measured.name: emap.grid(values),
    }
    return {
        **map_facts(emap),
        "measure": measured.name,
        **estimate_facts([measured]),
        "pearson": pearson,
        "spearman": spearman,
        "gap": emap.gap.max(),
        "cells": cells_facts(emap.world, columns),
    }


def matrix_facts(
    emap: "EmpowermentMap",
    measures: Sequence["Measured"],
    columns: Mapping[str, Array],
    pairs: Sequence[tuple[str, str, float, float]],
) -> Facts:
    """A map and several measures of the same cells, and the correlations of all pairs.

    Parameters
    ----------
    emap : EmpowermentMap
        Map with one value for each cell.
    measures : sequence of Measured
        The measures.
    columns : mapping of str to ndarray, shape (T,)
        Value of each quantity in each cell, by its name.
    pairs : sequence of (str, str, float, float)
        Names of two quantities, and their Pearson and Spearman correlations.
    """
    grids = {name: emap.grid(values) for name, values in columns.items()}
    return {
        **map_facts(emap),
        "measures": [each.name for each in measures],
        **estimate_facts(measures),
        "correlations": [
            {"of": [one, two], "pearson": r, "spearman": rho} for one, two, r, rho in pairs
        ],
        "gap": emap.gap.max(),
        "cells": cells_facts(emap.world, {**grids, "gap": emap.grid(emap.gap)}),
    }


def estimate_facts(measures: Sequence["Measured"]) -> Facts:
    """Settings and largest standard error of each estimate among some measures, by its name."""
    return {
        f"{each.name}_estimate": {
            "discount": each.estimate.discount,
            "samples": each.estimate.samples,
            "seed": each.estimate.seed,
            "standard_error": each.estimate.error.max(),
        }
        for each in measures
        if each.estimate is not None
    }
