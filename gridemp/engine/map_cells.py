"""Maps with one value for each cell, made of maps whose cells have several states."""

from dataclasses import replace

import numpy as np

from gridemp.engine.map import EmpowermentMap
from gridemp.errors import GridempError
from gridemp.typing import Array, Indices
from gridemp.worlds.cells import all_distinct, best_states, check_heading
from gridemp.worlds.moves import HEADINGS


def one_per_cell(emap: EmpowermentMap, which: str) -> EmpowermentMap:
    """Return the map with one value for each cell, as `EmpowermentMap.one_per_cell` does."""
    check_heading(emap.world, which)
    heading, cell = emap.world.heading, emap.cell
    if which in HEADINGS and heading is not None:
        chosen = np.flatnonzero(heading[emap.states] == HEADINGS.index(which))
        if not np.array_equal(np.unique(cell[chosen]), np.unique(cell)):
            raise GridempError(f"this map does not hold the heading {which} of every cell")
        facing = _select(emap, chosen, emap.gap[chosen], which)
        if all_distinct(facing.cell):
            return facing
        return replace(facing.one_per_cell(), per_cell=which)
    if all_distinct(cell):
        return emap
    firsts, same = np.unique(cell, return_index=True, return_inverse=True)[1:]
    if which == "best":
        upper = np.zeros(len(firsts))
        np.maximum.at(upper, same, emap.bits + emap.gap)
        best = best_states(cell, emap.bits)
        return _select(emap, best, upper - emap.bits[best], which)
    count = np.bincount(same)
    bits, gap = (np.bincount(same, values) / count for values in (emap.bits, emap.gap))
    return replace(
        emap, bits=bits, gap=gap, outcomes=None, states=emap.states[firsts], per_cell=which
    )


def _select(emap: EmpowermentMap, chosen: Indices, gap: Array, per_cell: str) -> EmpowermentMap:
    """Return the map of the chosen states, with these gaps."""
    return replace(
        emap,
        bits=emap.bits[chosen],
        gap=gap,
        outcomes=None if emap.outcomes is None else emap.outcomes[chosen],
        states=emap.states[chosen],
        per_cell=per_cell,
    )
