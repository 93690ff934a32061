"""Learning curves whose numbers are known."""

import numpy as np

from gridemp.logs import LearningCurve, Trend, TrialInformation, TrialMean


def invented(players, trials=4, context=False):
    """A curve of these players, whose information rises from trial to trial."""
    information = tuple(
        TrialInformation(
            player=player,
            trial=str(t),
            windows=50,
            bits=0.1 * t + i,
            low=0.1 * t + i - 0.2,
            high=0.1 * t + i + 0.2,
            null_mean=0.05,
            null_sd=0.02,
            p=0.2 if t == 2 else 0.01,
            orders=49,
            without=0.05 * t if context else np.nan,
        )
        for i, player in enumerate(players)
        for t in range(1, trials + 1)
    )
    means = tuple(
        TrialMean(
            place=float(t),
            players=len(players),
            bits=0.1 * t,
            low=0.1 * t - 0.1,
            high=0.1 * t + 0.1,
            null_mean=0.05,
            null_sd=0.02,
            without=0.05 * t,
        )
        for t in range(1, trials + 1)
    )
    trend = Trend(
        player=None,
        trials=trials,
        above_chance=False,
        slope=0.1,
        intercept=0.0,
        low=0.08,
        high=0.12,
        spearman=1.0,
    )
    return LearningCurve(
        name="log.csv",
        actions=("a", "b"),
        effects=("e",),
        context=("c",) if context else (),
        by="trial",
        trials=information,
        means=means,
        trends=(trend,),
        settings={"estimator": "ksg", "k": 3},
        dropped={},
        notes=(),
    )
