"""The command that makes a page for who has no Python."""

from pathlib import Path
from typing import Annotated

import typer

from gridemp.cli.command_words import command
from gridemp.cli.figure_options import PageOptions
from gridemp.cli.file_names import default_name
from gridemp.cli.groups import with_options
from gridemp.cli.map_options import OPTIMAL, MapOptions
from gridemp.cli.progress import progress_bar
from gridemp.cli.say import say
from gridemp.errors import GridempError
from gridemp.files import replacing

SUFFIXES = (".html",)


@with_options
def export(
    options: MapOptions,
    output: Annotated[
        Path | None,
        typer.Option(
            *("--output", "-o"),
            metavar="FILE",
            help="Where it goes: .html.  [default: in figures/]",
        ),
    ] = None,
    title: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What stands above.  [default: the maze]")
    ] = None,
) -> None:
    """Make a page (.html) of maps, with a slider over the horizons and cells to point at."""
    if options.source != OPTIMAL:
        raise GridempError("a page shows what empowerment reaches; leave out --source")
    place = PageOptions(output)
    place.check(SUFFIXES)
    world = options.world()
    path = place.path(str(Path(default_name(options, [world])).with_suffix(".html")), SUFFIXES)
    emaps = options.solve(world)
    from gridemp.web.export import page, without_reach

    if why_not := without_reach(emaps, options.heading):
        say(why_not)
    above = title or f"Empowerment of {world.maze.name}"
    heading, tol = options.heading, options.tolerance()
    with progress_bar("what cells reach") as progress:
        text = page(emaps, above, command(), progress, heading=heading, tol=tol)
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8")
    typer.echo(path)
