"""A simulated player of Lunar Lander whose skill is set."""

from collections.abc import Callable
from typing import Any

import numpy as np

from gridemp.lander.environment import FRAMES, SINGLE, Buttons, heuristic_buttons

SPELL = 0.2  # seconds, in the mean


def simulated_player(skill: float, rng: np.random.Generator) -> Callable[[Any, Any], Buttons]:
    """A player that goes from spell to spell, skilful in some and random in others.

    A spell lasts a geometric number of frames, 0.2 s in the mean. With probability `skill` the
    player follows the environment's landing rule in it, frame by frame; otherwise it holds nothing,
    left, right or main, each as likely.

    Parameters
    ----------
    skill : float
        From 0, random, to 1, the landing rule at every frame.
    rng : numpy.random.Generator
        Of the spells.

    Returns
    -------
    callable
        From environment and observation to the buttons that are pressed until the next frame.
    """
    left, held = 0, None

    def press(env: Any, observation: Any) -> Buttons:
        nonlocal left, held
        if left == 0:
            left = int(rng.geometric(1 / (SPELL * FRAMES)))
            skilful, choice = rng.random() < skill, int(rng.integers(len(SINGLE)))
            held = None if skilful else SINGLE[choice]
        left -= 1
        return heuristic_buttons(env, observation) if held is None else held

    return press
