"""Settings of an estimate of information."""

from dataclasses import dataclass

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError
from gridemp.logs.resampling import MIN_SHUFFLES, NULLS

ESTIMATORS = ("ksg", "copula", "plugin")


@dataclass(frozen=True)
class EstimateSettings:
    """Settings of an estimate of information, of its null estimates and of their randomness.

    Attributes
    ----------
    estimator : {"ksg", "copula", "plugin"}
        Estimator: `ksg` (`frenzel_pompe` with context), `gaussian_copula` or `plug_in`.
    k : int
        Number of the nearest neighbour for "ksg".
    bins : int, optional
        Number of bins of each column for "plugin"; by default each value is a symbol.
    shuffles : int
        Number of null estimates for each trial.
    null : {"shift", "shuffle"}
        Null estimates from actions that are shifted in time, which keeps the likeness of successive
        windows, or put in random order.
    seed : int
        Seed of all random numbers.

    Raises
    ------
    GridempError
        If a setting is invalid.

    Examples
    --------
    >>> from gridemp.logs import EstimateSettings
    >>> EstimateSettings("plugin", bins=4).record()
    {'estimator': 'plugin', 'bins': 4, 'null': 'shift', 'shuffles': 200, 'seed': 0}
    """

    estimator: str = "ksg"
    k: int = 3
    bins: int | None = None
    shuffles: int = 200
    null: str = "shift"
    seed: int = 0

    def __post_init__(self) -> None:
        check_kinds(EstimateSettings, vars(self))
        for name, value, known in (
            ("estimator", self.estimator, ESTIMATORS),
            ("null", self.null, NULLS),
        ):
            if value not in known:
                raise GridempError(f"`{name}` must be {' or '.join(known)}, not {value[:40]!r}")
        for name, number, least in (
            ("k", self.k, 1),
            ("shuffles", self.shuffles, MIN_SHUFFLES),
            ("bins", self.bins, 2),
        ):
            if number is not None and number < least:
                raise GridempError(f"`{name}` must be {least} or more, not {number}")
        if self.bins is not None and self.estimator != "plugin":
            raise GridempError(
                f"{self.estimator} needs no bins; leave out `bins` or set `estimator` to plugin"
            )

    def record(self) -> dict[str, str | float | None]:
        """Return the settings that the estimates depend on.

        Returns
        -------
        dict
            Settings by name.
        """
        record: dict[str, str | float | None] = {"estimator": self.estimator}
        if self.estimator == "ksg":
            record["k"] = self.k
        if self.bins is not None:
            record["bins"] = self.bins
        return record | {"null": self.null, "shuffles": self.shuffles, "seed": self.seed}
