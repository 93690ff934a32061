"""Options of figures that several commands have: their flags, placeholders and help texts."""

from typing import Annotated

import typer

from gridemp.cli.completion import complete_cmap, complete_style
from gridemp.cli.help import FIGURE
from gridemp.cli.option_types import choice

Width = Annotated[
    str | None,
    choice(
        "column",
        "page",
        more="WIDTH",
        help="Printed width: a column (3.5 inches), a page (7.16 inches), or a width such as "
        "85mm, 8.5cm or 3.3in.",
    ),
]
Style = Annotated[
    str | None,
    typer.Option(
        metavar="STYLE",
        help="Matplotlib style, by name or file, or the style of a venue such as neurips2024.",
        autocompletion=complete_style,
    ),
]
Dpi = Annotated[str, typer.Option(metavar="DOTS", help="Resolution in pixels per inch.")]
TitleText = Annotated[
    str | None,
    typer.Option(
        "--title",
        metavar="TEXT",
        help="Title of the figure.  [default: a description of what it shows]",
    ),
]
NoTitle = Annotated[
    bool, typer.Option("--no-title", help="Leave out all titles; panels keep their letters.")
]
PanelTitles = Annotated[
    str | None,
    typer.Option(
        metavar='"A|B|..."',
        help="Titles of the panels, separated by |; they follow the panel letters.  [default: what "
        "distinguishes the panels]",
    ),
]
Cmap = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Matplotlib colour map, such as cividis.  [default: that of the style, or viridis]",
        autocompletion=complete_cmap,
    ),
]
Ink = Annotated[
    bool,
    typer.Option(
        "--ink", help="Draw in greys, from white for the lowest value to black for the highest."
    ),
]
Vmin = Annotated[
    str | None,
    typer.Option(
        metavar="BITS", help="Value at the low end of the colours.  [default: the lowest value]"
    ),
]
Vmax = Annotated[
    str | None,
    typer.Option(
        metavar="BITS", help="Value at the high end of the colours.  [default: the highest value]"
    ),
]
Annotate = Annotated[
    str | None,
    choice(
        "bits",
        "outcomes",
        help="Number to write in each cell: its value in bits or its number of outcomes.",
    ),
]
ShowGrid = Annotated[
    bool,
    typer.Option("--grid/--no-grid", help="Draw faint lines between cells, or leave them out."),
]
NoLegend = Annotated[
    bool,
    typer.Option(
        "--no-legend",
        help="Leave out the legend below the map, which explains its marks.",
        rich_help_panel=FIGURE,
    ),
]
ShowPeak = Annotated[
    bool,
    typer.Option(
        "--peak/--no-peak", help="Mark the cell with the highest value, or leave it unmarked."
    ),
]
Colorbar = Annotated[
    bool, typer.Option("--colorbar/--no-colorbar", help="Draw a colourbar, or leave it out.")
]
