"""A small channel as a bipartite graph or as a matrix, and the room that each needs."""

from collections.abc import Sequence

import matplotlib
import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PatchCollection
from matplotlib.colors import Colormap, Normalize, to_rgb
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from gridemp.analysis.cell import CellSource, SmallChannel
from gridemp.render.layout.boxes import Box, axes_inches
from gridemp.render.layout.colorbars import BAR_THICKNESS, colorbar_inches, draw_colorbar_on
from gridemp.render.layout.text import POINTS_PER_INCH, em, font_points, line_inches, text_inches

Color = tuple[float, float, float]

MAX_NODES = 30  # sequences, and outcomes, that a graph shows
SMALLEST = 6.0  # points of a text
SPACING = 1.15  # from line to line, of the size of a text
NODE = 8.0  # points: the diameter of the largest node
BAR = 0.5  # inches for the weights beside a matrix
INK = "Greys"


def graph_box(source: CellSource, channel: SmallChannel, aspect: float) -> Box:
    """The axes of `draw_graph`, with room for the names at both sides."""
    size = name_size(1e3)
    left, right = (_widest(names, size) for names in (channel.names, source.outcome_names()))
    below = line_inches(matplotlib.rcParams["axes.labelsize"]) + 0.1
    beside = (0.5 * NODE + 2) / POINTS_PER_INCH + 0.1
    return Box(aspect, left + beside, right + beside, below)


def matrix_box(source: CellSource, channel: SmallChannel, aspect: float) -> Box:
    """The axes of `draw_matrix`, with room for names, weights and a colourbar."""
    size = matplotlib.rcParams["xtick.labelsize"]
    left = _widest(channel.names, size) + _line()
    below = _names_below(source)
    if source.outcomes is None:
        below += colorbar_inches(0.0, 1.0, below=True)
    return Box(aspect, left, BAR + 0.2, below)


def _line() -> float:
    """Inches of the label of an axis."""
    return line_inches(matplotlib.rcParams["axes.labelsize"]) + 0.8 * em()


def _names_below(source: CellSource) -> float:
    """Inches of upright names and a label below a matrix."""
    size = matplotlib.rcParams["xtick.labelsize"]
    return _widest(source.outcome_names(), size) + _line()


def _widest(names: Sequence[str], size: float | str) -> float:
    """Inches of the widest of some names, which are of few characters, W the widest of them."""
    return text_inches(max(names, key=lambda name: (len(name), name.count("W"))), size)


def graph_fits(channel: SmallChannel, outcomes: int, height: float) -> bool:
    """Whether the names beside a graph of so many inches can be read."""
    most = max(len(channel.names), outcomes)
    return most <= MAX_NODES and POINTS_PER_INCH * height / most >= SMALLEST * SPACING


def name_size(spacing: float) -> float:
    """The size of names so many points apart: at most that of tick labels."""
    usual = font_points("ytick.labelsize")
    return max(SMALLEST, min(usual, spacing / SPACING))


def display_order(source: CellSource, channel: SmallChannel) -> tuple[NDArray[np.intp], ...]:
    """Sequences and outcomes from top to bottom: outcomes from north to south and west to east.

    Sequences come in the order of their likeliest outcome, then of their mean place among them.
    """
    cells = source.world.maze.cells[source.world.cell[source.ends]]
    columns = source.outcome_of_ends()
    first = np.unique(columns, return_index=True)[1]
    down = np.lexsort((cells[first, 1], cells[first, 0]))
    rows = channel.probabilities[:, down]
    mean = rows @ np.arange(len(down))
    across = np.lexsort((mean.round(9), (rows.round(9)).argmax(axis=1)))
    return across, down


def draw_graph(ax: Axes, source: CellSource, cmap: str | Colormap, limit: float) -> None:
    """Sequences at the left, outcomes at the right, an edge where one can lead to the other.

    The area of a node is in proportion to its probability, an edge as wide and as dark as it is
    likely. Outcomes have their colour on the map, whose colours go from 0 to `limit`.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Empty ones.
    source : CellSource
        Of a small channel.
    cmap : str or matplotlib.colors.Colormap
        The colours of the map.
    limit : float
        Their upper end.
    """
    graph = source.to_graph()
    if source.channel is None:
        return
    height = POINTS_PER_INCH * axes_inches(ax)[1]
    place = {}
    for side, order in enumerate(display_order(source, source.channel)):
        kind = ("sequence", "outcome")[side]
        spread = (np.arange(len(order)) + 0.5) / len(order)
        for i, down in zip(order.tolist(), spread.tolist(), strict=True):
            place[kind, i] = (float(side), 1 - down)
        size = name_size(height / len(order))
        for node in [(kind, i) for i in order.tolist()]:
            _, y = place[node]
            ax.annotate(
                graph.nodes[node]["name"],
                (side, y),
                ((2 * side - 1) * (0.5 * NODE + 2), 0),
                textcoords="offset points",
                ha="left" if side else "right",
                va="center_baseline",
                fontsize=size,
                annotation_clip=False,
                gid=f"{kind} name",
            )
    ink, grey = _inks()
    chances = np.array([graph.edges[edge]["probability"] for edge in graph.edges])
    ax.add_collection(
        LineCollection(
            [(place[a], place[b]) for a, b in graph.edges],
            linewidths=0.3 + 1.1 * chances,
            colors=[(*ink, 0.06 + 0.74 * p) for p in chances.tolist()],
            zorder=1,
            gid="edges",
        )
    )
    colors = (colormaps[cmap] if isinstance(cmap, str) else cmap)(
        Normalize(0, limit)(source.probabilities)
    )
    spacing = height / max(len(source.probabilities), len(source.channel.weights))
    for kind, weights, color in (
        ("sequence", source.channel.weights, [grey]),
        ("outcome", source.probabilities, colors),
    ):
        x, y = np.array([place[kind, i] for i in range(len(weights))]).T
        area = min(NODE, spacing) ** 2 * weights / weights.max()
        ax.scatter(
            *(x, y, area),
            c=color,
            edgecolors=[ink],
            linewidths=0.5,
            clip_on=False,
            zorder=2,
            gid=kind,
        )
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1)
    ax.set_axis_off()
    for side, text in enumerate(("action sequence", "outcome")):
        ax.text(side, -0.05 / axes_inches(ax)[1], text, ha=("left", "right")[side], va="top")


def _inks() -> tuple[Color, Color]:
    """The colour of texts, to be seen on the figure whatever the style, and one nearer to grey."""
    red, green, blue = ink = to_rgb(matplotlib.rcParams["text.color"])
    return ink, (0.35 + 0.3 * red, 0.35 + 0.3 * green, 0.35 + 0.3 * blue)


def draw_matrix(ax: Axes, source: CellSource) -> None:
    """The channel as a matrix, white for 0, with the weights of the source as bars beside it.

    Names are left out where they could not be read.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Empty ones.
    source : CellSource
        Of a small channel.
    """
    channel = source.channel
    if channel is None:
        return
    across, down = display_order(source, channel)
    rows = channel.probabilities[np.ix_(across, down)]
    image = ax.imshow(
        rows, cmap=INK, vmin=0, vmax=float(rows.max()), aspect="auto", interpolation="nearest"
    )
    outcomes, names = source.outcome_names(), channel.names
    width, height = (POINTS_PER_INCH * side for side in axes_inches(ax))
    for axis, labels, space in (
        (ax.xaxis, [outcomes[i] for i in down], width / len(outcomes)),
        (ax.yaxis, [names[i] for i in across], height / len(names)),
    ):
        readable = space >= SMALLEST * SPACING
        axis.set_ticks(range(len(labels)) if readable else [], labels=labels if readable else [])
        axis.set_tick_params(length=0, labelsize=name_size(space))
    ax.tick_params(axis="x", labelrotation=90)
    ax.set_xlabel("outcome")
    ax.set_ylabel("action sequence")
    ax.spines[:].set_linewidth(0.6)
    bars = ax.inset_axes((1 + 6 / width, 0, POINTS_PER_INCH * BAR / width, 1), gid="weights")
    lengths = enumerate(channel.weights[across].tolist())
    bars.add_collection(
        PatchCollection([Rectangle((0, i - 0.4), w, 0.8) for i, w in lengths], facecolor=_inks()[1])
    )
    bars.set_ylim(ax.get_ylim())
    bars.set_xlim(0, float(channel.weights.max()))
    bars.set_axis_off()
    bars.text(0, -4 / height, "weight", ha="left", va="top", transform=bars.transAxes)
    if source.outcomes is None:
        under = POINTS_PER_INCH * (_names_below(source) + BAR_THICKNESS)
        cax = ax.inset_axes((0, -under / height, 1, POINTS_PER_INCH * BAR_THICKNESS / height))
        draw_colorbar_on(cax, image, "p(outcome | sequence)", below=True)
