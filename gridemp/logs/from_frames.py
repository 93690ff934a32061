"""From frames to windows: how long each key was held, and what changed meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gridemp.errors import GridempError
from gridemp.logs.columns import Columns
from gridemp.logs.windows import Trial, Windows, groups, together
from gridemp.typing import Array, Indices

NONE = "none"  # the action of holding no key
PREVIOUS = "previous"  # the context of what happened before
MISSING = 1.5  # times the median time between frames, beyond which frames are missing
OFTEN, JUMP = 0.9, 20.0  # how much further than so many frames move is a reset
EXACT = 1e-5  # seconds by which times may be rounded
DIGITS = 6  # of the seconds for which a key is held: rounding would tell equal ones apart

GAP, RESET, BACK, AT_END = (
    "cut by missing frames",
    "cut by a reset",
    "cut where time does not go on",
    "cut by the end of a trial",
)
FIRST = "without a window before"


def windows_of_frames(
    log: Columns,
    length: float,
    keys: Sequence[str],
    states: Sequence[str],
    context: Sequence[str] = (),
    *,
    angles: Sequence[str] = (),
    turn: float = 2 * np.pi,
    time: str = "time",
    unit: float = 1.0,
    player: str = "",
    trial: str = "",
    episode: str = "",
    step: float | None = None,
    gap: float | None = None,
) -> Windows:
    """The windows of a log that has a frame in each row.

    A key that is pressed at a frame is held until the next. The actions of a window are the seconds
    for which each key was held, and for which none was; its effects are by how much each state
    changed, states between frames being interpolated. Windows follow each other from the first
    frame of a trial on. Where frames are missing, time does not go on, or something is reset, the
    window that is cut is left out, and windows begin anew.

    Parameters
    ----------
    log : Columns
        With these columns of numbers.
    length : float
        Of a window, in seconds.
    keys : sequence of str
        Columns of keys: 0 for released, anything else for pressed.
    states : sequence of str
        Columns of what actions may change.
    context : sequence of str
        Columns whose values at the start of a window are known before; `PREVIOUS` stands for how
        the states changed in as long a time before, and where that is not known, the window is
        left out.
    angles : sequence of str
        Those of the states that are angles, and are unwrapped.
    turn : float
        A whole turn, in their unit.
    time : str
        The column of times.
    unit : float
        Their unit, in seconds.
    player, trial, episode : str
        Columns of texts, if there are any; another episode is a reset. Without that column, a
        reset is where a state jumps by more than 20 times what nine in ten frames move by.
    step : float, optional
        Seconds from the start of one window to that of the next; less than `length` if they are
        to overlap.
    gap : float, optional
        Seconds between two frames beyond which some are missing; by default 1.5 times the median.

    Returns
    -------
    Windows

    Raises
    ------
    GridempError
        If windows are shorter than the time between frames, or none is left; it says why.
    """
    step = length if step is None else step
    known = [name for name in context if name != PREVIOUS]
    every = np.zeros((log.rows, 0))
    frames = Frames(
        log.numbers[time] * unit,
        together(log, keys) != 0,
        together(log, states),
        together(log, known) if known else every,
        log.labels[episode][1] if episode else None,
    )
    turning = [i for i, name in enumerate(states) if name in angles]
    dropped: dict[str, int] = {}
    trials, without = [], 0
    for names, rows in groups(log, player, trial):
        own = frames.of(rows)
        check_length(log.name, own.time, length)
        own.states[:, turning] = np.unwrap(own.states[:, turning], period=turn, axis=0)
        found = []
        for first, last, why in segments(own, gap):
            segment = own.of(slice(first, last))
            starts = starts_of(segment.time, length, step)
            count(dropped, why, lost_windows(own.time, first, last, (length, step), why))
            if PREVIOUS in context:
                early = starts - segment.time[0] < length - EXACT
                count(dropped, FIRST, int(early.sum()))
                starts = starts[~early]
            found.append(windows_of(segment, starts, length, PREVIOUS in context))
        actions, effects, before = (np.concatenate(parts) for parts in zip(*found, strict=True))
        if len(actions):
            trials.append(Trial(*names, actions, effects, before if context else None))
        else:
            without += 1
    if not trials:
        why = describe_dropped(dropped)
        raise GridempError(
            f"{log.name} has no whole window of {length:g} s{why and ', as ' + why}; give shorter "
            "windows or a larger --gap"
        )
    previous = [f"{PREVIOUS} {name}" for name in states] if PREVIOUS in context else []
    called = ((*keys, NONE), tuple(states), (*known, *previous))
    return Windows(log.name, tuple(trials), *called, trial, dropped, without, length, step)


def describe_dropped(dropped: dict[str, int]) -> str:
    """How many windows were left out and why, in words."""
    return ", ".join(f"{number} {why}" for why, number in dropped.items())


def count(dropped: dict[str, int], why: str, number: int) -> None:
    """Add to how many windows were left out."""
    if number:
        dropped[why] = dropped.get(why, 0) + number


@dataclass(frozen=True, eq=False)
class Frames:
    """Successive frames.

    Attributes
    ----------
    time : ndarray, shape (F,)
        Seconds.
    pressed : ndarray of bool, shape (F, K)
        Which keys, from each frame until the next.
    states : ndarray, shape (F, E)
    known : ndarray, shape (F, C)
        Columns of context.
    episode : ndarray, shape (F,), or None
        A number for each episode.
    """

    time: Array
    pressed: NDArray[np.bool_]
    states: Array
    known: Array
    episode: Indices | None

    def of(self, rows: Indices | slice) -> "Frames":
        """Some of them, their time from the first one on."""
        episode = None if self.episode is None else self.episode[rows]
        time = self.time[rows] - self.time[rows][0]  # large numbers would leave it few digits
        return Frames(time, self.pressed[rows], self.states[rows], self.known[rows], episode)


def segments(frames: Frames, gap: float | None) -> list[tuple[int, int, str]]:
    """First frame, frame beyond the last, and what ends it, of each unbroken stretch of a trial."""
    passed = np.diff(frames.time)
    forward = passed[passed > 0]
    if gap is None:
        gap = MISSING * float(np.median(forward)) if len(forward) else 0.0
    if frames.episode is not None:
        reset = np.diff(frames.episode) != 0
    else:
        moved = np.abs(np.diff(frames.states, axis=0))
        often = np.quantile(moved, OFTEN, axis=0) if len(moved) else np.zeros(moved.shape[1])
        reset = ((moved > JUMP * often) & (often > 0)).any(axis=1)
    reasons = np.select([reset, passed <= 0, passed > gap + EXACT], [RESET, BACK, GAP], "")
    ends = np.flatnonzero(reasons != "")
    bounds = [0, *(ends + 1).tolist(), len(frames.time)]
    return list(zip(bounds, bounds[1:], [*reasons[ends].tolist(), AT_END], strict=False))


def starts_of(time: Array, length: float, step: float) -> Array:
    """When the windows of an unbroken stretch begin, in seconds."""
    fitting = (time[-1] - time[0] - length + EXACT) / step
    return np.asarray(time[0] + step * np.arange(np.floor(fitting) + 1 if fitting >= 0 else 0))


def lost_windows(time: Array, first: int, last: int, spans: tuple[float, float], why: str) -> int:
    """How many windows, of a length and a step, are lost at the end of a stretch."""
    pace = max(spans)
    whole = starts_of(time[first:last], spans[0], pace)
    over = whole[-1] + pace if len(whole) else time[first]
    if why == GAP:
        return int(np.ceil((time[last] - over - EXACT) / pace))
    return int(time[last - 1] - over > EXACT)


def check_length(name: str, time: Array, length: float) -> None:
    """Raise a GridempError if windows are shorter than the time between frames."""
    passed = np.diff(time)
    usual = float(np.median(passed[passed > 0])) if (passed > 0).any() else 0.0
    if length < usual - EXACT:
        raise GridempError(
            f"frames of {name} are {usual:g} s apart, and windows of {length:g} s are shorter; "
            "give longer windows, or --time-unit ms if times are in milliseconds"
        )


def windows_of(
    frames: Frames, starts: Array, length: float, previous: bool
) -> tuple[Array, Array, Array]:
    """Actions in seconds, effects and context of the windows of an unbroken stretch."""
    pressed = np.column_stack([frames.pressed, ~frames.pressed.any(axis=1)])
    passed = np.diff(frames.time)[:, None]
    held = np.vstack([np.zeros(pressed.shape[1]), np.cumsum(pressed[:-1] * passed, axis=0)])
    actions = at(frames.time, held, starts + length) - at(frames.time, held, starts)
    actions = np.round(actions, DIGITS) + 0.0
    now = at(frames.time, frames.states, starts)
    effects = at(frames.time, frames.states, starts + length) - now
    rows = np.searchsorted(frames.time, starts + EXACT, side="right") - 1
    context = frames.known[rows]
    if previous:
        context = np.hstack([context, now - at(frames.time, frames.states, starts - length)])
    return actions, effects, context


def at(time: Array, columns: Array, moments: Array) -> Array:
    """Columns at other moments than those of the frames, interpolated; shape (M, C)."""
    values = [np.interp(moments, time, column) for column in columns.T]
    return np.stack(values, axis=1) if values else np.zeros((len(moments), 0))
