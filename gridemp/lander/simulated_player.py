"""A simulated player of Lunar Lander with a given skill."""

from collections.abc import Callable
from typing import Any

import numpy as np

from gridemp.lander.environment import FRAME_RATE, SINGLE_BUTTONS, Buttons, heuristic_buttons

SPELL = 0.2  # mean length in seconds


def simulated_player(skill: float, rng: np.random.Generator) -> Callable[[Any, Any], Buttons]:
    """Return a player that plays in spells, some of them skilful and the others random.

    A spell lasts a geometrically distributed number of frames, 0.2 s on average. In a spell, the
    player follows the environment's landing rule with probability `skill`, frame by frame;
    otherwise it holds no button, left, right or main, each with the same probability.

    Parameters
    ----------
    skill : float
        Probability of a skilful spell: 0 for random play, 1 for the landing rule at every frame.
    rng : numpy.random.Generator
        Source of the spells.

    Returns
    -------
    callable
        Called with the environment and an observation; returns the buttons pressed until the next
        frame.
    """
    frames_left, held = 0, None

    def press(env: Any, observation: Any) -> Buttons:
        nonlocal frames_left, held
        if frames_left == 0:
            frames_left = int(rng.geometric(1 / (SPELL * FRAME_RATE)))
            skilful, choice = rng.random() < skill, int(rng.integers(len(SINGLE_BUTTONS)))
            held = None if skilful else SINGLE_BUTTONS[choice]
        frames_left -= 1
        return heuristic_buttons(env, observation) if held is None else held

    return press
