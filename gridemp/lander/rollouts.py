"""Rollouts of the lander: all action sequences from a given state."""

import math
from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np

from gridemp.lander.environment import FRAME_RATE, make_lander, require_lander
from gridemp.lander.state import LanderState
from gridemp.typing import Array

ACTIONS = 4  # none, left engine, main engine, right engine
SETTLING = 50  # frames without gravity after which the legs hang still
MAX_DEPTH = 0.05  # metres of the world by which the lander may reach into the ground


class UncheckedActions:
    """Action space that accepts any action unchecked, which halves the time of a frame."""

    def contains(self, action: int) -> bool:
        """Return True, whatever the action."""
        return True


class Noise:
    """Random numbers for the noise of the engines, the same ones after each restart.

    Parameters
    ----------
    seed, repeat : int
        Seed of the map and number of the rollout.
    count : int
        Number of random numbers.
    """

    def __init__(self, seed: int, repeat: int, count: int) -> None:
        rng = np.random.default_rng([seed, repeat])
        self.phases = [int(phase) for phase in rng.integers(-9999, 9999, 2)]  # of wind and torque
        self._numbers = rng.uniform(-1.0, 1.0, count).tolist()
        self._next = iter(self._numbers)

    def restart(self) -> None:
        """Start again from the first number."""
        self._next = iter(self._numbers)

    def uniform(self, low: float, high: float) -> float:
        """Return the next number, from -1 to 1: the range that the environment always asks for."""
        return float(next(self._next))


class Rollouts:
    """Rollouts of action sequences over one terrain.

    Parameters
    ----------
    seed : int
        Seed of the terrain and of the noise.
    gravity, wind : float
        Gravity and wind as in `make_lander`.

    Attributes
    ----------
    conditions : tuple
        Seed, gravity and wind.
    ground : ndarray, shape (11, 2)
        Corners (x, y) of the ground as observed by a lander that stands on it: x in half screens
        from the middle, y in half screens above the pad.
    pad : tuple of float
        x of each of the pad's two flags.
    screen : tuple of float
        Smallest x, largest x, smallest y and largest y of the screen.
    """

    def __init__(self, seed: int, gravity: float, wind: float) -> None:
        module = require_lander()
        self.conditions = seed, gravity, wind
        self._env = make_lander(gravity, wind, continuous=False)
        self._env.action_space = UncheckedActions()
        self._half_width = module.VIEWPORT_W / module.SCALE / 2  # metres
        self._half_height = module.VIEWPORT_H / module.SCALE / 2
        self._env.reset(seed=seed)
        self._foot = self._env.helipad_y + module.LEG_DOWN / module.SCALE
        corners = [self._env.sky_polys[0][0], *(poly[1] for poly in self._env.sky_polys)]
        leg = module.LEG_DOWN / module.SCALE  # height of a standing lander above the ground
        self.ground = np.array([self.observed(x, y + leg) for x, y in corners])
        flags = (self._env.helipad_x1, self._env.helipad_x2)
        self.pad = tuple(self.observed(x, 0.0)[0] for x in flags)
        low, high = (self.observed(0, y)[1] for y in (0, 2 * self._half_height))
        self.screen = (-1.0, 1.0, low, high)
        self._legs = self._settled_legs()
        self._corners = np.array(corners)

    def observed(self, x: float, y: float) -> tuple[float, float]:
        """Observed x and y, in half screens, of a place given in metres of the world."""
        return x / self._half_width - 1, (y - self._foot) / self._half_height

    def _settled_legs(self) -> list[tuple[float, float, float]]:
        """Place of each leg relative to the lander, in metres, and its relative angle."""
        env = self._env
        gravity, env.world.gravity = tuple(env.world.gravity), (0, 0)
        bodies = [env.lander, *env.legs]
        for body in bodies:
            _at_rest(body)
        for _ in range(SETTLING):
            env.world.Step(1 / FRAME_RATE, 180, 60)
        env.world.gravity = gravity
        lander = env.lander
        places = [lander.GetLocalPoint(leg.position) for leg in env.legs]
        return [
            (float(place[0]), float(place[1]), float(leg.angle - lander.angle))
            for place, leg in zip(places, env.legs, strict=True)
        ]

    def is_free(self, state: LanderState) -> bool:
        """Return True if a lander in this state is on the screen and not in the ground."""
        self._place(state)
        for body in (self._env.lander, *self._env.legs):
            for fixture in body.fixtures:
                corners = np.array([body.GetWorldPoint(v) for v in fixture.shape.vertices])
                left, right = corners[:, 0].min(), corners[:, 0].max()
                across = np.concatenate([[left, right], self._corners[:, 0]])
                across = across[(across >= left) & (across <= right)]
                ground = np.interp(across, *self._corners.T)
                if ground.max() > corners[:, 1].min() + MAX_DEPTH:
                    return False
        return abs(state.x) < 1

    def _place(self, state: LanderState) -> None:
        """Put the lander into a state, with its legs where they hang when nothing moves them."""
        env = self._env
        x, y = (state.x + 1) * self._half_width, state.y * self._half_height + self._foot
        across = state.velocity_x * self._half_width  # metres per second
        upwards = state.velocity_y * self._half_height
        cos, sin = math.cos(state.angle), math.sin(state.angle)
        places = [(0.0, 0.0, 0.0), *self._legs]
        for body, (along, above, angle) in zip((env.lander, *env.legs), places, strict=True):
            right, up = cos * along - sin * above, sin * along + cos * above
            _at_rest(body)
            body.position, body.angle = (x + right, y + up), state.angle + angle
            body.linearVelocity = (across - state.spin * up, upwards + state.spin * right)
            body.angularVelocity = state.spin
        for leg in env.legs:
            leg.ground_contact = False
        env.game_over, env.prev_shaping = False, None

    def outcomes(self, state: LanderState, horizon: int, frames: int, repeats: int) -> Array:
        """Return the outcomes of all action sequences from a state.

        Each repeat has its own engine noise and wind phases, which are the same for all sequences
        and states, so that noise makes no difference between sequences. A flight that ends in a
        landing, a crash or off the screen stays where it ended; all other sequences that begin with
        the actions taken until then have the same outcome and are not simulated.

        Parameters
        ----------
        state : LanderState
            Start.
        horizon : int
            Number n of actions in a sequence.
        frames : int
            Number of frames for which each action is held.
        repeats : int
            Number R of rollouts of each sequence.

        Returns
        -------
        ndarray, shape (4**n, R, 3)
            Final x and y in half screens and angle in radians, for each sequence in lexicographic
            order.
        """
        seed = self.conditions[0]
        self._env.reset(seed=seed)
        outcomes = np.empty((ACTIONS**horizon, repeats, 3))
        for repeat in range(repeats):
            noise = Noise(seed, repeat, 2 * horizon * frames)
            done = 0  # the outcomes of all sequences before this one are known
            for i, sequence in enumerate(product(range(ACTIONS), repeat=horizon)):
                if i < done:
                    continue
                self._place(state)
                outcome, taken = self._fly(sequence, frames, noise)
                done = i + ACTIONS ** (horizon - taken)
                outcomes[i:done, repeat] = outcome
        return outcomes

    def _fly(
        self, sequence: Sequence[int], frames: int, noise: Noise
    ) -> tuple[tuple[float, float, float], int]:
        """Outcome of a sequence, and the number of its actions that were taken."""
        env = self._env
        noise.restart()
        env.np_random = noise
        env.wind_idx, env.torque_idx = noise.phases
        for taken, action in enumerate(sequence, start=1):
            for _ in range(frames):
                state, _, over, _, _ = env.step(action)
                if over:
                    return (float(state[0]), float(state[1]), float(state[4])), taken
        return (float(state[0]), float(state[1]), float(state[4])), len(sequence)


def _at_rest(body: Any) -> None:
    """Reset the velocities and forces of a body, and wake it as if it had just been made."""
    body.awake = False
    body.awake = True
