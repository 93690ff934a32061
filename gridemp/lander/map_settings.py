"""Settings of a map of the lander's estimated empowerment; importing them needs no extra."""

import math
from dataclasses import dataclass

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError, HorizonTooLarge
from gridemp.lander.rollouts import ACTIONS

MAX_HORIZON = 6  # 4096 sequences
MAX_REPEATS, MAX_PLACES, MAX_FRAMES = 1000, 10_000, 500
MIN_RESOLUTION, MAX_RESOLUTION = 0.01, 10.0
FRAME_SECONDS = 2.5e-5  # for each frame of each sequence, though not all need simulating
SOLVE_SECONDS = 0.15  # for 256 sequences
START_SECONDS = 1.0


@dataclass(frozen=True)
class MapSettings:
    """Action sequences, sensor and places of a map.

    Attributes
    ----------
    horizon : int
        Number n of actions in a sequence.
    frames : int
        Number of frames for which each action is held, at 50 frames per second.
    resolution : float
        Standard deviation of the sensor, in half screens and half turns.
    repeats : int
        Number R of rollouts of each sequence, each with its own engine noise and wind phases.
    shape : pair of int
        Numbers of places up and across.

    Raises
    ------
    GridempError
        If a setting is out of range; HorizonTooLarge if the horizon gives too many sequences.

    Examples
    --------
    >>> from gridemp.lander import MapSettings
    >>> settings = MapSettings(horizon=3, shape=(4, 6))
    >>> settings.horizon, settings.repeats
    (3, 2)
    """

    horizon: int = 4
    frames: int = 25
    resolution: float = 0.1
    repeats: int = 2
    shape: tuple[int, int] = (10, 15)

    def __post_init__(self) -> None:
        check_kinds(MapSettings, vars(self))
        if self.horizon < 1:
            raise GridempError(f"`horizon` must be a whole number from 1, not {self.horizon}")
        if self.horizon > MAX_HORIZON:
            raise HorizonTooLarge(
                f"{self.horizon} actions make {ACTIONS}^{self.horizon} sequences, each of which "
                f"would be flown from every place; lower `horizon` to {MAX_HORIZON} at most and "
                "increase `frames`"
            )
        if not 1 <= self.frames <= MAX_FRAMES:
            raise GridempError(
                f"`frames` must be a whole number from 1 to {MAX_FRAMES}, not {self.frames}"
            )
        if not MIN_RESOLUTION <= self.resolution <= MAX_RESOLUTION:
            raise GridempError(
                f"`resolution` must be a number from {MIN_RESOLUTION:g} to {MAX_RESOLUTION:g}, "
                f"not {self.resolution:g}"
            )
        if not 1 <= self.repeats <= MAX_REPEATS:
            raise GridempError(
                f"`repeats` must be a whole number from 1 to {MAX_REPEATS}, not {self.repeats}"
            )
        if not is_shape(self.shape):
            raise GridempError(
                f"`shape` must have from 1 to {MAX_PLACES} places in all, such as "
                f"{MapSettings.shape}"
            )

    def expected_seconds(self, processes: int = 1) -> float:
        """Estimated time of `lander_map`, correct to within a factor of about three.

        Parameters
        ----------
        processes : int
            Number of processes that share the places.

        Returns
        -------
        float
            Time in seconds.
        """
        check_kinds(MapSettings.expected_seconds, locals())
        sequences, places = float(ACTIONS**self.horizon), math.prod(self.shape)
        flying = FRAME_SECONDS * sequences * self.repeats * self.horizon * self.frames
        solving = SOLVE_SECONDS * (sequences / 256) ** 2
        return START_SECONDS + 0.7 * places * (flying + solving) / min(processes, places)


def is_shape(shape: tuple[int, int]) -> bool:
    """Return True if a grid of this shape has at least one place, and not too many."""
    return min(shape) >= 1 and math.prod(shape) <= MAX_PLACES
