"""Names of the columns of a log that has one frame in each row."""

from collections.abc import Sequence
from dataclasses import dataclass

from gridemp.arguments import check_kinds

#: The context that stands for the change of the states just before a window.
PREVIOUS = "previous"


@dataclass(frozen=True)
class FrameColumns:
    """Names of the columns of a frame log.

    Attributes
    ----------
    keys : sequence of str
        Columns of keys: 0 or False for released, True or any other number for pressed. A column
        of other texts names the action at each frame.
    states : sequence of str
        Columns of the states that actions may change, of numbers or of texts.
    context : sequence of str
        Columns whose values at the start of a window are its context. `PREVIOUS` stands for the
        change of all states over one window length just before the window; windows for which it is
        unknown are left out.
    angles : sequence of str
        States that are angles and have to be unwrapped.
    time : str
        Column of times.
    player, trial, episode : str
        Columns of text; "" if there are none. A new episode is a reset. Without a column of
        episodes, a reset is a jump of a state by more than 20 times the 90 % quantile of its moves
        between frames.
    conditions : sequence of str
        Columns of text that name the conditions of a trial, such as `("gravity", "wind")`. Rows of
        one trial under different conditions count as different trials.

    Examples
    --------
    >>> from gridemp.logs import PREVIOUS, FrameColumns
    >>> columns = FrameColumns(keys=["left", "right"], states=["x", "y"], context=[PREVIOUS])
    >>> columns.time, columns.context
    ('time', ['previous'])
    """

    keys: Sequence[str]
    states: Sequence[str]
    context: Sequence[str] = ()
    angles: Sequence[str] = ()
    time: str = "time"
    player: str = ""
    trial: str = ""
    episode: str = ""
    conditions: Sequence[str] = ()

    def __post_init__(self) -> None:
        """Check the kinds of the fields."""
        check_kinds(FrameColumns, vars(self))
