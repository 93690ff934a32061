"""Number, length and conditions of the trials of a recording."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError
from gridemp.lander.environment import FRAME_RATE, GRAVITY, check_conditions

MAX_TRIALS, MAX_SECONDS = 100_000, 3600.0

Span = tuple[float, float]  # values in the first and in the last trial, linear in between
Condition = tuple[float, float]  # gravity and wind
PAIR = 2


@dataclass(frozen=True)
class RecordingSettings:
    """Number, length and conditions of the trials that are recorded.

    Attributes
    ----------
    trials : int
        Number of trials of each player.
    seconds : float
        Length of a trial in seconds.
    gravity : float
        Downward gravity in the environment's units, above 0 and below 12.
    wind : pair of float
        Wind in the first and in the last trial, in the environment's units from 0 to 20. It changes
        linearly in between.
    conditions : sequence of (gravity, wind), optional
        Conditions that replace `gravity` and `wind`. Each player plays `trials` trials under each
        of them, one condition after the other, in a random order of its own.

    Raises
    ------
    GridempError
        If a setting is out of range.

    Examples
    --------
    >>> from gridemp.lander import RecordingSettings
    >>> settings = RecordingSettings(trials=3, seconds=10, wind=(0, 10))
    >>> settings.frames, settings.winds
    (500, [0.0, 5.0, 10.0])
    >>> crossed = RecordingSettings(trials=2, conditions=[(2, 0), (2, 20), (10, 0), (10, 20)])
    >>> crossed.trials_of_player
    8
    """

    trials: int = 30
    seconds: float = 30.0
    gravity: float = GRAVITY
    wind: Span = (0.0, 0.0)
    conditions: Sequence[Condition] = ()

    def __post_init__(self) -> None:
        kinds = {name: value for name, value in vars(self).items() if name != "conditions"}
        check_kinds(RecordingSettings, kinds)
        if not are_pairs(self.conditions):
            raise GridempError(
                "`conditions` must be a list of pairs of numbers (gravity, wind), such as "
                "[(10, 0), (10, 20)]"
            )
        if not 1 <= self.trials <= MAX_TRIALS:
            raise GridempError(
                f"`trials` must be a whole number from 1 to {MAX_TRIALS}, not {self.trials}"
            )
        if not 0 < self.seconds <= MAX_SECONDS:
            raise GridempError(
                f"`seconds` must be a number above 0, up to {MAX_SECONDS:g}, not {self.seconds:g}"
            )
        pairs = list(self.conditions)
        for gravity, wind in pairs or [(self.gravity, wind) for wind in self.wind]:
            check_conditions(gravity, wind)
        if len({tuple(pair) for pair in pairs}) < len(pairs):
            raise GridempError("`conditions` has a pair twice; give each pair once")

    @property
    def frames(self) -> int:
        """Number of frames of a trial."""
        return max(1, round(self.seconds * FRAME_RATE))

    @property
    def winds(self) -> list[float]:
        """Wind of each trial, if there are no `conditions`."""
        return ramp(self.wind, self.trials)

    @property
    def trials_of_player(self) -> int:
        """Number of trials of each player under all conditions."""
        return self.trials * max(1, len(self.conditions))

    def conditions_of(self, seed: int) -> list[Condition]:
        """Return the gravity and the wind of each trial of a player.

        Parameters
        ----------
        seed : int
            Seed of the player, which determines the order of its conditions.

        Returns
        -------
        list of (float, float)
            Gravity and wind of each trial.
        """
        if not len(self.conditions):
            return [(self.gravity, wind) for wind in self.winds]
        order = np.random.default_rng([seed, 0]).permutation(len(self.conditions))
        return [self.conditions[place] for place in order for _ in range(self.trials)]


def ramp(span: Span, trials: int) -> list[float]:
    """Values for all trials, linear from the first to the last."""
    return [float(value) for value in np.linspace(*span, trials)]


def are_pairs(conditions: object) -> bool:
    """True if this is a list or a tuple of pairs of numbers."""
    return isinstance(conditions, tuple | list) and all(
        isinstance(pair, tuple | list)
        and len(pair) == PAIR
        and all(isinstance(number, int | float) for number in pair)
        for pair in conditions
    )
