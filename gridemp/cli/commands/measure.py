"""`gridemp measure`: a measure of every cell other than empowerment, as a map of its own."""

from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
import typer

from gridemp.analysis.measures import (
    MEASURES,
    checked_measure,
    expected_measure_seconds,
    measured,
)
from gridemp.cli.command_words import command
from gridemp.cli.completion import among
from gridemp.cli.figure_option_types import ShowPeak
from gridemp.cli.figure_options import ColorOptions, MarkOptions
from gridemp.cli.file_names import default_name, maze_part
from gridemp.cli.groups import hides, with_options
from gridemp.cli.help import FIGURE
from gridemp.cli.kind_options import KIND
from gridemp.cli.map_options import MapOptions
from gridemp.cli.option_types import horizon_option
from gridemp.cli.parse import parse_number
from gridemp.cli.power_options import PowerOptions
from gridemp.cli.progress import progress_bar
from gridemp.cli.refuse import refuse
from gridemp.cli.report_options import ReportPageOptions
from gridemp.errors import GridempError
from gridemp.report.provenance import measure_record
from gridemp.worlds.cells import check_heading

AHEAD = [name for name, kind in MEASURES.items() if kind.needs_horizon]

Name = Annotated[
    str,
    typer.Argument(
        metavar="NAME",
        help=f"Name of the measure: {', '.join(MEASURES)}.",
        autocompletion=among(*MEASURES),
    ),
]


@dataclass
class MeasureOptions(MapOptions):
    """Options that determine the world of a measure and how far it looks ahead, as typed."""

    horizon: Annotated[str, horizon_option(f". Needed for {', '.join(AHEAD)}", default=False)] = ""


@dataclass
class EndOptions:
    """Options of the ends of the colours, as typed."""

    vmin: Annotated[
        str | None,
        typer.Option(
            metavar="VALUE",
            help="Value at the low end of the colours.  [default: the lowest value]",
        ),
    ] = None
    vmax: Annotated[
        str | None,
        typer.Option(
            metavar="VALUE",
            help="Value at the high end of the colours.  [default: the highest value]",
        ),
    ] = None
    peak: ShowPeak = True

    group = FIGURE

    def chosen(self) -> dict[str, Any]:
        """Arguments of `draw_measure`, checked as far as they can be before drawing."""
        from gridemp.render.layout.style import check_range

        vmin, vmax = (
            None if text is None else parse_number(option, text, float, "a number")
            for option, text in (("--vmin", self.vmin), ("--vmax", self.vmax))
        )
        check_range(vmin, vmax, "")
        return {"vmin": vmin, "vmax": vmax, "peak": self.peak}


@hides("tol", "bounds", "source", "jobs", *KIND)
@with_options
def measure(
    context: typer.Context,
    name: Name,
    options: MeasureOptions,
    power: PowerOptions,
    page: ReportPageOptions,
    colors: ColorOptions,
    ends: EndOptions,
    marks: MarkOptions,
) -> None:
    """Draw a measure other than empowerment for every cell.

    All measures are exact except power, which is estimated and given with a standard error.

    Examples
    --------
    gridemp measure entropy klyubin -n 5
    gridemp measure betweenness four-rooms
    gridemp measure power trap --gamma 0.9 --samples 400
    """
    from gridemp.analysis.measures import cell_values
    from gridemp.render.figures.measure import highest_xy
    from gridemp.report.measure_records import measure_facts

    page.check()
    kind = checked_measure(name)
    settings = power.settings(context, [name])
    options.require_empowerment("other measures than empowerment have no such option")
    refuse(context, ("tol",), "other measures than empowerment have no certified error")
    drawing: dict[str, Any] = {**colors.chosen(), **ends.chosen(), **marks.chosen()}
    steps = None
    if kind.needs_horizon:
        if not options.horizon:
            raise GridempError(f"the measure {name} looks ahead some steps; give --horizon")
        steps = options.steps()
    else:
        refuse(context, ("horizon",), f"the measure {name} does not depend on a horizon")
    world = options.world(whole=steps is None)
    check_heading(world, options.heading)
    horizon = "" if steps is None else f"h{steps}"
    path = page.path(default_name(maze_part(world.maze), horizon, name))
    seconds = expected_measure_seconds(
        world, name, steps, settings["discount"], settings["samples"]
    )
    with progress_bar(name, seconds) as progress:
        found = measured(world, name, steps, **settings, progress=progress)
    from gridemp import render

    def draw(width: float | None) -> Any:
        return render.draw_measure(
            world,
            found.values,
            found.label,
            horizon=steps,
            heading=options.heading,
            width=width,
            title=page.title,
            note=found.note,
            **drawing,
        ).figure

    page.save_as(draw, path, measure_record(world, steps, found.label, found.note, command()))
    cells = cell_values(world, found.values, options.heading)

    def facts() -> dict[str, Any]:
        return measure_facts(world, steps, found, cells, options.heading)

    known = cells[np.isfinite(cells)]
    if not known.size:
        page.report(path, "no cell has a value", facts)
        return
    x, y = highest_xy(world.maze, cells)
    unit = f" {kind.unit}" if kind.unit else ""
    lines = ["all cells are equal"]
    if len(x):
        shared = f"; {len(x)} cells share it" if len(x) > 1 else ""
        lines = [f"peak: x = {x[0]}, y = {y[0]}, {known.max():.4f}{unit}{shared}"]
    lines.append(f"range: {known.min():.4f} to {known.max():.4f}{unit}")
    lines += filter(None, [found.note])
    page.report(path, "\n".join(lines), facts)
