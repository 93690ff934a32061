"""The estimated empowerment of the lander along a flight, above its height."""

from itertools import groupby
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from gridemp.arguments import check_kinds
from gridemp.lander.empowerment_curve import LanderCurve
from gridemp.render.layout.boxes import Box, arrange
from gridemp.render.layout.legends import draw_line_legend, line_legend_inches
from gridemp.render.layout.margins import with_title, x_labels_inches
from gridemp.render.layout.text import em, font_points, line_inches, text_inches, with_minus_signs
from gridemp.render.layout.titles import figure_title

SIDE = 6.0  # inches of the axes from left to right
ASPECT, HEIGHT_ASPECT = 0.4, 0.22  # height over width of the curve, and of the height below it
LABEL = "empowerment,\nestimated [bits]"
HEIGHT_LABEL = "height\n[half screens]"
COLOR, GROUND = "#0072B2", "0.5"
BAND = 0.25  # opacity


def draw_lander_curve(
    curve: LanderCurve,
    ax: Axes | None = None,
    *,
    width: float | None = None,
    title: str | bool = True,
    legend: bool = True,
) -> Axes:
    """Draw the estimated empowerment along a flight against time, with its standard error.

    The line is broken where an episode ends, and where the lander is in the ground.

    Parameters
    ----------
    curve : LanderCurve
        Curve to draw, in bits.
    ax : matplotlib.axes.Axes, optional
        Axes to draw on; by default those of a new figure, which also shows the height of the
        lander. The legend stands below the axes.
    width : float, optional
        Width of the new figure in inches.
    title : str or bool
        Title; if True, it names the player and the trial and gives all settings of the estimate.
    legend : bool
        If True, explain the line and the band below the axes.

    Returns
    -------
    matplotlib.axes.Axes
        Axes of bits against seconds.

    Examples
    --------
    >>> from gridemp import render
    >>> from gridemp.lander import Flight, LanderState, MapSettings, lander_curve
    >>> falling = (LanderState(0, 1.2), LanderState(0, 1.0, velocity_y=-1.0))
    >>> flight = Flight("Ada", "1", (0.0, 0.3), ("1", "1"), falling, gravity=10.0, wind=0.0)
    >>> curve = lander_curve(flight, MapSettings(horizon=1, frames=20, repeats=1))
    >>> render.draw_lander_curve(curve, title="A fall").get_title()
    'A fall'
    """
    check_kinds(draw_lander_curve, locals())
    flight = curve.flight
    caption = f"Player {flight.player}, trial {flight.trial}\n{curve.caption}"
    text = figure_title(title, caption)
    labels = ["estimate"]
    if curve.standard_error is not None:
        labels.append("\N{PLUS-MINUS SIGN} standard error")
    height = None
    if ax is None:
        ticks = text_inches(with_minus_signs("-0.00"), font_points("ytick.labelsize")) + 1.2 * em()
        left = ticks + 2 * line_inches(matplotlib.rcParams["axes.labelsize"])
        box = Box(ASPECT, left=left, right=0.2)
        across = SIDE if width is None else width - box.left - box.right
        below = line_legend_inches(labels, across) if legend else x_labels_inches()
        box = box._replace(bottom=below)
        box, text = with_title(box, text, side=SIDE, width=width)
        lower = Box(HEIGHT_ASPECT, box.left, box.right, x_labels_inches())
        _, ((ax,), (height,)) = arrange([[box], [lower]], side=SIDE, width=width)
    _draw_bits(ax, curve, labels)
    ax.set_ylabel(LABEL)
    ax.set_title(text, parse_math=False)
    _set_axes(ax)
    if legend:
        draw_line_legend(ax, labels)
    if height is not None:
        values = np.array([state.y for state in flight.states])
        _draw_episodes(height, curve, values, color=matplotlib.rcParams["text.color"])
        height.axhline(0.0, color=GROUND, linewidth=0.8, gid="pad")
        height.set_ylabel(HEIGHT_LABEL)
        _set_axes(height)
        height.sharex(ax)
    return ax


def _draw_bits(ax: Axes, curve: LanderCurve, labels: list[str]) -> None:
    """Draw the estimates with the band of their standard errors."""
    lines = _draw_episodes(ax, curve, curve.bits, color=COLOR)
    lines[0].set_label(labels[0])
    if curve.standard_error is not None:
        times = np.array(curve.flight.times)
        for number, part in enumerate(_episodes(curve)):
            low, high = (curve.bits[part] + sign * curve.standard_error[part] for sign in (-1, 1))
            style: dict[str, Any] = {"color": COLOR, "alpha": BAND, "linewidth": 0, "gid": "band"}
            if number == 0:
                style["label"] = labels[1]
            ax.fill_between(times[part], low, high, **style)


def _draw_episodes(ax: Axes, curve: LanderCurve, values: Any, color: Any) -> list[Any]:
    """Draw a line for each episode, and a point where it has a single state."""
    times = np.array(curve.flight.times)
    return [
        ax.plot(
            times[part], values[part], color=color, linewidth=1.3, gid="episode", **_marker(part)
        )[0]
        for part in _episodes(curve)
    ]


def _marker(part: slice) -> dict[str, Any]:
    return {"marker": "o", "markersize": 3} if part.stop - part.start == 1 else {}


def _episodes(curve: LanderCurve) -> list[slice]:
    """States of each episode, in their order."""
    parts, start = [], 0
    for _, group in groupby(curve.flight.episodes):
        stop = start + len(list(group))
        parts.append(slice(start, stop))
        start = stop
    return parts


def _set_axes(ax: Axes) -> None:
    ax.set_xlabel("time [s]")
    ax.xaxis.set_major_locator(MaxNLocator(9, steps=[1, 2, 5, 10]))
    ax.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    ax.spines[["top", "right"]].set_visible(False)
