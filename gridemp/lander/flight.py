"""Flight of the lander in one trial of a frame log: its states at regular times."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError
from gridemp.lander.environment import FRAME_RATE, GRAVITY
from gridemp.lander.state import LanderState
from gridemp.logs.columns import Columns, read_columns

NUMBERS = ("time", "x", "y", "angle")
TEXTS = ("player", "trial", "episode")
CONDITIONS = {"gravity": GRAVITY, "wind": 0.0}  # of a log without these columns
STEP = 0.2  # seconds
MAX_STATES = 10_000


@dataclass(frozen=True, eq=False, repr=False)
class Flight:
    """States of the lander at regular times of one trial.

    Attributes
    ----------
    player, trial : str
        Names in the log.
    times : tuple of float, length N
        Seconds from the start of the trial.
    episodes : tuple of str, length N
        Episode of each state; a new one begins on new ground.
    states : tuple of LanderState, length N
        States. Velocities are differences between the frames before and after.
    gravity, wind : float
        Gravity and wind of the trial, in the environment's units.

    Examples
    --------
    >>> from gridemp.lander import RecordingSettings, read_flight, record
    >>> _ = record("log.csv", RecordingSettings(trials=1, seconds=2), seeds=[0])
    >>> read_flight("log.csv")
    Flight(player 0, trial 1, 10 states, 0 to 1.8 s)
    """

    player: str
    trial: str
    times: tuple[float, ...]
    episodes: tuple[str, ...]
    states: tuple[LanderState, ...]
    gravity: float
    wind: float

    def __repr__(self) -> str:
        return (
            f"Flight(player {self.player}, trial {self.trial}, {len(self.states)} states, "
            f"{self.times[0]:g} to {self.times[-1]:g} s)"
        )


def read_flight(
    path: str | Path, player: str | None = None, trial: str | None = None, step: float = STEP
) -> Flight:
    """Read the states of one trial from a frame log of Lunar Lander.

    Parameters
    ----------
    path : str or Path
        Frame log with the columns `player`, `trial`, `episode`, `time`, `x`, `y` and `angle`, as
        `record` writes them; `gravity` and `wind` are read if they are there.
    player, trial : str, optional
        Names of the player and the trial; by default the first ones in the log.
    step : float
        Seconds from one state to the next, a multiple of a frame of 0.02 s.

    Returns
    -------
    Flight
        States of the trial.

    Raises
    ------
    GridempError
        If the log cannot be read, has no such trial, or the step is out of range.

    Examples
    --------
    >>> from gridemp.lander import RecordingSettings, read_flight, record
    >>> _ = record("log.csv", RecordingSettings(trials=1, seconds=2), seeds=[0])
    >>> flight = read_flight("log.csv", step=0.5)
    >>> flight.times, round(flight.states[0].y, 2)
    ((0.0, 0.5, 1.0, 1.5), 1.42)
    """
    check_kinds(read_flight, locals())
    frames = round(step * FRAME_RATE)
    if frames < 1 or abs(step * FRAME_RATE - frames) > 1e-6:
        raise GridempError(f"`step` must be a multiple of a frame of 0.02 s, not {step:g}")
    log = read_columns(path, _selected)
    rows = np.ones(len(log.numbers["time"]), dtype=bool)
    player, matches = _chosen(log, rows, "player", player)
    rows &= matches
    trial, matches = _chosen(log, rows, "trial", trial)
    rows &= matches
    time, x, y, angle = (log.numbers[name][rows] for name in NUMBERS)
    names, codes = log.labels["episode"]
    episode = codes[rows]
    picked = np.arange(0, len(time), frames)
    if len(picked) > MAX_STATES:
        raise GridempError(
            f"the trial has {len(picked):,} states, more than {MAX_STATES:,}; raise `step`"
        )
    motion = np.stack([x, y, np.unwrap(angle)])
    states = []
    for i in picked.tolist():
        before, after = _neighbours(episode, i)
        passed = time[after] - time[before]
        speed = (motion[:, after] - motion[:, before]) / passed if passed > 0 else np.zeros(3)
        states.append(LanderState(float(x[i]), float(y[i]), float(angle[i]), *speed.tolist()))
    gravity, wind = (
        float(log.numbers[name][rows][0]) if name in log.numbers else usual
        for name, usual in CONDITIONS.items()
    )
    return Flight(
        player,
        trial,
        times=tuple((time[picked] - time[0]).round(6).tolist()),
        episodes=tuple(names[code] for code in episode[picked].tolist()),
        states=tuple(states),
        gravity=gravity,
        wind=wind,
    )


def _selected(header: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Columns to read as numbers and as text."""
    return [*NUMBERS, *(name for name in CONDITIONS if name in header)], list(TEXTS)


def _chosen(
    log: Columns, rows: np.ndarray, column: str, name: str | None
) -> tuple[str, np.ndarray]:
    """Name of the chosen player or trial, and the rows that have it."""
    names, codes = log.labels[column]
    there = list(dict.fromkeys(codes[rows].tolist()))
    if name is None:
        return names[there[0]], codes == there[0]
    for code in there:
        if names[code] == name:
            return name, codes == code
    some = ", ".join(names[code] for code in there[:10])
    raise GridempError(f"the log has no {column} {name[:40]}; it has {some}")


def _neighbours(episode: np.ndarray, i: int) -> tuple[int, int]:
    """Frames before and after one, in the same episode; itself where there is none."""
    before = i - 1 if i > 0 and episode[i - 1] == episode[i] else i
    after = i + 1 if i + 1 < len(episode) and episode[i + 1] == episode[i] else i
    return before, after
