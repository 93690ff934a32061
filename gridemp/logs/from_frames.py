"""Windows made from frames: the time for which each key was held, and the change of each state."""

from dataclasses import dataclass

import numpy as np

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError
from gridemp.logs.columns import Columns
from gridemp.logs.frame_columns import PREVIOUS, FrameColumns
from gridemp.logs.held_actions import held_actions
from gridemp.logs.trial_rows import rows_of_trials
from gridemp.logs.windows import Trial, Windows, categories_of, values_of
from gridemp.typing import Array, Indices, Mask

GAP_RATIO = 1.5  # frames are missing where the pause is longer than this times the median
JUMP_QUANTILE, JUMP_RATIO = 0.9, 20.0  # a reset is a move this many times that quantile
ROUNDING = 1e-5  # seconds by which times may be rounded
DIGITS = 6  # decimals of the seconds for which a key is held, so that equal times stay equal

# Reasons for which windows are left out.
GAP = "interrupted by missing frames"
RESET = "interrupted by a reset"
BACKWARDS = "interrupted where the time does not increase"
AT_END = "cut short by the end of a trial"
AT_START = "without a window before it"


def windows_of_frames(
    log: Columns,
    columns: FrameColumns,
    length: float,
    *,
    step: float | None = None,
    gap: float | None = None,
    turn: float = 2 * np.pi,
    time_unit: float = 1.0,
) -> Windows:
    """Return the windows of a log that has one frame in each row.

    A key that is pressed at a frame is held until the next frame. The actions of a window are the
    seconds for which each key was held, and for which none was; its effects are the changes of the
    states, which are interpolated between frames. A column of actions that holds texts stands for
    as many actions, such as `action=left`, one of which is held at each frame. The effect of a
    state that holds texts is the text at the end of the window. Windows follow each other from the
    first frame of a trial. A window that is interrupted by missing frames, by a reset or by a clock
    that runs backwards is left out, and the next one begins after the interruption.

    Parameters
    ----------
    log : Columns
        Log with the columns that `columns` names.
    columns : FrameColumns
        Names of the columns.
    length : float
        Length of a window in seconds.
    step : float, optional
        Seconds from the start of one window to that of the next, by default `length`; windows
        overlap if it is less.
    gap : float, optional
        Longest time in seconds between two frames; after a longer time, frames are taken to be
        missing. The default is 1.5 times the median time.
    turn : float
        Size of a whole turn in the unit of the angles.
    time_unit : float
        Unit of the column of times, in seconds.

    Returns
    -------
    Windows
        The windows, and the number that is left out for each reason.

    Raises
    ------
    GridempError
        If windows are shorter than the time between frames, or no window is left; the message gives
        the reasons.

    Examples
    --------
    >>> import numpy as np
    >>> from gridemp.logs import Columns, FrameColumns, windows_of_frames
    >>> time = np.arange(6) / 10
    >>> numbers = {"time": time, "left": np.array([0, 1, 1, 0, 0, 0]), "x": time**2}
    >>> log = Columns("log", 6, numbers, {})
    >>> windows = windows_of_frames(log, FrameColumns(keys=["left"], states=["x"]), length=0.2)
    >>> windows.actions, windows.trials[0].actions.round(2).tolist()
    (('left', 'none'), [[0.1, 0.1], [0.1, 0.1]])
    >>> windows.trials[0].effects.round(2).tolist()
    [[0.04], [0.12]]
    """
    check_kinds(windows_of_frames, locals())
    step = length if step is None else step
    known = [name for name in columns.context if name != PREVIOUS]
    with_previous = PREVIOUS in columns.context
    actions, held = held_actions(log, columns.keys)
    named = [key for key in columns.keys if key not in actions]  # not keys, but categories
    categories = categories_of(log, [*named, *columns.states, *known])
    frames = Frames(
        time=log.numbers[columns.time] * time_unit,
        held=held,
        states=values_of(log, columns.states),
        in_words=np.array([name in categories for name in columns.states], dtype=bool),
        known=values_of(log, known),
        episode=log.labels[columns.episode][1] if columns.episode else None,
    )
    angles = [i for i, name in enumerate(columns.states) if name in columns.angles]
    dropped: dict[str, int] = {}
    trials, empty_trials = [], 0
    trials_of_log = rows_of_trials(log, columns.player, columns.trial, columns.conditions)
    for names, conditions, rows in trials_of_log:
        in_trial = frames.at(rows)
        check_length(log.name, in_trial.time, length)
        in_trial.states[:, angles] = np.unwrap(in_trial.states[:, angles], period=turn, axis=0)
        parts = []
        for first, end, reason in stretches(in_trial, gap):
            stretch = in_trial.at(slice(first, end))
            starts = window_starts(stretch.time, length, step)
            lost = count_lost_windows(in_trial.time, first, end, max(length, step), length, reason)
            add_dropped(dropped, reason, lost)
            if with_previous:
                early = starts - stretch.time[0] < length - ROUNDING
                add_dropped(dropped, AT_START, int(early.sum()))
                starts = starts[~early]
            parts.append(windows_of_stretch(stretch, starts, length, with_previous=with_previous))
        acted, happened, context = (np.concatenate(part) for part in zip(*parts, strict=True))
        if len(acted):
            known_before = context if columns.context else None
            trials.append(Trial(*names, acted, happened, known_before, conditions))
        else:
            empty_trials += 1
    if not trials:
        reasons = ", ".join(f"{count} {reason}" for reason, count in dropped.items())
        raise GridempError(
            f"{log.name} has no whole window of {length:g} s{reasons and ', as ' + reasons}; give "
            "shorter windows or a larger `gap`"
        )
    previous = [f"{PREVIOUS} {name}" for name in columns.states] if with_previous else []
    if with_previous:
        categories |= {
            f"{PREVIOUS} {name}": categories[name] for name in columns.states if name in categories
        }
    return Windows(
        name=log.name,
        trials=tuple(trials),
        actions=actions,
        effects=tuple(columns.states),
        context=(*known, *previous),
        by=columns.trial,
        dropped=dropped,
        empty_trials=empty_trials,
        length=length,
        step=step,
        previous=with_previous and not known,
        categories=categories,
        conditions=tuple(columns.conditions),
    )


def add_dropped(dropped: dict[str, int], reason: str, count: int) -> None:
    """Add a number of windows left out for a reason."""
    if count:
        dropped[reason] = dropped.get(reason, 0) + count


@dataclass(frozen=True, eq=False)
class Frames:
    """Successive frames of a log.

    Attributes
    ----------
    time : ndarray, shape (F,)
        Times in seconds.
    held : ndarray of bool, shape (F, K)
        True for each action that is held from a frame until the next.
    states : ndarray, shape (F, E)
        States that actions may change.
    in_words : ndarray of bool, shape (E,)
        True for each state that holds codes of texts.
    known : ndarray, shape (F, C)
        Columns of context.
    episode : ndarray, shape (F,), or None
        Number of the episode.
    """

    time: Array
    held: Mask
    states: Array
    in_words: Mask
    known: Array
    episode: Indices | None

    def at(self, rows: Indices | slice) -> "Frames":
        """Frames in these rows, with time counted from the first of them."""
        return Frames(
            time=self.time[rows] - self.time[rows][0],  # large times would leave few digits
            held=self.held[rows],
            states=self.states[rows],
            in_words=self.in_words,
            known=self.known[rows],
            episode=None if self.episode is None else self.episode[rows],
        )


def stretches(frames: Frames, gap: float | None) -> list[tuple[int, int, str]]:
    """Unbroken stretches of a trial: first frame, frame beyond the last, reason for the end."""
    passed = np.diff(frames.time)
    forward = passed[passed > 0]
    if gap is None:
        gap = GAP_RATIO * float(np.median(forward)) if len(forward) else 0.0
    if frames.episode is not None:
        reset = np.diff(frames.episode) != 0
    else:
        moved = np.abs(np.diff(frames.states[:, ~frames.in_words], axis=0))
        usual = (
            np.quantile(moved, JUMP_QUANTILE, axis=0) if len(moved) else np.zeros(moved.shape[1])
        )
        reset = ((moved > JUMP_RATIO * usual) & (usual > 0)).any(axis=1)
    reasons = np.select(
        [reset, passed <= 0, passed > gap + ROUNDING], [RESET, BACKWARDS, GAP], default=""
    )
    last = np.flatnonzero(reasons != "")
    bounds = [0, *(last + 1).tolist(), len(frames.time)]
    return list(zip(bounds, bounds[1:], [*reasons[last].tolist(), AT_END], strict=False))


def window_starts(time: Array, length: float, step: float) -> Array:
    """Times in seconds at which the windows of an unbroken stretch begin."""
    fitting = (time[-1] - time[0] - length + ROUNDING) / step
    return np.asarray(time[0] + step * np.arange(np.floor(fitting) + 1 if fitting >= 0 else 0))


def count_lost_windows(
    time: Array, first: int, end: int, pace: float, length: float, reason: str
) -> int:
    """Number of windows, begun `pace` seconds apart, that are lost at the end of a stretch."""
    whole = window_starts(time[first:end], length, pace)
    covered = whole[-1] + pace if len(whole) else time[first]
    if reason == GAP:  # time goes on, and so would windows
        return int(np.ceil((time[end] - covered - ROUNDING) / pace))
    return int(time[end - 1] - covered > ROUNDING)


def check_length(name: str, time: Array, length: float) -> None:
    """Raise a GridempError if windows are shorter than the time between frames."""
    passed = np.diff(time)
    usual = float(np.median(passed[passed > 0])) if (passed > 0).any() else 0.0
    if length < usual - ROUNDING:
        raise GridempError(
            f"frames of {name} are {usual:g} s apart, and windows of {length:g} s are shorter; "
            "give longer windows, or set `time_unit` to ms (0.001 s) if times are in milliseconds"
        )


def windows_of_stretch(
    frames: Frames, starts: Array, length: float, *, with_previous: bool
) -> tuple[Array, Array, Array]:
    """Actions in seconds, effects and context of the windows of an unbroken stretch."""
    passed = np.diff(frames.time)[:, None]
    so_far = np.cumsum(frames.held[:-1] * passed, axis=0)
    held = np.vstack([np.zeros(frames.held.shape[1]), so_far])
    ends = starts + length
    actions = interpolated(frames.time, held, ends) - interpolated(frames.time, held, starts)
    actions = np.round(actions, DIGITS) + 0.0  # no -0.0
    now = interpolated(frames.time, frames.states, starts)
    effects = interpolated(frames.time, frames.states, ends) - now
    rows, last_rows = (
        np.searchsorted(frames.time, moments + ROUNDING, side="right") - 1
        for moments in (starts, ends)
    )
    effects[:, frames.in_words] = frames.states[last_rows][:, frames.in_words]
    context = frames.known[rows]
    if with_previous:
        change = now - interpolated(frames.time, frames.states, starts - length)
        change[:, frames.in_words] = frames.states[rows][:, frames.in_words]
        context = np.hstack([context, change])
    return actions, effects, context


def interpolated(time: Array, columns: Array, moments: Array) -> Array:
    """Columns at M given moments, interpolated linearly between frames: shape (M, C)."""
    values = [np.interp(moments, time, column) for column in columns.T]
    return np.stack(values, axis=1) if values else np.zeros((len(moments), 0))
