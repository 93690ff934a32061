"""`gridemp export`: maps as a page that needs no Python."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from gridemp.cli.command_words import command
from gridemp.cli.figure_options import PageOptions
from gridemp.cli.file_names import default_name, horizon_part, maze_part
from gridemp.cli.groups import hides, with_options
from gridemp.cli.help import OUTPUT
from gridemp.cli.kind_options import KIND
from gridemp.cli.map_options import MapOptions
from gridemp.cli.option_types import (
    SLIP,
    Lessons,
    Quiet,
    horizon_option,
    output_option,
    world_option,
)
from gridemp.cli.parse import MAX_QUOTED, PROBABILITY, fractions, parse_number, parse_numbers
from gridemp.cli.progress import progress_bar
from gridemp.cli.say import note
from gridemp.cli.source_option import OPTIMAL
from gridemp.errors import GridempError, decimal_comma_hint, import_extra
from gridemp.report.provenance import as_text, map_record, record
from gridemp.web.limits import MAX_HORIZON, MAX_SLIP
from gridemp.worlds.conditions import HandlessOptions
from gridemp.worlds.world import World

SUFFIXES = (".html",)
LIVE_HORIZON = "5"  # with which the live page opens
LIVE_PACKAGE = "msgspec"
LIVE_WHOLE = "one whole number with --live, as the page then has all horizons up to it"
# Options that the live page cannot follow: their default value and the reason.
NOT_LIVE = {
    "heading": ("best", "the live page shows the best heading of each cell"),
    "tol": (None, "the live page has a precision of its own"),
    "bounds": (False, "the live page shows empowerment, not bounds"),
    "hands": (False, "the agent of the live page has no hands"),
}


@dataclass
class ExportOptions(MapOptions):
    """Options that determine the maps of a page, as typed."""

    horizon: Annotated[
        str,
        horizon_option(
            "; a list such as 1,2,5 or 1..5 gives the page a slider. With --live, a single "
            f"number, {LIVE_HORIZON} by default: the page has all horizons up to it",
            default=False,
        ),
    ] = ""
    slip: Annotated[
        str, world_option(metavar="P", help=f"{SLIP}; with --live, a list such as 0,0.1.")
    ] = MapOptions.slip


@hides("source", *KIND)
@with_options
def export(
    context: typer.Context,
    options: ExportOptions,
    live: Annotated[
        bool,
        typer.Option(
            "--live",
            help="Export the live page. It computes maps without noise itself; the file has those "
            "for each --slip and all horizons up to --horizon.",
            rich_help_panel=OUTPUT,
        ),
    ] = False,
    lesson: Lessons = None,
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
    """Export maps, or the live page, to a page that needs no Python.

    A page of maps has a slider for the horizon, and pointing at a cell shows what can be reached
    from it. In the live page, walls can be drawn. Neither needs a network connection.

    Examples
    --------
    gridemp export klyubin -n 1..5
    gridemp export room -n 1..3 --title 'An empty room' -o room.html
    gridemp export room --live -n 3 --slip 0,0.1 -o live.html
    """
    options.require_open_loop("a page can only show n-step empowerment")
    if not options.horizon:
        if not live:
            context.fail("Missing option '--horizon' / '-n'.")
        options = replace(options, horizon=LIVE_HORIZON)
    if options.source != OPTIMAL:
        raise GridempError("a page can only show the optimal source; leave out --source")
    file = PageOptions(output, quiet=quiet)
    file.check(SUFFIXES)
    if live:
        export_live(options, file, title, lesson or [])
        return
    if lesson:
        raise GridempError("a page of maps has no lessons; add --live, or leave out --lesson")
    export_maps(options, file, title)


def export_maps(options: ExportOptions, file: PageOptions, title: str | None) -> None:
    """Write the page of maps that were computed before."""
    if "," in options.slip and not decimal_comma_hint(options.slip):
        raise GridempError(
            f"a page of maps has one --slip, not {options.slip[:MAX_QUOTED]}; "
            "add --live for several"
        )
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
        write(text, temporary)


def export_live(
    options: ExportOptions, file: PageOptions, title: str | None, lessons: list[str]
) -> None:
    """Write the live page."""
    for name, (default, reason) in NOT_LIVE.items():
        if getattr(options, name) != default:
            raise GridempError(f"{reason}; leave out --{name}")
    if options.is_environment:
        raise GridempError(f"the live page shows mazes, and {options.maze} is an environment")
    steps = parse_number("--horizon", options.horizon, int, LIVE_WHOLE)
    slips = parse_numbers("--slip", fractions(options.slip), float, PROBABILITY)
    if not 1 <= steps <= MAX_HORIZON:
        raise GridempError(f"--horizon must be 1 to {MAX_HORIZON} with --live, not {steps}")
    if not 0 <= min(slips) <= max(slips) <= MAX_SLIP:
        raise GridempError(f"--slip must be 0 to {MAX_SLIP} with --live, not {options.slip}")
    maze = options.load(hands=False)
    typed = replace(options, slip=str(slips[0])).world_options()
    import_extra(LIVE_PACKAGE, "gridemp export --live", "explore")
    from gridemp.web.lessons import lessons_with
    from gridemp.web.live_export import live_export
    from gridemp.web.server.mazes import settings_of

    needed = settings_of(maze) if not typed["torus"] else {}
    named: dict[str, Any] = {**typed, **needed}
    own = {name: named[name] for name in HandlessOptions.__annotations__}
    world_options = cast(HandlessOptions, own)
    world = World.from_maze(maze, within=steps, **world_options)

    path = file.path(
        default_name(maze_part(maze), horizon_part(options.horizon), suffix=SUFFIXES[0]), SUFFIXES
    )
    provenance = record([world], [steps], command())
    with progress_bar("noisy maps") as progress:
        text = live_export(
            maze,
            {"horizon": steps, **world_options},
            slips,
            lessons_with(lessons),
            progress,
            title=title or f"Empowerment of {maze.name}",
            description=as_text(provenance),
        )
    with file.writing(path, provenance) as temporary:
        write(text, temporary)


def write(text: str, path: Path) -> None:
    """Write a page; a name or a title that is not Unicode has question marks in it."""
    path.write_text(text, encoding="utf-8", errors="replace", newline="\n")
