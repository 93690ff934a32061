"""Entropies of actions and effects in each trial, beside their information.

Counted symbols have an entropy in bits. Amounts have a differential entropy, also in bits, which
depends on the unit. The unit is the same in all trials: the standard deviation of a column over the
whole log, so that a player whose motion varies less from trial to trial has a lower entropy.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan, log2, nan

import numpy as np

from gridemp.logs.estimate_settings import EstimateSettings
from gridemp.logs.kozachenko_leonenko import kozachenko_leonenko
from gridemp.logs.plug_in import binned, corrected_entropy, symbols
from gridemp.logs.rank_correlations import RankCorrelation, rank_correlation
from gridemp.logs.trial_information import TrialInformation, places_of
from gridemp.logs.trial_points import MIN_WINDOWS_EACH
from gridemp.logs.windows import Windows
from gridemp.shown import counted
from gridemp.typing import Array, Mask

COUNTED, AMOUNTS, NEITHER = "counted", "amounts", "neither"
RESOLUTION = 0.01  # standard deviations below which amounts count as equal
MAX_PARTLY_TIED = 0.1  # share of windows that coincide with fewer others than neighbours are used
QUANTITIES = (
    "actions",
    "effects",
    "actions_given_effects",
    "effects_given_actions",
    "information",
)


@dataclass(frozen=True)
class TrialEntropies:
    """Entropies of one trial, in bits per window; NaN where they cannot be estimated.

    Attributes
    ----------
    player, trial : str
        Names as in the log.
    actions, effects : float
        H(A) and H(E).
    actions_given_effects, effects_given_actions : float
        H(A|E) = H(A) - I(A;E) and H(E|A) = H(E) - I(A;E).
    information : float
        Estimate of I(A;E), without the context if there is one.

    Examples
    --------
    >>> from gridemp.logs import TrialEntropies
    >>> TrialEntropies("Ada", "1", 2.0, -0.5, 1.75, -0.75, 0.25).actions_given_effects
    1.75
    """

    player: str
    trial: str
    actions: float
    effects: float
    actions_given_effects: float
    effects_given_actions: float
    information: float


@dataclass(frozen=True)
class Entropies:
    """Entropies of all trials of a log, and their rank correlations with the trial.

    Attributes
    ----------
    actions, effects : {"counted", "amounts", "neither"}
        Kind of entropy: that of counted symbols, or, for amounts, a differential entropy relative
        to the standard deviations of the columns over the whole log. With "neither", it cannot be
        estimated from these columns.
    trials : tuple of TrialEntropies
        Entropies of each trial, in the order of the curve.
    correlations : tuple of RankCorrelation
        Rank correlations of H(A), H(E), H(A|E), H(E|A) and I(A;E), in this order, with the place of
        the trial; empty for trials under conditions, which have no order.
    notes : tuple of str
        Remarks, as sentences.

    Examples
    --------
    >>> import numpy as np
    >>> from gridemp.logs import EstimateSettings, Trial, Windows, measure
    >>> rng = np.random.default_rng(0)
    >>> held, noise = rng.integers(0, 2, (200, 1)), rng.normal(size=(200, 1))
    >>> trial = Trial("Ada", "1", held.astype(float), held + noise, None)
    >>> windows = Windows("log", (trial,), ("held",), ("moved",), (), "trial")
    >>> entropies = measure(windows, entropies=True).entropies
    >>> entropies.actions, entropies.effects, round(entropies.trials[0].actions, 1)
    ('counted', 'amounts', 1.0)
    """

    actions: str
    effects: str
    trials: tuple[TrialEntropies, ...]
    correlations: tuple[RankCorrelation, ...]
    notes: tuple[str, ...]


def entropies_of(
    windows: Windows,
    trials: Sequence[TrialInformation],
    settings: EstimateSettings,
    spreads: tuple[Array, Array],
) -> Entropies:
    """Return the entropies of all trials.

    Parameters
    ----------
    windows : Windows
        Windows that are measured.
    trials : sequence of TrialInformation
        Information of each of their trials.
    settings : EstimateSettings
        Settings of the estimate.
    spreads : pair of ndarray, shapes (A,), (E,)
        Units of the columns of actions and of effects, as `spreads_of` returns them.
    """
    kinds, values, notes = [], [], []
    masks = windows.category_masks[:2]
    for side, spread, mask in zip(("actions", "effects"), spreads, masks, strict=True):
        parts = [getattr(trial, side) for trial in windows.trials]
        names = np.array(getattr(windows, side))
        kind, bits, remarks = side_entropies(side, parts, names, spread, mask, settings)
        kinds.append(kind)
        values.append(bits)
        notes += remarks
    rows = []
    for trial, acted, happened in zip(trials, *values, strict=True):
        bits = trial.bits if isnan(trial.without) else trial.without
        rows.append(
            TrialEntropies(
                player=trial.player,
                trial=trial.trial,
                actions=acted,
                effects=happened,
                actions_given_effects=acted - bits,
                effects_given_actions=happened - bits,
                information=bits,
            )
        )
    places = places_of(trials)
    known = {(row.player, row.trial): places[row.trial] for row in rows}
    return Entropies(
        actions=kinds[0],
        effects=kinds[1],
        trials=tuple(rows),
        correlations=() if windows.conditions else correlations_with("trial", rows, known),
        notes=tuple(notes),
    )


def correlations_with(
    other: str, trials: Sequence[TrialEntropies], known: dict[tuple[str, str], float]
) -> tuple[RankCorrelation, ...]:
    """Rank correlation of each quantity with another one that is known by player and trial."""
    players: dict[str, list[TrialEntropies]] = {}
    for trial in trials:
        players.setdefault(trial.player, []).append(trial)
    return tuple(
        rank_correlation(
            quantity,
            other,
            {
                player: (
                    [getattr(trial, quantity) for trial in own],
                    [known.get((player, trial.trial), nan) for trial in own],
                )
                for player, own in players.items()
            },
        )
        for quantity in QUANTITIES
    )


def spreads_of(windows: Windows) -> tuple[Array, Array]:
    """Standard deviations of the columns of actions and of effects over a whole log.

    They are 0 for columns that are sums of multiples of earlier ones, which add no entropy.
    """
    actions, effects = (
        independent(np.concatenate([getattr(trial, side) for trial in windows.trials]))
        for side in ("actions", "effects")
    )
    return actions, effects


def independent(columns: Array) -> Array:
    """Standard deviations of columns, with 0 for each that depends linearly on earlier ones."""
    centred = columns - columns.mean(axis=0)
    spreads = columns.std(axis=0)
    kept: list[int] = []
    for i in np.flatnonzero(spreads > 0):
        with_it = centred[:, [*kept, i]] / spreads[[*kept, i]]
        if np.linalg.matrix_rank(with_it, tol=1e-6 * len(columns) ** 0.5) > len(kept):
            kept.append(int(i))
    return np.where(np.isin(np.arange(len(spreads)), kept), spreads, 0.0)


def side_entropies(
    side: str,
    parts: Sequence[Array],
    names: Array,
    spread: Array,
    categories: Mask,
    settings: EstimateSettings,
) -> tuple[str, list[float], list[str]]:
    """Kind of the entropy of actions or of effects, its value in each trial, and notes."""
    notes = []
    if settings.bins is not None and not categories.all():
        parts = [np.where(categories, part, binned(part, settings.bins)) for part in parts]
        notes.append(
            f"bins hold about as many windows each in every trial, so the entropy of {side} does "
            "not show how widely they spread; for that, use another estimator"
        )
    numbers = [symbols([part]) for part in parts]
    few = all((one.max() + 1) * MIN_WINDOWS_EACH <= len(one) for one in numbers)
    if settings.estimator == "plugin" or categories.all() or few:
        return COUNTED, [corrected_entropy(one) for one in numbers], notes
    if categories.any():
        note = (
            f"no entropy of {side}: {', '.join(names[categories])} holds categories, and the other "
            "columns amounts; measure them apart"
        )
        return NEITHER, [nan] * len(parts), [note]
    values = [density_entropy(part, spread, settings.k) for part in parts]
    missing = sum(map(isnan, values))
    if missing:
        notes.append(
            f"no entropy of {side} in {counted(missing, 'trial')}, whose windows are equal too "
            "often for amounts, and too seldom to be counted; use fewer columns"
        )
    return NEITHER if missing == len(values) else AMOUNTS, values, notes


def density_entropy(part: Array, spread: Array, k: int) -> float:
    """Differential entropy of the amounts of a trial, or NaN if too many windows are equal."""
    points = part[:, spread > 0] / spread[spread > 0]
    _, copies = np.unique(points, axis=0, return_counts=True)
    few = (copies > 1) & (copies <= k)
    if copies[few].sum() > MAX_PARTLY_TIED * len(points):
        return nan
    moves = np.ptp(points, axis=0) > 0
    still = int((~moves).sum()) * log2(2 * RESOLUTION)  # columns that do not change in this trial
    if not moves.any():
        return still
    return still + kozachenko_leonenko(points[:, moves], k, RESOLUTION)
