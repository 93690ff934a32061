"""`gridemp compare`: the map beside a measure of the maze as a graph."""

from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
import typer

from gridemp.analysis.centrality import CENTRALITIES
from gridemp.cli.command_words import command
from gridemp.cli.completion import among
from gridemp.cli.figure_options import (
    ColorOptions,
    MarkOptions,
    ScaleOptions,
    map_drawing,
)
from gridemp.cli.file_names import default_name, horizon_part, maze_part
from gridemp.cli.groups import with_options
from gridemp.cli.help import COMPUTATION
from gridemp.cli.kind_options import HorizonOfKinds
from gridemp.cli.map_options import MapOptions
from gridemp.cli.panel_options import PanelOptions
from gridemp.cli.progress import progress_bar
from gridemp.cli.report_options import ReportPageOptions
from gridemp.errors import GridempError
from gridemp.report.provenance import map_record
from gridemp.report.rounding import rounded_up

Other = Annotated[
    str,
    typer.Option(
        "--with",
        metavar="|".join(CENTRALITIES),
        help="Centrality of each cell in the graph of the maze; distance is the mean distance to "
        "all other cells.",
        rich_help_panel=COMPUTATION,
        autocompletion=among(*CENTRALITIES),
    ),
]


@dataclass
class OneMapOptions(MapOptions):
    """Options that determine one map of any kind, as typed."""

    horizon: HorizonOfKinds = ""


@with_options
def compare(
    context: typer.Context,
    options: OneMapOptions,
    page: ReportPageOptions,
    panels: PanelOptions,
    colors: ColorOptions,
    scale: ScaleOptions,
    marks: MarkOptions,
    other: Other = "distance",
) -> None:
    """Compare the empowerment map with a centrality of the cells.

    The figure shows both maps and a scatter plot of one against the other.

    Examples
    --------
    gridemp compare klyubin -n 5
    gridemp compare four-rooms -n 3 --with betweenness
    """
    from gridemp.analysis.centrality import (
        centrality,
        centrality_of,
        expected_centrality_seconds,
    )
    from gridemp.information.correlation import pearson, spearman
    from gridemp.report.json_records import comparison_facts

    page.check()
    options.require_horizon(context)
    options.require_one()
    titles = panels.titles(3)
    drawing = map_drawing(colors, scale, marks)
    if other not in CENTRALITIES:
        raise GridempError(f"there is no measure '{other}'; use one of {', '.join(CENTRALITIES)}")
    world = options.world(whole=True)
    path = page.path(default_name(maze_part(world.maze), horizon_part(options.horizon), other))
    with progress_bar(other, expected_centrality_seconds(world, other)) as progress:
        values = centrality(world, other, progress)
    (emap,) = options.solve(world)
    from gridemp import render

    def draw(width: float | None) -> Any:
        return render.compare_figure(
            emap,
            values,
            CENTRALITIES[other],
            width=width,
            title=page.title,
            panel_titles=titles,
            **drawing,
        )

    page.save_as(draw, path, map_record([emap], command()))
    shown = centrality_of(emap, values)
    gap = float(emap.gap.max())
    correlations = pearson(emap.bits, shown), spearman(emap.bits, shown, gap)
    texts = ["undefined" if np.isnan(r) else f"{r:.4f}" for r in correlations]
    proviso = emap.world.conditions.proviso
    certified = f"; empowerment certified to {rounded_up(gap)} bits{proviso}" if gap else ""
    page.report(
        path,
        f"Pearson {texts[0]}, Spearman {texts[1]}{certified}",
        lambda: comparison_facts(emap, shown, other, *correlations),
    )
