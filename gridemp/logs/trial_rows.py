"""Rows of each trial of a log, and the order of trials and of conditions."""

import math
from collections.abc import Sequence

import numpy as np

from gridemp.errors import GridempError
from gridemp.logs.cells import is_missing
from gridemp.logs.columns import Columns
from gridemp.typing import Array, Indices

MAX_CONDITIONS = 30  # in a column of them


def rows_of_trials(
    log: Columns, player: str, trial: str, conditions: Sequence[str] = ()
) -> list[tuple[tuple[str, str], tuple[str, ...], Indices]]:
    """Names of player and trial, those of the conditions, and the rows in order, for each trial.

    Trials are sorted by player, by condition and by trial. Players are in order of first
    appearance; so are trials and conditions, unless all their names are numbers, in which case they
    are sorted by number.

    Raises
    ------
    GridempError
        If a column of conditions has too many different texts, or they change to and fro within a
        trial, or a player, trial or condition has a name in some rows only.
    """
    for name in (player, trial, *conditions):
        if name:
            check_names(log, name)
    for name in conditions:
        count = len(log.labels[name][0])
        if count > MAX_CONDITIONS:
            raise GridempError(
                f"column {name!r} of {log.name} has {count} different values, and a column of "
                f"conditions may have {MAX_CONDITIONS}; name another column"
            )
    unnamed = (("",), np.zeros(log.rows, dtype=np.intp))
    kinds = [log.labels[name] if name else unnamed for name in (player, *conditions, trial)]
    names = [kinds[0][0], *(sorted_names(texts) for texts, _ in kinds[1:])]
    codes = [kinds[0][1], *(trial_places(texts)[of_row] for texts, of_row in kinds[1:])]
    sizes = [len(each) for each in names]
    key = np.ravel_multi_index(codes, sizes)
    if conditions and trial:
        of_trial = np.ravel_multi_index([codes[0], codes[-1]], [sizes[0], sizes[-1]])
        check_constant(log.name, key, of_trial, conditions)
    order = np.argsort(key, kind="stable")
    found = []
    for rows in np.split(order, np.flatnonzero(np.diff(key[order])) + 1):
        who, *under, which = (
            texts[of_row[rows[0]]] for texts, of_row in zip(names, codes, strict=True)
        )
        found.append(((who, which), tuple(under), rows))
    return found


def check_names(log: Columns, column: str) -> None:
    """Raise a GridempError if a column of names is empty in some rows and not in others."""
    texts, of_row = log.labels[column]
    missing = [code for code, text in enumerate(texts) if is_missing(text)]
    if missing and len(texts) > len(missing):
        row = int(np.flatnonzero(np.isin(of_row, missing))[0])
        raise GridempError(
            f"column {column!r} of {log.name} has no name in row {row + 1} below the header; write "
            "one, or set `skip_missing` to leave out such rows"
        )


def check_constant(name: str, key: Indices, of_trial: Indices, conditions: Sequence[str]) -> None:
    """Raise a GridempError if the conditions of a trial are left and met again."""
    order = np.argsort(of_trial, kind="stable")
    key, trials = key[order], of_trial[order]
    stretches = 1 + np.count_nonzero((np.diff(key) != 0) | (np.diff(trials) != 0))
    if stretches > len(np.unique(key)):
        raise GridempError(
            f"{' and '.join(conditions)} change to and fro within a trial of {name}; name columns "
            "that hold one condition for each trial, or a column that tells the trials apart"
        )


def trial_values(trials: Sequence[str]) -> Array:
    """Names of trials as numbers, or 1, 2, ... if some of them are not numbers."""
    try:
        values = [float(name) for name in trials]
    except ValueError:
        values = [math.nan]
    if len(set(values)) == len(trials) and all(map(math.isfinite, values)):
        return np.array(values)
    return np.arange(1.0, len(trials) + 1)


def trial_places(trials: Sequence[str]) -> Indices:
    """Place of each trial in the order of trials, counted from 0."""
    values = trial_values(trials)
    return np.argsort(np.argsort(values, kind="stable"))


def sorted_names(trials: Sequence[str]) -> tuple[str, ...]:
    """Names of trials, or of their conditions, in their order."""
    return tuple(trials[place] for place in np.argsort(trial_places(trials)).tolist())
