"""What a walk leaves on a map: its line, start and end, numbers of steps, boxes that it moved."""

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
    straight_parts,
    trail_path,
    walk_legs,
)
from gridemp.report.walk_text import TIMES

INK, PAPER = "black", "white"
SHARED_FROM_POINTS = 20.0  # of a cell, in which a number and a count have room
HEADS_APART = 16.0  # points along the line
MAX_NUMBERS, MAX_COUNTS = 8, 12
SMALLEST = 6.0  # points
ASIDE = 0.16  # of a cell: from its middle to a text
START, END = "start", "end"
ANGLES = {"north": 0, "east": -90, "south": 180, "west": 90}
DASHES = (0, (2.5, 1.5))
BADGE = {  # round a number
    "boxstyle": "round,pad=0.18,rounding_size=0.6",
    "facecolor": PAPER,
    "edgecolor": INK,
    "linewidth": 0.5,
}


def draw_walk(ax: Axes, walk: Walk, upto: int | None = None) -> list[Artist]:
    """What a walk leaves on a map after so many steps, by default all; with the agent there.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        With a map of the maze.
    walk : Walk
        All of it, as a part lies where it will lie in the whole.
    upto : int, optional
        How many steps.

    Returns
    -------
    list of matplotlib.artist.Artist
        From the lowest to the topmost.
    """
    shape, last = walk.world.maze.shape, len(walk.actions) if upto is None else upto
    points = cell_points(ax, shape)
    line = trail_width(points)
    every = walk_legs(walk)
    aside = lane_offsets(every, shape, (line + 2.0) / points)
    legs = [leg for leg in every if leg.step < last]
    aside = aside[: len(legs)]
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
            list(arrowheads(legs, aside, math.ceil(HEADS_APART / points), size / points)),
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
    """Of the trail, in points, for cells of so many."""
    return float(np.clip(0.07 * points, 0.7, 2.2))


def _draw_ends(ax: Axes, walk: Walk, points: float, last: int) -> list[Artist]:
    size = float(np.clip(0.42 * points, 4.5, 13.0))
    signs = ((START, 0, PAPER, INK, 1.0), (END, last, INK, PAPER, 0.72))
    return [
        *(
            ax.plot(
                *walk.xy[step : step + 1].T,
                linestyle="none",
                marker=agent_marker(walk, step),
                markersize=share * size * (1.25 if walk.headings else 1.0),
                markerfacecolor=face,
                markeredgecolor=edge,
                markeredgewidth=max(0.8, 0.1 * size),
                zorder=5.5,
                gid=gid,
                clip_on=False,
            )[0]
            for gid, step, face, edge, share in signs
        )
    ]


def agent_marker(walk: Walk, step: int) -> Any:
    """A disc, or a triangle that points to where the agent looks."""
    return (3, 0, ANGLES[walk.headings[step]]) if walk.headings else "o"


def _draw_numbers(ax: Axes, walk: Walk, legs: list[Leg], aside: Any, points: float) -> list[Artist]:
    """The numbers of some steps, where the agent was after them."""
    begins, ends, _ = straight_parts(legs, aside)
    size = np.array(walk.world.maze.shape[::-1])
    texts: list[Artist] = []
    for step in numbered_steps(walk, points):
        i = max(i for i, leg in enumerate(legs) if leg.step < step)
        place = ends[i] - np.add(legs[i].start, legs[i].vector) // size * size
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
                fontsize=SMALLEST,
                gid="number of step",
                bbox=BADGE,
            )
        )
    return texts


def numbered_steps(walk: Walk, points: float) -> list[int]:
    """The steps that bear a number: every 5th, 10th, 20th and so on, where there is room."""
    bases = (base * 10**power for power in range(9) for base in (5, 10, 20))
    every = next(base for base in bases if len(walk.actions) <= base * MAX_NUMBERS)
    apart = max(1.0, (SMALLEST + 4) / points)
    taken, found = [walk.xy[0], walk.xy[-1]], []
    counts = [np.array(cell) for cell in stay_counts(walk, len(walk.actions))]
    shared = SHARED_FROM_POINTS / points  # if above 1, a count reaches into the next cell
    for step in range(every, len(walk.actions), every):
        clear = shared <= 1 or all(abs(walk.xy[step] - at).max() >= shared for at in counts)
        if clear and all(abs(walk.xy[step] - other).max() >= apart for other in taken):
            taken.append(walk.xy[step])
            found.append(step)
    return found


def stay_counts(walk: Walk, last: int) -> Counter[tuple[int, int]]:
    """How many of so many steps left everything as it was, by cell."""
    still = np.flatnonzero(~walk.moved[:last])
    return Counter(map(tuple, walk.xy[still].tolist()))


def _draw_counts(ax: Axes, walk: Walk, points: float, last: int) -> list[Artist]:
    """How often the agent stayed, where it did most often."""
    height, width = walk.world.maze.shape
    size = float(np.clip(0.24 * points, SMALLEST, 9))
    texts: list[Artist] = []
    taken: list[Vector] = []
    for (x, y), count in stay_counts(walk, last).most_common(MAX_COUNTS):
        text = f"{count}{TIMES}"
        wide, high = (0.65 * len(text) + 0.3) * size / points, 1.1 * size / points
        if any(abs(x - u) < wide and abs(y - v) < high for u, v in taken):
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
    """A line along which each box was pushed, and an outline where it ended."""
    height, width = walk.world.maze.shape
    tracks: dict[tuple[int, int], list[Any]] = {}
    for moved in walk.pushes.values():
        for old, new in moved:
            track = tracks.pop(old, [])
            for axis, cells in enumerate((width, height)):
                if abs(new[axis] - old[axis]) > cells / 2:  # over an edge
                    halfway = [list(map(float, place)) for place in (old, new)]
                    sign = 1 if old[axis] > new[axis] else -1
                    halfway[0][axis] += 0.5 * sign
                    halfway[1][axis] -= 0.5 * sign
                    track += [(old, halfway[0]), (halfway[1], new)]
                    break
            else:
                track.append((old, new))
            tracks[new] = track
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
