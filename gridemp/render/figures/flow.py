"""Where every cell flows to: what an agent does in each, and the basins of where it ends."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.colors import Colormap
from matplotlib.patches import Patch

from gridemp.agents.basins import EITHER, Flow
from gridemp.render.artists.basins import (
    BORDER_COLOR,
    EITHER_COLOR,
    EITHER_HATCH,
    HATCH_COLOR,
    colors_of,
    draw_basins,
)
from gridemp.render.artists.maze_axes import cell_points, draw_values
from gridemp.render.artists.policy_arrows import draw_field
from gridemp.render.artists.walls_and_objects import draw_peaks
from gridemp.render.figures.heatmap import color_range
from gridemp.render.layout.boxes import (
    NARROWEST,
    AnyFigure,
    Box,
    arrange,
    font_points,
    line_inches,
    size_inches,
    text_inches,
)
from gridemp.render.layout.colorbars import draw_colorbar
from gridemp.render.layout.legends import Key, draw_key, with_key
from gridemp.render.layout.margins import map_box, with_title, wrapped
from gridemp.report.captions import bar_label, caption
from gridemp.report.walk_text import unless_slips

MAX_IN_KEY = 8
SHORTEST_SIDE, LONGEST_SIDE, CELL = 3.0, 5.0, 0.25  # inches
LEAST = 1.2  # inches of height that a row must leave its panels
BETWEEN = 0.08


def draw_flow(
    flow: Flow,
    *,
    figure: AnyFigure | None = None,
    width: float | None = None,
    cmap: str | Colormap | None = None,
    vmin: float | None = None,
    vmax: float | None = None,
    peak: bool = True,
    title: str | bool = True,
    colorbar: bool = True,
) -> AnyFigure:
    """Draw what an agent does in every cell, and beside it the basins of where that leads.

    (a) An arrow for each way that it may go, as long as that is likely compared to the likeliest, a
    ring for staying. (b) A colour for each basin; neighbours differ. The cells of an attractor have
    dots, one of them the number by which it is printed. Cells from which chance decides are
    hatched.

    Parameters
    ----------
    flow : Flow
        What to draw.
    figure : matplotlib.figure.Figure, optional
        To fill, instead of a new one.
    width : float, optional
        Of the new figure, in inches.
    cmap, vmin, vmax, peak, colorbar
        Of the map under the arrows: see `heatmap`.
    title : str or bool
        What to write above; True for the maze, the horizon, the noise and the policy.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    GridempError
        If the panels do not fit, or the range of the colours is none.
    """
    emap, maze = flow.emap, flow.world.maze
    low, high = color_range([emap], vmin, vmax)
    head = title_of(flow) if title is True else title or ""
    bar = bar_label([emap]) if colorbar else ""
    colors = colors_of(flow)
    key = key_of(flow, colors)
    side = min(LONGEST_SIDE, max(SHORTEST_SIDE, CELL * max(maze.shape)))
    boxes = [
        map_box(maze.shape, (low, high) if colorbar else None, below=True),
        map_box(maze.shape),
    ]
    under, where = boxes[1].bottom, f"where it ends{unless_slips(flow.world)}"
    figure, (left, right) = _panels(boxes, key, (head, bar, where), side, width, figure)
    looks: dict[str, Any] = {"cmap": cmap, "vmin": low, "vmax": high}
    cells = draw_values(left, maze, emap.grid(), torus=flow.world.torus, aside=True, **looks)
    points = cell_points(left, maze.shape)
    if peak:
        draw_peaks(left, emap, points)
    draw_field(left, flow.world, emap.states, flow.chances, points)
    if colorbar:
        draw_colorbar(left, cells, bar, below=True)
    draw_basins(right, flow, colors)
    draw_key(right, key, under)
    return figure


def title_of(flow: Flow) -> str:
    """What map and policy these are."""
    first, newline, more = caption(flow.emap).partition("\n")
    return f"{first}, flow: {flow.policy}{newline}{more}"


def key_of(flow: Flow, colors: list[str]) -> list[Key]:
    """How many of the cells the largest basins hold, and those that chance decides."""
    whole, counts = len(flow.basin), flow.counts.tolist()
    key: list[Key] = [
        (
            Patch(facecolor=colors[i], edgecolor=BORDER_COLOR, linewidth=0.6),
            f"{i + 1}: {n / whole:.0%}",
        )
        for i, n in enumerate(counts[:MAX_IN_KEY])
    ]
    blank = Patch(facecolor="none", edgecolor="none")
    if len(counts) > MAX_IN_KEY:
        key.append((blank, f"others: {sum(counts[MAX_IN_KEY:]) / whole:.0%}"))
    if either := int((flow.basin == EITHER).sum()):
        hatched = Patch(
            facecolor=EITHER_COLOR, edgecolor=HATCH_COLOR, hatch=EITHER_HATCH, linewidth=0.6
        )
        key.append((hatched, f"by chance: {either / whole:.0%}"))
    return key


def _panels(
    boxes: list[Box],
    key: list[Key],
    texts: tuple[str, str, str],
    side: float,
    width: float | None,
    figure: AnyFigure | None,
) -> tuple[AnyFigure, list[Axes]]:
    """Two axes with their titles, side by side, or one below the other where that is narrow.

    `texts` are what stands above both, at the colourbar and above the second.
    """
    if figure is not None:
        width, _ = size_inches(figure)
    head, bar, where = texts
    titles = ["(a) what it does", f"(b) {where}"]
    labels = [label for _, label in key]
    aspect, size = boxes[0].aspect, font_points("axes.titlesize")
    margins = [box.left + box.right for box in boxes]
    across = side * min(1.0, 1 / aspect)
    in_row = aspect >= 0.5
    if width is not None:
        in_row = in_row and (width - sum(margins)) / 2 * aspect >= LEAST
        across = (width - sum(margins)) / 2 if in_row else width - max(margins)
    roomy = [
        with_title(box, text, side=side, across=max(across, NARROWEST))[0]
        for box, text in zip(boxes, titles, strict=True)
    ]
    if bar:
        beside = (text_inches(bar, font_points("axes.labelsize")) - across) / 2 + 0.04
        left, right = max(beside, roomy[0].left), max(beside, roomy[0].right)
        roomy[0] = roomy[0]._replace(left=left, right=right)
    roomy[1] = with_key(roomy[1], labels, across * max(1.0, aspect))
    if not in_row:
        left, right = (max(getattr(box, at) for box in roomy) for at in ("left", "right"))
        roomy = [box._replace(left=left, right=right) for box in roomy]
    rows = [roomy] if in_row else [[box] for box in roomy]
    tried, _ = arrange(rows, side=side, width=width)
    head = wrapped(head, size_inches(tried)[0] - 2 * BETWEEN, size)
    above = len(head.splitlines()) * line_inches(size) + BETWEEN if head else 0.0
    rows[0] = [box._replace(top=box.top + above) for box in rows[0]]
    drawn, grid = arrange(rows, side=side, width=width, figure=figure)
    axes = [ax for row in grid for ax in row]
    for ax, text in zip(axes, titles, strict=True):
        ax.set_title(text, parse_math=False)
    if head:
        top = 1 - BETWEEN / size_inches(drawn)[1]
        drawn.text(0.5, top, head, ha="center", va="top", fontsize=size, parse_math=False)
    return drawn, axes
