"""Gains in information from trial to trial, and players' ratings of their improvement."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import ArrayLike

from gridemp.arguments import check_kinds, checked_numbers
from gridemp.errors import GridempError
from gridemp.logs.columns import Columns
from gridemp.logs.entropies import correlations_with
from gridemp.logs.learning_curve import LearningCurve
from gridemp.logs.rank_correlations import RankCorrelation, rank_correlation
from gridemp.logs.rating_power import RatingPower, power_of
from gridemp.logs.rating_relation import RatingRelation, check_variation, notes_on, relation
from gridemp.logs.trial_rows import rows_of_trials
from gridemp.shown import counted
from gridemp.typing import Array

TrialName = tuple[str, str]


@dataclass(frozen=True, eq=False, repr=False)
class RatingStudy:
    """Ratings of trials, and their relation to gains in information.

    Attributes
    ----------
    name : str
        Name of the column of ratings.
    ratings : mapping
        Rating of each trial by names of player and trial; NaN where it is missing.
    gains : mapping
        Gain of each measured trial in bits, by names of player and trial: its information less that
        of the player's previous trial. NaN for a player's first trial, and after a trial that is
        not measured.
    same, following : RatingRelation
        Relation of gains to ratings of the same trial, and of the next trial.
    correlations : tuple of RankCorrelation
        Rank correlations of ratings within players with H(A), H(E), H(A|E), H(E|A) and I(A;E) if
        the curve has entropies, and with the information whose gains these are.
    power : tuple of RatingPower
        Simulated power of the test for gains and ratings of the same trial, with as many players
        and pairs as here.
    notes : tuple of str
        Remarks, as sentences.
    context : bool
        True if gains are those of the information given a context.

    Examples
    --------
    >>> import numpy as np
    >>> from gridemp.logs import EstimateSettings, Trial, Windows, measure, rating_study
    >>> rng = np.random.default_rng(0)
    >>> held, noise = rng.normal(size=(2, 5, 100, 1))
    >>> trials = tuple(Trial("Ada", str(i), held[i], held[i] + noise[i], None) for i in range(5))
    >>> windows = Windows("log", trials, ("held",), ("moved",), (), "trial")
    >>> curve = measure(windows, EstimateSettings("copula", shuffles=20))
    >>> rating_study(curve, {("Ada", str(i)): [3, 5, 4, 4, 6][i] for i in range(5)}, "better")
    RatingStudy('better', 1 player, 4 pairs)
    """

    name: str
    ratings: Mapping[TrialName, float]
    gains: Mapping[TrialName, float]
    same: RatingRelation
    following: RatingRelation
    correlations: tuple[RankCorrelation, ...]
    power: tuple[RatingPower, ...]
    notes: tuple[str, ...]
    context: bool = False

    def __repr__(self) -> str:
        players = counted(len(self.same.pairs), "player")
        return f"RatingStudy({self.name!r}, {players}, {counted(self.same.pooled.pairs, 'pair')})"


def ratings_of(
    log: Columns, column: str, *, player: str = "", trial: str = ""
) -> dict[TrialName, float]:
    """Return the rating of each trial of a log, in order of players and trials.

    Parameters
    ----------
    log : Columns
        Log with a column of ratings, in which NaN stands for a missing one. It is enough if one row
        of a trial has its rating.
    column : str
        Column of ratings.
    player, trial : str
        Columns of text that name the player and the trial; "" for a column that the log does not
        have.

    Returns
    -------
    dict
        Ratings by names of player and trial; NaN for a trial without one.

    Raises
    ------
    GridempError
        If there is no such column of numbers, or a trial has several different ratings.

    Examples
    --------
    >>> import numpy as np
    >>> from gridemp.logs import Columns, ratings_of
    >>> numbers = {"better": np.array([np.nan, 4.0, np.nan])}
    >>> log = Columns("log", 3, numbers, {"trial": (("1", "2"), np.array([0, 0, 1]))})
    >>> ratings_of(log, "better", trial="trial")
    {('', '1'): 4.0, ('', '2'): nan}
    """
    check_kinds(ratings_of, locals())
    if column not in log.numbers:
        raise GridempError(f"`column` must be a column of numbers of the log, not {column!r}")
    ratings = {}
    for names, _, rows in rows_of_trials(log, player, trial):
        values = log.numbers[column][rows]
        given = np.unique(values[~np.isnan(values)])
        if len(given) > 1:
            whose, which = names
            place = f"trial {which}" if which else "the log"
            raise GridempError(
                f"{place}{f' of player {whose}' if whose else ''} has the ratings {given[0]:g} and "
                f"{given[1]:g} in column {column!r}; give one rating for each trial"
            )
        ratings[names] = float(given[0]) if len(given) else nan
    return ratings


def rating_study(
    curve: LearningCurve, ratings: Mapping[TrialName, float], name: str = "rating"
) -> RatingStudy:
    """Compare gains in information from trial to trial with ratings of these trials.

    Parameters
    ----------
    curve : LearningCurve
        Information of trials, in bits.
    ratings : mapping
        Rating of each trial by names of player and trial, with the trials of each player in their
        order; NaN for a trial without a rating.
    name : str
        Name of the ratings.

    Returns
    -------
    RatingStudy
        Regressions, tests, rank correlations and the power of the test.

    Raises
    ------
    GridempError
        If the trials are under conditions, one is not among the ratings, or no gain has a rating.

    Examples
    --------
    >>> import numpy as np
    >>> from gridemp.logs import EstimateSettings, Trial, Windows, measure, rating_study
    >>> rng = np.random.default_rng(0)
    >>> held, noise = rng.normal(size=(2, 5, 100, 1))
    >>> trials = tuple(Trial("Ada", str(i), held[i], held[i] + noise[i], None) for i in range(5))
    >>> windows = Windows("log", trials, ("held",), ("moved",), (), "trial")
    >>> curve = measure(windows, EstimateSettings("copula", shuffles=20))
    >>> study = rating_study(curve, {("Ada", str(i)): [3, 5, 4, 4, 6][i] for i in range(5)})
    >>> study.same.arrangements, study.power[0].effect
    (4, 0.1)
    """
    check_kinds(rating_study, locals())
    if curve.conditions:
        raise GridempError(
            f"gains from trial to trial would mix {' and '.join(curve.conditions)}; give a `curve` "
            "of windows without `conditions`"
        )
    measured = {(trial.player, trial.trial): trial.bits for trial in curve.trials}
    for player, trial in measured:
        if (player, trial) not in ratings:
            raise GridempError(
                f"`ratings` lacks trial {trial!r} of player {player!r}; give NaN for a trial "
                "without a rating"
            )
    order: dict[str, list[TrialName]] = {player: [] for player in curve.players}
    for names in ratings:
        if names[0] in order:
            order[names[0]].append(names)
    bits = {who: [measured.get(names, nan) for names in own] for who, own in order.items()}
    rated = {
        who: checked_numbers("ratings", [ratings[names] for names in own], 1).tolist()
        for who, own in order.items()
    }
    same, following = rate_gains(bits, rated, seed=int(curve.settings.get("seed") or 0))
    check_variation(name, same, following)
    known = {names: float(rating) for names, rating in ratings.items()}
    correlations: tuple[RankCorrelation, ...] = ()
    if curve.entropies is not None:
        correlations = correlations_with("rating", curve.entropies.trials, known)
    if curve.context or not correlations:
        levels = {player: (bits[player], rated[player]) for player in bits}
        quantity = "information_given_context" if curve.context else "information"
        correlations = (*correlations, rank_correlation(quantity, "rating", levels))
    pairs = [len(gains) for gains, _ in same.pairs.values() if len(gains) > 1]
    return RatingStudy(
        name=name,
        ratings={names: known[names] for own in order.values() for names in own},
        gains={
            names: gain
            for who, own in order.items()
            for names, gain in zip(own, gains_of(bits[who]), strict=True)
            if names in measured
        },
        same=same,
        following=following,
        correlations=correlations,
        power=power_of(pairs),
        notes=tuple(notes_on(same, following)),
        context=bool(curve.context),
    )


def rate_gains(
    information: Mapping[str, ArrayLike], ratings: Mapping[str, ArrayLike], *, seed: int = 0
) -> tuple[RatingRelation, RatingRelation]:
    """Relate gains in information to ratings of the same trial, and of the next one.

    The gain of a trial is its information less that of the player's previous trial. Ratings are
    regressed on gains for each player, and for all players after the mean gain and the mean rating
    of each have been removed. In the test, the ratings of each player are shifted round, by a
    number of trials that is chosen for each player separately.

    Parameters
    ----------
    information : mapping
        Information of successive trials in bits for each player, array_like of shape (trials,); NaN
        for a trial that is not measured.
    ratings : mapping
        Ratings of the same trials; NaN for a missing one.
    seed : int
        Seed of the shifts.

    Returns
    -------
    same, following : RatingRelation
        Relations to ratings of the same trial and of the next trial.

    Raises
    ------
    GridempError
        If a player has no ratings, or not as many ratings as trials.

    Examples
    --------
    >>> from gridemp.logs import rate_gains
    >>> same, following = rate_gains({"Ada": [0.1, 0.4, 0.2, 0.6]}, {"Ada": [0, 5, 3, 6]})
    >>> round(same.correlation, 2), following.pooled.pairs
    (0.98, 2)
    """
    check_kinds(rate_gains, locals())
    known: dict[str, tuple[Array, Array]] = {}
    for player, bits in information.items():
        if player not in ratings:
            raise GridempError(f"`ratings` lacks player {player!r}; give a rating for each trial")
        trials = checked_numbers("information", bits, 1)
        rated = checked_numbers("ratings", ratings[player], 1)
        if len(trials) != len(rated):
            raise GridempError(
                f"`ratings` of player {player!r} has {len(rated)} numbers, and `information` "
                f"{len(trials)}; give one of each for every trial"
            )
        known[player] = gains_of(trials), rated
    relations = []
    for lag in (0, 1):
        pairs, places, missing = {}, {}, 0
        for player, (gains, rated) in known.items():
            gains, rated = gains[: len(gains) - lag], rated[lag:]
            there = ~np.isnan(gains)
            both = there & ~np.isnan(rated)
            missing += int(there.sum() - both.sum())
            pairs[player], places[player] = (gains[both], rated[both]), np.flatnonzero(both)
        relations.append(relation(lag, pairs, places, missing, seed))
    return relations[0], relations[1]


def gains_of(bits: ArrayLike) -> Array:
    """Information of each trial less that of the trial before, with NaN for the first trial."""
    values = np.asarray(bits, dtype=float)
    return np.diff(values, prepend=nan)
