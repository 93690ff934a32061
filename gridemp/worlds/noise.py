"""Noise as a kernel over actions: K[a, b], the probability that b is taken when a is meant."""

from numbers import Real

import numpy as np
from numpy.typing import NDArray

from gridemp.errors import GridempError
from gridemp.worlds.moves import OFFSETS

SLIP_KINDS = ("uniform", "perpendicular")


def slip_kernel(
    actions: tuple[str, ...], slip: float, kind: str = "uniform"
) -> NDArray[np.float64]:
    """The kernel of an agent that slips.

    Uniform: K[a, b] = 1 - slip if a = b, else slip / (A - 1). Perpendicular: slip / 2 for each of
    the two moves at right angles to the one meant; staying does not slip.

    Parameters
    ----------
    actions : tuple of str
        The A actions by name.
    slip : float
        Probability that another action is taken than the one meant.
    kind : {"uniform", "perpendicular"}
        Which others.

    Returns
    -------
    ndarray, shape (A, A)
        Each row sums to 1.

    Raises
    ------
    GridempError
        If `slip` is no probability, or `kind` unknown or without meaning for these actions.
    """
    if not (isinstance(slip, Real) and 0 <= slip <= 1):  # NaN fails too
        raise GridempError(f"slip is a probability from 0 to 1, not {slip!r}")
    count = len(actions)
    if kind == "uniform":
        return np.where(np.eye(count, dtype=bool), 1 - slip, slip / max(1, count - 1))
    if kind != "perpendicular":
        raise GridempError(f"there is no slip kind '{kind}'; use {' or '.join(SLIP_KINDS)}")
    if not set(actions) <= set(OFFSETS):
        raise GridempError(
            "perpendicular slip needs moves with a direction; use the moves nesw or king"
        )
    kernel = np.zeros((count, count))
    for meant, (drow, dcol) in enumerate(OFFSETS[action] for action in actions):
        kernel[meant, meant] += 1 - slip
        for aside in ((dcol, -drow), (-dcol, drow)):
            kernel[meant, actions.index(_NAMES[aside])] += slip / 2
    return kernel


_NAMES = {offset: name for name, offset in OFFSETS.items()}
