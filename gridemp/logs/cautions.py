"""Notes on a learning curve: columns that tell nothing, and conditions that mislead its test."""

import numpy as np

from gridemp.logs.estimate_settings import EstimateSettings
from gridemp.logs.persistence import amounts, persistence
from gridemp.logs.plug_in import binned
from gridemp.logs.resampling import MIN_SHUFFLES
from gridemp.logs.windows import Windows

# Largest persistence of actions times that of effects with which p is given: for null estimates by
# shuffles, and by shifts within each context. See `python -m benchmarks.statistics`.
MAX_PERSISTENCE, MAX_PERSISTENCE_WITHIN = 0.07, 0.15


def constant_columns(windows: Windows, bins: int | None) -> list[str]:
    """Notes on columns that are constant in a trial, or whose values are all in one bin."""
    notes = []
    for part in ("actions", "effects", "context"):
        for i, name in enumerate(getattr(windows, part)):
            columns = [getattr(trial, part)[:, [i]] for trial in windows.trials]
            if bins is not None and name not in windows.categories:
                columns = [binned(column, bins).astype(float) for column in columns]
            times = sum(np.ptp(column) == 0 for column in columns)
            if times:
                constant = "constant" if bins is None else "all in one bin"
                count = len(columns)
                where = " and" if times == count else f" in {times} of {count} trials, where it"
                notes.append(f"{name} is {constant}{where} tells nothing")
    return notes


def cautions(windows: Windows, settings: EstimateSettings) -> list[str]:
    """Notes on conditions under which a test of these windows is wrong or cannot find anything."""
    notes = []
    if windows.empty_trials:
        one = windows.empty_trials == 1
        trials = "1 trial has" if one else f"{windows.empty_trials} trials have"
        notes.append(f"{trials} no whole window and {'is' if one else 'are'} left out")
    if not windows.by and not windows.conditions:
        notes.append("the whole log counts as one trial, as no column names the trials")
    fewest = min(len(trial.actions) for trial in windows.trials)
    if settings.null == "shift" and fewest - 1 < MIN_SHUFFLES:
        notes.append(
            f"a trial of {fewest} windows allows only {fewest - 1} shifts, so p is "
            f"{1 / fewest:.2f} or more"
        )
    if windows.overlap:
        notes.append("windows overlap, so the intervals are too narrow and the p values too small")
    if refuses_p(windows, settings):
        remedy = "shifts in time preserve it"
        if settings.estimator == "plugin" or (settings.estimator == "mixed" and windows.context):
            remedy = (
                "use amounts with another estimator, whose residuals can be shifted in time, or "
                "leave a pause between windows by a longer `step`"
            )
        notes.append(
            "successive windows resemble each other, which null estimates in random order or "
            f"within contexts destroy, so no p value is given; {remedy}"
        )
    return notes


def refuses_p(windows: Windows, settings: EstimateSettings) -> bool:
    """True if null estimates would lose so much persistence that p would be too small."""
    if settings.null == "shuffle":
        return common_persistence(windows) >= MAX_PERSISTENCE
    within = settings.estimator == "plugin" and bool(windows.context)
    return within and common_persistence(windows) >= MAX_PERSISTENCE_WITHIN


def common_persistence(windows: Windows) -> float:
    """Correlation of actions with those of the previous window, times that of effects."""
    actions_mask, effects_mask, _ = windows.category_masks
    actions, effects = (
        np.mean(
            [max(persistence(amounts(getattr(trial, part), mask)), 0.0) for trial in windows.trials]
        )
        for part, mask in (("actions", actions_mask), ("effects", effects_mask))
    )
    return float(actions * effects)
