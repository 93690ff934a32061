"""`gridemp compare`: the map beside another measure of the cells, or among several."""

from collections.abc import Sequence
from itertools import combinations
from typing import Annotated, Any

import numpy as np
import typer

from gridemp.analysis.measures import (
    MEASURES,
    Measured,
    checked_measure,
    expected_measure_seconds,
    measured,
)
from gridemp.cli.command_words import command
from gridemp.cli.completion import among
from gridemp.cli.figure_options import (
    ColorOptions,
    MarkOptions,
    ScaleOptions,
    map_drawing,
)
from gridemp.cli.file_names import default_name, horizon_part, maze_part, text_part
from gridemp.cli.groups import with_options
from gridemp.cli.help import COMPUTATION
from gridemp.cli.kind_options import POTENTIAL
from gridemp.cli.map_options import OneMapOptions
from gridemp.cli.panel_options import PanelOptions
from gridemp.cli.power_options import PowerOptions, PowerSettings
from gridemp.cli.progress import progress_bar
from gridemp.cli.refuse import refuse
from gridemp.cli.report_options import ReportPageOptions
from gridemp.engine.map import EmpowermentMap
from gridemp.errors import GridempError
from gridemp.report.provenance import map_record
from gridemp.report.rounding import rounded_up
from gridemp.typing import Array
from gridemp.worlds.world import World

Other = Annotated[
    str,
    typer.Option(
        "--with",
        metavar="NAME,...",
        help=f"Measures of each cell: {', '.join(MEASURES)}. Several give a matrix of plots.",
        rich_help_panel=COMPUTATION,
        autocompletion=among(*MEASURES),
    ),
]
# Options of maps, which a matrix of scatter plots does not show.
OF_MAPS = ("panel_titles", "cmap", "ink", "vmin", "vmax", "peak", "grid", "no_legend")


@with_options
def compare(
    context: typer.Context,
    options: OneMapOptions,
    power: PowerOptions,
    page: ReportPageOptions,
    panels: PanelOptions,
    colors: ColorOptions,
    scale: ScaleOptions,
    marks: MarkOptions,
    other: Other = "distance",
) -> None:
    """Compare the empowerment map with other measures of the cells.

    With one measure, the figure shows both maps and a scatter plot of one against the other. With
    several, it is a matrix of scatter plots and correlations of all pairs.

    Examples
    --------
    gridemp compare klyubin -n 5
    gridemp compare four-rooms -n 3 --with betweenness
    gridemp compare klyubin -n 5 --with distance,entropy,power
    """
    from gridemp.analysis.centrality import centrality_of
    from gridemp.report.measure_records import comparison_facts, matrix_facts

    page.check()
    options.require_horizon(context)
    options.require_one()
    names = measure_names(other)
    settings = power.settings(context, names)
    if len(names) > 1:
        refuse(context, OF_MAPS, "a matrix of scatter plots shows no maps")
    titles = panels.titles(3)
    drawing = map_drawing(colors, scale, marks)
    ahead = [name for name in names if MEASURES[name].needs_horizon]
    if ahead and options.kind == POTENTIAL:
        raise GridempError(
            f"the measure {ahead[0]} has a horizon and potential empowerment has none; leave it "
            "out of --with"
        )
    world = options.world(whole=True)
    steps = None if options.kind == POTENTIAL else options.steps()
    subject = maze_part(world.maze), horizon_part(options.horizon), text_part(",".join(names))
    path = page.path(default_name(*subject))
    found = [solved(world, name, steps, settings) for name in names]
    (emap,) = options.solve(world)
    from gridemp import render

    note = "\n".join(filter(None, [each.note for each in found]))

    def draw(width: float | None) -> Any:
        if len(found) > 1:
            columns = {each.label: each.values for each in found}
            return render.scatter_matrix(emap, columns, width=width, title=page.title, note=note)
        return render.compare_figure(
            emap,
            found[0].values,
            found[0].label,
            width=width,
            title=page.title,
            note=note,
            panel_titles=titles,
            **drawing,
        )

    page.save_as(draw, path, map_record([emap], command()))
    columns = {emap.quantity: emap.bits}
    columns |= {each.name: centrality_of(emap, each.values) for each in found}
    pairs = correlations(emap, columns)
    if len(found) == 1:
        ((_, _, r, rho),) = pairs
        page.report(
            path,
            in_words(r, rho) + certificate(emap) + f"; {note}" * bool(note),
            lambda: comparison_facts(emap, found[0], columns[names[0]], r, rho),
        )
        return
    words = {emap.quantity: emap.kind.label} if not emap.source else {}
    lines = [f"{words.get(one, one)}, {two}: {in_words(r, rho)}" for one, two, r, rho in pairs]
    lines += filter(None, [certificate(emap).removeprefix("; "), note])
    page.report(path, "\n".join(lines), lambda: matrix_facts(emap, found, columns, pairs))


def measure_names(text: str) -> list[str]:
    """Names in a list of measures; raise a GridempError if one is unknown or stands there twice."""
    names = [name.strip() for name in text.split(",")]
    for name in names:
        checked_measure(name)
        if names.count(name) > 1:
            raise GridempError(f"--with names {name} twice; leave out one of them")
    return names


def solved(world: World, name: str, steps: int | None, settings: PowerSettings) -> Measured:
    """Compute a measure of a world behind a progress bar."""
    horizon = steps if MEASURES[name].needs_horizon else None
    seconds = expected_measure_seconds(
        world, name, horizon, settings["discount"], settings["samples"]
    )
    with progress_bar(name, seconds) as progress:
        return measured(world, name, horizon, **settings, progress=progress)


def correlations(
    emap: EmpowermentMap, columns: dict[str, Array]
) -> list[tuple[str, str, float, float]]:
    """Names, Pearson's r and Spearman's rho of each pair of quantities, the map's being first."""
    from gridemp.information.correlation import pearson, spearman

    gap = float(emap.gap.max())
    return [
        (one, two, pearson(x, y), spearman(x, y, gap if one == emap.quantity else 0.0))
        for (one, x), (two, y) in combinations(columns.items(), 2)
    ]


def in_words(*coefficients: float) -> str:
    """Pearson's r and Spearman's rho, with four decimals."""
    texts: Sequence[str] = ["undefined" if np.isnan(r) else f"{r:.4f}" for r in coefficients]
    return f"Pearson {texts[0]}, Spearman {texts[1]}"


def certificate(emap: EmpowermentMap) -> str:
    """Words for the certified gap of a map, to follow other words; empty if there is no gap."""
    gap = float(emap.gap.max())
    if not gap:
        return ""
    proviso = emap.world.conditions.proviso
    return f"; {emap.kind.label} certified to {rounded_up(gap)} bits{proviso}"
