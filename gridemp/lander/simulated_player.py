"""Simulated players of Lunar Lander with a given skill."""

from collections.abc import Callable
from typing import Any

import numpy as np

from gridemp.errors import GridempError
from gridemp.lander.environment import SINGLE_BUTTONS, Buttons, heuristic_buttons
from gridemp.lander.internal_models import PlayerWithModels
from gridemp.lander.spells import Spells

#: Abilities that a simulated player may learn.
LEARNS = ("play", "forward", "inverse", "both")

Press = Callable[[Any, Any], Buttons]  # of an environment and an observation


def check_learns(learns: str) -> None:
    """Raise a GridempError if this is nothing that a simulated player learns."""
    if learns not in LEARNS:
        raise GridempError(f"`learns` must be one of {', '.join(LEARNS)}, not {learns!r}")


def simulated_player(skill: float, rng: np.random.Generator, learns: str = "play") -> Press:
    """Return a player that makes no mistake for a share of the time.

    Spells without a mistake and others, 0.2 s long on average, follow each other at random.

    Parameters
    ----------
    skill : float
        Probability of a spell without a mistake, from 0 to 1.
    rng : numpy.random.Generator
        Source of the spells.
    learns : {"play", "forward", "inverse", "both"}
        Ability whose quality is `skill`. A player that learns to play follows the environment's
        landing rule frame by frame, or holds no button, left, right or main throughout a spell,
        each with the same probability. The others see the game with a delay and have a forward and
        an inverse model, of which one or both make mistakes; see `PlayerWithModels`.

    Returns
    -------
    callable
        Called with the environment and an observation; returns the buttons pressed until the next
        frame.
    """
    if learns != "play":
        forward, inverse = (skill if learns in (model, "both") else 1.0 for model in LEARNS[1:3])
        return PlayerWithModels(forward, inverse, rng)
    spells = Spells(skill, len(SINGLE_BUTTONS), rng)

    def press(env: Any, observation: Any) -> Buttons:
        held = spells.next_frame()
        return heuristic_buttons(env, observation) if held is None else SINGLE_BUTTONS[held]

    return press
