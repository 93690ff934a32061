"""Agents that empowerment alone moves: one step to where more futures are open."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from gridemp.empowerment import empowerment
from gridemp.errors import GridempError
from gridemp.maps import ROUNDING
from gridemp.world import World


@dataclass(frozen=True)
class Step:
    """What an agent did and where it got.

    Attributes
    ----------
    action : str
        The action that it meant; in a noisy world another may have been taken.
    expected : float
        The mean empowerment of where that action leads, in bits.
    state : int
        Where it is now.
    bits : float
        Its empowerment there, in bits: the certified lower end.
    """

    action: str
    expected: float
    state: int
    bits: float


def climb(
    world: World,
    state: int,
    horizon: int,
    tol: float = 1e-6,
    *,
    rng: np.random.Generator | None = None,
    progress: Callable[[float], object] = lambda fraction: None,
) -> Step:
    """Take the action with the highest expected empowerment of the next state.

    argmax over a of sum over s' of P(s' | s, a) E_n(s'). Of actions that are equally good as far as
    the certificate can tell, one that is sure to change nothing if there is one, else the first.

    Parameters
    ----------
    world : World
        If it was built `within` some steps, for one more than the horizon.
    state : int
        Where the agent is.
    horizon : int
        Number of steps n.
    tol : float
        Largest certified gap to accept, in bits.
    rng : numpy.random.Generator, optional
        Draws what a noisy world does; others need none.
    progress : callable, optional
        Told the fraction done, from 0 to 1.

    Returns
    -------
    Step

    Raises
    ------
    GridempError
        If a noisy world is given no `rng`; and as `empowerment` does.
    """
    if rng is None and not world.deterministic:
        raise GridempError("a noisy world needs rng, such as numpy.random.default_rng(0)")
    world = world if world.deterministic else world.normalised()
    following, chances = world.successors[state], world.probabilities[state]
    ahead, place = np.unique(following, return_inverse=True)
    emap = empowerment(replace(world, starts=ahead), horizon, tol, progress)
    bits = emap.bits[place.reshape(following.shape)]
    expected = (chances * bits).sum(axis=1)
    good = expected >= expected.max() - max(float(emap.gap.max()), ROUNDING)
    idle = ((following == state) | (chances == 0)).all(axis=1)
    waiting = np.flatnonzero(good & idle)
    action = int(waiting[-1]) if len(waiting) else int(good.argmax())  # to stay is the last action
    way = 0
    if rng is not None and not world.deterministic:
        way = int(rng.choice(chances.shape[1], p=chances[action] / chances[action].sum()))
    return Step(
        world.actions[action],
        float(expected[action]),
        int(following[action, way]),
        float(bits[action, way]),
    )
