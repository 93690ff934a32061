"""Other ways to the same capacity, in bits; the `bench` extra brings them."""

from collections.abc import Callable
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

Channel = NDArray[np.float64]


def clarabel(channel: Channel) -> float:
    """The capacity as a convex program, by cvxpy with the CLARABEL solver."""
    import cvxpy as cp

    negentropy = (channel * np.log(channel, out=np.zeros_like(channel), where=channel > 0)).sum(1)
    source = cp.Variable(len(channel), nonneg=True)
    information = cp.sum(cp.entr(channel.T @ source)) + negentropy @ source
    problem = cp.Problem(cp.Maximize(information), [cp.sum(source) == 1])
    return float(problem.solve(solver="CLARABEL") / np.log(2))


def dit(channel: Channel) -> float:
    """The capacity by dit's Blahut-Arimoto iteration."""
    from dit.algorithms.channelcapacity import channel_capacity

    return float(channel_capacity(channel)[0])


INSTALLED = {"CLARABEL": ("cvxpy", clarabel), "dit": ("dit", dit)}
RIVALS: dict[str, Callable[[Channel], float]] = {
    name: capacity for name, (module, capacity) in INSTALLED.items() if find_spec(module)
}
