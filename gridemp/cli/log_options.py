"""The options that tell what in a log is measured and how."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import tau
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gridemp.cli.parse import parse_number, parse_seconds, parse_seed, parse_whole
from gridemp.cli.progress import progress_bar
from gridemp.errors import GridempError

if TYPE_CHECKING:
    from gridemp.logs import LearningCurve, Windows

KEYS, STATES, ANGLES = "left,right,main", "x,y,angle", ["angle"]
UNITS = {"s": 1.0, "ms": 0.001}  # in seconds
STANDARD = ("player", "trial", "episode")  # what columns are called that need not be given


@dataclass
class ColumnOptions:
    """Which columns of a log are what, as typed."""

    actions: Annotated[
        str | None,
        typer.Option(
            metavar="COL,...", help="What was done.  [default with --window: left,right,main]"
        ),
    ] = None
    effects: Annotated[
        str | None,
        typer.Option(metavar="COL,...", help="What happened.  [default with --window: x,y,angle]"),
    ] = None
    context: Annotated[
        str | None,
        typer.Option(
            metavar="COL,...|previous",
            help="What was known before; with --window, previous is the motion before.",
        ),
    ] = None
    trial: Annotated[
        str | None, typer.Option(metavar="COL", help="Tells trials apart.  [default: trial]")
    ] = None
    player: Annotated[
        str | None, typer.Option(metavar="COL", help="Tells players apart.  [default: player]")
    ] = None

    def names(self, *, frames: bool) -> tuple[list[str], list[str], list[str]]:
        """Actions, effects and context, or a GridempError if they cannot be that."""
        from gridemp.logs import PREVIOUS

        actions = listed("--actions", self.actions, KEYS if frames else None)
        effects = listed("--effects", self.effects, STATES if frames else None)
        context = listed("--context", self.context, None) if self.context is not None else []
        if PREVIOUS in context and not frames:
            raise GridempError(f"--context {PREVIOUS} is of a frame log; give --window too")
        once = [*actions, *effects, *([] if frames else context)]
        for name in once:
            if once.count(name) > 1 or (name in actions and name in context):
                raise GridempError(
                    f"column {name!r} is given twice; actions, effects and context are different "
                    "columns"
                )
        return actions, effects, context


@dataclass
class FrameOptions:
    """How frames become windows, as typed."""

    window: Annotated[
        str | None,
        typer.Option(
            metavar="TIME", help="Make windows of so long, such as 100ms, of a frame log."
        ),
    ] = None
    step: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="From window to window.  [default: as --window]"),
    ] = None
    overlap: Annotated[
        bool, typer.Option("--overlap", help="Let windows overlap, at the cost of the test.")
    ] = False
    gap: Annotated[
        str | None,
        typer.Option(
            metavar="TIME", help="Longest time between frames.  [default: 1.5 x the median]"
        ),
    ] = None
    time: Annotated[str, typer.Option(metavar="COL", help="When frames were.")] = "time"
    time_unit: Annotated[str, typer.Option(metavar="s|ms", help="The unit of these times.")] = "s"
    episode: Annotated[
        str | None,
        typer.Option(metavar="COL", help="Changes when all is reset.  [default: episode]"),
    ] = None
    angles: Annotated[
        str | None,
        typer.Option(
            metavar="COL,...", help="Effects that are angles, in radians.  [default: angle]"
        ),
    ] = None
    degrees: Annotated[bool, typer.Option("--degrees", help="Angles are in degrees.")] = False

    def seconds(self) -> tuple[float | None, float | None, float | None]:
        """Length, step and gap, or a GridempError if they cannot be that."""
        length, step, gap = (
            None if text is None else parse_seconds(option, text)
            for option, text in (
                ("--window", self.window),
                ("--step", self.step),
                ("--gap", self.gap),
            )
        )
        if self.time_unit not in UNITS:
            raise GridempError(f"--time-unit is s or ms, not {self.time_unit[:40]!r}")
        if length is None:
            given: dict[str, object] = {"--step": step, "--gap": gap, "--episode": self.episode}
            given |= {"--angles": self.angles, "--degrees": self.degrees, "--overlap": self.overlap}
            for option, value in given.items():
                if value not in (None, False):
                    raise GridempError(f"{option} is of a frame log; give --window too")
        elif step is not None and step < length and not self.overlap:
            raise GridempError(
                "windows that overlap share frames, so that the test finds information where there "
                "is none; leave out --step, or give --overlap too"
            )
        return length, step, gap


@dataclass
class EstimateOptions:
    """How information is estimated, as typed."""

    estimator: Annotated[
        str,
        typer.Option(
            metavar="ksg|copula|plugin",
            help="By nearest neighbours, by linear dependence of ranks, or by counting symbols.",
        ),
    ] = "ksg"
    k: Annotated[str, typer.Option("--k", metavar="K", help="Which neighbour, for ksg.")] = "3"
    bins: Annotated[
        str | None, typer.Option(metavar="B", help="Bins of each column, for plugin.")
    ] = None
    sample: Annotated[
        str | None,
        typer.Option(
            metavar="N|all", help="Windows of each trial.  [default: as many as the shortest has]"
        ),
    ] = None
    shuffles: Annotated[
        str | None,
        typer.Option(
            metavar="N",
            help="Estimates by chance for each trial.  [default: 200; with --power, 99]",
        ),
    ] = None
    null: Annotated[
        str,
        typer.Option(
            metavar="shift|shuffle",
            help="Chance by actions shifted in time, or in any order.",
        ),
    ] = "shift"
    seed: Annotated[str, typer.Option(metavar="S", help="Of everything random.")] = "0"

    def measured(self, windows: "Windows") -> "LearningCurve":
        """The learning curve of windows, with a bar if it takes long."""
        from gridemp.logs import EstimateSettings, measure

        sample = None
        if self.sample not in (None, "all"):
            sample = parse_number("--sample", str(self.sample), int, "a whole number, or all")
        settings = EstimateSettings(
            estimator=self.estimator.lower(),
            k=self.neighbour(),
            bins=None if self.bins is None else parse_whole("--bins", self.bins),
            shuffles=self.orders(EstimateSettings.shuffles),
            null=self.null,
            seed=parse_seed("--seed", self.seed),
        )
        equal = self.sample != "all"
        with progress_bar("information") as progress:
            return measure(windows, settings, sample=sample, equal=equal, progress=progress)

    def neighbour(self) -> int:
        """Which neighbour."""
        return parse_whole("--k", self.k)

    def orders(self, default: int) -> int:
        """How many estimates by chance."""
        given = str(default) if self.shuffles is None else self.shuffles
        return parse_whole("--shuffles", given)


def read_windows(log: Path, columns: ColumnOptions, frames: FrameOptions) -> "Windows":
    """The windows of a log, whether it has one in each row or frames to make them of."""
    from gridemp.logs import (
        PREVIOUS,
        FrameColumns,
        read_columns,
        windows_of_frames,
        windows_of_rows,
    )

    length, step, gap = frames.seconds()
    parts = columns.names(frames=length is not None)
    angles = ANGLES if frames.angles is None else listed("--angles", frames.angles, None)
    for name in angles if frames.angles is not None else ():
        if name not in parts[1]:
            raise GridempError(f"--angles are effects, and {name!r} is none; add it to --effects")
    given = {"player": columns.player, "trial": columns.trial, "episode": frames.episode}
    telling: dict[str, str] = {}

    def wanted(header: Sequence[str]) -> tuple[list[str], list[str]]:
        for what in STANDARD if length else STANDARD[:2]:
            name = given[what]
            if name is not None or what in header:
                telling[what] = what if name is None else name
        numbers = [name for part in parts for name in part if name != PREVIOUS]
        return numbers + ([frames.time] if length else []), list(telling.values())

    with progress_bar("reading") as progress:
        found = read_columns(log, wanted, progress)
    if length is None:
        return windows_of_rows(found, *parts, **telling)
    named = FrameColumns(*parts, angles=angles, time=frames.time, **telling)
    return windows_of_frames(
        found,
        named,
        length,
        step=step,
        gap=gap,
        turn=360.0 if frames.degrees else tau,
        time_unit=UNITS[frames.time_unit],
    )


def listed(option: str, text: str | None, default: str | None) -> list[str]:
    """The columns that an option was given."""
    text = default if text is None else text
    names = [name.strip() for name in (text or "").split(",")]
    if not all(names):
        raise GridempError(f"{option} needs the columns of the log, such as {option} one,two")
    return names
