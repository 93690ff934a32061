"""An agent that empowerment alone moves, and what it must know of its world for that."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from gridemp.agents.policies import (
    GAMMA,
    TEMPERATURE,
    check_gamma,
    check_temperature,
    greedy,
    plan,
    soft,
)
from gridemp.engine.empowerment import checked_horizon, empowerment
from gridemp.engine.map import ROUNDING, EmpowermentMap
from gridemp.engine.runtime import expected_seconds
from gridemp.errors import GridempError
from gridemp.progress import Progress, ignore
from gridemp.typing import Array, Indices
from gridemp.worlds.subworld import nearby, part
from gridemp.worlds.world import World

POLICIES = ("greedy", "soft", "plan")


class Agent:
    """An agent moved by empowerment alone, which works out what it needs when it needs it.

    Parameters
    ----------
    world : World
        Of S states and A actions.
    horizon : int
        Number of steps n of the empowerment that moves it.
    policy : {"greedy", "soft", "plan"}
        See `greedy`, `soft` and `plan`.
    temperature : float
        Of `soft`, in bits.
    gamma : float
        Of `plan`.
    tol : float
        Largest certified gap to accept, in bits.

    Attributes
    ----------
    bits, gap : ndarray, shape (S,)
        Empowerment as far as it is known yet, in [bits, bits + gap]; NaN elsewhere.

    Raises
    ------
    GridempError
        If there is no such policy, horizon, temperature or gamma.
    """

    def __init__(
        self,
        world: World,
        horizon: int,
        policy: str = "greedy",
        *,
        temperature: float = TEMPERATURE,
        gamma: float = GAMMA,
        tol: float = 1e-6,
    ) -> None:
        check_policy(policy)
        check_temperature(temperature)
        check_gamma(gamma)
        self.world = world if world.deterministic else world.normalised()
        self.horizon = checked_horizon(horizon, world)
        self.policy, self.temperature, self.gamma, self.tol = policy, temperature, gamma, tol
        self.bits, self.gap = np.full((2, len(world.cell)), np.nan)
        self._whole = _whole(self.world, self.horizon)
        self._planned: Array | None = None

    @property
    def name(self) -> str:
        """What a caption calls the policy."""
        more = {
            "soft": f", temperature {self.temperature:g} bits",
            "plan": f", gamma {self.gamma:g}",
        }
        return self.policy + more.get(self.policy, "")

    def needs(self, states: Indices) -> Indices:
        """The states whose empowerment it must know to act in some states, and there."""
        return nearby(self.world, states, None if self.policy == "plan" else 1)

    def expected_seconds(self, states: Indices) -> float:
        """Roughly how long it takes to learn the empowerment of some states."""
        return expected_seconds(replace(self.world, starts=states.astype(np.int32)), self.horizon)

    def learn(self, states: Indices, progress: Progress | None = None) -> None:
        """Work out the empowerment of some states, unless it is known."""
        progress = progress or ignore
        new = states[np.isnan(self.bits[states])]
        if len(new):
            _check_whole(self.world, self._whole[new])
            found = _drive(self.world, self.horizon, self.tol, states=new, progress=progress)
            for known, values in zip((self.bits, self.gap), found, strict=True):
                known[new] = values[new]

    def chances(self, states: Indices, progress: Progress | None = None) -> Array:
        """The policy in some states: shape (len(states), A)."""
        progress = progress or ignore
        if self.policy != "plan":
            self.learn(self.needs(states), progress)
            if self.policy == "greedy":
                return greedy(self.world, self.bits, self.gap, states)
            return soft(self.world, self.bits, self.temperature, states)
        if self._planned is None or np.isnan(self._planned[states]).any():
            near, places = part(self.world, states)
            self.learn(places, lambda fraction: progress(0.9 * fraction))
            self._planned = np.full((len(self.world.cell), len(self.world.actions)), np.nan)
            self._planned[places] = plan(
                near,
                *(self.bits[places], self.gamma, self.gap[places]),
                progress=lambda fraction: progress(0.9 + 0.1 * fraction),
            )
        return self._planned[states]

    def preferred(self, states: Indices) -> NDArray[np.bool_]:
        """The likeliest actions in some states: shape (len(states), A)."""
        chances = self.chances(states)
        if self.policy == "soft":  # whose weights tell apart what the certificate cannot
            chances = greedy(self.world, self.bits, self.gap, states)
        return np.asarray(chances > 0)

    def map(self, states: Indices, world: World | None = None) -> EmpowermentMap:
        """The map of some states, in its world or one that is drawn otherwise."""
        self.learn(states)
        bits, gap = self.bits[states], self.gap[states]
        return EmpowermentMap(world or self.world, self.horizon, bits, gap, states=states)


def check_policy(policy: str) -> None:
    """Raise a GridempError if there is no such policy."""
    if policy not in POLICIES:
        raise GridempError(f"there is no policy '{policy[:40]}'; use one of {', '.join(POLICIES)}")


def drive(
    world: World,
    horizon: int,
    tol: float = 1e-6,
    *,
    states: Indices | None = None,
    progress: Progress | None = None,
) -> tuple[Array, Array]:
    """What moves the agent: the empowerment of states, by default of all.

    Returns
    -------
    bits, gap : ndarray, shape (S,)
        The certified interval is [bits, bits + gap]; NaN for the states that were not asked for.

    Raises
    ------
    GridempError, HorizonTooLarge
        As `empowerment` does, and if the world was built `within` too few steps for some state.
    """
    progress = progress or ignore
    states = np.arange(len(world.cell)) if states is None else states
    _check_whole(world, _whole(world, checked_horizon(horizon, world))[states])
    return _drive(world, horizon, tol, states=states, progress=progress)


def _drive(
    world: World, horizon: int, tol: float, *, states: Indices, progress: Progress
) -> tuple[Array, Array]:
    everywhere: Indices = np.arange(len(world.cell))
    near, places = world, everywhere
    if world.boxes is not None and len(states) < len(everywhere):
        near, places = part(world, states, checked_horizon(horizon, world))
    starts = np.searchsorted(places, states).astype(np.int32)
    emap = empowerment(replace(near, starts=starts), horizon, tol, progress)
    found = np.full((2, len(world.cell)), np.nan)
    found[:, states] = emap.bits, emap.gap
    return found[0], found[1]


def _whole(world: World, horizon: int) -> NDArray[np.bool_]:
    """The states from which all that so many steps can lead to is there: shape (S,)."""
    if world.within is None or world.starts is None:
        return np.ones(len(world.cell), dtype=bool)
    whole = np.zeros(len(world.cell), dtype=bool)
    whole[nearby(world, world.starts.astype(np.intp), world.within - horizon)] = True
    return whole


def _check_whole(world: World, whole: NDArray[np.bool_]) -> None:
    """Raise a GridempError if some states lack what they can lead to."""
    if not whole.all():
        raise GridempError(
            f"this world was built for {world.within} steps, too few for all that its agent can "
            "get to; build it with a larger `within`"
        )


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
    progress: Progress | None = None,
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
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    Step

    Raises
    ------
    GridempError
        If a noisy world is given no `rng`; and as `empowerment` does.
    """
    progress = progress or ignore
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
