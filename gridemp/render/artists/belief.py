"""What an agent that learns the walls believes, and what is still wrong with it, on axes."""

from collections.abc import Sequence
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import LineCollection
from matplotlib.colors import Colormap, to_rgba
from matplotlib.ticker import LogFormatterSciNotation, MaxNLocator

from gridemp.agents.exploration_record import CLOSE, Learning
from gridemp.mazes.maze import Maze
from gridemp.render.artists.difference import DIVERGING, MINUS_FROM_POINTS
from gridemp.render.artists.maze_axes import cell_points, draw_values
from gridemp.render.artists.numbers import readable_on
from gridemp.render.artists.walls_and_objects import CASING, EDGES_FROM_POINTS, WALL_COLOR
from gridemp.render.layout.text import font_points
from gridemp.report.captions import letter
from gridemp.typing import Array

SURE = 0.98  # a wall that is believed so much is drawn like one that is there
UNSEEN = 0.02  # and one that is believed less is not drawn
TRAIL = 15  # steps
AGENT_COLOR = "#D55E00"
LOWEST = 1e-6  # bits, below which the curve does not go


def draw_belief(
    ax: Axes, learning: Learning, step: int, *, trail: int = TRAIL, **colors: Any
) -> ScalarMappable:
    """Draw the map that an agent believes in after so many steps.

    Walls are as opaque as the belief in them, so that an edge of which nothing is known is half a
    wall. The dot is the agent, the line where it has just been.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where.
    learning : Learning
        Of K steps.
    step : int
        From 0 to K.
    trail : int
        How many moves of the way there to draw.
    **colors
        What a matplotlib mesh takes: `cmap`, `vmin`, `vmax`, `norm`.

    Returns
    -------
    matplotlib.cm.ScalarMappable
        For a colourbar.
    """
    belief, emap = learning.belief(step), learning.map(step)
    maze = belief.maze
    walls = np.where(belief.there, 1 - belief.chances, 0.0)
    sure = Maze(maze.floor, walls[0, :, :-1] > SURE, walls[1, :-1] > SURE, maze.name, maze.objects)
    cells = draw_values(ax, sure, emap.grid(), torus=belief.torus, **colors)
    points = cell_points(ax, maze.shape)
    if points >= EDGES_FROM_POINTS:  # in smaller cells they would hide the colours
        _draw_doubtful(ax, walls, points)
    _draw_agent(ax, learning, step, trail, points)
    return cells


def _draw_doubtful(ax: Axes, walls: Array, points: float) -> None:
    """Walls that are not sure, and all where a torus joins the sides, at both of them."""
    _, height, width = walls.shape
    drawn = walls > UNSEEN
    drawn[0, :, :-1] &= walls[0, :, :-1] <= SURE
    drawn[1, :-1] &= walls[1, :-1] <= SURE
    segments, opacity = [], []
    for way, row, col in np.argwhere(drawn).tolist():
        ends = [col, -1] if way == 0 and col == width - 1 else [col if way == 0 else row]
        if way == 1 and row == height - 1:
            ends = [row, -1]
        for end in ends:
            if way == 0:
                x, y = end + 0.5, height - 1 - row
                segments.append(((x, y - 0.5), (x, y + 0.5)))
            else:
                x, y = col, height - 1.5 - end
                segments.append(((x - 0.5, y), (x + 0.5, y)))
            opacity.append(float(walls[way, row, col]))
    core = float(np.clip(0.06 * points, min(0.4, 0.2 * points), 2.2))
    for gid, color, wide in (
        ("believed walls casing", "white", core + min(CASING, 0.08 * points)),
        ("believed walls", WALL_COLOR, core),
    ):
        colors = [to_rgba(color, each) for each in opacity]
        lines = LineCollection(
            segments, colors=colors, linewidths=wide, capstyle="butt", zorder=2.9, gid=gid
        )
        lines.set_clip_on(False)
        ax.add_collection(lines)


def _draw_agent(ax: Axes, learning: Learning, step: int, trail: int, points: float) -> None:
    """A dot, and the way there as a line that fades."""
    x, y = learning.truth.world.maze.xy(*learning.path[: step + 1].T)
    places = np.stack([x, y], axis=1).astype(float)
    pairs = np.stack([places[:-1], places[1:]], axis=1)
    length = np.abs(pairs[:, 1] - pairs[:, 0]).sum(axis=1)
    pairs, length = pairs[length > 0][-trail:], length[length > 0][-trail:]
    fade = np.linspace(0.15, 1.0, len(pairs))
    inside = length == 1  # not over the side of a torus
    size = float(np.clip(0.42 * points, 2.5, 9))
    for gid, color, wide in (
        ("trail casing", "white", 0.34 * size + CASING),
        ("trail", AGENT_COLOR, 0.34 * size),
    ):
        colors = [to_rgba(color, each) for each in fade[inside]]
        ax.add_collection(
            LineCollection(
                list(pairs[inside]),
                colors=colors,
                linewidths=wide,
                capstyle="round",
                zorder=3.6,
                gid=gid,
            )
        )
    ax.plot(
        *(x[-1:], y[-1:]),
        linestyle="none",
        marker="o",
        markersize=size,
        color=AGENT_COLOR,
        markeredgecolor="white",
        markeredgewidth=max(0.5, 0.12 * size),
        zorder=4.5,
        gid="agent",
    )


def draw_belief_difference(
    ax: Axes, learning: Learning, step: int, extent: float, cmap: str | Colormap = DIVERGING
) -> ScalarMappable:
    """Draw the believed map less the true one after so many steps, from -extent to extent bits.

    Cells that are believed to have less, by more than counts as close, have a minus in them. Floor
    that the agent cannot get to is pale.
    """
    world, off = learning.truth.world, learning.difference(step)
    cells = draw_values(
        ax, world.maze, off, torus=world.torus, cmap=cmap, vmin=-extent, vmax=extent
    )
    points = cell_points(ax, world.maze.shape)
    rows, cols = np.nonzero(np.nan_to_num(off) < -CLOSE)
    if points < MINUS_FROM_POINTS or not len(rows):
        return cells
    colors = np.array(readable_on(cells.to_rgba(off[rows, cols])))
    for color in np.unique(colors):
        chosen = colors == color
        ax.plot(
            *world.maze.xy(rows[chosen], cols[chosen]),
            linestyle="none",
            marker="_",
            markersize=0.3 * points,
            markeredgewidth=float(np.clip(0.05 * points, 0.5, 1.2)),
            color=str(color),
            gid="less",
        )
    return cells


def draw_difference_curve(ax: Axes, learning: Learning, moments: Sequence[int] = ()) -> Axes:
    """Draw the largest and the mean difference to the true map against steps, on a log scale.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where.
    learning : Learning
        Of K steps.
    moments : sequence of int
        Marked by letters above the axes.
    """
    ink = matplotlib.rcParams["text.color"]
    size = font_points("legend.fontsize")
    when = np.arange(learning.steps + 1)
    for name, dashes in (("largest", "-"), ("mean", (0, (4, 1.5)))):
        values = np.maximum(getattr(learning, name), LOWEST / 10)
        label = f"{name} difference"
        ax.plot(when, values, linestyle=dashes, color=ink, linewidth=1.2, label=label, gid=name)
    dots: Any = (0, (1, 1.5))
    ax.axhline(CLOSE, color=ink, linewidth=0.7, linestyle=dots, zorder=1, gid="close")
    settled = learning.settled()
    if settled is not None:
        label = f"within {CLOSE:g} bits\nafter {settled} step{'s' * (settled != 1)}"
        look: dict[str, Any] = {
            "color": AGENT_COLOR,
            "linewidth": 0.9,
            "label": label,
            "gid": "settled",
        }
        ax.axvline(settled, zorder=1, **look)
    for i, step in enumerate(moments):
        ax.annotate(
            f"({letter(i)})",
            (step, 1),
            xycoords=("data", "axes fraction"),
            xytext=(0, 2),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=size,
            annotation_clip=False,
            gid="moment",
        )
        ax.axvline(step, color=ink, alpha=0.25, linewidth=0.6, zorder=0.5, gid="moment")
    ax.set_yscale("log", nonpositive="clip")
    low = min(float(learning.mean.min()), CLOSE)
    high = max(float(learning.largest.max()), 2 * CLOSE)
    ax.set_ylim(max(low, LOWEST) * 0.4, high * 1.5)
    ax.yaxis.set_major_formatter(LogFormatterSciNotation())
    ax.minorticks_off()
    ax.set_xlim(-0.01 * learning.steps, learning.steps * 1.01)
    ax.xaxis.set_major_locator(MaxNLocator(8, steps=[1, 2, 5, 10], integer=True, min_n_ticks=1))
    ax.set_xlabel("steps")
    ax.set_ylabel("difference\n[bits]")
    ax.spines[["top", "right"]].set_visible(False)
    return ax
