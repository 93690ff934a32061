"""Checks of the fields of an empowerment map."""

import numpy as np

from gridemp.engine.kind import Kind
from gridemp.errors import GridempError
from gridemp.typing import Array
from gridemp.worlds.moves import HEADINGS

PER_CELL = ("best", "mean", *HEADINGS)


def check_values(horizon: int | None, bits: Array, gap: Array, per_cell: str, kind: Kind) -> None:
    """Raise a GridempError if a field of an `EmpowermentMap` has a value that no map has."""
    if (horizon is None) != (kind.discount is not None):
        raise GridempError("a map has a `horizon` or, as potential empowerment, a discount")
    if horizon is not None and horizon < 1:
        raise GridempError(f"`horizon` must be a whole number of steps, 1 or more, not {horizon}")
    if not np.isfinite(bits).all():
        raise GridempError("`bits` holds NaN or an infinite number; give each state its value")
    if not (np.isfinite(gap).all() and np.min(gap, initial=0) >= 0):
        raise GridempError("`gap` must hold widths of intervals in bits, 0 or more")
    if per_cell and per_cell not in PER_CELL:
        raise GridempError(
            f"`per_cell` must be one of {', '.join(PER_CELL)}, or empty, not '{per_cell[:40]}'"
        )


def checked_steps(horizon: int | None, kind: Kind) -> int:
    """Horizon of a map; raise a GridempError if it has none."""
    if horizon is None:
        raise GridempError(
            f"a map of {kind.label} has no horizon; give one that `empowerment` has computed"
        )
    return horizon
