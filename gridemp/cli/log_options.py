"""Options of logs: their columns, their windows, and the estimate of information."""

from collections.abc import Collection
from dataclasses import dataclass
from math import inf
from typing import Annotated, ClassVar

import typer

from gridemp.cli.option_types import choice
from gridemp.cli.parse import MAX_QUOTED, parse_number, parse_seconds
from gridemp.errors import GridempError

KEYS, STATES, ANGLES = "left,right,main", "x,y,angle", "angle"  # columns of a frame log
MAX_COLUMNS = 2  # of conditions, which are the axes of a grid
UNITS = {"s": 1.0, "ms": 0.001}  # in seconds


@dataclass
class ColumnOptions:
    """Options of the columns of a log, as typed."""

    actions: Annotated[
        str | None,
        typer.Option(
            metavar="COL,...",
            help="Columns of the player's actions.  [default with --window: left,right,main]",
        ),
    ] = None
    effects: Annotated[
        str | None,
        typer.Option(
            metavar="COL,...",
            help="Columns of their effects.  [default with --window: x,y,angle]",
        ),
    ] = None
    context: Annotated[
        str | None,
        choice(
            "previous",
            more="COL,...",
            help="Columns of what the player knew beforehand; with --window, previous stands for "
            "the motion just before.",
        ),
    ] = None
    categorical: Annotated[
        str | None,
        typer.Option(
            metavar="COL,...",
            help="Columns that hold categories.  [default: columns of names or of True and False, "
            "and actions that are codes: three or more whole numbers from -20 to 20, or two "
            "without 0, in the only column of actions or with --window]",
        ),
    ] = None
    numeric: Annotated[
        str | None,
        typer.Option(
            metavar="COL,...",
            help="Columns of amounts or, with --window, of keys, although they look like codes.",
        ),
    ] = None
    trial: Annotated[
        str | None,
        typer.Option(
            metavar="COL[,COL]",
            help="Column that names the trial of each row, or two that name its conditions, which "
            "are compared.  [default: trial]",
        ),
    ] = None
    player: Annotated[
        str | None,
        typer.Option(
            metavar="COL", help="Column that names the player of each row.  [default: player]"
        ),
    ] = None

    group: ClassVar[str] = "Columns"

    def names(self, *, frames: bool) -> tuple[list[str], list[str], list[str]]:
        """Columns of actions, of effects and of context.

        Parameters
        ----------
        frames : bool
            True for a frame log.

        Raises
        ------
        GridempError
            If a column is missing or stands in two places.
        """
        from gridemp.logs import PREVIOUS

        default_actions, default_effects = (KEYS, STATES) if frames else ("", "")
        actions = column_names("--actions", self.actions, default_actions)
        effects = column_names("--effects", self.effects, default_effects)
        context = column_names("--context", self.context) if self.context is not None else []
        if PREVIOUS in context and not frames:
            raise GridempError(
                f"--context {PREVIOUS} is only for logs with a row for each frame; give --window "
                "too"
            )
        distinct = [*actions, *effects, *([] if frames else context)]
        for name in distinct:
            if distinct.count(name) > 1 or (name in actions and name in context):
                raise GridempError(
                    f"column {name!r} is given twice; actions, effects and context are different "
                    "columns"
                )
        return actions, effects, context

    def conditions(self) -> list[str]:
        """Columns of conditions to compare: two, or none.

        Raises
        ------
        GridempError
            If there are more than two, or one is given twice.
        """
        names = [] if self.trial is None else column_names("--trial", self.trial)
        if len(names) > MAX_COLUMNS:
            raise GridempError(
                f"--trial takes one column, or two to compare conditions, not {len(names)}"
            )
        if len(set(names)) < len(names):
            raise GridempError(f"--trial names column {names[0]!r} twice; give two columns")
        return names if len(names) > 1 else []

    def kinds(self, columns: Collection[str]) -> tuple[list[str], list[str]]:
        """Columns that are given as categories, and those that are given as numbers.

        Raises
        ------
        GridempError
            If one of them is given as both, or is not among `columns`.
        """
        categorical, numeric = (
            [] if text is None else column_names(option, text)
            for option, text in (("--categorical", self.categorical), ("--numeric", self.numeric))
        )
        for option, names in (("--categorical", categorical), ("--numeric", numeric)):
            for name in names:
                if name not in columns:
                    raise GridempError(
                        f"{option} takes columns of --actions, --effects and --context, and "
                        f"{name!r} is not one"
                    )
                if name in categorical and name in numeric:
                    raise GridempError(
                        f"column {name!r} is given with --categorical and --numeric; leave out one"
                    )
        return categorical, numeric


@dataclass
class FrameOptions:
    """Options of a frame log and of the windows made of it, as typed."""

    window: Annotated[
        str | None,
        typer.Option(
            metavar="TIME",
            help="Length, such as 100ms, of the windows into which a log with a row for each frame "
            "is divided.",
        ),
    ] = None
    step: Annotated[
        str | None,
        typer.Option(
            metavar="TIME",
            help="Time from the start of one window to that of the next.  [default: same as "
            "--window]",
        ),
    ] = None
    overlap: Annotated[
        bool,
        typer.Option(
            "--overlap",
            help="Let windows overlap, although the test may then find information where there is "
            "none.",
        ),
    ] = False
    gap: Annotated[
        str | None,
        typer.Option(
            metavar="TIME",
            help="Longest time allowed between successive frames of a window.  [default: 1.5 times "
            "the median]",
        ),
    ] = None
    time: Annotated[
        str | None,
        typer.Option(
            metavar="COL",
            help="Column with the time of each frame: numbers, or dates and times in ISO 8601.  "
            "[default: time; with --fps, frame]",
        ),
    ] = None
    time_unit: Annotated[str, choice(*UNITS, help="Unit of the --time column.")] = "s"
    fps: Annotated[
        str | None,
        typer.Option(
            metavar="RATE", help="Frames per second, if the --time column has numbers of frames."
        ),
    ] = None
    episode: Annotated[
        str | None,
        typer.Option(
            metavar="COL",
            help="Column whose value changes when a new game begins.  [default: episode]",
        ),
    ] = None
    angles: Annotated[
        str | None,
        typer.Option(
            metavar="COL,...",
            help="Columns of effects that are angles, in radians.  [default: angle]",
        ),
    ] = None
    degrees: Annotated[
        bool, typer.Option("--degrees", help="Read angles in degrees instead of radians.")
    ] = False

    group: ClassVar[str] = "Windows"

    def seconds(self) -> tuple[float | None, float | None, float | None]:
        """Length of a window, step from window to window, and longest gap, in seconds.

        Raises
        ------
        GridempError
            If one of them is not a time, or an option has no effect with the others.
        """
        length, step, gap = (
            None if text is None else parse_seconds(option, text)
            for option, text in (
                ("--window", self.window),
                ("--step", self.step),
                ("--gap", self.gap),
            )
        )
        self.unit()
        if length is None:
            of_frames = {
                "--step": step is not None,
                "--gap": gap is not None,
                "--fps": self.fps is not None,
                "--episode": self.episode is not None,
                "--angles": self.angles is not None,
                "--degrees": self.degrees,
                "--overlap": self.overlap,
            }
            for option, is_given in of_frames.items():
                if is_given:
                    raise GridempError(
                        f"{option} is only for logs with a row for each frame; give --window too"
                    )
        elif step is not None and step < length and not self.overlap:
            raise GridempError(
                "windows that overlap share frames, so that the test may find information where "
                "there is none; leave out --step, or give --overlap too"
            )
        return length, step, gap

    def unit(self) -> float:
        """Unit of the column of times, in seconds.

        Raises
        ------
        GridempError
            If there is no such unit, or no such rate of frames, or both are given.
        """
        if self.time_unit not in UNITS:
            raise GridempError(f"--time-unit must be s or ms, not {self.time_unit[:MAX_QUOTED]!r}")
        if self.fps is None:
            return UNITS[self.time_unit]
        rate = parse_number("--fps", self.fps, float, "a number of frames per second, such as 60")
        if not 0 < rate < inf:
            raise GridempError(f"--fps must be above 0, not {self.fps[:MAX_QUOTED]}")
        if self.time_unit != "s":
            raise GridempError("--fps counts frames, which have no --time-unit; leave out one")
        return 1 / rate

    def time_column(self) -> str:
        """Column with the time of each frame."""
        return self.time or ("time" if self.fps is None else "frame")

    def may_be_dates(self) -> bool:
        """True if nothing says that times are numbers."""
        return self.fps is None and self.time_unit == "s"


def column_names(option: str, text: str | None, default: str = "") -> list[str]:
    """Names of columns in the text of an option, or in its default, separated by commas."""
    names = [name.strip() for name in (default if text is None else text).split(",")]
    if not all(names):
        raise GridempError(f"{option} needs the columns of the log, such as {option} one,two")
    return names
