"""`gridemp sensitivity`: the change of empowerment for each wall removed or added."""

from typing import TYPE_CHECKING, Annotated

import typer

from gridemp.cli.figure_option_types import NoLegend
from gridemp.cli.file_names import cell_part, default_name, maze_part
from gridemp.cli.groups import hides, with_options
from gridemp.cli.help import COMPUTATION
from gridemp.cli.jobs import chosen_jobs, usual_jobs
from gridemp.cli.kind_options import KIND
from gridemp.cli.map_options import MapOptions
from gridemp.cli.parse import parse_cell
from gridemp.cli.progress import progress_bar
from gridemp.cli.report_options import ReportPageOptions
from gridemp.engine.processes import process_pool
from gridemp.errors import GridempError
from gridemp.report.rounding import rounded_up
from gridemp.worlds.world import World

if TYPE_CHECKING:
    from gridemp.analysis.sensitivity_result import Change, Sensitivity

OneCell = Annotated[
    list[str] | None,
    typer.Option(
        "--cell",
        metavar="X,Y",
        help="Draw the change at this cell instead of the mean over all cells.",
        rich_help_panel=COMPUTATION,
    ),
]


@hides("heading", "bounds", "source", *KIND)
@with_options
def sensitivity(
    options: MapOptions, page: ReportPageOptions, cells: OneCell = None, no_legend: NoLegend = False
) -> None:
    """Draw how empowerment changes when a wall is removed or added.

    Examples
    --------
    gridemp sensitivity four-rooms -n 3
    gridemp sensitivity klyubin -n 3 --cell 5,5
    """
    from gridemp.analysis.sensitivity import expected_sensitivity_seconds
    from gridemp.analysis.sensitivity import sensitivity as find_sensitivity
    from gridemp.report.json_records import sensitivity_facts

    page.check()
    if options.is_environment:
        raise GridempError("this command takes mazes only, not environments; name a maze")
    options.require_empowerment(
        "the effect of walls is computed exactly, for the optimal source", in_one_process=False
    )
    if options.heading != "best":
        raise GridempError(
            "the effect of walls is computed for the best heading in each cell; leave out --heading"
        )
    if len(cells or []) > 1:
        raise GridempError(
            "the effect of walls is computed for one cell or for the mean; give --cell once"
        )
    maze, steps = options.load(hands=False), options.steps()
    cell = parse_cell("--cell", cells[0]) if cells else None
    place = cell_part(cell) if cell else ""
    path = page.path(default_name(maze_part(maze), f"h{steps}", place, "walls"))
    world_options = options.world_options()
    expected = expected_sensitivity_seconds(maze, steps, cell=cell, **world_options)
    world, tol = World.from_maze(maze, within=steps, **world_options), options.tolerance()
    jobs = chosen_jobs(options.jobs) or usual_jobs(world, steps, expected, bounds=False)
    with progress_bar("walls", expected / jobs) as progress, process_pool(jobs) as pool:
        result = find_sensitivity(
            maze, steps, cell=cell, tol=tol, progress=progress, executor=pool, **world_options
        )
    from gridemp import render

    page.save(
        lambda width: (
            render.draw_sensitivity(
                result, width=width, title=page.title, legend=not no_legend
            ).figure
        ),
        path,
        [result.base.world],
        [steps],
    )
    page.report(path, "\n".join(walls_in_words(result)), lambda: sensitivity_facts(result))


def walls_in_words(result: "Sensitivity") -> list[str]:
    """Lines on the best wall to open and the worst edge to wall up."""
    lines = []
    if gains := result.best_removals:
        line = change_in_words("largest gain: open", result, gains, "gain")
        lines.append(line if result.can_gain else "opening a wall gains nothing")
    if losses := result.worst_additions:
        line = change_in_words("largest loss: wall up", result, losses, "lose")
        lines.append(line if result.can_lose else "walling up an edge loses nothing")
    return lines or ["there is no wall to open and no edge to wall up"]


def change_in_words(
    sentence: str, result: "Sensitivity", changes: tuple["Change", ...], verb: str
) -> str:
    """Line on the first of the changes that cannot be told apart."""
    first, more = changes[0], len(changes) - 1
    quantity = "mean" if result.cell is None else f"empowerment at {result.cell}"
    line = f"{sentence} the {first.kind} {first.place}, "
    line += f"{quantity} {result.bits:.4f} {first.bits:+.4f} bits"
    if result.gap:
        line += f", the change within {rounded_up(result.gap)} bits"
    if more and result.gap:
        line += f"; {more} more cannot be told apart from it"
    elif more:
        line += f"; {more} more {verb if more > 1 else verb + 's'} as much"
    return line
