"""The command line: parse, call, render; what is slow to import is imported in the command."""

import errno
import re
import sys
import warnings
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

import gridemp
from gridemp.bundled import bundled_mazes, description
from gridemp.errors import GridempError
from gridemp.files import checked_output, replacing
from gridemp.formats import FORMATS
from gridemp.making import KINDS, make_maze
from gridemp.maps import INVISIBLE_GAP, EmpowermentMap, rounded_up
from gridemp.maze import Maze
from gridemp.options import Format, Level, MapOptions, number, say, with_map
from gridemp.parsing import (
    format_maze,
    format_of,
    left_out,
    load_maze,
    located,
    parse_maze,
    read_text,
)
from gridemp.progress import progress_bar
from gridemp.values import save_values, write_csv

FIGURES = (".png", ".pdf", ".svg")


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


app = typer.Typer(
    cls=Commands,
    help="Exact empowerment maps of gridworlds, and the figures that show them.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # importing rich would double the time that --help takes
    context_settings={"help_option_names": ["-h", "--help"]},
)


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
@with_map
def heatmap(
    options: MapOptions,
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
    if output is not None:
        checked_output(output, FIGURES)
    world = options.world()
    name = world.maze.name.replace("/", "-")
    path = output or Path("figures", f"{name}-h{options.steps()}.png")
    checked_output(path, FIGURES, make_folder=output is None)
    emap = options.solve(world)
    from gridemp import render

    with replacing(path) as temporary:
        render.save_heatmap(emap, temporary)
    typer.echo(path)
    typer.echo(peak_line(emap))


@app.command()
@with_map
def values(
    options: MapOptions,
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
    emap = options.solve(options.world())
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


@app.command()
def convert(
    source: Annotated[
        str, typer.Argument(metavar="IN", help="A maze file, - for standard input, or a name.")
    ],
    target: Annotated[
        str, typer.Argument(metavar="OUT", help="Where it goes; - for standard output.")
    ],
    format: Format = None,
    to: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The format to write.  [default: by the suffix of OUT]"),
    ] = None,
    level: Level = "1",
) -> None:
    """Translate a maze from one format to another."""
    check_maze_output(target, to)
    text, name, place = read_text(source)
    form, which = format or format_of(source), number("--level", level, int, "a whole number")
    with located(place):
        maze = parse_maze(text, name, form, which)
    write_maze(maze, target, to)
    if lost := left_out(text, form, which):
        say(f"left out: {', '.join(lost)}")


@app.command()
def make(
    kind: Annotated[str, typer.Option(metavar="|".join(KINDS), help="What kind of maze.")],
    size: Annotated[str, typer.Option(metavar="WxH", help="Its width and height, in cells.")],
    seed: Annotated[str, typer.Option(metavar="N", help="Another number, another maze.")] = "0",
    braid: Annotated[
        str, typer.Option(metavar="P", help="Braided: probability that a dead end is opened.")
    ] = "0.5",
    output: Annotated[
        str,
        typer.Option(
            *("--output", "-o"),
            metavar="FILE",
            help="Where it goes; - for standard output.",
        ),
    ] = "-",
) -> None:
    """Make a random maze; the same options make the same maze."""
    check_maze_output(output, None)
    sides = re.fullmatch(r"\s*(\d{1,9})\s*[xX]\s*(\d{1,9})\s*", size, re.ASCII)
    if not sides:
        raise GridempError(f"--size needs a whole WIDTHxHEIGHT such as 30x20, not {size[:40]!r}")
    width, height = map(int, sides.groups())
    dice = number("--seed", seed, int, "a whole number")
    opened = number("--braid", braid, float, "a probability from 0 to 1")
    with progress_bar("maze") as progress:
        maze = make_maze(kind, width, height, dice, opened, progress)
    write_maze(maze, output, None)


def check_maze_output(target: str, format: str | None) -> None:
    """Raise a GridempError if a maze cannot be written there."""
    if target != "-":
        suffixes = sorted({suffix for form in FORMATS.values() for suffix in form.SUFFIXES})
        path = Path(target)
        checked_output(path, (path.suffix.lower(),) if format else tuple(suffixes))


def write_maze(maze: Maze, target: str, format: str | None) -> None:
    """Write a maze to a file or, for -, to standard output."""
    if target == "-":
        typer.echo(format_maze(maze, format=format), nl=False)
        return
    path = Path(target)
    text = format_maze(maze, format=format or format_of(path))
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8")
    typer.echo(path)


def peak_line(emap: EmpowermentMap) -> str:
    """Where the map is highest, and how high."""
    x, y, bits, outcomes, ties = emap.peak
    line = f"peak: x = {x}, y = {y}, {bits:.2f} bits"
    gap = float(emap.gap.max())
    if outcomes is not None:
        line += f", {outcomes} outcome" + "s" * (outcomes != 1)
    if emap.world.deterministic:
        return line + (f"; {ties} cells share it" if ties > 1 else "")
    known = "or at most {} more" if gap > INVISIBLE_GAP else "certified to {} bits"
    line += ", " + known.format(rounded_up(gap))
    return line + (f"; {ties - 1} more cannot be told apart from it" if ties > 1 else "")
