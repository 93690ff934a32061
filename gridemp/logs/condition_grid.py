"""Information of actions under pairs of conditions, such as gravity and wind, as a grid."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError
from gridemp.logs.learning_curve import LearningCurve
from gridemp.logs.trends import interval_of_mean
from gridemp.logs.trial_information import TrialInformation, trials_by_player
from gridemp.logs.trial_rows import sorted_names
from gridemp.shown import Shown, counted

AXES = 2


@dataclass(frozen=True)
class ConditionMean:
    """Mean over players of the information under one pair of conditions.

    The value of a player is the mean of its trials under these conditions. Intervals follow
    Student's t from the differences between players, and are NaN for a single player.

    Attributes
    ----------
    x, y : str
        Names of the two conditions.
    players, trials : int
        Number of players, and number of all their trials.
    bits : float
        Mean of the estimates, in bits.
    low, high : float
        95 % interval of the mean, in bits.
    null_mean : float
        Mean of the null estimates, in bits.
    above, above_low, above_high : float
        Mean of the estimates less the null estimates, in bits, and its 95 % interval.
    without : float
        Mean of the estimates without the context, in bits; NaN if there is no context.

    Examples
    --------
    >>> from gridemp.logs import ConditionMean
    >>> mean = ConditionMean("2", "10", 8, 16, 0.6, 0.5, 0.7, 0.4, 0.2, 0.1, 0.3, 0.6)
    >>> mean.is_above_chance
    True
    """

    x: str
    y: str
    players: int
    trials: int
    bits: float
    low: float
    high: float
    null_mean: float
    above: float
    above_low: float
    above_high: float
    without: float

    @property
    def is_above_chance(self) -> bool:
        """True if the interval of the part above chance lies above 0."""
        return self.above_low > 0


@dataclass(frozen=True, eq=False, repr=False)
class ConditionGrid(Shown):
    """Means over players of the information under all pairs of two conditions.

    Attributes
    ----------
    curve : LearningCurve
        Information of all trials, with the settings of the estimate.
    x, y : str
        Columns that name the conditions.
    x_names, y_names : tuple of str
        Names of the conditions: sorted if all are numbers, otherwise in order of first appearance.
    means : tuple of ConditionMean
        Means of the pairs that occur, ordered by y and then by x.

    Examples
    --------
    >>> import numpy as np
    >>> from gridemp.logs import EstimateSettings, Trial, Windows, condition_grid, measure
    >>> rng = np.random.default_rng(0)
    >>> held, noise = rng.normal(size=(2, 4, 100, 1))
    >>> pairs = [("2", "0"), ("2", "20"), ("10", "0"), ("10", "20")]
    >>> trials = [Trial("Ada", "1", held[i], noise[i], None, pair) for i, pair in enumerate(pairs)]
    >>> names = {"conditions": ("gravity", "wind")}
    >>> windows = Windows("log", tuple(trials), ("held",), ("moved",), (), "trial", **names)
    >>> condition_grid(measure(windows, EstimateSettings("copula", shuffles=20)))
    ConditionGrid('log', 2 x 2 conditions of gravity and wind, 1 player)
    """

    curve: LearningCurve
    x: str
    y: str
    x_names: tuple[str, ...]
    y_names: tuple[str, ...]
    means: tuple[ConditionMean, ...]

    def __repr__(self) -> str:
        size = f"{len(self.x_names)} x {len(self.y_names)} conditions of {self.x} and {self.y}"
        players = counted(len(self.curve.players), "player")
        return f"ConditionGrid({self.curve.name!r}, {size}, {players})"


def condition_grid(curve: LearningCurve) -> ConditionGrid:
    """Return the means over players of the information under each pair of conditions.

    Parameters
    ----------
    curve : LearningCurve
        Information in trials that have two conditions.

    Returns
    -------
    ConditionGrid
        Means, in bits.

    Raises
    ------
    GridempError
        If the trials do not have two conditions.

    Examples
    --------
    >>> import numpy as np
    >>> from gridemp.logs import EstimateSettings, Trial, Windows, condition_grid, measure
    >>> rng = np.random.default_rng(0)
    >>> held, noise = rng.normal(size=(2, 2, 100, 1))
    >>> trials = (
    ...     Trial("Ada", "1", held[0], held[0] + noise[0], None, ("2", "0")),
    ...     Trial("Ada", "2", held[1], held[1] + 9 * noise[1], None, ("2", "20")),
    ... )
    >>> names = {"conditions": ("gravity", "wind")}
    >>> windows = Windows("log", trials, ("held",), ("moved",), (), "trial", **names)
    >>> grid = condition_grid(measure(windows, EstimateSettings("copula", shuffles=20)))
    >>> [(mean.y, round(mean.above, 1)) for mean in grid.means]
    [('0', 0.4), ('20', -0.0)]
    """
    check_kinds(condition_grid, locals())
    if len(curve.conditions) != AXES:
        raise GridempError(
            f"a grid needs two columns of conditions, and these trials have {len(curve.conditions)}"
        )
    x_names, y_names = (
        sorted_names(list(dict.fromkeys(trial.conditions[axis] for trial in curve.trials)))
        for axis in range(AXES)
    )
    groups: dict[tuple[str, ...], list[TrialInformation]] = {
        (x, y): [] for y in y_names for x in x_names
    }
    for trial in curve.trials:
        groups[trial.conditions].append(trial)
    return ConditionGrid(
        curve=curve,
        x=curve.conditions[0],
        y=curve.conditions[1],
        x_names=x_names,
        y_names=y_names,
        means=tuple(_mean(x, y, trials) for (x, y), trials in groups.items() if trials),
    )


def _mean(x: str, y: str, trials: Sequence[TrialInformation]) -> ConditionMean:
    """Mean of the players' trials under one pair of conditions."""
    players = trials_by_player(trials).values()
    bits, chance, without = (
        [fmean(getattr(trial, name) for trial in of_player) for of_player in players]
        for name in ("bits", "null_mean", "without")
    )
    above = [mine - by_chance for mine, by_chance in zip(bits, chance, strict=True)]
    low, high = interval_of_mean(bits)
    above_low, above_high = interval_of_mean(above)
    return ConditionMean(
        x=x,
        y=y,
        players=len(bits),
        trials=len(trials),
        bits=fmean(bits),
        low=low,
        high=high,
        null_mean=fmean(chance),
        above=fmean(above),
        above_low=above_low,
        above_high=above_high,
        without=fmean(without),
    )
