"""`gridemp mazes`, `convert` and `make`: bundled mazes, other formats, random mazes."""

import warnings
from pathlib import Path
from typing import Annotated

import typer

from gridemp.cli.completion import complete_format
from gridemp.cli.help import OUTPUT, WORLD
from gridemp.cli.option_types import (
    CellSize,
    Format,
    Legend,
    Level,
    Wall,
    choice,
    maze_argument,
    output_option,
    world_option,
)
from gridemp.cli.parse import (
    PROBABILITY,
    fractions,
    parse_cell_size,
    parse_level,
    parse_number,
    parse_size,
    parse_whole,
)
from gridemp.cli.progress import progress_bar
from gridemp.cli.say import say
from gridemp.errors import GridempError, MazeWarning
from gridemp.files import checked_output, replacing
from gridemp.mazes.bundled import bundled_mazes, description
from gridemp.mazes.formats import DRAWINGS, FILE_FORMATS
from gridemp.mazes.generate import BRAID, KINDS, make_maze
from gridemp.mazes.maze import Maze
from gridemp.mazes.parsing import (
    format_maze,
    format_of,
    load_maze,
    read_file,
    source_in_errors,
)
from gridemp.mazes.protocol import Choices
from gridemp.mazes.reading import read_maze


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
    wall: Wall = None,
    legend: Legend = None,
    cell_size: CellSize = None,
) -> None:
    """Convert a maze from one text format to another.

    Examples
    --------
    gridemp convert klyubin -
    gridemp convert room room.map
    """
    check_maze_output(target, to)
    data, name, place = read_file(source)
    choices = Choices(parse_level(level), wall, legend, parse_cell_size(cell_size))
    with source_in_errors(place):
        reading = read_maze(data, name, format or format_of(source, choices), choices)
    for sentence in reading.said:
        warnings.warn(f"{place}: {sentence}", MazeWarning, stacklevel=1)
    write_maze(reading.maze, target, to)
    if reading.left_out:
        say(f"left out: {', '.join(reading.left_out)}")


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
        suffixes = sorted({suffix for form in DRAWINGS.values() for suffix in form.SUFFIXES})
        path = Path(target)
        only_read = {suffix for form in FILE_FORMATS.values() for suffix in form.SUFFIXES}
        if path.suffix.lower() in only_read and not format:
            raise GridempError(
                f"gridemp only reads {path.suffix} files as mazes; write one of "
                f"{', '.join(suffixes)}, or draw a picture with gridemp heatmap"
            )
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
