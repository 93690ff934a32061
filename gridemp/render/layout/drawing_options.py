"""The keyword arguments that drawing functions share, each described once.

A function that passes them on says so in its signature, `**options: Unpack[MapDrawing]`; the
defaults are those of `heatmap`.
"""

from typing import TypedDict

from matplotlib.colors import Colormap


class DrawingColors(TypedDict, total=False):
    """The colours of a map.

    Keys
    ----
    cmap : str or matplotlib.colors.Colormap, optional
        Colour map; by default that of the style, which is viridis unless the style says otherwise.
    """

    cmap: str | Colormap | None


class DrawingScale(TypedDict, total=False):
    """The range of the colours, and the mark at the peak.

    Keys
    ----
    vmin, vmax : float, optional
        Values of the first and the last colour, in bits; by default the lowest and the highest
        value of all maps of the figure, or 0 and the highest where the cells cannot be told apart.
        Absorbing cells, which no action can change, have a colour of their own in any case.
    peak : bool
        If True, mark the peak.
    """

    vmin: float | None
    vmax: float | None
    peak: bool


class DrawingCells(TypedDict, total=False):
    """Numbers in the cells of a map, and the colourbar beside it.

    Keys
    ----
    annotate : {"bits", "outcomes"}, optional
        Number to write in each cell.
    colorbar : bool
        If True, draw a colourbar.
    """

    annotate: str | None
    colorbar: bool


class DrawingMarks(TypedDict, total=False):
    """The lines between cells, and the key of the marks in them.

    Keys
    ----
    grid : bool
        If True, draw faint lines between the cells of small maps.
    legend : bool
        If True, explain the marks in a legend below the maps, unless the title does.
    """

    grid: bool
    legend: bool


class MapDrawing(DrawingColors, DrawingScale, DrawingMarks, total=False):
    """The options of every figure that shows maps: its colours, their scale and its marks.

    They are `cmap`, `vmin`, `vmax`, `peak`, `grid` and `legend`.
    """


class HeatmapDrawing(MapDrawing, DrawingCells, total=False):
    """The options of `heatmap` and `panels`: those of every map, `annotate` and `colorbar`."""


class FrameDrawing(MapDrawing, total=False):
    """The options of every film of maps: those of every map, and the size of a frame.

    Keys
    ----
    width : float, optional
        Width of a frame in inches; by default that of the figure that it shows.
    dpi : int
        Pixels per inch.
    """

    width: float | None
    dpi: int
