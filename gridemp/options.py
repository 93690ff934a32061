"""The options that commands share: which world, how far ahead, how exactly."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Annotated, Any, TypeVar

import typer

from gridemp.bounds import empowerment_bounds
from gridemp.cost import expected_bounds_seconds, expected_seconds
from gridemp.empowerment import empowerment
from gridemp.errors import GridempError
from gridemp.gymnasium import make_world
from gridemp.maps import EmpowermentMap, check_heading
from gridemp.parsing import load_maze
from gridemp.progress import progress_bar
from gridemp.world import World

Number = TypeVar("Number", int, float)

LONG = 20.0  # seconds that are announced before they are spent
GYM = "gym:"

MazeArgument = Annotated[
    str,
    typer.Argument(
        metavar="MAZE",
        help="A maze file, - for standard input, a bundled name, or gym:ENVIRONMENT.",
    ),
]
Horizon = Annotated[
    str,
    typer.Option("--horizon", "-n", metavar="N", help="How many actions ahead, 1 or more."),
]
Slip = Annotated[
    str,
    typer.Option(metavar="P", help="Probability that another action is taken than the one meant."),
]
SlipKind = Annotated[
    str,
    typer.Option(
        metavar="uniform|perpendicular",
        help="Which other: any, or one of the two moves at right angles.",
    ),
]
Moves = Annotated[
    str,
    typer.Option(
        metavar="nesw|king|turn",
        help="Four moves; eight with the diagonals; or turn left, turn right, step forward.",
    ),
]
Stay = Annotated[bool, typer.Option("--stay/--no-stay", help="Whether staying put is an action.")]
Heading = Annotated[
    str,
    typer.Option(
        metavar="best|mean|north|east|south|west",
        help="Which of several states in a cell the map shows, such as headings.",
    ),
]
Torus = Annotated[bool, typer.Option("--torus", help="Join all edges of the maze.")]
TorusX = Annotated[bool, typer.Option("--torus-x", help="Join its left and right edges.")]
TorusY = Annotated[bool, typer.Option("--torus-y", help="Join its upper and lower edges.")]
Sensor = Annotated[
    str,
    typer.Option(
        metavar="state|position|row|column|walls",
        help="What is sensed: everything, the agent's cell, its y, its x, or the walls around it.",
    ),
]
Format = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="The format of the maze text.  [default: by its suffix]"),
]
Level = Annotated[str, typer.Option(metavar="N", help="Which level of a Sokoban file, from 1.")]
Tolerance = Annotated[
    str, typer.Option(metavar="BITS", help="Largest certified gap to accept in a noisy world.")
]
Bounds = Annotated[
    bool,
    typer.Option(
        "--bounds",
        help="Certified bounds, for noisy horizons with too many action sequences.",
    ),
]


@dataclass
class MapOptions:
    """What makes a map, as typed."""

    maze: MazeArgument
    horizon: Horizon
    slip: Slip = "0"
    slip_kind: SlipKind = "uniform"
    moves: Moves = "nesw"
    stay: Stay = True
    heading: Heading = "best"
    torus: Torus = False
    torus_x: TorusX = False
    torus_y: TorusY = False
    sensor: Sensor = "state"
    format: Format = None
    level: Level = "1"
    tol: Tolerance = "1e-6"
    bounds: Bounds = False

    def world(self) -> World:
        """The world that the options describe."""
        if self.maze.startswith(GYM):
            return self._gymnasium_world()
        slip = number("--slip", self.slip, float, "a probability from 0 to 1")
        level = number("--level", self.level, int, "a whole number")
        axes = [("x", self.torus_x), ("y", self.torus_y)]
        return World.from_maze(
            load_maze(self.maze, self.format, level),
            self.moves,
            self.stay,
            slip,
            slip_kind=self.slip_kind,
            torus="".join(axis for axis, joined in axes if joined or self.torus),
            sensor=self.sensor,
            within=max(1, self.steps()),
        )

    def _gymnasium_world(self) -> World:
        others = ("horizon", "heading", "tol", "bounds", "maze")
        for field in fields(self):
            if field.name not in others and getattr(self, field.name) != field.default:
                option = "--no-stay" if field.name == "stay" else f"--{field.name}"
                raise GridempError(
                    f"{self.maze} brings its own actions, noise and sensor; leave out "
                    f"{option.replace('_', '-')}"
                )
        return make_world(self.maze.removeprefix(GYM))

    def steps(self) -> int:
        """The horizon."""
        return number("--horizon", self.horizon, int, "a whole number")

    def solve(self, world: World) -> EmpowermentMap:
        """The map of a world, or bounds on it, with a progress bar if it takes long."""
        check_heading(world, self.heading)
        steps, bits = self.steps(), number("--tol", self.tol, float, "a number of bits")
        expected = expected_bounds_seconds if self.bounds else expected_seconds
        if (seconds := expected(world, steps)) > LONG:
            say(f"this takes about {duration(seconds)}")
        solve = empowerment_bounds if self.bounds else empowerment
        with progress_bar("empowerment") as progress:
            return solve(world, steps, bits, progress).one_per_cell(self.heading)


def with_map(command: Callable[..., None]) -> Callable[..., None]:
    """A command whose first argument is a `MapOptions`, as one that takes them all as options."""
    shared = inspect.signature(MapOptions).parameters
    own = list(inspect.signature(command).parameters.values())[1:]

    def run(**values: Any) -> None:
        options = MapOptions(**{name: values.pop(name) for name in shared})
        command(options, **values)

    parameters = [
        parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
        for parameter in (*shared.values(), *own)
    ]
    run.__name__, run.__doc__ = command.__name__, command.__doc__
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return run


def say(sentence: str) -> None:
    """Print a sentence to standard error."""
    typer.echo(f"gridemp: {sentence}", err=True)


def duration(seconds: float) -> str:
    """A time in words, to one or two digits."""
    for unit, name in ((86400 * 365, "years"), (86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * unit:
            return f"{seconds / unit:,.0f} {name}"
    return f"{seconds:.0f} seconds"


def number(option: str, text: str, kind: Callable[[str], Number], what: str) -> Number:
    """The number that an option was given, or a GridempError that names the option."""
    try:
        return kind(text)
    except ValueError:
        raise GridempError(f"{option} needs {what}, not {text[:40]!r}") from None
