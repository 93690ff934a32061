"""The trail of a walk over the map: where it began, went, stayed and ended."""

from math import inf
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Colormap, to_hex
from matplotlib.lines import Line2D

from gridemp.agents.walk import Walk
from gridemp.engine.map import EmpowermentMap
from gridemp.render.artists.maze_axes import cell_points
from gridemp.render.artists.trail import DASHES, INK, PAPER, draw_walk, marker_of, numbered, stays
from gridemp.render.artists.walls_and_objects import ringed
from gridemp.render.figures.heatmap import color_range, heatmap
from gridemp.render.layout.boxes import arrange
from gridemp.render.layout.legends import Key, draw_key, with_key
from gridemp.render.layout.margins import long_side, map_box, with_title
from gridemp.report.captions import caption
from gridemp.report.walk_text import TIMES

DARK = 0.9  # red, green and blue together, which would make a peak look like the end


def draw_trail(
    emap: EmpowermentMap,
    walk: Walk,
    *,
    ax: Axes | None = None,
    width: float | None = None,
    cmap: str | Colormap | None = None,
    vmin: float | None = None,
    vmax: float | None = None,
    peak: bool = True,
    title: str | bool = True,
    colorbar: bool = True,
    legend: bool = True,
) -> Axes:
    """Draw the trail of a walk over a map.

    Arrowheads and numbers of steps say when it was where; passes over the same edge lie side by
    side, each direction to its own right. A number with a times sign counts the steps that changed
    nothing. Start and end point to where the agent looks, if it does. A box that was pushed has a
    line from where it was to a dashed outline where it ended.

    Parameters
    ----------
    emap : EmpowermentMap
        What lies under it, in bits.
    walk : Walk
        In the same maze.
    ax : matplotlib.axes.Axes, optional
        Where; by default on a new figure that fits the maze, at `.figure` of what is returned.
    width, cmap, vmin, vmax, peak, colorbar
        See `heatmap`.
    title : str or bool
        What to write above; True for the maze, the horizon, the noise and the policy.
    legend : bool
        Whether signs are explained below.

    Returns
    -------
    matplotlib.axes.Axes
        In (x, y) of cell centres, y up.

    Raises
    ------
    GridempError
        If the range of the colours is none.
    """
    emap = emap.one_per_cell()
    shape = emap.world.maze.shape
    low, high = color_range([emap], vmin, vmax)
    text = title_of(emap, walk) if title is True else title or ""
    key = key_of(emap, walk, peak, cmap) if legend else []
    box = map_box(shape, (low, high) if colorbar else None)
    under, side = box.bottom, long_side(shape)
    if ax is None:
        box = with_key(box, [label for _, label in key], side, width)
        box, text = with_title(box, text, side=side, width=width)
        _, ((ax,),) = arrange([[box]], side=side, width=width)
    heatmap(
        emap,
        ax=ax,
        cmap=cmap,
        vmin=low,
        vmax=high,
        peak=peak,
        title=text,
        colorbar=colorbar,
    )
    draw_walk(ax, walk)
    if legend:
        draw_key(ax, key_of(emap, walk, peak, cmap, cell_points(ax, shape)), under)
    return ax


def title_of(emap: EmpowermentMap, walk: Walk) -> str:
    """What map and walk these are."""
    first, newline, more = caption(emap).partition("\n")
    steps = f"{len(walk.actions)} step" + "s" * (len(walk.actions) != 1)
    return f"{first}, walk: {walk.policy}, {steps}{newline}{more}"


def key_of(
    emap: EmpowermentMap,
    walk: Walk,
    peak: bool,
    cmap: str | Colormap | None,
    points: float = inf,
) -> list[Key]:
    """The signs to explain: those that there are, in cells of so many points."""
    ink = str(matplotlib.rcParams["text.color"])  # which is seen on the page, whatever its colour

    def sign(marker: Any, face: str, edge: str, size: float = 7.0, wide: float = 0.8) -> Line2D:
        return Line2D(
            *([], []),
            linestyle="none",
            marker=marker,
            markersize=size,
            markerfacecolor=face,
            markeredgecolor=edge,
            markeredgewidth=wide,
        )

    key: list[Key] = [
        (sign(marker_of(walk, 0), PAPER, INK), "start"),
        (sign(marker_of(walk, len(walk.actions)), INK, ink, 5.5), "end"),
    ]
    if peak and len(ringed(emap)[0]):
        top = ScalarMappable(cmap=cmap).get_cmap()(1.0)
        face = to_hex(top) if sum(top[:3]) > DARK else "0.6"
        key.append((sign("o", face, ink, 7.0, 1.2), "peak"))
    if walk.pushes:
        box = Line2D([], [], color=ink, linestyle=DASHES, linewidth=1.0)
        key.append((box, "box, pushed to"))
    if stays(walk, len(walk.actions)):
        key.append((sign(f"$n${TIMES}", ink, ink, 11.0, 0.0), "stayed n times"))
    if steps := numbered(walk, points):
        size = 4.0 + 2 * len(str(steps[0]))
        key.append((sign(f"${steps[0]}$", ink, ink, size, 0.0), f"after {steps[0]} steps"))
    return key
