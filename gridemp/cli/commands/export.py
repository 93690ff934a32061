"""`gridemp export`: maps as a page that needs no Python."""

from pathlib import Path
from typing import Annotated

import typer

from gridemp.cli.command_words import command
from gridemp.cli.figure_options import PageOptions
from gridemp.cli.file_names import default_name, horizon_part, maze_part
from gridemp.cli.groups import with_options
from gridemp.cli.map_options import OPTIMAL, MapOptions
from gridemp.cli.option_types import Quiet, output_option
from gridemp.cli.progress import progress_bar
from gridemp.cli.say import note
from gridemp.errors import GridempError
from gridemp.report.provenance import record

SUFFIXES = (".html",)


@with_options
def export(
    options: MapOptions,
    output: Annotated[
        Path | None,
        output_option("Where it goes: .html; - for standard output.  [default: in figures/]"),
    ] = None,
    title: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What stands above.  [default: the maze]")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Make a page (.html) of maps, with a slider over the horizons and cells to point at."""
    if options.source != OPTIMAL:
        raise GridempError("a page shows what empowerment reaches; leave out --source")
    file = PageOptions(output, quiet=quiet)
    file.check(SUFFIXES)
    world = options.world()
    name = default_name(maze_part(world.maze), horizon_part(options.horizon), suffix=SUFFIXES[0])
    path = file.path(name, SUFFIXES)
    emaps = options.solve(world)
    from gridemp.web.export import page, without_reach

    if sentence := without_reach(emaps, options.heading):
        note(sentence)
    heading, tol = options.heading, options.tolerance()
    title = title or f"Empowerment of {world.maze.name}"
    with progress_bar("what cells reach") as progress:
        text = page(emaps, title, command(), progress, heading=heading, tol=tol)
    provenance = record([world] * len(emaps), [emap.horizon for emap in emaps], command())
    with file.writing(path, provenance) as temporary:
        temporary.write_text(text, encoding="utf-8")
