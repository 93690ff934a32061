"""The trails of a repertoire of action sequences through their maze."""

from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.patheffects import withStroke

from gridemp.analysis.cell_repertoire import Repertoire
from gridemp.arguments import check_kinds
from gridemp.render.artists.maze_axes import cell_points, draw_maze
from gridemp.render.artists.routes import Leg, lane_offsets, trail_path
from gridemp.render.artists.trail import INK, PAPER, trail_width
from gridemp.render.figures.horizon_curve import COLORS
from gridemp.render.layout.boxes import arrange
from gridemp.render.layout.margins import long_side, map_box, with_title
from gridemp.render.layout.titles import figure_title
from gridemp.report.captions import world_caption
from gridemp.shown import counted
from gridemp.typing import Indices
from gridemp.worlds.transitions import check_indices
from gridemp.worlds.world import World


def draw_repertoire(
    world: World,
    repertoire: Repertoire,
    *,
    ax: Axes | None = None,
    width: float | None = None,
    title: str | bool = True,
) -> Axes:
    """Draw the trails of a repertoire of action sequences, from its start to their ends.

    Each trail goes where the actions lead if each has its likeliest effect, and a dot is at its
    end. Steps that are taken back at once are left out. Trails that pass the same edge lie side by
    side. The white mark is the start.

    Parameters
    ----------
    world : World
        World of the repertoire.
    repertoire : Repertoire
        Sequences to draw.
    ax : matplotlib.axes.Axes, optional
        Axes to draw on; by default those of a new figure that fits the maze.
    width : float, optional
        Width of the new figure in inches; by default as in `draw_maze`.
    title : str or bool
        Title; if True, it gives the maze, the conditions, and the number of sequences, their
        length, their start and their bits.

    Returns
    -------
    matplotlib.axes.Axes
        Axes in (x, y) of cell centres, y up.

    Raises
    ------
    GridempError
        If the repertoire leads to states that the world does not have, or the figure does not fit.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.analysis import cell_repertoire
    >>> world = gridemp.World.from_maze(gridemp.load_maze("klyubin"))
    >>> ax = gridemp.render.draw_repertoire(world, cell_repertoire(world, 5, 5, 30, repertoire=4))
    >>> print(ax.get_title())
    klyubin, 5 actions, no noise
    4 sequences of 30 steps from (5, 5), 2.000 bits
    """
    check_kinds(draw_repertoire, locals())
    check_indices("the repertoire of this world", repertoire.paths, len(world.cell), "its states")
    maze = world.maze
    x, y = maze.xy(*maze.cells[world.cell[repertoire.paths]].reshape(-1, 2).T)
    places = np.stack([x, y], axis=1).reshape(*repertoire.paths.shape, 2)
    text = figure_title(title, _caption(world, repertoire, places))
    if ax is None:
        side = long_side(maze.shape)
        box, text = with_title(map_box(maze.shape), text, side=side, width=width)
        _, ((ax,),) = arrange([[box]], side=side, width=width)
    draw_maze(maze, ax=ax, torus=world.torus)
    ax.set_title(text, parse_math=False)
    points = cell_points(ax, maze.shape)
    line = trail_width(points)
    trails = [path_legs(world, path) for path in places]
    every = [leg for legs in trails for leg in legs]
    aside = lane_offsets(every, maze.shape, (line + 1.0) / points)
    size = float(np.clip(0.42 * points, 4.5, 13.0))
    mark: dict[str, Any] = {"linestyle": "none", "marker": "o", "clip_on": False}
    done = 0
    for i, legs in enumerate(trails):
        color = COLORS[i % len(COLORS)]
        if legs:
            trail = PathPatch(
                trail_path(legs, aside[done : done + len(legs)], maze.shape),
                fill=False,
                edgecolor=color,
                linewidth=line,
                path_effects=[withStroke(linewidth=line + 0.8, foreground=PAPER)],
                capstyle="round",
                joinstyle="round",
                zorder=5,
                gid="trail",
            )
            ax.add_patch(trail)
        done += len(legs)
        end = {"color": color, "markeredgecolor": PAPER, "markersize": 0.8 * size, "zorder": 5.4}
        ax.plot(*places[i, -1], **{**mark, **end}, gid="end")
    start = {"color": PAPER, "markeredgecolor": INK, "markersize": size, "zorder": 5.5}
    ax.plot(*places[0, 0], **{**mark, **start}, gid="start")
    return ax


def path_legs(world: World, places: Indices) -> list[Leg]:
    """Straight pieces of a path through cells (x, y), given as an array of shape (n + 1, 2).

    On a torus, each step takes the shortest way. Steps that are taken back at once are left out.
    """
    height, width = world.maze.shape
    size = np.array([width if "x" in world.torus else 0, height if "y" in world.torus else 0])
    legs: list[Leg] = []
    for step, (before, after) in enumerate(pairwise(places)):
        moved = after - before
        moved = moved - size * np.rint(moved / np.maximum(size, 1)).astype(int) * (size > 0)
        dx, dy = moved.tolist()
        count = max(abs(dx), abs(dy)) if 0 in (dx, dy) or abs(dx) == abs(dy) else 1
        for i in range(count):
            start = (
                (int(before[0]) + i * dx // count) % width,
                (int(before[1]) + i * dy // count) % height,
            )
            vector = dx // count, dy // count
            if legs and legs[-1].vector == (-vector[0], -vector[1]):
                legs.pop()
            else:
                legs.append(Leg(step, start, vector))
    return legs


def _caption(world: World, repertoire: Repertoire, places: Indices) -> str:
    count, steps = repertoire.sequences.shape
    x, y = places[0, 0].tolist()
    sequences = f"{counted(count, 'sequence')} of {counted(steps, 'step')}"
    return f"{world_caption(world)}\n{sequences} from ({x}, {y}), {repertoire.bits:.3f} bits"
