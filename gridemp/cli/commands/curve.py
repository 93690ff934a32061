"""`gridemp curve`: the range and the mean of the map against the horizon."""

from dataclasses import dataclass, replace
from typing import Annotated

import typer

from gridemp.cli.file_names import cell_part, default_name, horizon_part, maze_part
from gridemp.cli.groups import with_options
from gridemp.cli.help import FIGURE
from gridemp.cli.map_options import MapOptions
from gridemp.cli.option_types import horizon_option
from gridemp.cli.parse import is_list, parse_cell
from gridemp.cli.report_options import ReportPageOptions
from gridemp.cli.say import within

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
class CurveOptions(MapOptions):
    """Options that determine the maps of a curve, as typed."""

    horizon: Annotated[
        str, horizon_option("; 30 stands for 1..30, and a list such as 1,2,5,10 is used as given")
    ]


@with_options
def curve(options: CurveOptions, page: ReportPageOptions, cells: Cells = None) -> None:
    """Draw empowerment against the horizon.

    The figure shows the range, the mean and the median over all cells.

    Examples
    --------
    gridemp curve klyubin -n 30
    gridemp curve klyubin -n 20 --cell 5,5 --cell 0,9
    """
    from gridemp.analysis.horizon_curve import curve_of
    from gridemp.report.json_records import curve_facts
    from gridemp.worlds.cells import start_cells

    page.check()
    if not is_list(options.horizon) and options.steps() > 1:
        options = replace(options, horizon=f"1..{options.steps()}")
    world = options.world()
    places = start_cells(world, [parse_cell("--cell", text) for text in cells or []])
    horizons = horizon_part(options.horizon)
    path = page.path(
        default_name(maze_part(world.maze), *map(cell_part, places), horizons, "curve")
    )
    emaps = options.solve(world)
    curves = curve_of(emaps, places)
    from gridemp import render

    page.save(
        lambda width: render.draw_curve(curves, width=width, title=page.title).figure,
        path,
        [world] * len(emaps),
        [emap.horizon for emap in emaps],
    )
    lines = []
    for name in ("minimum", "median", "mean", "maximum"):
        first, last = getattr(curves, name)[[0, -1]]
        lines.append(f"{name}: {first:.4f} to {last:.4f} bits{within(curves.gap.max())}")
    page.report(path, "\n".join(lines), lambda: curve_facts(curves))
