"""Spells of right and of wrong behaviour, of which the play of simulated players consists."""

import numpy as np

from gridemp.lander.environment import FRAME_RATE

SPELL = 0.2  # mean length in seconds


class Spells:
    """Spells of a geometrically distributed number of frames, 0.2 s on average.

    Parameters
    ----------
    quality : float
        Probability of a spell without a mistake, from 0 to 1.
    mistakes : int
        Number of different mistakes, one of which lasts for each of the other spells.
    rng : numpy.random.Generator
        Source of the spells.
    """

    def __init__(self, quality: float, mistakes: int, rng: np.random.Generator) -> None:
        self._quality, self._mistakes, self._rng = quality, mistakes, rng
        self._frames_left = 0
        self._mistake: int | None = None

    def next_frame(self) -> int | None:
        """Number of the mistake made in the next frame, counted from 0, or None."""
        if self._frames_left == 0:
            self._frames_left = int(self._rng.geometric(1 / (SPELL * FRAME_RATE)))
            right, mistake = self._rng.random() < self._quality, self._rng.integers(self._mistakes)
            self._mistake = None if right else int(mistake)
        self._frames_left -= 1
        return self._mistake
