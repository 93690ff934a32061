"""A single greedy step towards the highest expected empowerment."""

from dataclasses import dataclass, replace

import numpy as np

from gridemp.arguments import check_kinds
from gridemp.engine.empowerment import TOLERANCE, empowerment
from gridemp.engine.map import ROUNDING
from gridemp.errors import GridempError
from gridemp.progress import Progress
from gridemp.worlds.cells import checked_states
from gridemp.worlds.world import World


@dataclass(frozen=True)
class Step:
    """One step of an agent.

    Attributes
    ----------
    action : str
        The intended action; in a noisy world another one may have been taken.
    expected : float
        Expected empowerment after the intended action, in bits.
    state : int
        State after the step.
    bits : float
        Certified lower end of the empowerment of that state, in bits.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.agents import climb
    >>> step = climb(gridemp.World.from_maze(gridemp.parse_maze("...")), state=0, horizon=1)
    >>> step.action, step.state
    ('east', 1)
    """

    action: str
    expected: float
    state: int
    bits: float


def climb(
    world: World,
    state: int,
    horizon: int,
    tol: float = TOLERANCE,
    *,
    rng: np.random.Generator | None = None,
    progress: Progress | None = None,
) -> Step:
    """Take the action with the highest expected empowerment of the next state.

    The action is the argmax over a of sum over s' of P(s' | s, a) E_n(s'). Among actions that the
    certificate cannot tell apart, one that is sure to change nothing is preferred; otherwise the
    first is taken.

    Parameters
    ----------
    world : World
        World of the agent. If it was built with `within`, that number of steps must exceed the
        horizon.
    state : int
        Current state of the agent.
    horizon : int
        Number of steps n.
    tol : float
        Largest certified gap to accept, in bits.
    rng : numpy.random.Generator, optional
        Source of the outcome of the action; only needed in a noisy world.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    Step
        The action, and the state that follows.

    Raises
    ------
    GridempError
        If the world is noisy and `rng` is missing, or for the same reasons as in `empowerment`.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.agents import climb
    >>> climb(gridemp.World.from_maze(gridemp.parse_maze("...")), state=0, horizon=1)
    Step(action='east', expected=1.584962500721156, state=1, bits=1.584962500721156)
    """
    check_kinds(climb, locals())
    (state,) = checked_states(world, [state], "state").tolist()
    if rng is None and not world.deterministic:
        raise GridempError("a noisy world needs `rng`, such as numpy.random.default_rng(0)")
    world = world if world.deterministic else world.normalised()
    successors, probabilities = world.successors[state], world.probabilities[state]
    ahead, place = np.unique(successors, return_inverse=True)
    emap = empowerment(replace(world, starts=ahead), horizon, tol, progress)
    bits = emap.bits[place.reshape(successors.shape)]
    expected = (probabilities * bits).sum(axis=1)
    good = expected >= expected.max() - max(float(emap.gap.max()), ROUNDING)
    idle = ((successors == state) | (probabilities == 0)).all(axis=1)
    waiting = np.flatnonzero(good & idle)
    action = int(waiting[-1]) if len(waiting) else int(good.argmax())  # stay is the last action
    outcome = 0
    if rng is not None and not world.deterministic:
        weights = probabilities[action] / probabilities[action].sum()
        outcome = int(rng.choice(len(weights), p=weights))
    return Step(
        action=world.actions[action],
        expected=float(expected[action]),
        state=int(successors[action, outcome]),
        bits=float(bits[action, outcome]),
    )
