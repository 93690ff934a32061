"""An agent that does not know the walls, acts on its belief about them, and learns by walking.

In each step it takes an action that value iteration finds best in the believed world. Moving to s'
is worth E_n(s'), the empowerment of s' under the belief, and trying a move across an edge is worth
c bits more for each bit of information that it is expected to give about the wall:

    V(s) = max over a of  sum over s' of P(s'|s,a) (E_n(s') + g V(s')) + c info(s, a).

While the agent plans, belief and bonus stay fixed, as in J. Z. Kolter and A. Y. Ng, "Near-Bayesian
exploration in polynomial time", ICML (2009).
"""

import math
import warnings
from functools import cached_property

import numpy as np

from gridemp.agents.action_values import action_values
from gridemp.agents.belief import PRIOR, prior_belief
from gridemp.agents.exploration_record import ExplorationRecord, Update, differences
from gridemp.arguments import check_kinds
from gridemp.engine.channel import window
from gridemp.engine.channel_cache import CapacityCache
from gridemp.engine.channel_seconds import expected_channel_seconds
from gridemp.engine.empowerment import TOLERANCE, check_sequences, checked_horizon, empowerment
from gridemp.engine.map import EmpowermentMap
from gridemp.errors import ConvergenceWarning, GridempError
from gridemp.information.capacity import check_tolerance
from gridemp.progress import Progress, ignore
from gridemp.typing import Indices
from gridemp.worlds.cells import checked_states
from gridemp.worlds.moves import HEADINGS
from gridemp.worlds.subworld import nearby
from gridemp.worlds.world import World

CURIOSITY = 10.0
TIED = 1e-6  # bits by which equally good actions may differ


class Explorer:
    """An agent that does not know the walls of its world and explores it.

    Parameters
    ----------
    world : World
        True world of S states, of a kind that `prior_belief` accepts.
    horizon : int
        Number of steps n of the empowerment.
    prior : float
        Strength of the Beta prior of each edge: see `prior_belief`.
    curiosity : float
        Bits of empowerment that a bit of information is worth to the agent. With 0 it follows
        empowerment alone: unknown places have less of it than the few known ones, so the agent
        stops moving after a step or two. With less than a few times the range of the map, it may
        stop before it has seen everything; with 10 it sees everything and then goes to the peak.
    tol : float
        Largest certified gap to accept, in bits.

    Raises
    ------
    GridempError
        If the world is of another kind, or a number is out of range.
    HorizonTooLarge
        If the action sequences of a noisy world would not fit in memory.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.agents import Explorer
    >>> explorer = Explorer(gridemp.World.from_maze(gridemp.parse_maze("...")), horizon=1)
    >>> explorer.truth.bits.round(2)
    array([1.  , 1.58, 1.  ])
    """

    def __init__(
        self,
        world: World,
        horizon: int,
        *,
        prior: float = PRIOR,
        curiosity: float = CURIOSITY,
        tol: float = TOLERANCE,
    ) -> None:
        check_kinds(Explorer, locals())
        self.horizon = checked_horizon(horizon, world)
        check_tolerance(tol)
        if not (curiosity >= 0 and math.isfinite(curiosity)):
            raise GridempError(
                f"`curiosity` must be a number of bits, 0 or more, not {curiosity!r}"
            )
        self.world, self.curiosity, self.tol = world, curiosity, tol
        self.initial_belief = prior_belief(world, prior)
        check_sequences(self.initial_belief.world(), self.horizon)
        self._cache = CapacityCache(tol)

    @cached_property
    def truth(self) -> EmpowermentMap:
        """Map of the true world."""
        return empowerment(self.world, self.horizon, self.tol)

    def expected_seconds(self, steps: int) -> float:
        """Rough estimate of the time that an exploration takes.

        Parameters
        ----------
        steps : int
            Number of steps of the agent, 1 or more.

        Returns
        -------
        float
            Time in seconds.
        """
        check_kinds(Explorer.expected_seconds, locals())
        _check_steps(steps)
        believed = self.initial_belief.world()
        near = min(2 * self.horizon**2, len(believed.cell))  # places that an edge affects
        return steps * near * expected_channel_seconds(believed, self.horizon)

    def believed_empowerment(self, believed: World, places: Indices) -> Update:
        """Compute the empowerment of some places of a believed world.

        Capacities are remembered over all walks of this explorer.

        Parameters
        ----------
        believed : World
            Believed world, as `Belief.world` returns it.
        places : ndarray of int, shape (T,)
            States of the believed world.

        Returns
        -------
        Update
            The places, and the `bits` and `gap` of each, shape (T,).
        """
        check_kinds(Explorer.believed_empowerment, locals())
        bits, gap = np.zeros((2, len(places)))
        for i, place in enumerate(places.tolist()):
            bits[i], gap[i] = self._cache(window(believed, place, self.horizon))
        return Update(places, bits, gap)


def explore(
    explorer: Explorer,
    start: int,
    steps: int,
    rng: np.random.Generator,
    progress: Progress | None = None,
) -> ExplorationRecord:
    """Let an agent explore its world, and record what it believes.

    After each step the agent records whether the move worked, and the empowerment of all places
    whose n-step channels depend on the edge is recomputed, with a certificate.

    Parameters
    ----------
    explorer : Explorer
        The agent.
    start : int
        State of the true world in which the agent starts.
    steps : int
        Number of steps K.
    rng : numpy.random.Generator
        Source of the choices among equally good actions, and of the slips in a noisy world.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    ExplorationRecord
        The path, and the belief after each step.

    Raises
    ------
    GridempError
        If the number of steps is not positive.

    Warns
    -----
    ConvergenceWarning
        If some gap exceeds the tolerance; the intervals are valid nevertheless.

    Examples
    --------
    >>> import gridemp
    >>> import numpy as np
    >>> from gridemp.agents import Explorer, explore
    >>> explorer = Explorer(gridemp.World.from_maze(gridemp.parse_maze("...")), horizon=1)
    >>> record = explore(explorer, start=0, steps=9, rng=np.random.default_rng(0))
    >>> record.settled(), record.untried()
    (2, 0)
    """
    check_kinds(explore, locals())
    (start,) = checked_states(explorer.world, [start], "start").tolist()
    progress = progress or ignore
    _check_steps(steps)
    world, belief = explorer.world, explorer.initial_belief
    truth = explorer.truth
    believed = belief.world()
    places = np.flatnonzero(world.maze.floor)
    every = np.arange(world.maze.floor.size)
    successors = _intended_successors(world)
    updates = [explorer.believed_empowerment(believed, every)]
    bits = updates[0].bits.copy()
    path, tried = [start], []
    values = np.zeros(len(every))
    state = start
    for step in range(steps):
        progress(step / steps)
        bonus = explorer.curiosity * belief.information()
        gains, values = action_values(believed, bits, bonus, values)
        here = gains[places[state]]
        intended = int(rng.choice(np.flatnonzero(here >= here.max() - TIED)))
        taken = intended
        if not world.deterministic:
            taken = int(rng.choice(len(here), p=belief.kernel[intended]))
        state, before = int(successors[state, taken]), state
        path.append(state)
        edge = -1
        if taken < len(HEADINGS):
            edge = int(belief.grid.edge[places[before], taken])
        tried.append(edge)
        near = every[:0]
        if edge >= 0:
            belief = belief.after(edge, worked=state != before)
            believed = belief.world()
            near = belief.affected_places(edge, explorer.horizon)
        updates.append(explorer.believed_empowerment(believed, near))
        bits[near] = updates[-1].bits
    progress(1.0)
    _warn_if_missed(updates, explorer.tol)
    reachable = np.zeros(world.maze.shape, dtype=bool)
    reachable.ravel()[places[nearby(world, np.array([start]))]] = True
    max_difference, mean_difference = differences(truth, updates, reachable)
    return ExplorationRecord(
        truth=truth,
        curiosity=explorer.curiosity,
        initial_belief=explorer.initial_belief,
        updates=tuple(updates),
        path=np.stack(np.divmod(places[path], world.maze.shape[1]), axis=1),
        tried=np.array(tried, dtype=np.intp),
        worked=np.diff(path) != 0,
        reachable=reachable,
        max_difference=max_difference,
        mean_difference=mean_difference,
    )


def _check_steps(steps: int) -> None:
    """Raise a GridempError if the number of steps is not positive."""
    if steps < 1:
        raise GridempError(f"`steps` must be a whole number, 1 or more, not {steps}")


def _warn_if_missed(updates: list[Update], tol: float) -> None:
    missed = max(float(update.gap.max(initial=0.0)) for update in updates)
    if missed > tol:
        warnings.warn(
            f"some cells are certified only to within {missed:.3g} bits, not {tol:g}; raise `tol`",
            ConvergenceWarning,
            stacklevel=3,
        )


def _intended_successors(world: World) -> Indices:
    """State that each action leads to when it is carried out without a slip: shape (S, A)."""
    ends = world.successors[:, :, 0] if world.deterministic else world.successors[:, 0]
    return np.asarray(ends, dtype=np.intp)
