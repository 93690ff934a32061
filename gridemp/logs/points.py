"""The check of the points that estimators take: rows of finite numbers, equally many each."""

from typing import Any

import numpy as np

from gridemp.arguments import described, numbers_in
from gridemp.errors import GridempError
from gridemp.typing import Array


def checked_points(**arguments: Any) -> list[Array]:
    """Return the points of several spaces as float arrays of shape (N, columns).

    Parameters
    ----------
    **arguments : array_like, shape (N, columns) or (N,)
        Coordinates of the same N points; (N,) stands for a single column.

    Raises
    ------
    GridempError
        If an argument is not of finite numbers, or they have different numbers of rows.
    """
    spaces: list[Array] = []
    for name, values in arguments.items():
        array = numbers_in(values)
        if array is None or array.ndim not in (1, 2):
            raise GridempError(
                f"`{name}` must be numbers, with a row for each window, not {described(values)}"
            )
        space = (array if array.ndim == 2 else array[:, None]).astype(float, copy=False)
        if spaces and len(space) != len(spaces[0]):
            raise GridempError(
                f"`{name}` has {len(space)} rows and `{next(iter(arguments))}` has "
                f"{len(spaces[0])}; give a row of each for every window"
            )
        if not np.isfinite(space).all():
            row = int(np.argmin(np.isfinite(space).all(axis=1)))
            raise GridempError(
                f"row {row} of `{name}` holds NaN or an infinite number; leave out that window"
            )
        spaces.append(space)
    return spaces
