"""The heatmap of an empowerment map, on axes of yours or as a file."""

import io
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle
from matplotlib.textpath import TextPath
from matplotlib.ticker import MaxNLocator

from gridemp.maps import INVISIBLE_GAP, EmpowermentMap, rounded_up
from gridemp.render.marks import draw_objects, draw_peaks, draw_walls

COLORMAP = "viridis"
SOLID_COLOR = "0.75"
STATELESS_COLOR = "0.92"  # floor on which the agent cannot start, such as a closed door
LONG_SIDE = 5.0  # inches of the map's longer side
DPI = 200
MOST_TICKS = 12
LONGEST_NAME = 40
MOST_BAR_TICKS = 7
GRID_BELOW = 20  # cells a side up to which the faint lines between cells help
MOST_VECTOR_CELLS = 2500  # a larger map is an image, also inside a vector file
COLORBAR_INCHES = 0.16


def heatmap(emap: EmpowermentMap, *, ax: Axes | None = None) -> Axes:
    """Draw an empowerment map: colours, walls, peak and colourbar.

    Parameters
    ----------
    emap : EmpowermentMap
        What to draw, in bits.
    ax : matplotlib.axes.Axes, optional
        Where; by default on a new figure that fits the maze, at `.figure` of what is returned. The
        colourbar stands outside the axes, so give a figure of several `layout="constrained"`.

    Returns
    -------
    matplotlib.axes.Axes
        In (x, y) of cell centres, y up.
    """
    emap = emap.one_per_cell()
    maze = emap.world.maze
    height, width = maze.shape
    if ax is None:
        _, ax = _figure_and_axes(emap)
    cells = _draw_cells(ax, emap)
    cell_points = _cell_points(ax, height, width)
    draw_walls(ax, maze, emap.world.torus, cell_points)
    draw_objects(ax, maze, cell_points)
    draw_peaks(ax, emap, cell_points)
    _draw_axes(ax, height, width)
    ax.set_title(title(emap), parse_math=False)
    _draw_colorbar(ax, cells, emap, cell_points)
    return ax


def save_heatmap(emap: EmpowermentMap, path: Path) -> None:
    """Draw a map into a `.png`, `.pdf` or `.svg` file: the same map gives the same bytes.

    Drawn in matplotlib's own defaults, whatever the user's `matplotlibrc` says.
    """
    form = path.suffix.lower()[1:]
    undated: dict[str, dict[str, Any]] = {"pdf": {"CreationDate": None}, "svg": {"Date": None}}
    content = io.BytesIO()
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(
            {"pdf.fonttype": 42, "svg.fonttype": "none", "svg.hashsalt": "gridemp"}
        )
        emap = emap.one_per_cell()
        figure, ax = _figure_and_axes(emap)
        heatmap(emap, ax=ax)
        figure.savefig(content, format=form, dpi=DPI, metadata=undated.get(form))
    path.write_bytes(content.getvalue())


def title(emap: EmpowermentMap) -> str:
    """The maze, the horizon and the noise; on a second line, how far bounds are apart."""
    name = emap.world.maze.name
    short = name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
    parts = [short, f"horizon {emap.horizon}", emap.world.conditions, emap.shown]
    line = ", ".join(filter(None, parts))
    if (gap := float(emap.gap.max())) <= INVISIBLE_GAP:
        return line
    return f"{line}\nlower bounds; upper bounds are at most {rounded_up(gap)} bits above"


def _figure_and_axes(emap: EmpowermentMap) -> tuple[Figure, Axes]:
    """Axes of the map's own shape on a figure with just the room that its texts need."""
    height, width = emap.world.maze.shape
    scale = LONG_SIDE / max(height, width)
    across, up = max(width * scale, 0.1), max(height * scale, 0.1)
    wide = _is_wide(height, width)
    _, labels = _bar_ticks(emap)
    label = max(_text_inches(text, matplotlib.rcParams["ytick.labelsize"]) for text in labels)
    lines = title(emap).splitlines()
    size = matplotlib.rcParams["axes.titlesize"]
    headline = 1.05 * max(_text_inches(line, size) for line in lines)
    beside = (headline - across) / 2 + 0.05
    left = max(0.48 + 0.09 * len(str(height - 1)), beside)
    right = max(0.1 + label / 2 if wide else 0.72 + label, beside)
    bottom, top = 1.2 if wide else 0.55, 0.2 + 0.2 * len(lines)
    total_across, total_up = left + across + right, bottom + up + top
    figure = Figure(figsize=(total_across, total_up))
    box = (left / total_across, bottom / total_up, across / total_across, up / total_up)
    return figure, figure.add_axes(box)


def _text_inches(text: str, size: float | str) -> float:
    """How wide a text is in a font size, of points or by name."""
    font = FontProperties(size=size)
    path = TextPath((0, 0), text.replace("$", "S"), size=font.get_size_in_points(), prop=font)
    return float(path.get_extents().width) / 72


def _is_wide(height: int, width: int) -> bool:
    """Whether the colourbar goes below, as it would be too short for its label beside the map."""
    return width > 2 * height


def _cell_points(ax: Axes, height: int, width: int) -> float:
    """The side of a cell in points, when the map fills the axes."""
    box = ax.get_window_extent()
    return 72 / ax.figure.dpi * min(box.width / width, box.height / height)


def _draw_cells(ax: Axes, emap: EmpowermentMap) -> ScalarMappable:
    """One coloured square per floor cell; solid cells show the background."""
    height, width = emap.world.maze.shape
    grid = np.ma.masked_invalid(emap.grid())
    low, high = _color_range(emap)
    colors: dict[str, Any] = {"cmap": COLORMAP, "vmin": low, "vmax": high}
    left, right, bottom, top = extent = (-0.5, width - 0.5, -0.5, height - 0.5)
    ax.set_facecolor(SOLID_COLOR)
    for row, col in np.argwhere(emap.world.maze.floor & grid.mask).tolist():
        corner = (col - 0.5, top - row - 1)
        ax.add_patch(Rectangle(corner, 1, 1, color=STATELESS_COLOR, linewidth=0))
    if grid.size > MOST_VECTOR_CELLS:
        return ax.imshow(grid, extent=extent, interpolation="nearest", **colors)
    x, y = np.linspace(left, right, width + 1), np.linspace(top, bottom, height + 1)
    ax.set_aspect("equal")
    # Edges in the colour of the cell close the hairlines that viewers show between vector cells.
    return ax.pcolormesh(x, y, grid, edgecolors="face", linewidth=0.2, **colors)


def _color_range(emap: EmpowermentMap) -> tuple[float, float]:
    """Lowest and highest value; from 0 if small gaps alone cannot tell the cells apart."""
    low, high = float(emap.bits.min()), float(emap.bits.max())
    if low + min(emap.gap.max(), INVISIBLE_GAP) + 1e-9 >= high:
        low, high = 0.0, high if high > 1e-9 else 1.0
    return low, high


def _draw_colorbar(
    ax: Axes, cells: ScalarMappable, emap: EmpowermentMap, cell_points: float
) -> None:
    """A bar of fixed thickness along the whole of the map, however the axes are shaped."""
    height, width = emap.world.maze.shape
    if wide := _is_wide(height, width):
        inch = 72 / (cell_points * height)
        bounds = (0.0, -0.7 * inch, 1.0, COLORBAR_INCHES * inch)
    else:
        inch = 72 / (cell_points * width)
        bounds = (1 + 0.12 * inch, 0.0, COLORBAR_INCHES * inch, 1.0)
    bar = ax.figure.colorbar(
        cells, cax=ax.inset_axes(bounds), orientation="horizontal" if wide else "vertical"
    )
    ticks, labels = _bar_ticks(emap)
    bar.set_ticks(ticks, labels=labels)
    bound = emap.gap.max() > INVISIBLE_GAP
    bar.set_label("empowerment, lower bound [bits]" if bound else "empowerment [bits]")
    bar.outline.set_visible(False)


def _bar_ticks(emap: EmpowermentMap) -> tuple[list[float], list[str]]:
    """Round values over the colour range, all with as many decimals as they need."""
    low, high = _color_range(emap)
    values = MaxNLocator(MOST_BAR_TICKS, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    slack = 1e-9 * (high - low)
    ticks = [float(v) for v in values if low - slack <= v <= high + slack]
    needed = (d for d in range(16) if all(abs(round(t, d) - t) <= slack for t in ticks))
    decimals = next(needed, 16)
    return ticks, [f"{tick:.{decimals}f}" for tick in ticks]


def _draw_axes(ax: Axes, height: int, width: int) -> None:
    ax.set_xlabel("x")
    ax.set_ylabel("y")
    step = _tick_step(max(height, width))
    ax.set_xticks(range(0, width, step))
    ax.set_yticks(range(0, height, step))
    ax.tick_params(length=0 if step == 1 else 3)
    ax.spines[:].set_visible(False)
    if max(height, width) <= GRID_BELOW:
        lines = [((c - 0.5, -0.5), (c - 0.5, height - 0.5)) for c in range(1, width)]
        lines += [((-0.5, r - 0.5), (width - 0.5, r - 0.5)) for r in range(1, height)]
        ax.add_collection(LineCollection(lines, colors="white", linewidths=0.4, alpha=0.35))


def _tick_step(cells: int) -> int:
    """The smallest of 1, 2, 5, 10, 20, ... that needs at most MOST_TICKS ticks."""
    steps = (int(base * 10**power) for power in range(9) for base in (1, 2, 5))
    return next(step for step in steps if step * MOST_TICKS >= cells)
