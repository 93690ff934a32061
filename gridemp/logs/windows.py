"""Windows of time, each with its actions, effects and context, and the trials that hold them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError
from gridemp.logs.cells import MAX_CATEGORIES
from gridemp.logs.columns import Columns
from gridemp.logs.trial_rows import rows_of_trials
from gridemp.shown import counted
from gridemp.typing import Array, Mask


@dataclass(frozen=True, eq=False, repr=False)
class Trial:
    """Windows of one trial in order of time.

    Attributes
    ----------
    player, trial : str
        Names as in the log; "" where it has none.
    actions : ndarray, shape (N, A)
        Actions in each window.
    effects : ndarray, shape (N, E)
        Effects in each window.
    context : ndarray, shape (N, C), or None
        Quantities known at the start of each window.
    conditions : tuple of str
        Names of the conditions, one for each column of `Windows.conditions`.

    Examples
    --------
    >>> import numpy as np
    >>> from gridemp.logs import Trial
    >>> Trial("Ada", "1", actions=np.zeros((50, 2)), effects=np.ones((50, 1)), context=None)
    Trial('Ada', '1', 50 windows)
    """

    player: str
    trial: str
    actions: Array
    effects: Array
    context: Array | None
    conditions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check the kinds of the fields."""
        check_kinds(Trial, vars(self))

    def __repr__(self) -> str:
        return f"Trial({self.player!r}, {self.trial!r}, {counted(len(self.actions), 'window')})"


@dataclass(frozen=True, eq=False, repr=False)
class Windows:
    """All trials of a log, ordered by player and then by trial.

    Attributes
    ----------
    name : str
        Name of the log.
    trials : tuple of Trial
        One or more trials.
    actions, effects, context : tuple of str
        Names of the columns.
    by : str
        Column that tells trials apart; "" if there is none.
    dropped : mapping
        Number of windows left out for each reason.
    empty_trials : int
        Number of trials left out because they have no whole window.
    length, step : float, or None
        Length of a window, and time from the start of one window to that of the next, in seconds,
        if the log has frames.
    previous : bool
        True if the context is the change of the effects just before each window, and nothing else.
    categories : mapping
        Categories of each column of the log that holds them, by its name. In windows of rows, and
        in effects and context, they are numbered from 0. Actions in windows of frames are times for
        which categories are held, such as `action=left`.
    conditions : tuple of str
        Columns that name the conditions of the trials, if these are compared.

    Examples
    --------
    >>> import numpy as np
    >>> from gridemp.logs import Trial, Windows
    >>> trial = Trial("Ada", "1", np.zeros((50, 2)), np.ones((50, 1)), None)
    >>> Windows("log", (trial,), ("left", "right"), ("x",), (), "trial")
    Windows('log', 1 trial, 50 windows)
    """

    name: str
    trials: tuple[Trial, ...]
    actions: tuple[str, ...]
    effects: tuple[str, ...]
    context: tuple[str, ...]
    by: str
    dropped: Mapping[str, int] = field(default_factory=dict)
    empty_trials: int = 0
    length: float | None = None
    step: float | None = None
    previous: bool = False
    categories: Mapping[str, Sequence[str]] = field(default_factory=dict)
    conditions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check the kinds of the fields."""
        check_kinds(Windows, vars(self))

    @property
    def overlap(self) -> bool:
        """True if windows share frames."""
        return self.length is not None and self.step is not None and self.step < self.length

    @property
    def category_masks(self) -> tuple[Mask, Mask, Mask]:
        """Columns of actions, of effects and of context that hold categories, shapes (columns,)."""
        actions, effects, context = (
            np.array([name in self.categories for name in names], dtype=bool)
            for names in (self.actions, self.effects, self.context)
        )
        return actions, effects, context

    def __repr__(self) -> str:
        windows = counted(sum(len(trial.actions) for trial in self.trials), "window")
        return f"Windows({self.name!r}, {counted(len(self.trials), 'trial')}, {windows})"


def windows_of_rows(
    log: Columns,
    actions: Sequence[str],
    effects: Sequence[str],
    context: Sequence[str] = (),
    *,
    player: str = "",
    trial: str = "",
    conditions: Sequence[str] = (),
) -> Windows:
    """Return the windows of a log that has one window in each row.

    Parameters
    ----------
    log : Columns
        Log with the columns named below.
    actions, effects, context : sequence of str
        Columns of numbers, or of text, which are categories.
    player, trial : str
        Columns of text that tell players and trials apart; "" if there are none.
    conditions : sequence of str
        Columns of text that name the conditions of a trial. Rows of one trial under different
        conditions count as different trials.

    Returns
    -------
    Windows
        The windows of each trial.

    Examples
    --------
    >>> import numpy as np
    >>> from gridemp.logs import Columns, windows_of_rows
    >>> numbers = {"stick": np.array([0.1, 0.4, 0.2]), "x": np.array([2.0, 3.0, 5.0])}
    >>> log = Columns("log", 3, numbers, {"trial": (("1", "2"), np.array([0, 0, 1]))})
    >>> windows_of_rows(log, ["stick"], ["x"], trial="trial").trials
    (Trial('', '1', 2 windows), Trial('', '2', 1 window))
    """
    check_kinds(windows_of_rows, locals())
    acted, happened = (values_of(log, names) for names in (actions, effects))
    known = values_of(log, context) if context else None
    trials = tuple(
        Trial(*names, acted[rows], happened[rows], None if known is None else known[rows], under)
        for names, under, rows in rows_of_trials(log, player, trial, conditions)
    )
    return Windows(
        name=log.name,
        trials=trials,
        actions=tuple(actions),
        effects=tuple(effects),
        context=tuple(context),
        by=trial,
        categories=categories_of(log, [*actions, *effects, *context]),
        conditions=tuple(conditions),
    )


def values_of(log: Columns, names: Sequence[str]) -> Array:
    """Columns of numbers, and of codes of texts, side by side: shape (R, len(names))."""
    columns = [
        log.numbers[name] if name in log.numbers else log.labels[name][1].astype(float)
        for name in names
    ]
    return np.stack(columns, axis=1) if columns else np.zeros((log.rows, 0))


def categories_of(log: Columns, names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Texts of those of the columns that hold texts, and no numbers.

    Raises
    ------
    GridempError
        If a column has too many different texts.
    """
    categories = {
        name: log.labels[name][0]
        for name in names
        if name in log.labels and name not in log.numbers
    }
    for name, texts in categories.items():
        if len(texts) > MAX_CATEGORIES:
            raise GridempError(
                f"column {name!r} of {log.name} has {len(texts)} different texts, and a column of "
                f"categories may have {MAX_CATEGORIES}; read it as numbers, or write fewer"
            )
    return categories
