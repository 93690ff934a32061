"""`gridemp explore`: the explorer, a page on which walls are drawn and the map follows."""

from typing import Annotated

import typer

from gridemp.cli.help import OUTPUT
from gridemp.cli.option_types import Format, Lessons, Level, maze_argument
from gridemp.cli.parse import parse_whole
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
    level_number = parse_whole("--level", level)
    port_number = None if port is None else parse_whole("--port", port)
    if port_number is not None and not 0 <= port_number <= MAX_PORT:
        raise GridempError(f"--port must be a whole number from 0 to {MAX_PORT}, not {port_number}")
    link = after_address(maze) if is_link(maze) else ""
    if link and (format is not None or level_number != 1):
        raise GridempError("--format and --level are for maze files, not for a link")
    maze = MAZE if link else maze
    opened = load_maze(maze, format, level_number)
    for package in PACKAGES:
        import_extra(package, "gridemp explore", "explore")
    from gridemp.web.lessons import lessons_with
    from gridemp.web.server.answers import Answers
    from gridemp.web.server.serve import serve

    words = [maze]
    words += ["--format", format] if format is not None else []
    words += ["--level", level] if level_number != 1 else []

    def say(address: str) -> None:
        typer.echo(f"{address} (press Ctrl-C to stop)")

    lessons = lessons_with(lesson or [])
    if lesson and not link:
        link = f"#lesson={lessons[0]['name']}"
    answers = Answers(opened, words, lessons)
    serve(answers, port_number, link=link, open_browser=open, say=say)
