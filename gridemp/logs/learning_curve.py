"""Learning curve of a log: the information of each trial, its trend, and cautions about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import nan
from threading import Lock

import numpy as np

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError
from gridemp.logs.cautions import cautions, constant_columns, refuses_p
from gridemp.logs.entropies import Entropies, entropies_of, spreads_of
from gridemp.logs.estimate_settings import WITH_NEIGHBOURS, EstimateSettings
from gridemp.logs.runtime import expected_measure_seconds
from gridemp.logs.trends import Trend, TrialMean, means, trends
from gridemp.logs.trial_information import TrialInformation, trial_information, trials_by_player
from gridemp.logs.windows import Trial, Windows
from gridemp.parallel import parallel_map
from gridemp.progress import Progress, ignore
from gridemp.shown import Shown, counted


@dataclass(frozen=True, eq=False, repr=False)
class LearningCurve(Shown):
    """Information of all trials of a log, with its means over players and its trends.

    Attributes
    ----------
    name : str
        Name of the log.
    actions, effects, context : tuple of str
        Names of the columns.
    by : str
        Column that tells trials apart; "" if there is none.
    trials : tuple of TrialInformation
        Trials ordered by player and then by trial.
    means : tuple of TrialMean
        Means over players, from the first place to the last.
    trends : tuple of Trend
        Trend of each player with three trials or more, then of all players if there are several:
        first of the estimates, then of the part above chance.
    settings : mapping
        Settings of the estimate by name.
    dropped : mapping
        Number of windows left out for each reason.
    notes : tuple of str
        Remarks and cautions about the result, as sentences.
    previous : bool
        True if the context is the change of the effects just before each window, and nothing else.
    entropies : Entropies, optional
        Entropies of actions and effects, if they were asked for.
    conditions : tuple of str
        Columns that name the conditions of the trials. With conditions, trials are compared by
        `condition_grid`, and there are no `means` and no `trends`.

    Examples
    --------
    >>> import numpy as np
    >>> from gridemp.logs import EstimateSettings, Trial, Windows, measure
    >>> rng = np.random.default_rng(0)
    >>> held, noise = rng.normal(size=(2, 3, 100, 1))
    >>> trials = tuple(Trial("Ada", str(i), held[i], held[i] + noise[i], None) for i in range(3))
    >>> windows = Windows("log", trials, ("held",), ("moved",), (), "trial")
    >>> curve = measure(windows, EstimateSettings("copula", shuffles=20))
    >>> curve
    LearningCurve('log', 1 player, 3 trials)
    >>> curve.actions, curve.effects, curve.settings["shuffles"]
    (('held',), ('moved',), 20)
    """

    name: str
    actions: tuple[str, ...]
    effects: tuple[str, ...]
    context: tuple[str, ...]
    by: str
    trials: tuple[TrialInformation, ...]
    means: tuple[TrialMean, ...]
    trends: tuple[Trend, ...]
    settings: Mapping[str, str | float | None]
    dropped: Mapping[str, int]
    notes: tuple[str, ...]
    previous: bool = False
    entropies: Entropies | None = None
    conditions: tuple[str, ...] = ()

    @cached_property
    def players(self) -> dict[str, list[TrialInformation]]:
        """Trials of each player."""
        return trials_by_player(self.trials)

    def __repr__(self) -> str:
        players = counted(len(self.players), "player")
        return f"LearningCurve({self.name!r}, {players}, {counted(len(self.trials), 'trial')})"


def measure(
    windows: Windows,
    settings: EstimateSettings | None = None,
    *,
    sample: int | None = None,
    equal: bool = True,
    entropies: bool = False,
    announce: Callable[[float], object] | None = None,
    progress: Progress | None = None,
) -> LearningCurve:
    """Estimate the information that actions have about effects in each trial.

    Columns of categories need the estimator "mixed", which is then the default, or "plugin".

    Columns that are constant in a trial carry no information and are left out; if no action or no
    effect remains, the information is 0. For "ksg" and "mixed", columns of amounts are divided by
    their standard deviation. For "ksg", values are then moved at random by up to 5e-7 to either
    side to break ties, as keys are often held for equal times. The bias of an estimate depends on
    the number of windows, so the same number of successive windows is taken from each trial,
    beginning at a random one.

    Parameters
    ----------
    windows : Windows
        Windows of all trials.
    settings : EstimateSettings, optional
        Settings of the estimate; by default those of `EstimateSettings()`.
    sample : int, optional
        Number of windows to take from each trial, by default that of the shortest trial. Trials
        with fewer are left out.
    equal : bool
        If False, all windows are used; trials of different lengths then have different biases.
    entropies : bool
        If True, H(A), H(E), H(A|E) and H(E|A) of the same windows are estimated, too, without the
        context if there is one. Actions or effects with few distinct values, categories, and
        values in bins are counted, with Miller's correction. Other amounts have a differential
        entropy (`kozachenko_leonenko`, whichever the estimator of the information), relative to
        the standard deviation of each column over the whole log, with a resolution of 0.01
        standard deviations.
    announce : callable, optional
        Called with the expected seconds before the estimates begin.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    LearningCurve
        Information of all trials, with means, trends and notes.

    Raises
    ------
    GridempError
        If a trial has too few windows, or there are too many symbols to count.

    Examples
    --------
    >>> import numpy as np
    >>> from gridemp.logs import EstimateSettings, Trial, Windows, measure
    >>> rng = np.random.default_rng(0)
    >>> held, noise = rng.normal(size=(2, 200, 1))
    >>> trial = Trial("Ada", "1", held, held + noise, None)
    >>> windows = Windows("log", (trial,), ("held",), ("moved",), (), "trial")
    >>> curve = measure(windows, EstimateSettings("copula"))
    >>> round(curve.trials[0].bits, 2), round(curve.trials[0].p, 3)  # half a bit
    (0.42, 0.005)
    """
    check_kinds(measure, locals())
    announce, progress = announce or ignore, progress or ignore
    settings = (settings or EstimateSettings()).for_windows(windows)
    least = min_windows(windows, settings)
    notes: list[str] = []
    check_theiler(windows, settings, least)
    if sample is not None:
        if sample < least:
            raise GridempError(f"`sample` must be {least} or more for this estimate, not {sample}")
        windows, notes = with_enough(windows, sample)
    check_windows(windows, least)
    spreads = spreads_of(windows) if entropies else None
    if equal:
        rng = np.random.default_rng([settings.seed, 0])
        windows, notes_on_sample = at_equal_numbers(windows, sample, rng)
        notes += notes_on_sample
    announce(expected_measure_seconds(windows, settings))
    masks = windows.category_masks
    done, lock = np.zeros(len(windows.trials)), Lock()

    def information(i: int) -> TrialInformation:
        def advance(fraction: float) -> None:
            with lock:
                done[i] = fraction
                progress(float(done.mean()))

        rng = np.random.default_rng([settings.seed, i + 1])
        found = trial_information(windows.trials[i], settings, rng, advance, masks)
        return replace(found, conditions=windows.trials[i].conditions)

    trials = parallel_map(information, range(len(windows.trials)))
    if refuses_p(windows, settings):
        trials = [replace(trial, p=nan) for trial in trials]
    record = settings.record()
    if windows.length is not None:
        record |= {"window": windows.length, "step": windows.step}
    notes += [*constant_columns(windows, settings.bins), *cautions(windows, settings)]
    beside = None
    if spreads is not None:
        beside = entropies_of(windows, trials, settings, spreads)
        notes += beside.notes
    return LearningCurve(
        name=windows.name,
        actions=windows.actions,
        effects=windows.effects,
        context=windows.context,
        by=windows.by,
        trials=tuple(trials),
        means=() if windows.conditions else means(trials),
        trends=() if windows.conditions else trends(trials),
        settings=record,
        dropped=windows.dropped,
        notes=tuple(notes),
        previous=windows.previous,
        entropies=beside,
        conditions=windows.conditions,
    )


def min_windows(windows: Windows, settings: EstimateSettings) -> int:
    """Smallest number of windows of which each half is enough for an estimate."""
    columns = len(windows.actions) + len(windows.effects) + len(windows.context)
    if settings.estimator == "plugin":
        return 4
    neighbours = settings.estimator in WITH_NEIGHBOURS
    enough = settings.k + 1 + 2 * settings.theiler if neighbours else columns + 1
    return 2 * (enough + 2)  # as stretches differ by a window, half may be two windows short


def check_theiler(windows: Windows, settings: EstimateSettings, least: int) -> None:
    """Raise a GridempError if only the Theiler window makes all trials too short."""
    longest = max(len(trial.actions) for trial in windows.trials)
    without = min_windows(windows, replace(settings, theiler=0))
    if settings.theiler and without <= longest < least:
        raise GridempError(
            f"`theiler` of {settings.theiler} leaves too few neighbours: the longest trial has "
            f"{longest} windows and would need {least}; give {(longest - without) // 4} or less"
        )


def check_windows(windows: Windows, least: int) -> None:
    """Raise a GridempError if a trial has too few windows for an estimate and its error."""
    for trial in windows.trials:
        if len(trial.actions) < least:
            raise GridempError(
                f"{trial_name(trial)} has {len(trial.actions)} windows, and an estimate with its "
                f"error needs {least} or more; give longer trials or shorter windows, or set "
                f"`sample` to {least} or more to leave out shorter trials"
            )


def trial_name(trial: Trial) -> str:
    """Name of a trial in a sentence."""
    name = f"trial {trial.trial}" if trial.trial else "the log"
    if trial.conditions:
        name += f" under {', '.join(trial.conditions)}"
    return f"{name} of player {trial.player}" if trial.player else name


def with_enough(windows: Windows, sample: int) -> tuple[Windows, list[str]]:
    """Trials of at least `sample` windows, and a note if any are left out."""
    kept = tuple(trial for trial in windows.trials if len(trial.actions) >= sample)
    if not kept:
        longest = max(len(trial.actions) for trial in windows.trials)
        raise GridempError(
            f"no trial has {sample} windows; the longest has {longest}, so lower `sample`"
        )
    left_out = len(windows.trials) - len(kept)
    trials = "1 trial is" if left_out == 1 else f"{left_out} trials are"
    notes = [f"{trials} left out for having fewer than {sample} windows"] if left_out else []
    return replace(windows, trials=kept), notes


def at_equal_numbers(
    windows: Windows, sample: int | None, rng: np.random.Generator
) -> tuple[Windows, list[str]]:
    """Windows cut to a random stretch of the same length in each trial, and a note."""
    counts = [len(trial.actions) for trial in windows.trials]
    size = min(counts) if sample is None else sample
    if max(counts) == size:
        return windows, []
    drawn = []
    for trial in windows.trials:
        first = int(rng.integers(len(trial.actions) - size + 1))
        rows = slice(first, first + size)
        context = None if trial.context is None else trial.context[rows]
        actions, effects = trial.actions[rows], trial.effects[rows]
        drawn.append(replace(trial, actions=actions, effects=effects, context=context))
    note = (
        f"trials have {min(counts)} to {max(counts)} windows; {size} successive ones of each are "
        "used, from a random start"
    )
    return replace(windows, trials=tuple(drawn)), [note]
