"""An agent that follows empowerment alone and computes only what its policy needs."""

from dataclasses import replace

import numpy as np

from gridemp.agents.empowerment_of_states import (
    check_complete,
    checked_empowerment,
    complete_states,
)
from gridemp.agents.policies import GAMMA, TEMPERATURE, check_temperature, greedy, plan, soft
from gridemp.agents.state_values import check_gamma
from gridemp.arguments import check_kinds
from gridemp.engine.empowerment import TOLERANCE, checked_horizon
from gridemp.engine.map import EmpowermentMap
from gridemp.engine.runtime import expected_seconds
from gridemp.errors import GridempError
from gridemp.progress import Progress, ignore
from gridemp.typing import Array, Indices, Mask
from gridemp.worlds.cells import checked_states
from gridemp.worlds.subworld import nearby, part
from gridemp.worlds.world import World

#: Names of the policies that an `Agent` can follow.
POLICIES = ("greedy", "soft", "plan")


class Agent:
    """An agent that follows empowerment alone and computes it only where its policy needs it.

    Parameters
    ----------
    world : World
        World of S states and A actions.
    horizon : int
        Number of steps n of the empowerment.
    policy : {"greedy", "soft", "plan"}
        Name of the policy; see the functions `greedy`, `soft` and `plan`.
    temperature : float
        Temperature of the policy `soft`, in bits.
    gamma : float
        Discount factor of the policy `plan`, from 0 up to but not including 1.
    tol : float
        Largest certified gap to accept, in bits.

    Attributes
    ----------
    bits, gap : ndarray, shape (S,)
        The empowerment of each state computed so far lies in [bits, bits + gap]; both are NaN for
        all others.

    Raises
    ------
    GridempError
        If the policy, the horizon, the temperature or gamma is invalid.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.agents import Agent
    >>> agent = Agent(gridemp.World.from_maze(gridemp.parse_maze("...")), horizon=1)
    >>> dict(zip(agent.world.actions, agent.action_probabilities([0])[0].tolist()))
    {'north': 0.0, 'east': 1.0, 'south': 0.0, 'west': 0.0, 'stay': 0.0}
    """

    def __init__(
        self,
        world: World,
        horizon: int,
        policy: str = "greedy",
        *,
        temperature: float = TEMPERATURE,
        gamma: float = GAMMA,
        tol: float = TOLERANCE,
    ) -> None:
        check_kinds(Agent, locals())
        check_policy(policy)
        check_temperature(temperature)
        check_gamma(gamma)
        self.world = world if world.deterministic else world.normalised()
        self.horizon = checked_horizon(horizon, world)
        self.policy, self.temperature, self.gamma, self.tol = policy, temperature, gamma, tol
        self.bits, self.gap = np.full((2, len(world.cell)), np.nan)
        self._complete = complete_states(self.world, self.horizon)
        self._planned: Array | None = None

    @property
    def name(self) -> str:
        """Name of the policy with its parameter, for captions."""
        parameters = {
            "soft": f", temperature {self.temperature:g} bits",
            "plan": f", gamma {self.gamma:g}",
        }
        return self.policy + parameters.get(self.policy, "")

    def required_states(self, states: Indices) -> Indices:
        """States of which the policy must know the empowerment to act in the given states.

        Parameters
        ----------
        states : ndarray of int
            States in which to act.

        Returns
        -------
        ndarray of int
            The required states, which include the given ones.
        """
        check_kinds(Agent.required_states, locals())
        states = checked_states(self.world, states)
        return nearby(self.world, states, None if self.policy == "plan" else 1)

    def expected_seconds(self, states: Indices) -> float:
        """Rough estimate of the time needed to compute the empowerment of the given states.

        Parameters
        ----------
        states : ndarray of int
            States to compute.

        Returns
        -------
        float
            Time in seconds.
        """
        check_kinds(Agent.expected_seconds, locals())
        states = checked_states(self.world, states)
        return expected_seconds(replace(self.world, starts=states.astype(np.int32)), self.horizon)

    def compute(self, states: Indices, progress: Progress | None = None) -> None:
        """Compute the empowerment of the given states where it is not yet known.

        Parameters
        ----------
        states : ndarray of int
            States to compute.
        progress : callable, optional
            Called with the fraction done, from 0 to 1.

        Raises
        ------
        GridempError, HorizonTooLarge
            For the same reasons as in `empowerment`, or if the world was built with too small a
            `within`.
        """
        check_kinds(Agent.compute, locals())
        states = checked_states(self.world, states)
        new = states[np.isnan(self.bits[states])]
        if len(new):
            check_complete(self.world, self._complete[new])
            bits, gap = checked_empowerment(
                self.world, self.horizon, self.tol, new, progress or ignore
            )
            self.bits[new], self.gap[new] = bits[new], gap[new]

    def action_probabilities(self, states: Indices, progress: Progress | None = None) -> Array:
        """Policy in the given states; computes the empowerment that it needs and does not know yet.

        Parameters
        ----------
        states : ndarray of int, shape (T,)
            States in which to act.
        progress : callable, optional
            Called with the fraction done, from 0 to 1.

        Returns
        -------
        ndarray, shape (T, A)
            pi(a | s) of each action.
        """
        check_kinds(Agent.action_probabilities, locals())
        progress = progress or ignore
        states = checked_states(self.world, states)
        if self.policy != "plan":
            self.compute(self.required_states(states), progress)
            if self.policy == "greedy":
                return greedy(self.world, self.bits, self.gap, states)
            return soft(self.world, self.bits, self.temperature, states)
        if self._planned is None or np.isnan(self._planned[states]).any():
            near, places = part(self.world, states)
            self.compute(places, lambda fraction: progress(0.9 * fraction))
            self._planned = np.full((len(self.world.cell), len(self.world.actions)), np.nan)
            self._planned[places] = plan(
                near,
                self.bits[places],
                self.gamma,
                gap=self.gap[places],
                progress=lambda fraction: progress(0.9 + 0.1 * fraction),
            )
        return self._planned[states]

    def preferred_actions(self, states: Indices) -> Mask:
        """Mask of the likeliest actions in each of the given states.

        Parameters
        ----------
        states : ndarray of int, shape (T,)
            States in which to act.

        Returns
        -------
        ndarray of bool, shape (T, A)
            True for the actions that the policy prefers.
        """
        check_kinds(Agent.preferred_actions, locals())
        probabilities = self.action_probabilities(states)
        if self.policy == "soft":  # soft weighs differences too small to be certified
            probabilities = greedy(self.world, self.bits, self.gap, states)
        return np.asarray(probabilities > 0)

    def map(self, states: Indices, world: World | None = None) -> EmpowermentMap:
        """Map of the empowerment of the given states, computed where necessary.

        Parameters
        ----------
        states : ndarray of int, shape (T,)
            States to map.
        world : World, optional
            World that the map refers to, such as one with its boxes drawn elsewhere; by default
            that of the agent.

        Returns
        -------
        EmpowermentMap
            Map of these states.
        """
        check_kinds(Agent.map, locals())
        states = checked_states(self.world, states)
        self.compute(states)
        return EmpowermentMap(
            world or self.world,
            self.horizon,
            self.bits[states],
            self.gap[states],
            states=states.astype(np.int32),
        )


def check_policy(policy: str) -> None:
    """Raise a GridempError if the policy is unknown."""
    if policy not in POLICIES:
        raise GridempError(f"there is no policy '{policy[:40]}'; use one of {', '.join(POLICIES)}")
