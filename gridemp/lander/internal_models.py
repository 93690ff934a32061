"""A simulated player of Lunar Lander with a forward and an inverse model of the game.

The player sees the game with a delay. Its *forward model* predicts the present motion of the lander
from what it saw and from the buttons that it has pressed since. The landing rule of the environment
says which push and which turn it should bring about then, and its *inverse model* finds the buttons
for them (Jordan & Rumelhart 1992; Wolpert & Kawato 1998). Each model makes mistakes of its own:

- The forward model forgets the buttons that the player has pressed, and predicts a free flight.
- The inverse model takes the three engines for one another.

References
----------
M. I. Jordan and D. E. Rumelhart, "Forward models: supervised learning with a distal teacher",
Cognitive Science 16, 307-354 (1992).

D. M. Wolpert and M. Kawato, "Multiple paired forward and inverse models for motor control", Neural
Networks 11, 1317-1329 (1998).
"""

import math
from collections import deque
from itertools import permutations
from typing import Any, NamedTuple

import numpy as np

from gridemp.lander.environment import (
    FRAME_RATE,
    NO_BUTTON,
    Buttons,
    buttons_for,
    desired_change,
)
from gridemp.lander.spells import Spells

DELAY = 8  # frames, 0.16 s
# Changes of velocity by an engine in a frame, in metres of the world per second, and of the spin in
# radians per second: impulses of the environment's engines over the mass of lander and legs, and
# over their moment of inertia about their centre.
MAIN_PUSH, SIDE_PUSH, SIDE_SPIN = 0.350, 0.0484, 0.1114
HALF_WIDTH, HALF_HEIGHT = 10.0, 20 / 3  # of the screen, in metres of the world
SPIN_UNITS = 20.0  # of the observed spin, times the length of a frame
CONFUSIONS = [order for order in permutations(range(3)) if order != (0, 1, 2)]


class Motion(NamedTuple):
    """Place and motion of the lander in the units of the environment's observation."""

    x: float
    y: float
    velocity_x: float
    velocity_y: float
    angle: float
    spin: float


def predicted(motion: Motion, buttons: Buttons, gravity: float) -> Motion:
    """Predict the motion one frame later, in the air and without wind.

    Parameters
    ----------
    motion : Motion
        Motion before the frame.
    buttons : Buttons
        Buttons pressed during the frame.
    gravity : float
        Downward gravity in the environment's units.
    """
    sin, cos = math.sin(motion.angle), math.cos(motion.angle)
    side = float(buttons.right) - float(buttons.left)
    across = -MAIN_PUSH * buttons.main * sin + SIDE_PUSH * side * cos
    upwards = MAIN_PUSH * buttons.main * cos + SIDE_PUSH * side * sin - gravity / FRAME_RATE
    velocity_x = motion.velocity_x + across * HALF_WIDTH / FRAME_RATE
    velocity_y = motion.velocity_y + upwards * HALF_HEIGHT / FRAME_RATE
    spin = motion.spin - SIDE_SPIN * side * SPIN_UNITS / FRAME_RATE
    return Motion(
        x=motion.x + velocity_x / HALF_WIDTH**2,
        y=motion.y + velocity_y / HALF_HEIGHT**2,
        velocity_x=velocity_x,
        velocity_y=velocity_y,
        angle=motion.angle + spin / SPIN_UNITS,
        spin=spin,
    )


class PlayerWithModels:
    """A player that acts by a forward and an inverse model, each right for a share of the time.

    Parameters
    ----------
    forward, inverse : float
        Quality of the two models: the probability of a spell without their mistake, from 0 to 1.
    rng : numpy.random.Generator
        Source of the spells.
    """

    def __init__(self, forward: float, inverse: float, rng: np.random.Generator) -> None:
        of_forward, of_inverse = rng.spawn(2)  # so that one does not depend on the other's quality
        self._forward = Spells(forward, 1, of_forward)
        self._inverse = Spells(inverse, len(CONFUSIONS), of_inverse)
        self._lander: Any = None
        self._seen: deque[Any] = deque(maxlen=DELAY + 1)
        self._pressed: deque[Buttons] = deque(maxlen=DELAY)

    def __call__(self, env: Any, observation: Any) -> Buttons:
        """Buttons pressed until the next frame."""
        if env.lander is not self._lander:  # a new episode
            self._lander = env.lander
            self._seen.clear()
            self._pressed.clear()
        self._seen.append(observation)
        buttons = buttons_for(*desired_change(env, self._expected(-env.gravity)))
        confusion = self._inverse.next_frame()
        if confusion is not None:
            buttons = Buttons(*(buttons[engine] for engine in CONFUSIONS[confusion]))
        self._pressed.append(buttons)
        return buttons

    def _expected(self, gravity: float) -> tuple[float, ...]:
        """Expected observation at present, from the one before the delay."""
        *numbers, left_leg, right_leg = map(float, self._seen[0])
        motion, on_ground = Motion(*numbers), bool(left_leg or right_leg)
        forgets = self._forward.next_frame() is not None
        for buttons in self._pressed:
            if on_ground:
                break
            motion = predicted(motion, NO_BUTTON if forgets else buttons, gravity)
            if motion.y < 0:  # the pad stops the fall
                motion, on_ground = Motion(motion.x, 0, 0, 0, motion.angle, 0), True
        return (*motion, on_ground or left_leg, on_ground or right_leg)
