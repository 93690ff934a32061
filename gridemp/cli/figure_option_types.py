"""Options of figures that several commands have: their flags, placeholders and help texts."""

from typing import Annotated

import typer

from gridemp.cli.completion import complete_cmap, complete_style
from gridemp.cli.option_types import choice

Width = Annotated[
    str | None,
    choice(
        "column",
        "page",
        more="WIDTH",
        help="Width in print: a column (3.5 inches), a page (7.16 inches), or a width such as "
        "85mm, 8.5cm or 3.3in.",
    ),
]
Style = Annotated[
    str | None,
    typer.Option(
        metavar="STYLE",
        help="Style of matplotlib, by its name or its file, or of a venue such as neurips2024.",
        autocompletion=complete_style,
    ),
]
Dpi = Annotated[str, typer.Option(metavar="DOTS", help="Resolution in pixels per inch.")]
TitleText = Annotated[
    str | None,
    typer.Option(
        "--title",
        metavar="TEXT",
        help="Title of the figure.  [default: a title that says what it shows]",
    ),
]
NoTitle = Annotated[
    bool, typer.Option("--no-title", help="Leave out all titles; panels keep their letters.")
]
PanelTitles = Annotated[
    str | None,
    typer.Option(
        metavar='"A|B|..."',
        help="Titles of the panels, with | between them; the letters stay.  [default: what sets "
        "the panels apart]",
    ),
]
Cmap = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Colour map of matplotlib, such as cividis.  [default: that of the style, viridis]",
        autocompletion=complete_cmap,
    ),
]
Ink = Annotated[
    bool,
    typer.Option("--ink", help="Draw in grey, from white for the lowest value to black."),
]
Vmin = Annotated[
    str | None,
    typer.Option(metavar="BITS", help="Value of the first colour.  [default: the lowest value]"),
]
Vmax = Annotated[
    str | None,
    typer.Option(metavar="BITS", help="Value of the last colour.  [default: the highest value]"),
]
Annotate = Annotated[
    str | None,
    choice(
        "bits", "outcomes", help="Number to write in each cell: its bits or its number of outcomes."
    ),
]
ShowGrid = Annotated[
    bool, typer.Option("--grid/--no-grid", help="Draw faint lines between the cells, or none.")
]
ShowLegend = Annotated[
    bool,
    typer.Option(
        "--legend/--no-legend", help="Explain the marks in a key below the map, or leave it out."
    ),
]
ShowPeak = Annotated[
    bool, typer.Option("--peak/--no-peak", help="Mark the cell with the highest value, or do not.")
]
Colorbar = Annotated[
    bool, typer.Option("--colorbar/--no-colorbar", help="Draw a colourbar, or leave it out.")
]
