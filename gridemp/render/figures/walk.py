"""The trail of a walk over a map: its start, path, stays and end."""

from math import inf
from typing import Any, Unpack

import matplotlib
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from gridemp.agents.walk import Walk
from gridemp.arguments import check_kinds
from gridemp.engine.map import EmpowermentMap
from gridemp.render.artists.map_key import (
    absorbing_entries,
    drawn_entries,
    filled_peak,
    object_entries,
)
from gridemp.render.artists.maze_axes import cell_points
from gridemp.render.artists.trail import (
    DASHES,
    INK,
    PAPER,
    agent_marker,
    draw_walk,
    numbered_steps,
    stay_counts,
)
from gridemp.render.artists.walls_and_objects import marked_peaks
from gridemp.render.figures.map_scale import MapScale
from gridemp.render.layout.boxes import arrange
from gridemp.render.layout.drawing_options import MapDrawing
from gridemp.render.layout.legends import LegendEntry, draw_map_legend, with_legend
from gridemp.render.layout.margins import (
    is_wide,
    long_side,
    map_box,
    with_bar_label,
    with_title,
)
from gridemp.render.layout.titles import figure_title
from gridemp.report.captions import caption
from gridemp.report.walk_text import TIMES
from gridemp.shown import counted


def draw_trail(
    emap: EmpowermentMap,
    walk: Walk,
    *,
    ax: Axes | None = None,
    width: float | None = None,
    title: str | bool = True,
    colorbar: bool = True,
    **options: Unpack[MapDrawing],
) -> Axes:
    """Draw the trail of a walk over a map.

    Arrowheads and numbers of steps show the direction and the time; several passes across one edge
    lie side by side, each to the right of its direction. A number with a times sign counts the
    steps that changed nothing. If the agent has a heading, start and end point in its direction. A
    pushed box has a line from its old place to a dashed outline at its new one.

    Parameters
    ----------
    emap : EmpowermentMap
        Map under the trail, in bits.
    walk : Walk
        Walk in the same maze.
    ax : matplotlib.axes.Axes, optional
        Axes to draw on; by default those of a new figure that fits the maze, which is the
        `.figure` of the axes returned.
    width : float, optional
        Width of the new figure in inches.
    title : str or bool
        Title; if True, it gives the maze, the horizon, the noise, the policy and the number of
        steps, and says of which moment the map is if the walk moves boxes or things.
    colorbar : bool
        If True, draw a colourbar.
    **options
        Colour map, range and marks of the map: `cmap`, `vmin`, `vmax`, `peak`, `grid` and `legend`
        as in `heatmap`; the legend is drawn below given axes, too.

    Returns
    -------
    matplotlib.axes.Axes
        Axes whose data coordinates are the (x, y) of cell centres, with y up.

    Raises
    ------
    GridempError
        If the figure does not fit, or if `vmin` is not below `vmax`.

    Examples
    --------
    >>> import gridemp
    >>> import numpy as np
    >>> from gridemp.agents import Agent, start_state, walk
    >>> world = gridemp.World.from_maze(gridemp.load_maze("room"))
    >>> agent = Agent(world, horizon=5)
    >>> path = walk(agent, start_state(agent, 0, 0), steps=20, rng=np.random.default_rng(0))
    >>> gridemp.render.draw_trail(agent.map(world.start_states), path).get_title()
    'room, horizon 5, no noise, walk: greedy, 20 steps'
    """
    check_kinds(draw_trail, locals())
    emap = emap.one_per_cell()
    shape = emap.world.maze.shape
    scale = MapScale.of([emap], **options)
    text = figure_title(title, title_of(emap, walk) + about_map(walk))
    box = map_box(shape, scale.range if colorbar else None)
    below_map = box.bottom
    if ax is None:
        side = long_side(shape)
        if scale.legend:
            labels = [label for _, label in legend_entries(scale, walk)]
            box = with_legend(box, labels, side, width)
        if colorbar and not is_wide(shape):
            box = with_bar_label(box, scale.label, side=side, width=width)
        box, text = with_title(box, text, side=side, width=width)
        _, ((ax,),) = arrange([[box]], side=side, width=width)
    scale.draw(emap, ax, colorbar=colorbar)
    ax.set_title(text, parse_math=False)
    draw_walk(ax, walk)
    if scale.legend:
        entries = legend_entries(scale, walk, cell_points(ax, shape))
        draw_map_legend(ax, drawn_entries(entries, [ax]), below_map)
    return ax


def title_of(emap: EmpowermentMap, walk: Walk) -> str:
    """Return the caption of the map with the policy and the number of steps."""
    steps = counted(len(walk.actions), "step")
    return caption(emap, f"walk: {walk.policy}", steps)


def about_map(walk: Walk) -> str:
    """Return a line that dates the map, if the walk moves or changes things; else nothing."""
    world, states = walk.world, walk.states
    layouts = [rows[states] for rows in (world.boxes, world.things) if rows is not None]
    changed = any((rows != rows[0]).any() for rows in layouts)
    return "\nmap: before the first step" if changed else ""


def legend_entries(
    scale: MapScale, walk: Walk, points: float = inf, *, whole: bool = True
) -> list[LegendEntry]:
    """Return the signs of the trail, with their meanings.

    Parameters
    ----------
    scale : MapScale
        The maps under the trail, of which a film has several.
    walk : Walk
        Walk to draw.
    points : float
        Side of a cell in points.
    whole : bool
        True for a figure of the whole walk, False for a film that shows it step by step.
    """
    ink = str(matplotlib.rcParams["text.color"])  # visible on the page, whatever its colour
    last = len(walk.actions)
    entries: list[LegendEntry] = [
        (_sign(agent_marker(walk, 0), face=PAPER, edge=INK), "start"),
        (
            _sign(agent_marker(walk, last), face=INK, edge=ink, size=5.5),
            "end" if whole else "agent",
        ),
    ]
    if scale.peak and any(len(marked_peaks(emap)[0]) for emap in scale.emaps):
        entries.append((filled_peak(scale.cmap), "peak"))
    for sign, text in object_entries([emap.world.maze for emap in scale.emaps]):
        if sign.get_gid() != "object S":
            entries.append((sign, text))
        elif not starts_on_mark(walk):
            entries.append((sign, "start in the maze"))
    entries += absorbing_entries(scale.emaps)
    if whole and walk.pushes:
        box = Line2D([], [], color=ink, linestyle=DASHES, linewidth=1.0)
        entries.append((box, "final place of a box"))
    if stay_counts(walk, last):
        entries.append((_text_sign(f"$n${TIMES}", ink, size=11.0), "stayed n times"))
    if whole and (steps := numbered_steps(walk, points)):
        size = 4.0 + 2 * len(str(steps[0]))
        sign = _text_sign(f"${steps[0]}$", ink, size=size)
        entries.append((sign, f"after {counted(steps[0], 'step')}"))
    return entries


def starts_on_mark(walk: Walk) -> bool:
    """True if the walk begins on the only start mark, so that one sign explains both."""
    maze = walk.world.maze
    marks = [maze.xy(*place) for place, letter in maze.objects.items() if letter == "S"]
    return marks == [tuple(walk.xy[0].tolist())]


def _sign(
    marker: Any, *, face: str, edge: str, size: float = 7.0, edge_width: float = 0.8
) -> Line2D:
    """Return a marker for the legend."""
    return Line2D(
        [],
        [],
        linestyle="none",
        marker=marker,
        markersize=size,
        markerfacecolor=face,
        markeredgecolor=edge,
        markeredgewidth=edge_width,
    )


def _text_sign(text: str, color: str, *, size: float) -> Line2D:
    """Return a text as a marker for the legend."""
    return _sign(text, face=color, edge=color, size=size, edge_width=0.0)
