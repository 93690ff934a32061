"""Belief maps of an agent that learns the walls, and how far they are from the true map."""

from collections.abc import Sequence
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.ticker import LogFormatterSciNotation, MaxNLocator

from gridemp.agents.exploration_record import CLOSE, ExplorationRecord
from gridemp.mazes.maze import Maze
from gridemp.render.artists.difference import DifferenceScale, draw_signs
from gridemp.render.artists.maze_axes import absorbing_cells, cell_points, draw_values
from gridemp.render.artists.walls_and_objects import (
    CASING,
    EDGES_FROM_POINTS,
    WALL_COLOR,
    Segments,
    wall_width,
)
from gridemp.render.layout.legends import LegendEntry
from gridemp.render.layout.text import font_points
from gridemp.report.captions import letter
from gridemp.shown import counted
from gridemp.typing import Array

CERTAIN = 0.98  # belief above which a wall is drawn like one that is known to be there
UNSEEN = 0.02  # belief below which a wall is not drawn
TRAIL = 15  # steps
AGENT_COLOR = "#D55E00"
MIN_CURVE = 1e-6  # bits: the lowest end of the axis of the curve


def draw_belief(
    ax: Axes, record: ExplorationRecord, step: int, *, trail: int = TRAIL, **colors: Any
) -> ScalarMappable:
    """Draw the map that an agent believes in after some steps.

    Walls are as opaque as the belief in them, so that an edge about which nothing is known is half
    opaque. A dot marks the agent, and a fading line its last moves.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Axes to draw on.
    record : ExplorationRecord
        Exploration of K steps.
    step : int
        Number of steps, from 0 to K.
    trail : int
        Number of moves that the line shows.
    **colors
        Options of `draw_values`: `grid`, and `cmap`, `vmin`, `vmax` or `norm` of a mesh.

    Returns
    -------
    matplotlib.cm.ScalarMappable
        Coloured cells, for a colourbar.
    """
    belief, emap = record.belief(step), record.map(step)
    maze = belief.maze
    walls = np.where(belief.has_edge, 1 - belief.open_probabilities, 0.0)
    certain = Maze(
        floor=maze.floor,
        wall_right=walls[0, :, :-1] > CERTAIN,
        wall_below=walls[1, :-1] > CERTAIN,
        name=maze.name,
        objects=maze.objects,
    )
    cells = draw_values(
        ax,
        certain,
        emap.grid(),
        absorbing=absorbing_cells(emap),
        torus=belief.torus,
        **colors,
    )
    points = cell_points(ax, maze.shape)
    if points >= EDGES_FROM_POINTS:  # in smaller cells they would hide the colours
        _draw_uncertain_walls(ax, walls, points)
    _draw_agent(ax, record, step, trail, points)
    return cells


def belief_entries() -> list[LegendEntry]:
    """Return the legend of a belief map: its walls, and the agent."""
    walls = [Line2D([], [], color=WALL_COLOR, alpha=alpha, linewidth=1.6) for alpha in (1.0, 0.5)]
    agent = Line2D([], [], color=AGENT_COLOR, linewidth=1.4, marker="o", markersize=4.5)
    agent.set_markeredgecolor("white")
    return list(
        zip([*walls, agent], ["believed wall", "possible wall", "agent and its trail"], strict=True)
    )


def _draw_uncertain_walls(ax: Axes, walls: Array, points: float) -> None:
    """Draw the walls that are not certain, each as opaque as the belief in it."""
    segments, opacity = _uncertain_walls(walls)
    core = wall_width(points)
    for gid, color, width in (
        ("believed walls casing", "white", core + min(CASING, 0.08 * points)),
        ("believed walls", WALL_COLOR, core),
    ):
        lines = LineCollection(
            segments,
            colors=[to_rgba(color, each) for each in opacity],
            linewidths=width,
            capstyle="butt",
            zorder=2.9,
            gid=gid,
        )
        lines.set_clip_on(False)
        ax.add_collection(lines)


def _uncertain_walls(walls: Array) -> tuple[Segments, list[float]]:
    """Segments in (x, y) of the walls that are not certain, and the belief in each.

    Walls where a torus joins two sides of the maze always count as uncertain, and have a segment on
    both sides.

    Parameters
    ----------
    walls : ndarray, shape (2, H, W)
        Belief in the wall to the right of each cell, and in the wall below it.
    """
    _, height, width = walls.shape
    drawn = walls > UNSEEN
    drawn[0, :, :-1] &= walls[0, :, :-1] <= CERTAIN
    drawn[1, :-1] &= walls[1, :-1] <= CERTAIN
    segments: Segments = []
    opacity: list[float] = []
    for direction, row, col in np.argwhere(drawn).tolist():
        if direction == 0:
            y = height - 1 - row
            for edge in [col, -1] if col == width - 1 else [col]:
                segments.append(((edge + 0.5, y - 0.5), (edge + 0.5, y + 0.5)))
                opacity.append(float(walls[direction, row, col]))
        else:
            for edge in [row, -1] if row == height - 1 else [row]:
                y = height - 1.5 - edge
                segments.append(((col - 0.5, y), (col + 0.5, y)))
                opacity.append(float(walls[direction, row, col]))
    return segments, opacity


def _draw_agent(ax: Axes, record: ExplorationRecord, step: int, trail: int, points: float) -> None:
    """Draw the agent as a dot, and its last moves as a line that fades."""
    x, y = record.truth.world.maze.xy(*record.path[: step + 1].T)
    places = np.stack([x, y], axis=1).astype(float)
    moves = np.stack([places[:-1], places[1:]], axis=1)
    length = np.abs(moves[:, 1] - moves[:, 0]).sum(axis=1)
    moves, length = moves[length > 0][-trail:], length[length > 0][-trail:]
    fade = np.linspace(0.15, 1.0, len(moves))
    inside = length == 1  # not across the side of a torus
    size = float(np.clip(0.42 * points, 2.5, 9))
    for gid, color, width in (
        ("trail casing", "white", 0.34 * size + CASING),
        ("trail", AGENT_COLOR, 0.34 * size),
    ):
        ax.add_collection(
            LineCollection(
                list(moves[inside]),
                colors=[to_rgba(color, each) for each in fade[inside]],
                linewidths=width,
                capstyle="round",
                zorder=3.6,
                gid=gid,
            )
        )
    ax.plot(
        x[-1:],
        y[-1:],
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
    ax: Axes,
    record: ExplorationRecord,
    step: int,
    scale: DifferenceScale,
    *,
    grid: bool = True,
) -> ScalarMappable:
    """Draw the believed map minus the true one after some steps.

    Floor that the agent cannot reach is pale.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Axes to draw on.
    record : ExplorationRecord
        Exploration of K steps.
    step : int
        Number of steps, from 0 to K.
    scale : DifferenceScale
        Colours of the differences.
    grid : bool
        If True, draw faint lines between the cells of a small maze.

    Returns
    -------
    matplotlib.cm.ScalarMappable
        Coloured cells, for a colourbar.
    """
    world, bits = record.truth.world, record.difference(step)
    cells = draw_values(ax, world.maze, bits, torus=world.torus, grid=grid, **scale.colors)
    if scale.signs:
        draw_signs(ax, bits, cells, scale.negligible)
    return cells


def draw_difference_curve(ax: Axes, record: ExplorationRecord, moments: Sequence[int] = ()) -> Axes:
    """Draw the largest and the mean difference to the true map against steps, on a log scale.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Axes to draw on.
    record : ExplorationRecord
        Exploration of K steps.
    moments : sequence of int
        Steps that are marked by letters above the axes.

    Returns
    -------
    matplotlib.axes.Axes
    """
    ink = matplotlib.rcParams["text.color"]
    steps = np.arange(record.steps + 1)
    for name, differences, dashes in (
        ("largest", record.max_difference, "-"),
        ("mean", record.mean_difference, (0, (4, 1.5))),
    ):
        values = np.maximum(differences, MIN_CURVE / 10)
        label = f"{name} difference"
        ax.plot(steps, values, linestyle=dashes, color=ink, linewidth=1.2, label=label, gid=name)
    dots: Any = (0, (1, 1.5))
    ax.axhline(CLOSE, color=ink, linewidth=0.7, linestyle=dots, zorder=1, gid="close")
    settled = record.settled()
    if settled is not None:
        ax.axvline(
            settled,
            zorder=1,
            color=AGENT_COLOR,
            linewidth=0.9,
            label=f"within {CLOSE:g} bits\nafter {counted(settled, 'step')}",
            gid="settled",
        )
    _mark_moments(ax, moments)
    ax.set_yscale("log", nonpositive="clip")
    low = min(float(record.mean_difference.min()), CLOSE)
    high = max(float(record.max_difference.max()), 2 * CLOSE)
    ax.set_ylim(max(low, MIN_CURVE) * 0.4, high * 1.5)
    ax.yaxis.set_major_formatter(LogFormatterSciNotation())
    ax.minorticks_off()
    ax.set_xlim(-0.01 * record.steps, record.steps * 1.01)
    ax.xaxis.set_major_locator(MaxNLocator(8, steps=[1, 2, 5, 10], integer=True, min_n_ticks=1))
    ax.set_xlabel("steps")
    ax.set_ylabel("difference\n[bits]")
    ax.spines[["top", "right"]].set_visible(False)
    return ax


def _mark_moments(ax: Axes, moments: Sequence[int]) -> None:
    """Draw a faint line at each moment, with a letter above the axes."""
    ink = matplotlib.rcParams["text.color"]
    for i, step in enumerate(moments):
        ax.annotate(
            f"({letter(i)})",
            (step, 1),
            xycoords=("data", "axes fraction"),
            xytext=(0, 2),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=font_points("legend.fontsize"),
            annotation_clip=False,
            gid="moment",
        )
        ax.axvline(step, color=ink, alpha=0.25, linewidth=0.6, zorder=0.5, gid="moment")
