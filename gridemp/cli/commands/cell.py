"""`gridemp cell`: one cell, its outcomes, its optimal source and its channel."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import typer

from gridemp.cli.figure_options import ColorOptions, MarkOptions
from gridemp.cli.file_names import cell_part, default_name, maze_part
from gridemp.cli.groups import hides, with_options
from gridemp.cli.kind_options import OPEN, POTENTIAL, CellKind
from gridemp.cli.map_options import MapOptions, OneMapOptions
from gridemp.cli.option_types import Across, Up
from gridemp.cli.parse import parse_whole
from gridemp.cli.progress import progress_bar, without_reports
from gridemp.cli.report_options import ReportPageOptions
from gridemp.errors import GridempError


@dataclass
class CellMapOptions(OneMapOptions):
    """Options of the empowerment of one cell, as typed."""

    kind: CellKind = OPEN

    def check_kind(self) -> None:
        """Raise a GridempError if there is no figure of one cell for the kind of empowerment."""
        if self.kind not in (OPEN, POTENTIAL):
            raise GridempError(f"--kind must be {OPEN} or {POTENTIAL} here, not '{self.kind[:40]}'")
        for option in self.settings_of_kinds():
            if option != "--discount":
                raise GridempError(
                    "this command shows an optimal source, or skills with --kind potential; leave "
                    f"out {option}"
                )
        super().check_kind()


@hides("bounds", "source", "jobs", "known", "afterwards", "repertoire")
@with_options
def cell(
    context: typer.Context,
    options: CellMapOptions,
    x: Across,
    y: Up,
    page: ReportPageOptions,
    colors: ColorOptions,
    marks: MarkOptions,
) -> None:
    """Explain the empowerment of one cell.

    The figure and the printed text show the outcomes that action sequences lead to and the optimal
    source, that is, the probabilities of action sequences that attain the empowerment. With --kind
    potential, they show the skills of the cell instead: walks, and the probabilities of walks that
    attain its potential empowerment. The other kinds have no such figure.

    Examples
    --------
    gridemp cell klyubin 5 5 -n 3
    gridemp cell klyubin 0 9 -n 1 --slip 0.1
    gridemp cell room 3 3 --kind potential --discount 0.9
    """
    from gridemp.analysis.cell import cell_source
    from gridemp.engine.channel_seconds import expected_channel_seconds
    from gridemp.engine.empowerment import check_sequences
    from gridemp.report.cell_text import describe
    from gridemp.report.json_records import cell_facts

    page.check()
    drawing: dict[str, Any] = {**colors.chosen(), **marks.chosen()}
    column, row = parse_whole("X", x), parse_whole("Y", y)
    options.check_kind()
    if options.kind == POTENTIAL:
        draw_cell_skills(options, column, row, page, drawing)
        return
    options.require_empowerment("this command shows the exact optimal source of a cell")
    options.require_horizon(context)
    world, steps = options.world(), options.steps()
    path = page.path(default_name(maze_part(world.maze), cell_part((column, row)), f"h{steps}"))
    if not world.deterministic:
        check_sequences(world, steps)
    seconds = 0.0 if world.deterministic else expected_channel_seconds(world, steps)
    # The cell's states, such as headings, have a channel each.
    seconds *= np.bincount(world.cell[world.start_states]).max()
    with progress_bar("source", seconds) as progress:
        source = cell_source(
            world,
            column,
            row,
            steps,
            options.tolerance(),
            heading=options.heading,
            progress=progress,
        )
    from gridemp import render

    page.save(
        lambda width: render.cell_figure(source, width=width, title=page.title, **drawing),
        path,
        [world],
        [steps],
    )
    page.report(path, describe(source), lambda: cell_facts(source))


def draw_cell_skills(
    options: MapOptions, x: int, y: int, page: ReportPageOptions, drawing: dict[str, Any]
) -> None:
    """Draw the skills of a cell, and print the most probable ones."""
    from gridemp import render
    from gridemp.analysis.skills import cell_skills
    from gridemp.report.skills_text import describe_skills, skills_facts

    options.require_one()
    (discount,) = options.discounts()
    world = options.world()
    path = page.path(default_name(maze_part(world.maze), cell_part((x, y)), "skills"))
    with without_reports(f"finding the skills of ({x}, {y}) takes a while"):
        skills = cell_skills(world, x, y, discount, options.tolerance(), heading=options.heading)
    page.save(
        lambda width: (
            render.draw_skills(world, skills, width=width, title=page.title, **drawing).figure
        ),
        path,
        [world],
        [None],
    )
    page.report(
        path, describe_skills(world, skills), lambda: skills_facts(world, skills, options.heading)
    )
