"""Learning curves whose numbers are known."""

from dataclasses import replace

import numpy as np

from gridemp.logs import (
    Entropies,
    LearningCurve,
    Trend,
    TrialEntropies,
    TrialInformation,
    TrialMean,
    condition_grid,
    rating_study,
)
from gridemp.logs.entropies import correlations_with
from gridemp.logs.trial_information import places_of


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


def with_entropies(players, trials=4, context=False):
    """The curve of `invented` with entropies: those of actions rise, those of effects fall."""
    curve = invented(players, trials, context)
    rows = []
    for one in curve.trials:
        bits = one.without if context else one.bits
        acted, happened = 2 + int(one.trial), 1.5 - int(one.trial)
        rows.append(
            TrialEntropies(
                one.player, one.trial, acted, happened, acted - bits, happened - bits, bits
            )
        )
    places = places_of(curve.trials)
    known = {(row.player, row.trial): places[row.trial] for row in rows}
    correlations = correlations_with("trial", rows, known)
    return replace(curve, entropies=Entropies("counted", "amounts", tuple(rows), correlations, ()))


def invented_study(players, trials=6):
    """Ratings of a curve whose gains vary, which are twice the gain and noise."""
    rng = np.random.default_rng(0)
    curve = invented(players, trials)
    drawn = tuple(replace(one, bits=one.bits + rng.normal()) for one in curve.trials)
    ratings, before = {}, 0.0
    for one in drawn:
        ratings[one.player, one.trial] = 2 * (one.bits - before) + rng.normal()
        before = one.bits
    return rating_study(replace(curve, trials=drawn), ratings)


def under_conditions(players="AB"):
    """A curve of 2 x 2 conditions without one pair, with entropies; values fall with the wind."""
    curve = with_entropies(players, trials=3)
    pairs = [("2", "0"), ("10", "0"), ("2", "20")]
    trials = [
        replace(
            trial,
            bits=0.5 / number + 0.02 * (number - 1) * players.index(trial.player),
            conditions=pairs[number - 1],
        )
        for trial in curve.trials
        for number in [int(trial.trial)]
    ]
    names = ("gravity", "wind")
    return replace(curve, trials=tuple(trials), means=(), trends=(), conditions=names)


def invented_grid(players="AB"):
    """The grid of the curve of `under_conditions`."""
    return condition_grid(under_conditions(players))
