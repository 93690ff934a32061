"""`gridemp audit`: estimators of empowerment against exact values."""

from pathlib import Path
from typing import Annotated, Any

import typer

from gridemp.cli.audit_options import EstimatorOptions
from gridemp.cli.command_words import command
from gridemp.cli.figure_options import (
    FIGURES,
    ColorOptions,
    MarkOptions,
    ScaleOptions,
    map_drawing,
)
from gridemp.cli.file_names import default_name, maze_part
from gridemp.cli.groups import hides, with_options
from gridemp.cli.help import OUTPUT
from gridemp.cli.kind_options import KIND
from gridemp.cli.map_options import MapOptions
from gridemp.cli.panel_options import PanelOptions
from gridemp.cli.progress import progress_bar
from gridemp.cli.report_options import ReportPageOptions
from gridemp.cli.say import tell
from gridemp.engine.empowerment import empowerment
from gridemp.engine.runtime import expected_seconds
from gridemp.errors import GridempError
from gridemp.files import checked_output, replacing
from gridemp.report.provenance import record

Table = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="File (.csv) to write every estimate of every repeat to.",
        rich_help_panel=OUTPUT,
    ),
]


@hides("heading", "bounds", "source", "jobs", *KIND)
@with_options
def audit(
    context: typer.Context,
    options: MapOptions,
    estimators: EstimatorOptions,
    page: ReportPageOptions,
    panels: PanelOptions,
    colors: ColorOptions,
    scale: ScaleOptions,
    marks: MarkOptions,
    table: Table = None,
) -> None:
    """Audit estimators of information against exact values.

    All estimators get the same simulated rollouts. They aim at the information that a random first
    action carries about the state after n steps, if later actions are random, too. There is one
    figure for each estimator, and a table of their errors. With several, --output is the common
    part of their names: audit.png becomes audit-plug-in.png and so on.

    Examples
    --------
    gridemp audit room -n 3 --estimators plug-in,miller-madow
    gridemp audit klyubin -n 3 --estimators variational --updates 200
    """
    page.check()
    titles = panels.titles(3)
    drawing = map_drawing(colors, scale, marks)
    options.require_empowerment("estimates are compared with the exact map")
    if options.heading != "best":
        raise GridempError("the audit is of all headings at once; leave out --heading")
    settings = estimators.settings()
    names = estimators.names(context)
    if page.to_stdout and len(names) > 1:
        raise GridempError(
            "standard output takes one figure, and there is one for each estimator; name one in "
            "--estimators, or a file with -o"
        )
    if table is not None:
        checked_output(table, (".csv",))
    world = options.world()
    steps = options.steps()
    paths = {name: figure_path(page, maze_part(world.maze), steps, name, names) for name in names}
    with progress_bar("empowerment", expected_seconds(world, steps)) as progress:
        exact = empowerment(world, steps, options.tolerance(), progress)
    from gridemp import render
    from gridemp.deep.estimator_audit import audit as audited
    from gridemp.report.audit_text import audit_facts, audit_table, write_audit

    with progress_bar("estimates") as progress:
        found = audited(world, steps, names, settings, exact=exact, progress=progress)
    for name, path in paths.items():

        def draw(width: float | None, name: str = name) -> Any:
            return render.audit_figure(
                found, name, width=width, title=page.title, panel_titles=titles, **drawing
            )

        provenance = record([world], [steps], command())
        page.save_as(
            draw, path, {**provenance, "estimator": name, "settings": found.settings(name)}
        )
    if table is not None:
        with (
            replacing(table) as temporary,
            temporary.open("w", encoding="utf-8", newline="") as stream,
        ):
            write_audit(found, stream)
        tell(table)

    def facts() -> dict[str, Any]:
        several = {"figure": [str(path) for path in paths.values()]} if len(paths) > 1 else {}
        return {**several, **audit_facts(found)}

    page.report(paths[names[0]], audit_table(found), facts)


def figure_path(
    page: ReportPageOptions, maze: str, steps: int, name: str, names: tuple[str, ...]
) -> Path:
    """Path of the figure of an estimator: the one given, with the estimator if there are several.

    Raises
    ------
    GridempError
        If no figure can be written there.
    """
    path = page.path(default_name(maze, f"h{steps}", "audit", name))
    if page.output is None or page.to_stdout or len(names) == 1:
        return path
    return checked_output(path.with_stem(f"{path.stem}-{name}"), FIGURES)
