"""`gridemp cell`: why a cell has its number."""

import numpy as np
import typer

from gridemp.cli.figure_options import ColorOptions, PageOptions
from gridemp.cli.file_names import named
from gridemp.cli.groups import with_options
from gridemp.cli.map_options import MapOptions
from gridemp.cli.option_types import Across, Up
from gridemp.cli.parse import parse_whole
from gridemp.cli.progress import progress_bar
from gridemp.cli.say import announce


@with_options
def cell(options: MapOptions, x: Across, y: Up, page: PageOptions, colors: ColorOptions) -> None:
    """Show why a cell has its number: outcomes, first actions and channel of an optimal source."""
    from gridemp.analysis.cell import cell_source
    from gridemp.engine.empowerment import check_sequences
    from gridemp.engine.runtime import expected_channel_seconds
    from gridemp.report.cell_text import describe

    page.check()
    chosen = colors.chosen() | {"title": page.title}
    options.require_empowerment("a cell is shown exactly, with its optimal source")
    at_x, at_y = (parse_whole(name, text) for name, text in (("X", x), ("Y", y)))
    world, steps = options.world(), options.steps()
    path = page.path(f"{named(world)}-x{at_x}-y{at_y}-h{steps}.png")
    if not world.deterministic:
        check_sequences(world, steps)
    each = 0.0 if world.deterministic else expected_channel_seconds(world, steps)
    starts = world.cell if world.starts is None else world.cell[world.starts]
    announce(each * np.bincount(starts).max())  # one for each state that the cell has
    with progress_bar("source") as progress:
        source = cell_source(
            world,
            at_x,
            at_y,
            steps,
            options.tolerance(),
            heading=options.heading,
            progress=progress,
        )
    from gridemp import render

    page.save(
        lambda width: render.cell_figure(source, width=width, **chosen), path, [world], [steps]
    )
    typer.echo(describe(source))
