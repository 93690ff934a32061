"""`gridemp heatmap`: the empowerment of every cell as a figure."""

from typing import Annotated, Any

import typer

from gridemp.cli.command_words import command
from gridemp.cli.completion import among
from gridemp.cli.figure_options import (
    CellOptions,
    ColorOptions,
    MarkOptions,
    PageOptions,
    ScaleOptions,
    heatmap_drawing,
)
from gridemp.cli.file_names import default_name, horizon_part, map_part, maze_parts
from gridemp.cli.groups import with_options
from gridemp.cli.help import FIGURE
from gridemp.cli.option_types import MoreMazes
from gridemp.cli.panel_options import PanelOptions
from gridemp.cli.parse import parse_whole
from gridemp.cli.refuse import refuse
from gridemp.cli.saved_maps import MazeOrMapOptions, saved_maps
from gridemp.cli.say import tell
from gridemp.errors import GridempError
from gridemp.report.captions import letter, peak_line
from gridemp.report.provenance import map_record

Columns = Annotated[
    str | None,
    typer.Option(metavar="N", help="Number of panels in a row.", rich_help_panel=FIGURE),
]

PanelScale = Annotated[
    str,
    typer.Option(
        "--scale",
        metavar="shared|each",
        help="Use one colour range and colourbar for all panels, or one of each per panel.",
        rich_help_panel=FIGURE,
        autocompletion=among("shared", "each"),
    ),
]


@with_options
def heatmap(
    context: typer.Context,
    options: MazeOrMapOptions,
    page: PageOptions,
    panels: PanelOptions,
    colors: ColorOptions,
    scale: ScaleOptions,
    marks: MarkOptions,
    cells: CellOptions,
    more: MoreMazes = None,
    columns: Columns = None,
    panel_scale: PanelScale = "shared",
) -> None:
    """Draw the empowerment of every cell as a heatmap.

    If you name several mazes, or give --horizon, --slip or --sensor a list, the figure has a panel
    for each combination. A map that gridemp values saved (.npz), or one in the store of a sweep,
    is drawn without being computed again.

    Examples
    --------
    gridemp heatmap room -n 5
    gridemp heatmap klyubin -n 1,2,5 --slip 10% -o three.pdf
    gridemp heatmap room trap -n 3 --width column
    """
    page.check()
    drawing = heatmap_drawing(colors, scale, marks, cells)
    across = None if columns is None else parse_whole("--columns", columns)
    if across is not None and across < 1:
        raise GridempError(f"--columns must be 1 or more, not {across}")
    emaps = saved_maps(options, context, more or [])
    worlds = [] if emaps else options.worlds(more or [])
    count = len(emaps) or len(worlds) * options.count()
    if count == 1 and across is None:
        if panels.panel_titles is not None:
            raise GridempError("a single map has no panels; give --title instead of --panel-titles")
        refuse(context, ("panel_scale",), "a single map has no panels")
    else:
        from gridemp.render.figures.panels import check_scale

        check_scale(panel_scale)
    titles = panels.titles(count)
    if emaps:
        subject = list(map(map_part, [options.maze, *(more or [])]))
    else:
        subject = [*maze_parts(worlds, more or []), horizon_part(options.horizon)]
    path = page.path(default_name(*subject))
    emaps = emaps or options.solve(*worlds)
    from gridemp import render

    def draw(width: float | None) -> Any:
        if len(emaps) > 1 or across is not None:
            return render.panels(
                emaps,
                width=width,
                columns=across,
                title=page.title,
                panel_titles=titles,
                scale=panel_scale,
                **drawing,
            )
        return render.heatmap(emaps[0], width=width, title=page.title, **drawing).figure

    page.save_as(draw, path, map_record(emaps, command()))
    for i, emap in enumerate(emaps):
        tell((f"({letter(i)}) " if len(emaps) > 1 else "") + peak_line(emap))
