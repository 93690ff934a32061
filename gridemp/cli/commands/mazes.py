"""`gridemp mazes`, `convert` and `make`: bundled mazes, other formats, random mazes."""

from pathlib import Path
from typing import Annotated

import typer

from gridemp.cli.completion import complete_format
from gridemp.cli.help import OUTPUT, WORLD
from gridemp.cli.option_types import (
    Format,
    Level,
    choice,
    maze_argument,
    output_option,
    world_option,
)
from gridemp.cli.parse import PROBABILITY, fractions, parse_number, parse_size, parse_whole
from gridemp.cli.progress import progress_bar
from gridemp.cli.say import say
from gridemp.files import checked_output, replacing
from gridemp.mazes.bundled import bundled_mazes, description
from gridemp.mazes.formats import FORMATS
from gridemp.mazes.generate import BRAID, KINDS, make_maze
from gridemp.mazes.maze import Maze
from gridemp.mazes.parsing import (
    format_maze,
    format_of,
    left_out,
    load_maze,
    read_maze,
    read_text,
    source_in_errors,
)


def mazes() -> None:
    """List the bundled mazes with their sizes and purposes.

    Examples
    --------
    gridemp mazes
    """
    for name, path in bundled_mazes().items():
        height, width = load_maze(path).shape
        typer.echo(f"{name:<12} {f'{width} x {height}':<9} {description(path)}")


def convert(
    source: Annotated[str, maze_argument("IN")],
    target: Annotated[
        str, typer.Argument(metavar="OUT", help="File to write, or - for standard output.")
    ],
    format: Format = None,
    to: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Format to write.  [default: inferred from the suffix of OUT]",
            rich_help_panel=OUTPUT,
            autocompletion=complete_format,
        ),
    ] = None,
    level: Level = "1",
) -> None:
    """Convert a maze from one text format to another.

    Examples
    --------
    gridemp convert klyubin -
    gridemp convert room room.map
    """
    check_maze_output(target, to)
    text, name, place = read_text(source)
    source_format, number = format or format_of(source), parse_whole("--level", level)
    with source_in_errors(place):
        maze, _ = read_maze(text, name, source_format, number)
    write_maze(maze, target, to)
    if lost := left_out(text, source_format, number):
        say(f"left out: {', '.join(lost)}")


def make(
    kind: Annotated[str, choice(*KINDS, help="Kind of maze.", group=WORLD)],
    size: Annotated[str, world_option(metavar="WxH", help="Width and height in cells.")],
    seed: Annotated[
        str, world_option(metavar="N", help="Random seed; each seed gives another maze.")
    ] = "0",
    braid: Annotated[
        str,
        world_option(metavar="P", help="For braided mazes: probability that a dead end is opened."),
    ] = f"{BRAID:g}",
    output: Annotated[
        str,
        output_option("File to write, or - for standard output."),
    ] = "-",
) -> None:
    """Make a random maze; the same options always give the same maze.

    Examples
    --------
    gridemp make --kind perfect --size 15x10
    gridemp make --kind rooms --size 20x20 --seed 7 -o rooms.txt
    """
    check_maze_output(output, None)
    width, height = parse_size("--size", size)
    number = parse_whole("--seed", seed)
    opened = parse_number("--braid", fractions(braid), float, PROBABILITY)
    with progress_bar("maze") as progress:
        maze = make_maze(kind, width, height, number, opened, progress)
    write_maze(maze, output, None)


def check_maze_output(target: str, format: str | None) -> None:
    """Raise a GridempError if a maze cannot be written to a file."""
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
