"""Notes on a learning curve: columns that tell nothing, and conditions that mislead its test."""

import numpy as np

from gridemp.logs.plug_in import binned
from gridemp.logs.resampling import MIN_SHUFFLES
from gridemp.logs.windows import Windows
from gridemp.typing import Array

MAX_PERSISTENCE = 0.1  # of actions times that of effects; above it, shuffles mislead


def constant_columns(windows: Windows, bins: int | None) -> list[str]:
    """Notes on columns that are constant in a trial, or whose values are all in one bin."""
    notes = []
    for part in ("actions", "effects", "context"):
        for i, name in enumerate(getattr(windows, part)):
            columns = [getattr(trial, part)[:, [i]] for trial in windows.trials]
            if bins is not None:
                columns = [binned(column, bins).astype(float) for column in columns]
            times = sum(np.ptp(column) == 0 for column in columns)
            if times:
                constant = "constant" if bins is None else "all in one bin"
                count = len(columns)
                where = " and" if times == count else f" in {times} of {count} trials, where it"
                notes.append(f"{name} is {constant}{where} tells nothing")
    return notes


def cautions(windows: Windows, null: str) -> list[str]:
    """Notes on conditions under which a test of these windows is wrong or cannot find anything."""
    notes = []
    if windows.empty_trials:
        one = windows.empty_trials == 1
        trials = "1 trial has" if one else f"{windows.empty_trials} trials have"
        notes.append(f"{trials} no whole window and {'is' if one else 'are'} left out")
    if not windows.by:
        notes.append("the whole log counts as one trial, as no column names the trials")
    fewest = min(len(trial.actions) for trial in windows.trials)
    if null == "shift" and fewest - 1 < MIN_SHUFFLES:
        notes.append(
            f"a trial of {fewest} windows allows only {fewest - 1} shifts, so p is "
            f"{1 / fewest:.2f} or more"
        )
    if windows.overlap:
        notes.append("windows overlap, so the intervals are too narrow and the p values too small")
    if null == "shuffle" and is_persistent(windows):
        notes.append(
            "successive windows resemble each other, which shuffling destroys, so the p values "
            "are too small; shifts in time preserve it"
        )
    return notes


def is_persistent(windows: Windows) -> bool:
    """True if actions and effects both closely resemble those of the previous window."""
    actions, effects = (
        np.mean([max(persistence(getattr(trial, part)), 0.0) for trial in windows.trials])
        for part in ("actions", "effects")
    )
    return bool(actions * effects >= MAX_PERSISTENCE)


def persistence(columns: Array) -> float:
    """Largest correlation of a column with itself one window later."""
    columns = columns[:, np.ptp(columns, axis=0) > 0]
    if not columns.size:
        return 0.0
    centred = columns - columns.mean(axis=0)
    return float(np.max((centred[1:] * centred[:-1]).sum(axis=0) / (centred**2).sum(axis=0)))
