"""`gridemp export`: maps as a page that needs no Python."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from gridemp.cli.command_words import command
from gridemp.cli.figure_options import PageOptions
from gridemp.cli.file_names import default_name, horizon_part, maze_part
from gridemp.cli.groups import hides, with_options
from gridemp.cli.help import OUTPUT
from gridemp.cli.map_options import OPTIMAL, MapOptions
from gridemp.cli.option_types import Quiet, horizon_option, output_option
from gridemp.cli.progress import progress_bar
from gridemp.cli.say import note
from gridemp.errors import GridempError
from gridemp.report.provenance import map_record

SUFFIXES = (".html",)


@dataclass
class ExportOptions(MapOptions):
    """Options that determine the maps of a page, as typed."""

    horizon: Annotated[
        str, horizon_option("; a list such as 1,2,5 or 1..5 gives the page a slider")
    ]


@hides("source")
@with_options
def export(
    options: ExportOptions,
    output: Annotated[
        Path | None,
        output_option(
            "File to write: .html; - for standard output.  [default: a file in figures/]"
        ),
    ] = None,
    title: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT",
            help="Title of the page.  [default: Empowerment of MAZE]",
            rich_help_panel=OUTPUT,
        ),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Export maps to an HTML page with a slider for the horizon.

    The page needs neither Python nor a network connection. Pointing at a cell shows what can be
    reached from it.

    Examples
    --------
    gridemp export klyubin -n 1..5
    gridemp export room -n 1..3 --title 'An empty room' -o room.html
    """
    if options.source != OPTIMAL:
        raise GridempError("a page can only show the optimal source; leave out --source")
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
    with progress_bar("reachable cells") as progress:
        text = page(emaps, title or None, command(), progress, heading=heading, tol=tol)
    provenance = map_record([emap.one_per_cell(heading) for emap in emaps], command())
    with file.writing(path, provenance) as temporary:
        temporary.write_text(text, encoding="utf-8")
