"""Values of single cells and states of a map, and maps with one value for each cell."""

from dataclasses import replace
from typing import Any

import numpy as np

from gridemp.engine.map import EmpowermentMap
from gridemp.errors import GridempError
from gridemp.typing import Array, Indices
from gridemp.worlds.cells import all_distinct, best_states, check_heading, floor_cell
from gridemp.worlds.moves import HEADINGS
from gridemp.worlds.transitions import check_length


def value_at(emap: EmpowermentMap, x: Any, y: int | None, values: Array | None) -> float:
    """Value of a cell or of the state of an environment, as `EmpowermentMap.at` returns it."""
    if y is None:
        if not (hasattr(x, "step") or emap.world.names):
            raise GridempError(f"give the x and the y of a cell, or an environment, not {x!r}")
        return _value_of_state(emap, x, emap.bits if values is None else np.asarray(values))
    value = float(emap.grid(values)[floor_cell(emap.world.maze, x, y)])
    if value != value:
        raise GridempError(f"the agent cannot start at x = {x}, y = {y}; choose another cell")
    return value


def _value_of_state(emap: EmpowermentMap, env: Any, values: Array) -> float:
    """Value of the state that an environment is in, or that a node of a graph stands for."""
    check_length("values", values, len(emap.states))
    state = emap.world.state_of(env)
    places = np.flatnonzero(emap.states == state)
    if emap.per_cell or not len(places):
        raise GridempError(
            f"the map has no value for state {state}, the current state of the environment; "
            "compute it for all states with agents.empowerment_of_states"
        )
    return float(values[places[0]])


def one_per_cell(emap: EmpowermentMap, which: str) -> EmpowermentMap:
    """Return the map with one value for each cell, as `EmpowermentMap.one_per_cell` does."""
    check_heading(emap.world, which)
    heading, cell = emap.world.heading, emap.cell
    if which in HEADINGS and heading is not None:
        number = HEADINGS.index(which)
        chosen = np.flatnonzero(heading[emap.states] == number)
        starts = emap.world.start_states
        possible = np.intersect1d(emap.world.cell[starts[heading[starts] == number]], cell)
        if not len(chosen) or not np.array_equal(np.unique(cell[chosen]), possible):
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
