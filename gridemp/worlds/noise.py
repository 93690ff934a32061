"""Noise as a kernel over actions: K[a, b] is the probability that b is taken if a is intended."""

from numbers import Real

import numpy as np

from gridemp.arguments import described
from gridemp.errors import GridempError
from gridemp.typing import Array, Labels
from gridemp.worlds.moves import OFFSETS

SLIP_KINDS = ("uniform", "perpendicular")


def slip_kernel(actions: tuple[str, ...], slip: float, kind: str = "uniform") -> Array:
    """Kernel of an agent that slips.

    Uniform: K[a, b] = 1 - slip if a = b, else slip / (A - 1). Perpendicular: slip / 2 for each of
    the two moves at right angles to the intended one; staying put does not slip.

    Parameters
    ----------
    actions : tuple of str
        Names of the A actions.
    slip : float
        Probability that an action other than the intended one is taken.
    kind : {"uniform", "perpendicular"}
        Kind of slip.

    Returns
    -------
    ndarray, shape (A, A)
        Kernel K[a, b]; each row sums to 1.

    Raises
    ------
    GridempError
        If `slip` is not a probability, or `kind` is unknown or cannot be used with these actions.
    """
    check_slip(slip)
    count = len(actions)
    if kind == "uniform":
        return np.where(np.eye(count, dtype=bool), 1 - slip, slip / max(1, count - 1))
    if kind != "perpendicular":
        raise GridempError(f"`slip_kind` must be {' or '.join(SLIP_KINDS)}, not '{kind}'")
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


def check_slip(slip: float) -> None:
    """Raise a GridempError unless this is a probability."""
    if not (isinstance(slip, Real) and 0 <= slip <= 1):  # NaN fails too
        raise GridempError(f"slip must be a probability from 0 to 1, not {described(slip)}")


def slipping(intended: Labels, kernel: Array | None) -> tuple[Labels, Array]:
    """Successors and probabilities of deterministic moves under a kernel over actions.

    Parameters
    ----------
    intended : ndarray of int, shape (S, A)
        Successor of each state if each action is taken.
    kernel : ndarray, shape (A, A), or None
        Kernel K[a, b]; None if the intended action is always the one taken.

    Returns
    -------
    successors, probabilities : ndarray, shape (S, A, K)
        Read-only views. K is A, or 1 without a kernel.
    """
    if kernel is None:
        return intended[:, :, None], np.broadcast_to(1.0, (*intended.shape, 1))
    shape = (*intended.shape, len(kernel))
    return np.broadcast_to(intended[:, None, :], shape), np.broadcast_to(kernel, shape)


_NAMES = {offset: name for name, offset in OFFSETS.items()}
