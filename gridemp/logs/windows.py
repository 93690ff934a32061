"""Windows of time: what was done in each, and what happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from gridemp.logs.columns import Columns
from gridemp.logs.result import trial_values
from gridemp.typing import Array, Indices


@dataclass(frozen=True, eq=False)
class Trial:
    """The windows of one trial, in order of time.

    Attributes
    ----------
    player, trial : str
        As the log has them; "" where it has none.
    actions : ndarray, shape (N, A)
        What was done in each window.
    effects : ndarray, shape (N, E)
        What happened in it.
    context : ndarray, shape (N, C), or None
        What was known before.
    """

    player: str
    trial: str
    actions: Array
    effects: Array
    context: Array | None


@dataclass(frozen=True, eq=False)
class Windows:
    """All trials of a log, by player and then by trial.

    Attributes
    ----------
    name : str
        Of the log.
    trials : tuple of Trial
        One or more.
    actions, effects, context : tuple of str
        What the columns are called.
    by : str
        The column that tells trials apart; "" if there is none.
    dropped : mapping
        How many windows were left out, by why.
    without : int
        How many trials have no window and are left out.
    length, step : float, or None
        Seconds of a window, and from the start of one to that of the next, where there are frames.
    """

    name: str
    trials: tuple[Trial, ...]
    actions: tuple[str, ...]
    effects: tuple[str, ...]
    context: tuple[str, ...]
    by: str
    dropped: Mapping[str, int] = field(default_factory=dict)
    without: int = 0
    length: float | None = None
    step: float | None = None

    @property
    def overlap(self) -> bool:
        """Whether windows share frames."""
        return self.length is not None and self.step is not None and self.step < self.length


def windows_of_rows(
    log: Columns,
    actions: Sequence[str],
    effects: Sequence[str],
    context: Sequence[str] = (),
    *,
    player: str = "",
    trial: str = "",
) -> Windows:
    """The windows of a log that has one in each row.

    Parameters
    ----------
    log : Columns
        With these columns of numbers.
    actions, effects, context : sequence of str
        Its columns.
    player, trial : str
        Its columns of texts that tell players and trials apart, if there are any.

    Returns
    -------
    Windows
    """
    done, happened = (together(log, names) for names in (actions, effects))
    known = together(log, context) if context else None
    trials = tuple(
        Trial(*names, done[rows], happened[rows], None if known is None else known[rows])
        for names, rows in groups(log, player, trial)
    )
    return Windows(log.name, trials, tuple(actions), tuple(effects), tuple(context), trial)


def together(log: Columns, names: Sequence[str]) -> Array:
    """Columns of numbers side by side, shape (R, len(names))."""
    return np.stack([log.numbers[name] for name in names], axis=1)


def groups(log: Columns, player: str, trial: str) -> list[tuple[tuple[str, str], Indices]]:
    """The players and trials of a log, each with its rows in their order.

    Players come as they first appear; so do trials, or by number if all are numbers.
    """
    alone = (("",), np.zeros(log.rows, dtype=np.intp))
    players, own = log.labels[player] if player else alone
    trials, each = log.labels[trial] if trial else alone
    places = order_of(trials)
    key = own * len(trials) + places[each]
    order = np.argsort(key, kind="stable")
    names = dict(zip(places.tolist(), trials, strict=True))
    return [
        ((players[first // len(trials)], names[first % len(trials)]), rows)
        for rows in np.split(order, np.flatnonzero(np.diff(key[order])) + 1)
        for first in [int(key[rows[0]])]
    ]


def order_of(trials: Sequence[str]) -> Indices:
    """At which place each trial comes."""
    values = trial_values(trials)
    return np.argsort(np.argsort(values, kind="stable"))
