"""The command line: parse, call, render; what is slow to import is imported in the command."""

import errno
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from typer.core import TyperGroup

import gridemp
from gridemp.bounds import empowerment_bounds
from gridemp.bundled import bundled_mazes, description
from gridemp.cost import expected_bounds_seconds, expected_seconds
from gridemp.empowerment import (
    INVISIBLE_GAP,
    EmpowermentMap,
    empowerment,
    rounded_up,
)
from gridemp.errors import GridempError
from gridemp.files import checked_output, replacing
from gridemp.parsing import load_maze
from gridemp.progress import progress_bar
from gridemp.values import save_values, write_csv
from gridemp.world import World

Number = TypeVar("Number", int, float)

LONG = 20.0  # seconds that are announced before they are spent


class Commands(TyperGroup):
    """Turns a user's mistake, in any command, into one sentence and exit code 1."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that `ctx` holds."""
        with warnings.catch_warnings():
            warnings.showwarning = lambda message, *_: say(f"warning: {message}")
            try:
                result = super().invoke(ctx)
                sys.stdout.flush()
                return result
            except GridempError as error:
                say(str(error))
            except OSError as error:
                if error.errno == errno.EPIPE:  # the reader has seen enough
                    raise
                say(f"cannot write the output: {error.strerror}")
            except MemoryError:
                say("this does not fit in memory; lower the horizon or make the maze smaller")
        raise typer.Exit(1)


def say(sentence: str) -> None:
    """Print a sentence to standard error."""
    typer.echo(f"gridemp: {sentence}", err=True)


app = typer.Typer(
    cls=Commands,
    help="Exact empowerment maps of gridworlds, and the figures that show them.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # importing rich would double the time that --help takes
    context_settings={"help_option_names": ["-h", "--help"]},
)

MazeArgument = Annotated[
    str,
    typer.Argument(metavar="MAZE", help="A maze file, - for standard input, or a bundled name."),
]
Horizon = Annotated[
    str,
    typer.Option("--horizon", "-n", metavar="N", help="How many actions ahead, 1 or more."),
]
Slip = Annotated[
    str,
    typer.Option(metavar="P", help="Probability that another action is taken than the one meant."),
]
Moves = Annotated[
    str,
    typer.Option(metavar="nesw|king", help="Four moves, or eight with the diagonals."),
]
Stay = Annotated[bool, typer.Option("--stay/--no-stay", help="Whether staying put is an action.")]
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


def print_version(wanted: bool) -> None:
    """Print the version and stop."""
    if wanted:
        typer.echo(f"gridemp {gridemp.__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool,
        typer.Option("--version", callback=print_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Exact empowerment maps of gridworlds, and the figures that show them."""


@app.command()
def heatmap(
    maze: MazeArgument,
    horizon: Horizon,
    slip: Slip = "0",
    moves: Moves = "nesw",
    stay: Stay = True,
    tol: Tolerance = "1e-6",
    bounds: Bounds = False,
    output: Annotated[
        Path | None,
        typer.Option(
            *("--output", "-o"),
            metavar="FILE",
            help="Where the figure goes: .png, .pdf or .svg.  [default: figures/MAZE-hN.png]",
        ),
    ] = None,
) -> None:
    """Draw the empowerment of every cell as a heatmap."""
    world, steps = world_of(maze, slip, moves, stay), whole(horizon)
    path = output or Path("figures", f"{world.maze.name}-h{steps}.png")
    checked_output(path, (".png", ".pdf", ".svg"), make_folder=output is None)
    emap = solve(world, steps, tol, bounds)
    from gridemp import render

    with replacing(path) as temporary:
        render.save_heatmap(emap, temporary)
    typer.echo(path)
    typer.echo(peak_line(emap))


@app.command()
def values(
    maze: MazeArgument,
    horizon: Horizon,
    slip: Slip = "0",
    moves: Moves = "nesw",
    stay: Stay = True,
    tol: Tolerance = "1e-6",
    bounds: Bounds = False,
    output: Annotated[
        Path | None,
        typer.Option(
            *("--output", "-o"),
            metavar="FILE",
            help="Where the numbers go: .csv, .json or .npz.  [default: CSV on standard output]",
        ),
    ] = None,
) -> None:
    """Print the empowerment of every cell, in bits."""
    if output is not None:
        checked_output(output, (".csv", ".json", ".npz"))
    emap = solve(world_of(maze, slip, moves, stay), whole(horizon), tol, bounds)
    if output is None:
        write_csv(emap, sys.stdout)
        return
    with replacing(output) as temporary:
        save_values(emap, temporary)
    typer.echo(output)


@app.command()
def mazes() -> None:
    """List the bundled mazes: width x height, purpose."""
    for name, path in bundled_mazes().items():
        height, width = load_maze(path).shape
        typer.echo(f"{name:<12} {f'{width} x {height}':<9} {description(path)}")


def world_of(maze: str, slip: str, moves: str, stay: bool) -> World:
    """The world that the options of a command describe."""
    noise = number("--slip", slip, float, "a probability from 0 to 1")
    return World.from_maze(load_maze(maze), moves, stay, noise)


def whole(horizon: str) -> int:
    """The horizon that a command was given."""
    return number("--horizon", horizon, int, "a whole number")


def solve(world: World, horizon: int, tol: str, bounds: bool) -> EmpowermentMap:
    """The map of a world, or bounds on it, with a progress bar if it takes long."""
    bits = number("--tol", tol, float, "a number of bits")
    expected = expected_bounds_seconds if bounds else expected_seconds
    if (seconds := expected(world, horizon)) > LONG:
        say(f"this takes about {duration(seconds)}")
    with progress_bar("empowerment") as progress:
        return (empowerment_bounds if bounds else empowerment)(world, horizon, bits, progress)


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


def peak_line(emap: EmpowermentMap) -> str:
    """Where the map is highest, and how high."""
    x, y, bits, outcomes, ties = emap.peak
    line = f"peak: x = {x}, y = {y}, {bits:.2f} bits"
    gap = float(emap.gap.max())
    if outcomes is not None:
        line += f", {outcomes} outcome" + "s" * (outcomes != 1)
        return line + (f"; {ties} cells share it" if ties > 1 else "")
    known = "or at most {} more" if gap > INVISIBLE_GAP else "certified to {} bits"
    line += ", " + known.format(rounded_up(gap))
    return line + (f"; {ties - 1} more cannot be told apart from it" if ties > 1 else "")
