"""`gridemp heatmap`: the empowerment of every cell as a figure."""

from typing import Annotated, Any

import typer

from gridemp.cli.figure_options import (
    CellOptions,
    ColorOptions,
    MarkOptions,
    PageOptions,
    ScaleOptions,
    heatmap_drawing,
)
from gridemp.cli.file_names import default_name, horizon_part, maze_parts
from gridemp.cli.groups import with_options
from gridemp.cli.map_options import MapOptions
from gridemp.cli.option_types import MoreMazes
from gridemp.cli.parse import parse_whole
from gridemp.cli.say import tell
from gridemp.errors import GridempError
from gridemp.report.captions import letter, peak_line

Columns = Annotated[
    str | None, typer.Option(metavar="N", help="How many panels stand side by side.")
]


@with_options
def heatmap(
    options: MapOptions,
    page: PageOptions,
    colors: ColorOptions,
    scale: ScaleOptions,
    marks: MarkOptions,
    cells: CellOptions,
    more: MoreMazes = None,
    columns: Columns = None,
) -> None:
    """Draw the empowerment of every cell as a heatmap.

    --horizon, --slip and --sensor take lists, such as 1,2,5 or 1..4: a panel for each.
    """
    page.check()
    drawing = heatmap_drawing(colors, scale, marks, cells)
    across = None if columns is None else parse_whole("--columns", columns)
    if across is not None and across < 1:
        raise GridempError(f"--columns needs a whole number from 1, not {across}")
    worlds = options.worlds(more or [])
    path = page.path(default_name(*maze_parts(worlds, more or []), horizon_part(options.horizon)))
    emaps = [emap for world in worlds for emap in options.solve(world)]
    from gridemp import render

    def draw(width: float | None) -> Any:
        if len(emaps) > 1 or across is not None:
            return render.panels(emaps, width=width, columns=across, title=page.title, **drawing)
        return render.heatmap(emaps[0], width=width, title=page.title, **drawing).figure

    page.save(draw, path, [emap.world for emap in emaps], [emap.horizon for emap in emaps])
    for i, emap in enumerate(emaps):
        tell((f"({letter(i)}) " if len(emaps) > 1 else "") + peak_line(emap))
