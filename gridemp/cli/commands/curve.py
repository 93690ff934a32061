"""`gridemp curve`: the range and the mean of the map against the horizon."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated

import typer

from gridemp.cli.command_words import command
from gridemp.cli.file_names import cell_part, default_name, horizon_part, map_part, maze_part
from gridemp.cli.groups import with_options
from gridemp.cli.help import FIGURE
from gridemp.cli.option_types import horizon_option
from gridemp.cli.parse import is_list, parse_cell
from gridemp.cli.report_options import ReportPageOptions
from gridemp.cli.saved_maps import OneMazeOrMapOptions, saved_maps
from gridemp.cli.say import within
from gridemp.engine.map import EmpowermentMap
from gridemp.errors import GridempError
from gridemp.report.provenance import map_record
from gridemp.worlds.world import World

Cells = Annotated[
    list[str] | None,
    typer.Option(
        "--cell",
        metavar="X,Y",
        help="Also draw the curve of this cell; may be repeated.",
        rich_help_panel=FIGURE,
    ),
]


@dataclass
class CurveOptions(OneMazeOrMapOptions):
    """Options that determine the maps of a curve, as typed."""

    horizon: Annotated[
        str,
        horizon_option(
            "; 30 stands for 1..30, and a list such as 1,2,5,10 is used as given. Needed unless "
            "MAZE is in a store",
            default=False,
        ),
    ] = ""


@with_options
def curve(
    context: typer.Context,
    options: CurveOptions,
    page: ReportPageOptions,
    cells: Cells = None,
) -> None:
    """Draw empowerment against the horizon.

    The figure shows the range, the mean and the median over all cells. From the store of a sweep,
    it takes all horizons unless some are named.

    Examples
    --------
    gridemp curve klyubin -n 30
    gridemp curve klyubin -n 20 --cell 5,5 --cell 0,9
    gridemp curve "results.zarr::klyubin?slip=0.1"
    """
    from gridemp.analysis.horizon_curve import curve_of
    from gridemp.report.json_records import curve_facts
    from gridemp.worlds.cells import start_cells

    page.check()
    emaps = saved_maps(options, context, [], every=("horizon",))
    if emaps:
        world = one_world(emaps)
        horizons = ""
    else:
        if not is_list(options.horizon) and options.steps() > 1:
            options = replace(options, horizon=f"1..{options.steps()}")
        world = options.world()
        horizons = horizon_part(options.horizon)
    places = start_cells(world, [parse_cell("--cell", text) for text in cells or []])
    subject = map_part(options.maze) if emaps else maze_part(world.maze)
    path = page.path(default_name(subject, *map(cell_part, places), horizons, "curve"))
    emaps = emaps or options.solve(world)
    curves = curve_of(emaps, places)
    from gridemp import render

    page.save_as(
        lambda width: render.draw_curve(curves, width=width, title=page.title).figure,
        path,
        map_record(emaps, command()),
    )
    lines = []
    for name in ("minimum", "median", "mean", "maximum"):
        first, last = getattr(curves, name)[[0, -1]]
        lines.append(f"{name}: {first:.4f} to {last:.4f} bits{within(curves.gap.max(), world)}")
    page.report(path, "\n".join(lines), lambda: curve_facts(curves))


def one_world(emaps: Sequence[EmpowermentMap]) -> World:
    """World of saved maps; raise a GridempError if they differ in more than their horizons."""
    for emap in emaps[1:]:
        if emap.world.conditions != emaps[0].world.conditions:
            raise GridempError(
                f"a curve shows one world, and these maps are of several: "
                f"{emaps[0].world.conditions}, and {emap.world.conditions}; choose one"
            )
    return emaps[0].world
