"""The learning curve of a log: the information of each trial, and what has to be said about it."""

from dataclasses import replace

import numpy as np

from gridemp.errors import GridempError
from gridemp.logs.plug_in import binned
from gridemp.logs.resampling import NULLS
from gridemp.logs.result import LearningCurve, TrialInformation
from gridemp.logs.trends import means, trends
from gridemp.logs.trials import trial_information
from gridemp.logs.windows import Trial, Windows
from gridemp.parallel import each
from gridemp.progress import Progress, ignore
from gridemp.typing import Array

ESTIMATORS = ("ksg", "copula", "plugin")
FEWEST_SHIFTS = 19  # of which p can be 0.05
ALIKE = 0.1  # product of how much successive actions and effects go together


def measure(
    windows: Windows,
    estimator: str = "ksg",
    *,
    k: int = 3,
    bins: int | None = None,
    sample: int | None = None,
    equal: bool = True,
    shuffles: int = 200,
    null: str = "shift",
    seed: int = 0,
    progress: Progress | None = None,
) -> LearningCurve:
    """Estimate what actions tell about effects in each trial.

    Columns that are constant in a trial tell nothing there and are left out; with no action or no
    effect left, the information is 0. For "ksg", columns are divided by their standard deviation,
    and values then moved by up to 5e-7 to either side at random, as keys are often held equally
    long. The bias of estimates depends on the number of windows, so a stretch of as many is taken
    of each trial, begun at random.

    Parameters
    ----------
    windows : Windows
        The trials.
    estimator : {"ksg", "copula", "plugin"}
        See `ksg` and `frenzel_pompe`, `gaussian_copula`, `plug_in`.
    k : int
        Which neighbour, for "ksg".
    bins : int, optional
        Bins of each column, for "plugin"; by default each value is a symbol.
    sample : int, optional
        How many windows of each trial; trials with fewer are left out. By default as many as the
        shortest has.
    equal : bool
        Whether they are as many at all; otherwise all windows are used, whatever the bias.
    shuffles : int
        How many estimates by chance, for each trial.
    null : {"shift", "shuffle"}
        How chance is made, see `null_estimates`.
    seed : int
        Of everything random.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    LearningCurve

    Raises
    ------
    GridempError
        If a trial has too few windows, or symbols are too many to count.
    """
    progress = progress or ignore
    check(estimator, k, bins, shuffles, null)
    least = least_windows(windows, estimator, k)
    notes: list[str] = []
    if sample is not None:
        if sample < least:
            raise GridempError(f"--sample must be {least} or more for this estimate, not {sample}")
        windows, notes = with_enough(windows, sample)
    check_windows(windows, least)
    if equal:
        windows, drawn = at_equal_numbers(windows, sample, np.random.default_rng([seed, 0]))
        notes += drawn

    def one(i: int) -> TrialInformation:
        rng, trial = np.random.default_rng([seed, i + 1]), windows.trials[i]
        return trial_information(
            trial, estimator, rng, k=k, bins=bins, shuffles=shuffles, null=null
        )

    found = each(one, len(windows.trials), progress)
    settings: dict[str, str | float | None] = {"estimator": estimator}
    settings |= {"k": k} if estimator == "ksg" else {}
    settings |= {} if bins is None else {"bins": bins}
    settings |= {"null": null, "shuffles": shuffles, "seed": seed}
    settings |= {} if windows.length is None else {"window": windows.length, "step": windows.step}
    notes += [*constant_columns(windows, bins), *cautions(windows, null)]
    return LearningCurve(
        windows.name,
        windows.actions,
        windows.effects,
        windows.context,
        windows.by,
        tuple(found),
        means(found),
        trends(found),
        settings,
        windows.dropped,
        tuple(notes),
    )


def check(estimator: str, k: int, bins: int | None, shuffles: int, null: str) -> None:
    """Raise a GridempError if a setting is none."""
    for name, value, known in (("estimator", estimator, ESTIMATORS), ("null", null, NULLS)):
        if value not in known:
            raise GridempError(f"no {name} {value[:40]!r}; choose {' or '.join(known)}")
    for name, number, least in (("k", k, 1), ("shuffles", shuffles, 19), ("bins", bins, 2)):
        if number is not None and number < least:
            raise GridempError(f"--{name} must be {least} or more, not {number}")
    if bins is not None and estimator != "plugin":
        raise GridempError(
            f"{estimator} needs no bins; leave out --bins or take --estimator plugin"
        )


def least_windows(windows: Windows, estimator: str, k: int) -> int:
    """How many windows half of which are enough for an estimate."""
    columns = len(windows.actions) + len(windows.effects) + len(windows.context)
    return {"ksg": 2 * (k + 1), "copula": 2 * (columns + 2), "plugin": 4}[estimator]


def check_windows(windows: Windows, least: int) -> None:
    """Raise a GridempError if a trial has fewer windows than an estimate and its error take."""
    for trial in windows.trials:
        if len(trial.actions) < least:
            raise GridempError(
                f"{called(trial)} has {len(trial.actions)} windows, and an estimate with its error "
                f"takes {least} or more; give longer trials, shorter windows, or --sample N to "
                "leave out trials with fewer than N"
            )


def called(trial: Trial) -> str:
    """What a trial is called in a sentence."""
    name = f"trial {trial.trial}" if trial.trial else "the log"
    return f"{name} of player {trial.player}" if trial.player else name


def with_enough(windows: Windows, sample: int) -> tuple[Windows, list[str]]:
    """The trials of so many windows or more, and a note on how many are left out."""
    kept = tuple(trial for trial in windows.trials if len(trial.actions) >= sample)
    if not kept:
        longest = max(len(trial.actions) for trial in windows.trials)
        raise GridempError(f"no trial has {sample} windows; the longest has {longest}")
    out = len(windows.trials) - len(kept)
    left = "1 trial is" if out == 1 else f"{out} trials are"
    notes = [f"{left} left out, of fewer than {sample} windows"] if out else []
    return replace(windows, trials=kept), notes


def at_equal_numbers(
    windows: Windows, sample: int | None, rng: np.random.Generator
) -> tuple[Windows, list[str]]:
    """A stretch of as many windows of each trial, begun at random, and a note that says so."""
    counts = [len(trial.actions) for trial in windows.trials]
    size = min(counts) if sample is None else sample
    if max(counts) == size:
        return windows, []
    drawn = []
    for trial in windows.trials:
        first = int(rng.integers(len(trial.actions) - size + 1))
        rows = slice(first, first + size)
        known = None if trial.context is None else trial.context[rows]
        drawn.append(
            replace(trial, actions=trial.actions[rows], effects=trial.effects[rows], context=known)
        )
    note = (
        f"of {min(counts)} to {max(counts)} windows of a trial, {size} in a row are taken, from a "
        "random one on"
    )
    return replace(windows, trials=tuple(drawn)), [note]


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
                count, is_so = len(columns), "constant" if bins is None else "all in one bin"
                where = "" if times == count else f" in {times} of {count} trials, where it"
                notes.append(f"{name} is {is_so}{where or ' and'} tells nothing")
    return notes


def cautions(windows: Windows, null: str) -> list[str]:
    """Notes on what makes a test of these windows wrong, or unable to find anything."""
    found = []
    if windows.without:
        one = windows.without == 1
        trials = "1 trial has" if one else f"{windows.without} trials have"
        found.append(f"{trials} no whole window and {'is' if one else 'are'} left out")
    if not windows.by:
        found.append("all is one trial, as no column tells trials apart; --trial COL names one")
    fewest = min(len(trial.actions) for trial in windows.trials)
    if null == "shift" and fewest < FEWEST_SHIFTS + 1:
        found.append(
            f"{fewest} windows allow {fewest - 1} shifts, so that p is {1 / fewest:.2f} or more"
        )
    if windows.overlap:
        found.append("windows overlap, so that intervals are too narrow and p values too small")
    if null == "shuffle" and are_alike(windows):
        found.append(
            "successive windows are alike, which shuffles destroy, so that p values are too small; "
            "--null shift keeps it"
        )
    return found


def are_alike(windows: Windows) -> bool:
    """Whether both actions and effects are much like those a window before."""
    both = [
        np.mean([max(persistence(getattr(trial, part)), 0.0) for trial in windows.trials])
        for part in ("actions", "effects")
    ]
    return bool(both[0] * both[1] >= ALIKE)


def persistence(columns: Array) -> float:
    """The largest correlation of a column with itself one window later."""
    columns = columns[:, np.ptp(columns, axis=0) > 0]
    if not columns.size:
        return 0.0
    centred = columns - columns.mean(axis=0)
    return float(np.max((centred[1:] * centred[:-1]).sum(axis=0) / (centred**2).sum(axis=0)))
