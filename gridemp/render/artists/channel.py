"""A small channel as a bipartite graph or as a matrix, and the boxes that they need."""

import math
from collections.abc import Sequence
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PatchCollection
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from gridemp.analysis.cell import CellSource
from gridemp.analysis.small_channel import SmallChannel
from gridemp.render.layout.boxes import Box, axes_inches
from gridemp.render.layout.colorbars import BAR_THICKNESS, colorbar_inches, draw_colorbar_on
from gridemp.render.layout.text import (
    MIN_FONT_SIZE,
    POINTS_PER_INCH,
    em,
    font_points,
    line_inches,
    text_inches,
)
from gridemp.shown import counted
from gridemp.typing import Indices

Color = tuple[float, float, float]

MAX_NODES = 30  # on either side of a graph
SPACING = 1.15  # of the font size: the distance of names in a column
NODE = 8.0  # points: the diameter of the largest node
BAR = 0.5  # inches: the width of the weights beside a matrix
MATRIX_COLORS = "Greys"
# Without and with noise:
GRAPH_KEYS = "larger dot: more likely", "larger dot, darker line: more likely"
MATRIX_KEY = "black: outcome of the sequence"


def graph_box(
    source: CellSource, channel: SmallChannel, aspect: float, width: float = math.inf
) -> Box:
    """Box of `draw_graph`, with room for the names, and for the words below axes of `width`."""
    size = name_size(1e3)
    left, right = (_widest_inches(names, size) for names in (channel.names, source.outcome_names()))
    sizes = matplotlib.rcParams["axes.labelsize"], matplotlib.rcParams["legend.fontsize"]
    below = sum(map(line_inches, sizes)) + 0.1
    beside = (0.5 * NODE + 2) / POINTS_PER_INCH + 0.1
    over = (_words_inches(source, channel) - width) / 2 + 0.1
    return Box(aspect, max(left + beside, over), max(right + beside, over), below)


def _words_inches(source: CellSource, channel: SmallChannel) -> float:
    """Width in inches that the words below a graph need."""
    size = font_points("axes.labelsize")
    left, right = (text_inches(text, size) for text in sides_of(source, channel))
    key = text_inches(GRAPH_KEYS[source.outcomes is None], font_points("legend.fontsize"))
    return max(left + em() + right, key)


def matrix_box(source: CellSource, channel: SmallChannel, aspect: float) -> Box:
    """Box of `draw_matrix`, with room for names, weights and a colourbar."""
    size = matplotlib.rcParams["xtick.labelsize"]
    left = _widest_inches(channel.names, size) + _axis_label_inches()
    below = _names_below_inches(source)
    if source.outcomes is not None:
        below += line_inches(matplotlib.rcParams["axes.labelsize"])
    else:
        below += colorbar_inches(0.0, 1.0, below=True)
    return Box(aspect, left, BAR + 0.2, below)


def _axis_label_inches() -> float:
    """Height of the label of an axis, in inches."""
    return line_inches(matplotlib.rcParams["axes.labelsize"]) + 0.8 * em()


def _names_below_inches(source: CellSource) -> float:
    """Height of the upright names and the label below a matrix, in inches."""
    size = matplotlib.rcParams["xtick.labelsize"]
    return _widest_inches(source.outcome_names(), size) + _axis_label_inches()


def _widest_inches(names: Sequence[str], size: float | str) -> float:
    """Width in inches of the widest of some names, of which W is the widest character."""
    return text_inches(max(names, key=lambda name: (len(name), name.count("W"))), size)


def graph_fits(channel: SmallChannel, outcomes: int, height: float) -> bool:
    """True if the names beside a graph of `height` inches can be read."""
    most = max(len(channel.names), outcomes)
    return most <= MAX_NODES and POINTS_PER_INCH * height / most >= MIN_FONT_SIZE * SPACING


def name_size(spacing: float) -> float:
    """Font size of names that are `spacing` points apart, at most that of tick labels."""
    return max(MIN_FONT_SIZE, min(font_points("ytick.labelsize"), spacing / SPACING))


def display_order(source: CellSource, channel: SmallChannel) -> tuple[Indices, Indices]:
    """Return the indices of action sequences and of outcomes in the order of their display.

    Outcomes are ordered from north to south, then from west to east; sequences by their likeliest
    outcome, then by the mean place of their outcomes.
    """
    cells = source.world.maze.cells[source.world.cell[source.ends]]
    first = np.unique(source.outcome_of_ends(), return_index=True)[1]
    outcomes = np.lexsort((cells[first, 1], cells[first, 0]))
    rows = channel.probabilities[:, outcomes]
    mean = rows @ np.arange(len(outcomes))
    sequences = np.lexsort((mean.round(9), rows.round(9).argmax(axis=1)))
    return sequences, outcomes


def draw_graph(ax: Axes, source: CellSource, channel: SmallChannel, colors: NDArray[Any]) -> None:
    """Draw a channel as a graph: action sequences on the left, outcomes on the right.

    An edge leads from a sequence to each outcome that it can have; the likelier the outcome, the
    wider and darker the edge. The area of a node is in proportion to its probability. Outcomes have
    the colours that they have on the map.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Empty axes.
    source : CellSource
        Source of a cell.
    channel : SmallChannel
        Channel of the cell.
    colors : ndarray, shape (Y, 4)
        Colour of each outcome on the map.
    """
    graph = source.to_graph()
    height = POINTS_PER_INCH * axes_inches(ax)[1]
    place: dict[tuple[str, int], tuple[float, float]] = {}
    orders = display_order(source, channel)
    for side, (kind, order) in enumerate(zip(("sequence", "outcome"), orders, strict=True)):
        down = (np.arange(len(order)) + 0.5) / len(order)
        size = name_size(height / len(order))
        for i, y in zip(order.tolist(), (1 - down).tolist(), strict=True):
            node = kind, i
            place[node] = float(side), y
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
    ink, grey = _text_color(), _bar_color()
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
    spacing = height / max(len(source.probabilities), len(channel.weights))
    for kind, weights, color in (
        ("sequence", channel.weights, [grey]),
        ("outcome", source.probabilities, colors),
    ):
        x, y = np.array([place[kind, i] for i in range(len(weights))]).T
        area = min(NODE, spacing) ** 2 * weights / weights.max()
        ax.scatter(
            x,
            y,
            area,
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
    below = -0.05 / axes_inches(ax)[1]
    over = max(0.0, _words_inches(source, channel) / axes_inches(ax)[0] - 1) / 2
    size = font_points("axes.labelsize")
    for side, text in enumerate(sides_of(source, channel)):
        x = side + (2 * side - 1) * over
        ax.text(x, below, text, ha=("left", "right")[side], va="top", fontsize=size, gid="number")
    ax.text(
        0.5,
        below - line_inches(matplotlib.rcParams["axes.labelsize"]) / axes_inches(ax)[1],
        GRAPH_KEYS[source.outcomes is None],
        ha="center",
        va="top",
        fontsize=font_points("legend.fontsize"),
        gid="key",
    )


def sides_of(source: CellSource, channel: SmallChannel) -> tuple[str, str]:
    """Return the numbers of action sequences and of outcomes, in words."""
    counts = len(channel.names), len(source.readings)
    nouns = "action sequence", "outcome"
    left, right = (counted(count, noun) for count, noun in zip(counts, nouns, strict=True))
    return left, right


def _text_color() -> Color:
    """Colour of texts, which stands out on the background of any style."""
    return to_rgb(matplotlib.rcParams["text.color"])


def _bar_color() -> Color:
    """Colour between that of texts and grey."""
    red, green, blue = _text_color()
    return 0.35 + 0.3 * red, 0.35 + 0.3 * green, 0.35 + 0.3 * blue


def draw_matrix(ax: Axes, source: CellSource, channel: SmallChannel) -> None:
    """Draw a channel as a matrix, white for 0, with the weights of sequences as bars beside it.

    Names are left out where they could not be read.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Empty axes.
    source : CellSource
        Source of a cell.
    channel : SmallChannel
        Channel of the cell.
    """
    sequences, outcomes = display_order(source, channel)
    rows = channel.probabilities[np.ix_(sequences, outcomes)]
    image = ax.imshow(
        rows,
        cmap=MATRIX_COLORS,
        vmin=0,
        vmax=float(rows.max()),
        aspect="auto",
        interpolation="nearest",
    )
    outcome_names = source.outcome_names()
    width, height = (POINTS_PER_INCH * side for side in axes_inches(ax))
    for axis, labels, space in (
        (ax.xaxis, [outcome_names[i] for i in outcomes], width / len(outcomes)),
        (ax.yaxis, [channel.names[i] for i in sequences], height / len(sequences)),
    ):
        readable = space >= MIN_FONT_SIZE * SPACING
        axis.set_ticks(range(len(labels)) if readable else [], labels=labels if readable else [])
        axis.set_tick_params(length=0, labelsize=name_size(space))
    ax.tick_params(axis="x", labelrotation=90)
    left, below = sides_of(source, channel)
    ax.set_xlabel(below if source.outcomes is None else f"{below}\n{MATRIX_KEY}")
    ax.set_ylabel(left)
    ax.spines[:].set_linewidth(0.6)
    bars = ax.inset_axes((1 + 6 / width, 0, POINTS_PER_INCH * BAR / width, 1), gid="weights")
    weights = enumerate(channel.weights[sequences].tolist())
    rectangles = [Rectangle((0, i - 0.4), weight, 0.8) for i, weight in weights]
    bars.add_collection(PatchCollection(rectangles, facecolor=_bar_color()))
    bars.set_ylim(ax.get_ylim())
    bars.set_xlim(0, float(channel.weights.max()))
    bars.set_axis_off()
    bars.text(0, -4 / height, "weight", ha="left", va="top", transform=bars.transAxes)
    if source.outcomes is None:
        under = POINTS_PER_INCH * (_names_below_inches(source) + BAR_THICKNESS)
        cax = ax.inset_axes((0, -under / height, 1, POINTS_PER_INCH * BAR_THICKNESS / height))
        draw_colorbar_on(cax, image, "p(outcome | sequence)", below=True)
