"""Settings of an estimate of information."""

from dataclasses import dataclass, replace

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError
from gridemp.logs.resampling import MIN_SHUFFLES, NULLS
from gridemp.logs.windows import Windows

ESTIMATORS = ("ksg", "copula", "plugin", "mixed")
ONLY_AMOUNTS = ("ksg", "copula")
WITH_NEIGHBOURS = ("ksg", "mixed")


@dataclass(frozen=True)
class EstimateSettings:
    """Settings of an estimate of information, of its null estimates and of their randomness.

    Attributes
    ----------
    estimator : {"ksg", "copula", "plugin", "mixed"}, optional
        Estimator: `ksg` (`frenzel_pompe` with context), `gaussian_copula`, `plug_in` or
        `mixed_ksg`. The default is "mixed" if a column of the log holds categories, and otherwise
        "ksg".
    k : int
        Number of the nearest neighbour for "ksg" and "mixed".
    bins : int, optional
        Number of bins of each column for "plugin"; by default each value is a symbol.
    shuffles : int
        Number of null estimates for each trial.
    null : {"shift", "shuffle"}
        Null estimates from actions that are shifted in time, which keeps the likeness of successive
        windows, or put in random order. With a context, "mixed" always puts them in random order
        among windows of a similar context if both actions and effects have columns of categories.
    seed : int
        Seed of all random numbers.
    theiler : int
        Number of windows before and after each one that are left out of its neighbours, for "ksg"
        and "mixed".

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

    estimator: str | None = None
    k: int = 3
    bins: int | None = None
    shuffles: int = 200
    null: str = "shift"
    seed: int = 0
    theiler: int = 0

    def __post_init__(self) -> None:
        check_kinds(EstimateSettings, vars(self))
        for name, value, known in (
            ("estimator", self.estimator, ESTIMATORS),
            ("null", self.null, NULLS),
        ):
            if value is not None and value not in known:
                raise GridempError(f"`{name}` must be {' or '.join(known)}, not {value[:40]!r}")
        for name, number, least in (
            ("k", self.k, 1),
            ("shuffles", self.shuffles, MIN_SHUFFLES),
            ("bins", self.bins, 2),
            ("theiler", self.theiler, 0),
        ):
            if number is not None and number < least:
                raise GridempError(f"`{name}` must be {least} or more, not {number}")
        if self.bins is not None and self.estimator != "plugin":
            raise GridempError(
                f"{self.estimator or ESTIMATORS[0]} needs no bins; leave out `bins` or set "
                "`estimator` to plugin"
            )

        if self.theiler and self.estimator not in (None, *WITH_NEIGHBOURS):
            raise GridempError(
                f"{self.estimator} does not compare neighbours; leave out `theiler` or set "
                "`estimator` to ksg or mixed"
            )

    def for_windows(self, windows: Windows) -> "EstimateSettings":
        """Return the settings with an estimator for these windows.

        Parameters
        ----------
        windows : Windows
            Windows to be measured.

        Returns
        -------
        EstimateSettings
            These settings, with the default in place of no estimator, and with the way in which
            this estimator's null estimates are made.

        Raises
        ------
        GridempError
            If the estimator takes only amounts, and a column holds categories.

        Examples
        --------
        >>> import numpy as np
        >>> from gridemp.logs import EstimateSettings, Trial, Windows
        >>> trial = Trial("Ada", "1", np.array([[0.0], [1.0]]), np.ones((2, 1)), None)
        >>> categories = {"action": ["left", "right"]}
        >>> log = Windows("log", (trial,), ("action",), ("x",), (), "", categories=categories)
        >>> EstimateSettings().for_windows(log).estimator
        'mixed'
        """
        check_kinds(EstimateSettings.for_windows, locals())
        estimator = self.estimator or ("mixed" if windows.categories else ESTIMATORS[0])
        for name in (*windows.actions, *windows.effects, *windows.context):
            if name in windows.categories and estimator in ONLY_AMOUNTS:
                raise GridempError(
                    f"column {name!r} holds categories, which {estimator} would take for amounts; "
                    "set `estimator` to mixed or plugin"
                )
        amounts = any(
            not set(names) & set(windows.categories) for names in (windows.actions, windows.effects)
        )
        shuffled = windows.context and estimator == "mixed" and not amounts
        null = "shuffle" if shuffled else self.null
        return replace(self, estimator=estimator, null=null)

    def record(self) -> dict[str, str | float | None]:
        """Return the settings that the estimates depend on.

        Returns
        -------
        dict
            Settings by name.
        """
        record: dict[str, str | float | None] = {"estimator": self.estimator}
        if self.estimator in WITH_NEIGHBOURS:
            record["k"] = self.k
            if self.theiler:
                record["theiler"] = self.theiler
        if self.bins is not None:
            record["bins"] = self.bins
        return record | {"null": self.null, "shuffles": self.shuffles, "seed": self.seed}
