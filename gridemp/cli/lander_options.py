"""Options of `gridemp lander`: recordings of trials, and maps of estimated empowerment."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Annotated, ClassVar

import typer

from gridemp.cli.figure_option_types import NoLegend
from gridemp.cli.figure_options import PageOptions
from gridemp.cli.option_types import choice, output_option
from gridemp.cli.parse import (
    MAX_QUOTED,
    WHOLE,
    Number,
    is_list,
    parse_grid,
    parse_interval,
    parse_number,
    parse_numbers,
    parse_seconds,
    parse_seed,
    parse_whole,
)
from gridemp.errors import GridempError
from gridemp.lander.environment import FRAME_RATE, GRAVITY, MAX_WIND
from gridemp.lander.frame_log import SKILL
from gridemp.lander.map_settings import MAX_FRAMES, MAX_PLACES, MapSettings, is_shape
from gridemp.lander.recording_settings import RecordingSettings
from gridemp.lander.simulated_player import LEARNS

LanderOutput = Annotated[
    Path | None,
    output_option(
        "File to write: .csv for a log; .png, .pdf, .svg or .csv for a map or a curve; - for "
        "standard output.  [default: lander-log.csv, or a figure in figures/]"
    ),
]


@dataclass
class LanderPageOptions(PageOptions):
    """Options of the file of a log or a map, and of the size of a map, as typed."""

    output: LanderOutput = None
    no_legend: NoLegend = False


@dataclass
class TrialOptions:
    """Options of the trials that are recorded, as typed."""

    trials: Annotated[str, typer.Option(metavar="K", help="Number of trials for each player.")] = (
        f"{RecordingSettings.trials}"
    )
    seconds: Annotated[str, typer.Option(metavar="S", help="Length of each trial in seconds.")] = (
        f"{RecordingSettings.seconds:g}"
    )
    skill: Annotated[
        str,
        typer.Option(
            metavar="P|A..B",
            help="Fraction of the time, from 0 to 1, for which the simulated player steers well; "
            "A..B goes from A in the first trial to B in the last.",
        ),
    ] = f"{SKILL[0]:g}..{SKILL[1]:g}"
    learns: Annotated[
        str,
        choice(
            *LEARNS,
            help="Ability that --skill measures: the whole play, or the forward model, the inverse "
            "model or both of a player who sees the game 0.16 s late.",
        ),
    ] = LEARNS[0]

    group: ClassVar[str] = "Log"

    def skills(self) -> tuple[float, float]:
        """Skill of a simulated player in the first and in the last trial."""
        return parse_interval("--skill", self.skill, 1.0)


@dataclass
class ConditionOptions:
    """Options of the environment and of everything random in it, as typed."""

    gravity: Annotated[
        str,
        typer.Option(
            metavar="G,...",
            help="Strength of gravity, above 0 and below 12, or a list such as 2,6,10.",
        ),
    ] = f"{GRAVITY:g}"
    wind: Annotated[
        str,
        typer.Option(
            metavar="W,...|A..B",
            help="Strength of the wind, from 0 to 20, or a list, each of which is combined "
            "with each gravity; A..B goes from A in the first trial to B in the last.",
        ),
    ] = "0"
    seed: Annotated[
        str,
        typer.Option(
            metavar="S",
            help="Random seed. A list such as 0..9 records a player for each seed or, with --map "
            "or --along, gives the mean over the seeds with its standard error.",
        ),
    ] = "0"

    group: ClassVar[str] = "Game"

    @property
    def crossed(self) -> bool:
        """True if gravity or wind is a list, so that each gravity is combined with each wind."""
        return is_list(self.gravity) or "," in self.wind

    def gravities(self) -> list[float]:
        """Gravities downwards, in the units of the environment."""
        expected = "a number above 0 and below 12, or several"
        return distinct_numbers("--gravity", self.gravity, float, expected)

    def winds(self, *, of: str) -> list[float]:
        """Winds that are constant, in the units of the environment; `of` explains an error."""
        if ".." in self.wind:
            raise GridempError(
                f"--wind {self.wind[:MAX_QUOTED]} changes from trial to trial, but the wind of "
                f"{of} is constant; give one number, or a list such as 0,10,20"
            )
        return distinct_numbers("--wind", self.wind, float, f"a number from 0 to {MAX_WIND:g}")

    def seeds(self) -> list[int]:
        """Seed of each simulated player, or of each terrain of a map."""
        numbers = distinct_numbers("--seed", self.seed, int, WHOLE)
        return [parse_seed("--seed", str(number)) for number in numbers]

    def one_seed(self, reason: str) -> int:
        """Single seed of a person's trials; `reason` explains an error."""
        if "," in self.seed or ".." in self.seed:
            raise GridempError(f"{reason}; give --seed one number")
        return parse_seed("--seed", self.seed)


def distinct_numbers(
    option: str, text: str, kind: Callable[[str], Number], expected: str
) -> list[Number]:
    """Numbers of a list, each of which stands there once; parameters are as in `parse_number`."""
    numbers = parse_numbers(option, text, kind, expected)
    if len(set(numbers)) < len(numbers):
        raise GridempError(f"{option} contains a number twice; give each number once")
    return numbers


def recording_settings(trials: TrialOptions, conditions: ConditionOptions) -> RecordingSettings:
    """Number, length and conditions of the trials that are recorded."""
    count = parse_whole("--trials", trials.trials)
    seconds = parse_number("--seconds", trials.seconds, float, "a number of seconds")
    gravities = conditions.gravities()
    if conditions.crossed:
        pairs = tuple(product(gravities, conditions.winds(of="combinations with gravities")))
        return RecordingSettings(count, seconds, conditions=pairs)
    wind = parse_interval("--wind", conditions.wind, MAX_WIND)
    return RecordingSettings(count, seconds, gravities[0], wind)


@dataclass
class PlayerOptions:
    """Options of a person who plays, as typed."""

    human: Annotated[
        bool,
        typer.Option(
            "--human", help="Play yourself: the keys F, J and space fire the three engines."
        ),
    ] = False
    player: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Name of the person who plays, 1 by default, or of the player whose flight "
            "--along follows.",
        ),
    ] = None

    group: ClassVar[str] = "Log"


@dataclass
class LanderMapOptions:
    """Options of a map of estimated empowerment, as typed."""

    map: Annotated[
        bool,
        typer.Option(
            "--map", help="Draw a map of estimated empowerment instead of recording a log."
        ),
    ] = False
    along: Annotated[
        Path | None,
        typer.Option(
            metavar="LOG",
            help="Draw a curve of estimated empowerment along a flight in this log instead of "
            "recording one.",
        ),
    ] = None
    trial: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Trial to follow with --along.  [default: the first]"),
    ] = None
    horizon: Annotated[
        str,
        typer.Option("--horizon", "-n", metavar="N", help="Number of actions in a sequence."),
    ] = f"{MapSettings.horizon}"
    window: Annotated[
        str,
        typer.Option(metavar="TIME", help="Time for which each action is held, in ms or s."),
    ] = f"{1000 * MapSettings.frames // FRAME_RATE}ms"
    resolution: Annotated[
        str,
        typer.Option(
            metavar="R",
            help="Standard deviation of the sensor noise, in half screens and half turns.",
        ),
    ] = f"{MapSettings.resolution:g}"
    repeats: Annotated[
        str, typer.Option(metavar="K", help="Number of times that each sequence is flown.")
    ] = f"{MapSettings.repeats}"
    grid: Annotated[
        str, typer.Option(metavar="WxH", help="Number of places across and up the screen.")
    ] = f"{MapSettings.shape[1]}x{MapSettings.shape[0]}"

    group: ClassVar[str] = "Map"

    def settings(self) -> MapSettings:
        """Action sequences, sensor and places of the map."""
        return MapSettings(
            horizon=parse_whole("--horizon", self.horizon),
            frames=self.window_frames(),
            resolution=parse_number("--resolution", self.resolution, float, "a number"),
            repeats=parse_whole("--repeats", self.repeats),
            shape=self.shape(),
        )

    def shape(self) -> tuple[int, int]:
        """Numbers of places up and across."""
        shape = parse_grid("--grid", self.grid)
        if not is_shape(shape):
            default = LanderMapOptions.grid
            raise GridempError(
                f"--grid must have from 1 to {MAX_PLACES} places in all, such as {default}"
            )
        return shape

    def window_frames(self) -> int:
        """Number of frames for which an action is held."""
        frames = parse_seconds("--window", self.window) * FRAME_RATE
        if frames > MAX_FRAMES:
            raise GridempError(f"--window must be a time from 20ms to {MAX_FRAMES // FRAME_RATE}s")
        if abs(frames - round(frames)) > 1e-9 or not round(frames):
            raise GridempError(
                "--window must be a multiple of 20ms, the length of a frame, such as 500ms, not "
                f"{self.window[:MAX_QUOTED]}"
            )
        return round(frames)
