"""`gridemp bound`: the variational bound of a cell as Blahut-Arimoto raises it."""

from typing import Annotated

import typer

from gridemp.cli.figure_options import ColorOptions, PageOptions
from gridemp.cli.file_names import cell_part, default_name, maze_part
from gridemp.cli.groups import hides, with_options
from gridemp.cli.help import COMPUTATION, FIGURE
from gridemp.cli.kind_options import KIND
from gridemp.cli.map_options import MapOptions
from gridemp.cli.option_types import Across, Up
from gridemp.cli.panel_options import PanelOptions
from gridemp.cli.parse import parse_numbers, parse_whole
from gridemp.cli.progress import progress_bar
from gridemp.cli.refuse import refuse
from gridemp.cli.say import tell
from gridemp.errors import GridempError

MAX_MOMENTS = 8

HalfSteps = Annotated[
    str,
    typer.Option(metavar="K", help="Number of half-steps to take.", rich_help_panel=COMPUTATION),
]
At = Annotated[
    str | None,
    typer.Option(
        metavar="K,K,...",
        help="Half-steps to draw.  [default: 1, 2, 10 and the last]",
        rich_help_panel=FIGURE,
    ),
]


@hides("tol", "bounds", "source", "jobs", *KIND)
@with_options
def bound(
    context: typer.Context,
    options: MapOptions,
    x: Across,
    y: Up,
    page: PageOptions,
    panels: PanelOptions,
    colors: ColorOptions,
    half_steps: HalfSteps = "40",
    at: At = None,
) -> None:
    """Show how Blahut-Arimoto finds the empowerment of a cell.

    The algorithm raises a lower bound in half-steps. They update in turn the planning distribution,
    which infers the action sequence from the outcome, and the source, the probabilities of the
    action sequences.

    Examples
    --------
    gridemp bound klyubin 5 5 -n 2
    gridemp bound klyubin 0 9 -n 1 --slip 0.1 --at 1,2,5
    """
    from gridemp.analysis.alternation import cell_alternation

    page.check()
    drawing = colors.chosen()
    options.require_empowerment(
        "this command improves the source itself and computes bounds of its own"
    )
    refuse(
        context,
        ("tol",),
        "the number of half-steps, not a tolerance, decides how close the bound comes",
    )
    column, row = parse_whole("X", x), parse_whole("Y", y)
    count = parse_whole("--half-steps", half_steps)
    moments = [step for step in (1, 2, 10, count) if step <= count]
    if at is not None:
        moments = parse_numbers("--at", at, int, "a list of half-steps such as 1,2,40")
    if len(set(moments)) > MAX_MOMENTS:
        raise GridempError(
            f"the figure can show at most {MAX_MOMENTS} half-steps; leave out some of --at"
        )
    titles = panels.titles(len(set(moments)))
    world, steps = options.world(), options.steps()
    cell = cell_part((column, row))
    path = page.path(default_name(maze_part(world.maze), cell, f"h{steps}", "bound"))
    with progress_bar("half-steps") as progress:
        alternation = cell_alternation(
            world, column, row, steps, count, moments, heading=options.heading, progress=progress
        )
    from gridemp import render

    page.save(
        lambda width: render.alternation_figure(
            alternation, width=width, title=page.title, panel_titles=titles, **drawing
        ),
        path,
        [world],
        [steps],
    )
    tell("half-step  bound [bits]  upper [bits]")
    for moment in sorted({0, *alternation.moments, count}):
        # Adding 0.0 after rounding makes -0.0 positive.
        lower = round(float(alternation.bounds[moment]), 6) + 0.0
        upper = round(float(alternation.uppers[moment]), 6) + 0.0
        tell(f"{moment:9}  {lower:12.6f}  {upper:12.6f}")
    lower, upper = alternation.interval
    bits = f"between {lower:.6f} and {upper:.6f}" if upper - lower > 1e-6 else f"{lower:.6f}"
    tell(f"empowerment: {bits} bits, from the highest lower bound and the lowest upper bound")
