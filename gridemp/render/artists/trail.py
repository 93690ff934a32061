"""The trail of a walk: its line, start and end, numbers of steps, stays and pushed boxes."""

import math
from collections import Counter
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.patheffects import withStroke

from gridemp.agents.walk import Walk
from gridemp.render.artists.maze_axes import cell_points
from gridemp.render.artists.routes import (
    Leg,
    Vector,
    arrowheads,
    lane_offsets,
    offset_beyond,
    straight_parts,
    trail_path,
    walk_legs,
)
from gridemp.render.artists.walls_and_objects import Segment
from gridemp.render.layout.text import MIN_FONT_SIZE
from gridemp.report.walk_text import TIMES
from gridemp.typing import Array, Cell

INK, PAPER = "black", "white"
SHARED_FROM_POINTS = 20.0  # side of a cell with room for a number and a count
HEAD_SPACING = 16.0  # points along the line
MAX_NUMBERS, MAX_COUNTS = 8, 12
ASIDE = 0.16  # of a cell: distance of a count from its middle
START, END = "start", "end"
ANGLES = {"north": 0, "east": -90, "south": 180, "west": 90}
DASHES = (0, (2.5, 1.5))
BADGE = {  # around the number of a step
    "boxstyle": "round,pad=0.18,rounding_size=0.6",
    "facecolor": PAPER,
    "edgecolor": INK,
    "linewidth": 0.5,
}


def draw_walk(ax: Axes, walk: Walk, upto: int | None = None) -> list[Artist]:
    """Draw the trail of a walk on a map, with the agent at its end.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Axes with a map of the maze.
    walk : Walk
        The whole walk; if only a part is drawn, it has the same place as in the whole.
    upto : int, optional
        Number of steps to draw; by default all, with numbers of steps and pushed boxes.

    Returns
    -------
    list of matplotlib.artist.Artist
        Artists from the lowest to the topmost.
    """
    shape, last = walk.world.maze.shape, len(walk.actions) if upto is None else upto
    points = cell_points(ax, shape)
    line = trail_width(points)
    all_legs = walk_legs(walk)
    legs = [leg for leg in all_legs if leg.step < last]
    aside = lane_offsets(all_legs, shape, (line + 2.0) / points)[: len(legs)]
    drawn: list[Artist] = []
    if upto is None:
        drawn += _draw_boxes(ax, walk, points)
    if legs:
        casing = [withStroke(linewidth=line + 1.6, foreground=PAPER)]
        trail = PathPatch(
            trail_path(legs, aside, shape),
            fill=False,
            edgecolor=INK,
            linewidth=line,
            path_effects=casing,
            capstyle="round",
            joinstyle="round",
            zorder=5,
            gid="trail",
        )
        drawn.append(ax.add_patch(trail))
        size = 2.4 * line + 2.5
        heads = PolyCollection(
            list(arrowheads(legs, aside, math.ceil(HEAD_SPACING / points), size / points)),
            facecolor=INK,
            edgecolor=PAPER,
            linewidth=0.4,
            zorder=5.1,
            gid="heads",
        )
        ax.add_collection(heads, autolim=False)
        drawn.append(heads)
    drawn += _draw_ends(ax, walk, points, last)
    if upto is None:
        drawn += _draw_numbers(ax, walk, legs, aside, points)
    drawn += _draw_counts(ax, walk, points, last)
    return sorted(drawn, key=lambda artist: artist.get_zorder())


def trail_width(points: float) -> float:
    """Width of the line of a trail, in points, where a cell has a side of `points`."""
    return float(np.clip(0.07 * points, 0.7, 2.2))


def _draw_ends(ax: Axes, walk: Walk, points: float, last: int) -> list[Artist]:
    """Draw a white mark at the start and a smaller black one where the agent is."""
    size = float(np.clip(0.42 * points, 4.5, 13.0))
    marks: list[Artist] = []
    for gid, step, face, edge, share in (
        (START, 0, PAPER, INK, 1.0),
        (END, last, INK, PAPER, 0.72),
    ):
        marks += ax.plot(
            walk.xy[step : step + 1, 0],
            walk.xy[step : step + 1, 1],
            linestyle="none",
            marker=agent_marker(walk, step),
            markersize=share * size * (1.25 if walk.headings else 1.0),
            markerfacecolor=face,
            markeredgecolor=edge,
            markeredgewidth=max(0.8, 0.1 * size),
            zorder=5.5,
            gid=gid,
            clip_on=False,
        )
    return marks


def agent_marker(walk: Walk, step: int) -> Any:
    """Marker of the agent: a disc, or a triangle that points to where it looks."""
    return (3, 0, ANGLES[walk.headings[step]]) if walk.headings else "o"


def _draw_numbers(
    ax: Axes, walk: Walk, legs: list[Leg], aside: Array, points: float
) -> list[Artist]:
    """Draw the numbers of some steps where the agent was after them."""
    begins, ends, _ = straight_parts(legs, aside)
    texts: list[Artist] = []
    for step in numbered_steps(walk, points):
        i = max(i for i, leg in enumerate(legs) if leg.step < step)
        place = ends[i] - offset_beyond(legs[i], walk.world.maze.shape)
        if i + 1 < len(legs):
            place = (place + begins[i + 1]) / 2
        texts.append(
            ax.text(
                float(place[0]),
                float(place[1]),
                str(step),
                ha="center",
                va="center_baseline",
                color=INK,
                zorder=5.6,
                fontsize=MIN_FONT_SIZE,
                gid="number of step",
                bbox=BADGE,
            )
        )
    return texts


def numbered_steps(walk: Walk, points: float) -> list[int]:
    """Return the steps that bear a number: every 5th, 10th, 20th and so on, where there is room."""
    intervals = (base * 10**power for power in range(9) for base in (5, 10, 20))
    every = next(each for each in intervals if len(walk.actions) <= each * MAX_NUMBERS)
    apart = max(1.0, (MIN_FONT_SIZE + 4) / points)
    taken, numbered = [walk.xy[0], walk.xy[-1]], []
    counts = [np.array(cell) for cell in stay_counts(walk, len(walk.actions))]
    shared = SHARED_FROM_POINTS / points  # if above 1, a count reaches into the next cell
    for step in range(every, len(walk.actions), every):
        clear = shared <= 1 or all(abs(walk.xy[step] - at).max() >= shared for at in counts)
        if clear and all(abs(walk.xy[step] - other).max() >= apart for other in taken):
            taken.append(walk.xy[step])
            numbered.append(step)
    return numbered


def stay_counts(walk: Walk, steps: int) -> Counter[Cell]:
    """Number of stays, steps that change nothing, in each cell among the first `steps`."""
    still = np.flatnonzero(~walk.moved[:steps])
    return Counter(map(tuple, walk.xy[still].tolist()))


def _draw_counts(ax: Axes, walk: Walk, points: float, last: int) -> list[Artist]:
    """Draw the number of stays in the cells where the agent stayed most often."""
    height, width = walk.world.maze.shape
    size = float(np.clip(0.24 * points, MIN_FONT_SIZE, 9))
    texts: list[Artist] = []
    taken: list[Vector] = []
    for (x, y), count in stay_counts(walk, last).most_common(MAX_COUNTS):
        text = f"{count}{TIMES}"
        width_text, height_text = (0.65 * len(text) + 0.3) * size / points, 1.1 * size / points
        if any(abs(x - u) < width_text and abs(y - v) < height_text for u, v in taken):
            continue
        taken.append((x, y))
        right, up = x < width - 1 or width == 1, y < height - 1 or height == 1
        texts.append(
            ax.text(
                x + (ASIDE if right else -ASIDE),
                y + (ASIDE if up else -ASIDE),
                text,
                ha="left" if right else "right",
                va="bottom" if up else "top",
                fontsize=size,
                color=INK,
                zorder=5.7,
                gid="stays",
                path_effects=[withStroke(linewidth=1.8, foreground=PAPER)],
            )
        )
    return texts


def _draw_boxes(ax: Axes, walk: Walk, points: float) -> list[Artist]:
    """Draw a line along which each box was pushed, and a dashed outline where it ended."""
    tracks = _box_tracks(walk)
    if not tracks:
        return []
    side, line = 0.62, float(np.clip(0.05 * points, 0.6, 1.5))
    casing = [withStroke(linewidth=line + 1.4, foreground=PAPER)]
    lines = LineCollection(
        [segment for track in tracks.values() for segment in track],
        colors=INK,
        linewidths=line,
        path_effects=casing,
        zorder=4.5,
        gid="box track",
    )
    ax.add_collection(lines, autolim=False)
    outlines: list[Artist] = []
    for x, y in tracks:
        corner = x - side / 2, y - side / 2
        for color, dashes, wide in ((PAPER, "-", line + 1.4), (INK, DASHES, line)):
            outline = Rectangle(corner, side, side, fill=False, edgecolor=color, linestyle=dashes)
            outline.set(linewidth=wide, zorder=4.6, gid="box end" if color == INK else None)
            outlines.append(ax.add_patch(outline))
    return [lines, *outlines]


def _box_tracks(walk: Walk) -> dict[Cell, list[Segment]]:
    """Segments along which each box was pushed, by the cell where it ended."""
    height, width = walk.world.maze.shape
    tracks: dict[Cell, list[Segment]] = {}
    for moved in walk.pushes.values():
        for old, new in moved:
            track = tracks.pop(old, [])
            step = np.subtract(new, old)
            over = np.flatnonzero(np.abs(step) > np.array([width, height]) / 2)
            if len(over):  # over an edge of a torus
                half = np.zeros(2)
                half[over[0]] = -0.5 * np.sign(step[over[0]])
                track += [(old, _point(old + half)), (_point(new - half), new)]
            else:
                track.append((old, new))
            tracks[new] = track
    return tracks


def _point(xy: Array) -> tuple[float, float]:
    """Coordinates of a point as a tuple."""
    x, y = xy.tolist()
    return x, y
