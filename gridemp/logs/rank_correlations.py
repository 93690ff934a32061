"""Rank correlations within players: of a quantity of trials with the trial, or with a rating."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan, nan
from statistics import fmean

import numpy as np
from numpy.typing import ArrayLike

from gridemp.information.correlation import spearman
from gridemp.logs.trends import MIN_TRIALS, interval_of_mean

Pairs = tuple[ArrayLike, ArrayLike]


@dataclass(frozen=True)
class RankCorrelation:
    """Spearman's rank correlation within players, as a mean over players.

    Attributes
    ----------
    quantity : str
        Quantity of a trial, such as "information" or "gain".
    other : str
        What it is correlated with, such as "trial" or "rating".
    players : int
        Number of players with three pairs or more, in which both quantities vary.
    rho : float
        Mean over these players of Spearman's coefficient, from -1 to 1; NaN without any.
    low, high : float
        95 % interval of the mean, by Student's t from the differences between players, cut off at
        -1 and 1; NaN for a single player.

    Examples
    --------
    >>> import numpy as np
    >>> from gridemp.logs import EstimateSettings, Trial, Windows, measure
    >>> rng = np.random.default_rng(0)
    >>> held, noise = rng.normal(size=(2, 3, 100, 1))
    >>> trials = tuple(Trial("Ada", str(i), held[i], held[i] + noise[i], None) for i in range(3))
    >>> windows = Windows("log", trials, ("held",), ("moved",), (), "trial")
    >>> settings = EstimateSettings("copula", shuffles=20)
    >>> curve = measure(windows, settings, entropies=True)
    >>> [(each.quantity, each.other) for each in curve.entropies.correlations][:2]
    [('actions', 'trial'), ('effects', 'trial')]
    """

    quantity: str
    other: str
    players: int
    rho: float
    low: float
    high: float


def rank_correlation(quantity: str, other: str, players: Mapping[str, Pairs]) -> RankCorrelation:
    """Return the mean over players of the rank correlation of their pairs.

    Parameters
    ----------
    quantity, other : str
        Names of the two quantities.
    players : mapping
        Values of both quantities for each player; pairs with a NaN are left out.
    """
    rhos = []
    for x, y in players.values():
        if np.count_nonzero(~np.isnan(np.add(x, y))) >= MIN_TRIALS:
            rhos.append(spearman(x, y))
    rhos = [rho for rho in rhos if not isnan(rho)]
    low, high = np.clip(interval_of_mean(rhos), -1.0, 1.0).tolist()  # NaN stays NaN
    return RankCorrelation(quantity, other, len(rhos), fmean(rhos) if rhos else nan, low, high)
