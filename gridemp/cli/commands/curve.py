"""`gridemp curve`: the map against the horizon."""

from typing import Annotated

import typer

from gridemp.cli.figure_options import PageOptions
from gridemp.cli.file_names import cell_name, named
from gridemp.cli.groups import with_options
from gridemp.cli.map_options import MapOptions
from gridemp.cli.parse import parse_cell
from gridemp.cli.say import within

Cells = Annotated[
    list[str] | None,
    typer.Option("--cell", metavar="X,Y", help="A cell to follow too; may be given again."),
]


@with_options
def curve(options: MapOptions, page: PageOptions, cells: Cells = None) -> None:
    """Draw the map's range and mean against the horizon, such as --horizon 1..30."""
    from gridemp.analysis.horizon_curve import curve_of
    from gridemp.worlds.cells import start_cells

    page.check()
    world = options.world()
    places = start_cells(world, [parse_cell("--cell", text) for text in cells or []])
    path = page.path("-".join([named(world), *map(cell_name, places), "curve.png"]))
    emaps = options.solve(world)
    found = curve_of(emaps, places)
    from gridemp import render

    page.save(
        lambda width: render.draw_curve(found, width=width, title=page.title).figure,
        path,
        [world] * len(emaps),
        [emap.horizon for emap in emaps],
    )
    for name in ("minimum", "median", "mean", "maximum"):
        first, last = getattr(found, name)[[0, -1]]
        typer.echo(f"{name}: {first:.4f} to {last:.4f} bits{within(found.gap.max())}")
