"""`gridemp explore`: the explorer, a page on which walls are drawn and the map follows."""

from typing import Annotated

import typer

from gridemp.cli.help import OUTPUT
from gridemp.cli.option_types import (
    CellSize,
    Format,
    Legend,
    Lessons,
    Level,
    Wall,
    maze_argument,
)
from gridemp.cli.parse import parse_cell_size, parse_level, parse_whole
from gridemp.errors import GridempError, import_extra
from gridemp.mazes.parsing import load_maze
from gridemp.web.server.links import PORT, after_address, is_link

PACKAGES = ("msgspec", "starlette", "uvicorn")
MAX_PORT = 2**16 - 1
MAZE = "klyubin"  # opened by default


def explore(
    maze: Annotated[
        str,
        maze_argument("[MAZE]", "or a link copied from the page, in quotes"),
    ] = MAZE,
    format: Format = None,
    level: Level = "1",
    wall: Wall = None,
    legend: Legend = None,
    cell_size: CellSize = None,
    lesson: Lessons = None,
    port: Annotated[
        str | None,
        typer.Option(
            metavar="N",
            help=f"Port on which to serve the page; by default {PORT}, or the next free one if "
            "that is taken. 0 picks any free one.",
            rich_help_panel=OUTPUT,
        ),
    ] = None,
    open: Annotated[
        bool,
        typer.Option(
            "--open/--no-open",
            help="Open the page in the browser, or only print its address.",
            rich_help_panel=OUTPUT,
        ),
    ] = True,
) -> None:
    """Open a page in the browser where walls can be drawn.

    The exact map is updated after every change. The page can be opened on this machine only and is
    served until you press Ctrl-C. A link that you copied from the page opens it as it was then.

    Examples
    --------
    gridemp explore
    gridemp explore "http://127.0.0.1:8617/#maze=klyubin&horizon=8"
    gridemp explore klyubin --lesson corners.toml --port 8000 --no-open
    """
    chosen = parse_level(level)
    port_number = None if port is None else parse_whole("--port", port)
    if port_number is not None and not 0 <= port_number <= MAX_PORT:
        raise GridempError(f"--port must be a whole number from 0 to {MAX_PORT}, not {port_number}")
    pixels = parse_cell_size(cell_size)
    link = after_address(maze) if is_link(maze) else ""
    reading = {
        "--format": format,
        "--level": level if chosen != 1 else None,
        "--wall": wall,
        "--legend": legend,
        "--cell-size": cell_size,
    }
    typed = {flag: value for flag, value in reading.items() if value is not None}
    if link and typed:
        raise GridempError(f"a link already contains a maze; leave out {' and '.join(typed)}")
    maze = MAZE if link else maze
    opened = load_maze(maze, format, chosen, wall=wall, legend=legend, cell_size=pixels)
    for package in PACKAGES:
        import_extra(package, "gridemp explore", "explore")
    from gridemp.web.lessons import lessons_with
    from gridemp.web.server.answers import Answers
    from gridemp.web.server.serve import serve

    words = [maze, *(word for pair in typed.items() for word in pair)]

    def say(address: str) -> None:
        typer.echo(f"{address} (press Ctrl-C to stop)")

    lessons = lessons_with(lesson or [])
    if lesson and not link:
        link = f"#lesson={lessons[0]['name']}"
    answers = Answers(opened, words, lessons)
    serve(answers, port_number, link=link, open_browser=open, say=say)
