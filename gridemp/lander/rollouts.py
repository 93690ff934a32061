"""Flights of the lander from places of choice, begun at rest and upright."""

from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np

from gridemp.lander.environment import make_lander, require_lander
from gridemp.typing import Array

ACTIONS = 4  # none, left engine, main engine, right engine
SETTLING = 50  # frames without gravity after which the legs hang still
TOUCHING = 0.05  # metres of the world that the lander may stand in the ground


class AnyAction:
    """Stands in for a space of actions that are known to be right, as asking it is slow."""

    def contains(self, action: int) -> bool:
        """Yes."""
        return True


class Noise:
    """The numbers that scatter the engines, the same from the start whenever it is restarted."""

    def __init__(self, seed: int, repeat: int, count: int) -> None:
        rng = np.random.default_rng([seed, repeat])
        self.phases = [int(phase) for phase in rng.integers(-9999, 9999, 2)]  # of wind and torque
        self._numbers = rng.uniform(-1.0, 1.0, count).tolist()
        self._next = iter(self._numbers)

    def restart(self) -> None:
        """Begin again."""
        self._next = iter(self._numbers)

    def uniform(self, low: float, high: float) -> float:
        """The next number, from -1 to 1, as the environment asks for it."""
        return float(next(self._next))


class Flights:
    """One terrain over which the lander flies.

    Parameters
    ----------
    seed : int
        Of the terrain and of the noise.
    gravity, wind : float
        As `physics.make_lander` takes them.

    Attributes
    ----------
    ground : ndarray, shape (11, 2)
        Corners of the ground as observed: x in half screens from the middle; y in half screens
        where the lander would be if it stood there, 0 on the pad.
    pad : tuple of float
        x of its two flags.
    screen : tuple of float
        Least x, greatest x, least y, greatest y.
    """

    def __init__(self, seed: int, gravity: float, wind: float) -> None:
        module = require_lander()
        self.seed = seed
        self._env = make_lander(gravity, wind, continuous=False)
        self._env.action_space = AnyAction()  # which halves the time of a frame
        self._wide = module.VIEWPORT_W / module.SCALE / 2  # metres of half a screen
        self._high = module.VIEWPORT_H / module.SCALE / 2
        self._env.reset(seed=seed)
        self._foot = self._env.helipad_y + module.LEG_DOWN / module.SCALE
        corners = [self._env.sky_polys[0][0], *(poly[1] for poly in self._env.sky_polys)]
        leg = module.LEG_DOWN / module.SCALE  # by which the lander stands above the ground
        self.ground = np.array([self.observed(x, y + leg) for x, y in corners])
        flags = (self._env.helipad_x1, self._env.helipad_x2)
        self.pad = tuple(self.observed(x, 0.0)[0] for x in flags)
        low, high = (self.observed(0, y)[1] for y in (0, 2 * self._high))
        self.screen = (-1.0, 1.0, low, high)
        self._legs = self._settled_legs()
        self._corners = np.array(corners)

    def observed(self, x: float, y: float) -> tuple[float, float]:
        """A place of the world, in metres, as the environment observes it."""
        return x / self._wide - 1, (y - self._foot) / self._high

    def _settled_legs(self) -> list[tuple[float, float, float]]:
        """Where the legs hang from the lander, and how they are turned."""
        env = self._env
        gravity, env.world.gravity = tuple(env.world.gravity), (0, 0)
        bodies = [env.lander, *env.legs]
        for body in bodies:
            _at_rest(body)
        for _ in range(SETTLING):
            env.world.Step(1 / 50, 180, 60)
        env.world.gravity = gravity
        lander = env.lander
        places = [lander.GetLocalPoint(leg.position) for leg in env.legs]
        return [
            (float(place[0]), float(place[1]), float(leg.angle - lander.angle))
            for place, leg in zip(places, env.legs, strict=True)
        ]

    def is_free(self, x: float, y: float) -> bool:
        """Whether the lander, placed there, would be on the screen and not in the ground."""
        self._place(x, y)
        for body in (self._env.lander, *self._env.legs):
            for fixture in body.fixtures:
                corners = np.array([body.GetWorldPoint(v) for v in fixture.shape.vertices])
                left, right = corners[:, 0].min(), corners[:, 0].max()
                across = np.concatenate([[left, right], self._corners[:, 0]])
                across = across[(across >= left) & (across <= right)]
                ground = np.interp(across, *self._corners.T)
                if ground.max() > corners[:, 1].min() + TOUCHING:
                    return False
        return abs(x) < 1

    def _place(self, x: float, y: float) -> None:
        env = self._env
        across, up = (x + 1) * self._wide, y * self._high + self._foot
        places = [(0.0, 0.0, 0.0), *self._legs]
        for body, (right, above, angle) in zip((env.lander, *env.legs), places, strict=True):
            _at_rest(body)
            body.position, body.angle = (across + right, up + above), angle
        for leg in env.legs:
            leg.ground_contact = False
        env.game_over, env.prev_shaping = False, None

    def outcomes(self, x: float, y: float, horizon: int, frames: int, repeats: int) -> Array:
        """Where all action sequences lead.

        Each repeat has its own noise of the engines and phases of the wind, the same for all
        sequences and places; so what does not differ does not seem to. A flight that ends in a
        landing, a crash or outside the screen stays where it ended, and so does, without being
        flown, every sequence that begins alike.

        Parameters
        ----------
        x, y : float
            Where it begins, as observed.
        horizon : int
            Number n of actions in a sequence.
        frames : int
            For which each action is held.
        repeats : int
            Number R of flights of each sequence.

        Returns
        -------
        ndarray, shape (4**n, R, 3)
            x and y in half screens, angle in radians, of each sequence in lexicographic order.
        """
        self._env.reset(seed=self.seed)
        found = np.empty((ACTIONS**horizon, repeats, 3))
        for repeat in range(repeats):
            noise = Noise(self.seed, repeat, 2 * horizon * frames)
            done = 0  # sequences before this one need not be flown any more
            for i, sequence in enumerate(product(range(ACTIONS), repeat=horizon)):
                if i < done:
                    continue
                self._place(x, y)
                end, held = self._fly(sequence, frames, noise)
                done = i + ACTIONS ** (horizon - held)
                found[i:done, repeat] = end
        return found

    def _fly(
        self, sequence: Sequence[int], frames: int, noise: Noise
    ) -> tuple[tuple[float, float, float], int]:
        """Where a sequence leads, and how many of its actions mattered."""
        env = self._env
        noise.restart()
        env.np_random = noise
        env.wind_idx, env.torque_idx = noise.phases
        for held, action in enumerate(sequence, start=1):
            for _ in range(frames):
                state, _, over, _, _ = env.step(action)
                if over:
                    return (float(state[0]), float(state[1]), float(state[4])), held
        return (float(state[0]), float(state[1]), float(state[4])), len(sequence)


def _at_rest(body: Any) -> None:
    """No velocity, no force, and awake as if it had just been made."""
    body.awake = False
    body.awake = True
