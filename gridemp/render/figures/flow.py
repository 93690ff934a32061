"""The actions of an agent in every cell, and the basins of the attractors that they lead to."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Unpack

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from gridemp.agents.flow import EITHER, Flow
from gridemp.arguments import check_kinds
from gridemp.render.artists.basins import (
    BORDER_COLOR,
    EITHER_COLOR,
    EITHER_HATCH,
    HATCH_COLOR,
    basin_colors,
    draw_basins,
)
from gridemp.render.artists.map_key import (
    absorbing_entries,
    drawn_entries,
    filled_peak,
    object_entries,
    sign_size,
)
from gridemp.render.artists.maze_axes import absorbing_cells, cell_points, draw_values
from gridemp.render.artists.policy_arrows import draw_policy_arrows
from gridemp.render.artists.walls_and_objects import draw_peaks, marked_peaks
from gridemp.render.figures.map_scale import MapScale
from gridemp.render.layout.boxes import (
    MIN_AXES_SIDE,
    AnyFigure,
    Box,
    arrange,
    figure_inches,
    placement,
)
from gridemp.render.layout.colorbars import draw_colorbar
from gridemp.render.layout.drawing_options import MapDrawing
from gridemp.render.layout.keys import draw_key, with_key
from gridemp.render.layout.legends import LegendEntry, draw_map_legend, with_legend
from gridemp.render.layout.margins import map_box, with_title
from gridemp.render.layout.panel_rows import MIN_PANEL_HEIGHT
from gridemp.render.layout.panel_titles import draw_head, head_inches, wrapped_head
from gridemp.render.layout.text import font_points, text_inches
from gridemp.render.layout.titles import chosen_titles
from gridemp.report.captions import caption
from gridemp.report.walk_text import unless_slips

MAX_ENTRIES = 8  # basins with an entry of their own in the legend
MIN_SIDE, MAX_SIDE = 3.0, 5.0  # inches of the longer side of a panel
CELL = 0.25  # inches of a cell, in between
ROW_ASPECT = 0.5  # height over width, from which panels stand side by side


def draw_flow(
    flow: Flow,
    *,
    figure: AnyFigure | None = None,
    width: float | None = None,
    title: str | bool = True,
    panel_titles: Sequence[str] | None = None,
    colorbar: bool = True,
    **options: Unpack[MapDrawing],
) -> AnyFigure:
    """Draw the actions of an agent in every cell, and the basins of the attractors they lead to.

    Panel (a) has a ring for staying and an arrow for each direction in which the agent may go, with
    a length in proportion to its probability relative to the likeliest one. Panel (b) has a colour
    for each basin, different from those of its neighbours. The cells of an attractor have dots,
    except for one, which has the number of the attractor in printed lists. Cells from which chance
    decides between attractors are hatched.

    Parameters
    ----------
    flow : Flow
        Flow to draw.
    figure : matplotlib.figure.Figure, optional
        Empty figure to fill; by default a new one.
    width : float, optional
        Width of the new figure in inches.
    title : str or bool
        Title; if True, it gives the maze, the horizon, the noise and the policy; if False, write
        only the letters of the panels.
    panel_titles : sequence of str, optional
        A title for each of the two panels, after its letter; by default the figure makes its own.
    colorbar : bool
        If True, draw a colourbar below the map.
    **options
        Colour map, range and marks of the map under the arrows: `cmap`, `vmin`, `vmax`, `peak`,
        `grid` and `legend` as in `heatmap`.

    Returns
    -------
    matplotlib.figure.Figure
        The figure, whose panels are its `axes`.

    Raises
    ------
    GridempError
        If the panels do not fit, or if `vmin` is not below `vmax`.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.agents import Agent, flow
    >>> world = gridemp.World.from_maze(gridemp.load_maze("klyubin"))
    >>> figure = gridemp.render.draw_flow(flow(Agent(world, horizon=3), world.start_states))
    >>> figure.axes[0].get_title()
    '(a) preferred actions'
    """
    check_kinds(draw_flow, locals())
    emap, maze = flow.emap, flow.world.maze
    scale = MapScale.of([emap], **options)
    colors = basin_colors(flow)
    entries = legend_entries(flow, colors) if scale.legend else []
    boxes = (
        map_box(maze.shape, scale.range if colorbar else None, below=True),
        map_box(maze.shape),
    )
    names = ["preferred actions", f"where the agent ends up{unless_slips(flow.world)}"]
    head, names = chosen_titles(title, panel_titles, title_of(flow), names)
    texts = _Texts(
        head=head,
        titles=(f"(a) {names[0]}".strip(), f"(b) {names[1]}".strip()),
        bar=scale.label if colorbar else "",
        legend=[label for _, label in entries],
    )
    side = min(MAX_SIDE, max(MIN_SIDE, CELL * max(maze.shape)))
    marks = mark_entries(flow, scale) if scale.legend else []
    figure, (left, right), marks = _panels(boxes, texts, marks, side, width, figure)
    cells = draw_values(
        left,
        maze,
        emap.grid(),
        absorbing=absorbing_cells(emap),
        torus=flow.world.torus,
        aside=True,
        **scale.colors,
    )
    points = cell_points(left, maze.shape)
    if scale.peak:
        draw_peaks(left, emap, points)
    draw_policy_arrows(left, flow.world, emap.states, flow.action_probabilities, points)
    if colorbar:
        draw_colorbar(left, cells, texts.bar, below=True, absorbing=scale.absorbing)
    draw_basins(right, flow, colors, grid_lines=scale.grid)
    draw_map_legend(right, entries, boxes[1].bottom)
    draw_key(figure, drawn_entries(marks, [left, right]))
    return figure


def title_of(flow: Flow) -> str:
    """Return the caption of the map with the policy."""
    return caption(flow.emap, f"flow: {flow.policy}")


def legend_entries(flow: Flow, colors: list[str]) -> list[LegendEntry]:
    """Return the legend: the shares of cells in the largest basins, in the others, and in none."""
    whole, counts = len(flow.basin), flow.basin_sizes.tolist()
    entries: list[LegendEntry] = [
        (
            Patch(facecolor=colors[i], edgecolor=BORDER_COLOR, linewidth=0.6),
            f"{i + 1}: {count / whole:.0%}",
        )
        for i, count in enumerate(counts[:MAX_ENTRIES])
    ]
    if len(counts) > MAX_ENTRIES:
        blank = Patch(facecolor="none", edgecolor="none")
        entries.append((blank, f"others: {sum(counts[MAX_ENTRIES:]) / whole:.0%}"))
    if either := int((flow.basin == EITHER).sum()):
        hatched = Patch(
            facecolor=EITHER_COLOR, edgecolor=HATCH_COLOR, hatch=EITHER_HATCH, linewidth=0.6
        )
        entries.append((hatched, f"several, by chance: {either / whole:.0%}"))
    return entries


def mark_entries(flow: Flow, scale: MapScale) -> list[LegendEntry]:
    """Return the key of both panels: stays, peak and objects, and the dots of attractors."""
    stays = Line2D([], [], **_disc("white"), gid="stays")
    dot = Line2D([], [], **(_disc("black") | {"markersize": 5.0}), gid="attractor cells")
    entries: list[LegendEntry] = [(stays, "stays")]
    if scale.peak and len(marked_peaks(flow.emap)[0]):
        entries.append((filled_peak(scale.cmap), "peak"))
    entries += [*object_entries([flow.world.maze]), *absorbing_entries([flow.emap])]
    if any(len(flow.cells(i)) > 1 for i in range(len(flow.attractors))):
        entries.append((dot, "attractor"))
    return entries


def _disc(face: str) -> dict[str, Any]:
    """Return the options of a line that draws a disc with a black edge."""
    return {
        "linestyle": "none",
        "marker": "o",
        "markersize": sign_size(),
        "markerfacecolor": face,
        "markeredgecolor": "black",
        "markeredgewidth": 0.9,
    }


class _Texts(NamedTuple):
    """Texts that need room: over the figure and the panels, at the colourbar, in the legend."""

    head: str
    titles: tuple[str, str]
    bar: str
    legend: list[str]


def _panels(
    boxes: tuple[Box, Box],
    texts: _Texts,
    marks: Sequence[LegendEntry],
    side: float,
    width: float | None,
    figure: AnyFigure | None,
) -> tuple[AnyFigure, list[Axes], list[LegendEntry]]:
    """Place two axes with their titles side by side, or one below the other if that is narrow.

    The key of the marks is returned, or none if there is no room for it.
    """
    if figure is not None:
        width, _ = figure_inches(figure)
    aspect = boxes[0].aspect
    margins = [box.left + box.right for box in boxes]
    across = side * min(1.0, 1 / aspect)
    in_row = aspect >= ROW_ASPECT
    if width is not None:
        in_row = in_row and (width - sum(margins)) / 2 * aspect >= MIN_PANEL_HEIGHT
        across = (width - sum(margins)) / 2 if in_row else width - max(margins)
    (left, over_left), (right, over_right) = (
        with_title(box, text, side=side, across=max(across, MIN_AXES_SIDE))
        for box, text in zip(boxes, texts.titles, strict=True)
    )
    if texts.bar:
        beside = (text_inches(texts.bar, font_points("axes.labelsize")) - across) / 2 + 0.04
        left = left._replace(left=max(beside, left.left), right=max(beside, left.right))
    right = with_legend(right, texts.legend, across * max(1.0, aspect))
    if in_row:
        rows = [[left, right]]
    else:
        margin_left, margin_right = max(left.left, right.left), max(left.right, right.right)
        rows = [[box._replace(left=margin_left, right=margin_right)] for box in (left, right)]
    head = wrapped_head(texts.head, placement(rows, side=side, width=width).width)
    above = head_inches(head) if head else 0.0
    rows[0] = [box._replace(top=box.top + above) for box in rows[0]]
    rows, key = with_key(rows, marks, side=side, width=width, figure=figure)
    drawn, grid = arrange(rows, side=side, width=width, figure=figure)
    axes = [ax for row in grid for ax in row]
    for ax, text in zip(axes, (over_left, over_right), strict=True):
        ax.set_title(text, parse_math=False)
    draw_head(drawn, head)
    return drawn, axes, key
