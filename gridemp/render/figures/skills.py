"""The skills of a cell as a map: where they stay, and the ways that lead there."""

from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import Colormap
from matplotlib.patheffects import withStroke

from gridemp.arguments import check_kinds
from gridemp.engine.potential import Skills
from gridemp.render.artists.maze_axes import cell_points
from gridemp.render.artists.trail import INK, PAPER, trail_width
from gridemp.render.figures.measure import draw_measure
from gridemp.report.captions import short_name
from gridemp.report.skills_text import heading_words
from gridemp.typing import Array, Cell
from gridemp.worlds.transitions import check_indices
from gridemp.worlds.world import World

LABEL = "probability of a skill that stays here"
NOTE = "width of a line: probability of the skills that pass"
WIDEST, NARROWEST = 3.0, 0.4  # times the width of a trail
MIN_SHARE = 1e-3  # of the most used edge; others are not drawn

Edge = tuple[int, int]  # cells
Segment = tuple[Cell, Cell]


def draw_skills(
    world: World,
    skills: Skills,
    *,
    ax: Axes | None = None,
    width: float | None = None,
    title: str | bool = True,
    cmap: str | Colormap | None = None,
    vmin: float | None = None,
    vmax: float | None = None,
    grid: bool = True,
    legend: bool = True,
) -> Axes:
    """Draw the skills of a cell: the cells where they stay, and the ways there.

    Each skill is a walk that ends in a cycle. The colour of a cell is the probability of the skills
    whose cycle is in it, which is divided evenly among the cells of a longer cycle. The width of a
    line between two cells grows with the probability of the skills that pass there. A white circle
    marks the start.

    Parameters
    ----------
    world : World
        World of the skills.
    skills : Skills
        Result of `cell_skills`.
    ax : matplotlib.axes.Axes, optional
        Axes to draw on; by default those of a new figure that fits the maze.
    width : float, optional
        Width of the new figure in inches.
    title : str or bool
        Title; if True, it gives the maze, the discount, the cell, its potential empowerment, and
        the meaning of the lines.
    cmap : str or matplotlib.colors.Colormap, optional
        Colour map; by default that of the style.
    vmin, vmax : float, optional
        Probabilities of the first and the last colour; by default the lowest and the highest.
    grid : bool
        If True, draw faint lines between the cells of a small map.
    legend : bool
        If True, explain the marks in a legend below the map; not on given axes.

    Returns
    -------
    matplotlib.axes.Axes
        Axes whose data coordinates are the (x, y) of cell centres, with y up.

    Raises
    ------
    GridempError
        If the skills visit states that the world does not have, the figure does not fit, or `vmin`
        is not below `vmax`.

    Examples
    --------
    >>> import gridemp
    >>> world = gridemp.World.from_maze(gridemp.parse_maze("....", name="corridor"))
    >>> skills = gridemp.analysis.cell_skills(world, x=0, y=0, discount=0.9)
    >>> ax = gridemp.render.draw_skills(world, skills)
    """
    check_kinds(draw_skills, locals())
    visited = np.array([state for walk in skills.walks for state in walk.states])
    check_indices("the skills of this world", visited, len(world.cell), "its states")
    stays, passes = _shares(world, skills)
    maze = world.maze
    place = maze.cells[world.cell[skills.walks[0].states[0]]].tolist()
    x, y = maze.xy(*place)
    if title is True:
        start = heading_words(world, skills.walks[0].states[0])
        head = ", ".join([short_name(world), *world.conditions.words()])
        skills_of = f"skills of ({x}, {y}){start}: {skills.bits:.2f} bits"
        title = f"{head}, discount {skills.discount:g}\n{skills_of}\n{NOTE}"
    values = stays[world.cell[world.start_states]]
    shared: dict[str, Any] = {"ax": ax, "width": width, "title": title}
    shared |= {"cmap": cmap, "vmin": vmin, "vmax": vmax, "grid": grid, "legend": legend}
    ax = draw_measure(world, values, LABEL, peak=False, **shared)
    line = trail_width(cell_points(ax, maze.shape))
    most = max(passes.values(), default=1.0)
    drawn = {edge: share for edge, share in passes.items() if share > MIN_SHARE * most}
    lines = [part for edge in drawn for part in _segments(world, edge)]
    counts = [len(_segments(world, edge)) for edge in drawn]
    widths = line * np.clip(WIDEST * np.sqrt(list(drawn.values())) / most**0.5, NARROWEST, None)
    widths = np.repeat(widths, counts)
    for color, extra, order in ((PAPER, 1.6, 5.0), (INK, 0.0, 5.1)):  # white outlines below
        ax.add_collection(
            LineCollection(
                lines,
                linewidths=widths + extra,
                colors=color,
                capstyle="round",
                zorder=order,
                gid="ways",
            ),
            autolim=False,
        )
    ax.plot(
        [x],
        [y],
        marker="o",
        markersize=4.5 * line,
        color=PAPER,
        markeredgecolor=INK,
        path_effects=[withStroke(linewidth=line, foreground=INK)],
        zorder=6,
        gid="start",
    )
    return ax


def _shares(world: World, skills: Skills) -> tuple[Array, dict[Edge, float]]:
    """Probability of the skills that stay in each cell, shape (C,), and that pass each edge."""
    stays = np.zeros(len(world.maze.cells))
    passes: dict[Edge, float] = {}
    for walk, weight in zip(skills.walks, skills.weights.tolist(), strict=True):
        cells = world.cell[list(walk.states)].tolist()
        cycle = cells[walk.tail :]
        np.add.at(stays, cycle, weight / len(cycle))
        way = [*cells, cycle[0]]  # the cycle is closed
        steps = {(min(pair), max(pair)) for pair in pairwise(way)}
        for one, other in sorted(steps):
            if one != other:
                passes[one, other] = passes.get((one, other), 0.0) + weight
    return stays, passes


def _segments(world: World, edge: Edge) -> list[Segment]:
    """Line between two cells; across the edge of a torus, there is one at either end."""
    maze = world.maze
    (x0, y0), (x1, y1) = (maze.xy(*maze.cells[cell].tolist()) for cell in edge)
    height, width = maze.shape
    dx, dy = x1 - x0, y1 - y0
    if "x" in world.torus and abs(dx) > width / 2:
        dx += width if dx < 0 else -width
    if "y" in world.torus and abs(dy) > height / 2:
        dy += height if dy < 0 else -height
    if (dx, dy) == (x1 - x0, y1 - y0):
        return [((x0, y0), (x1, y1))]
    return [((x0, y0), (x0 + dx, y0 + dy)), ((x1 - dx, y1 - dy), (x1, y1))]
