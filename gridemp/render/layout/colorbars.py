"""Colourbars, beside a map or below a wide one, and the space that they need."""

from collections.abc import Iterable
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import PatchCollection
from matplotlib.colors import BoundaryNorm
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from gridemp.render.layout.boxes import axes_inches
from gridemp.render.layout.style import ABSORBING, UNDOTTED
from gridemp.render.layout.text import (
    em,
    in_two_lines,
    line_inches,
    text_inches,
    widest_line_inches,
    with_minus_signs,
)

MAX_TICKS = 7
BAR_THICKNESS = 0.16  # inches
BAR_GAP = 0.12  # inches between a map and the bar beside it
MAX_SWATCH = 0.15  # of the length of a bar: the colour of absorbing cells at its end
SWATCH_GAP, SWATCH_GAP_BELOW = 0.08, 0.16  # inches between that colour and the others


def draw_colorbar(
    ax: Axes, cells: ScalarMappable, label: str, *, below: bool = False, absorbing: bool = False
) -> None:
    """Draw a colourbar of fixed thickness along the full length of a map.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Axes that the map fills.
    cells : matplotlib.cm.ScalarMappable
        Coloured cells of the map. An end of the bar is an arrow if values lie beyond it.
    label : str
        Quantity and unit, shortened by `fitted_label` beside a map.
    below : bool
        If True, draw the bar below the map instead of to its right.
    absorbing : bool
        If True, the bar also has the colour of absorbing cells, whose value is 0.
    """
    width, height = axes_inches(ax)
    label = label if below else fitted_label(label, height)
    if below:
        under = line_inches(matplotlib.rcParams["xtick.labelsize"]) + 1.6 * em()
        bounds = (0.0, -(under + BAR_THICKNESS + 0.1) / height, 1.0, BAR_THICKNESS / height)
    else:
        bounds = (1 + BAR_GAP / width, 0.0, BAR_THICKNESS / width, 1.0)
    cax = ax.inset_axes(bounds)
    swatch = absorbing_look([ax]) if absorbing else None
    draw_colorbar_on(cax, cells, label, below=below, swatch=swatch)


def absorbing_look(axes: Iterable[Axes]) -> dict[str, Any]:
    """Look of absorbing cells in a key of some axes: plain where the cells on them are plain."""
    drawn = [
        artist.get_hatch()
        for ax in axes
        for artist in ax.findobj(PatchCollection)
        if isinstance(artist, PatchCollection) and artist.get_gid() == "absorbing"
    ]
    return dict(UNDOTTED) if drawn and not any(drawn) else ABSORBING


def draw_colorbar_on(
    cax: Axes,
    cells: ScalarMappable,
    label: str,
    *,
    below: bool = False,
    swatch: dict[str, Any] | None = None,
) -> None:
    """Draw a colourbar on axes of its own.

    The parameters are those of `draw_colorbar`, but for `swatch`, the look of absorbing cells.
    """
    if swatch is not None:
        cax = _beside_swatch(cax, swatch, below=below)
    low, high = color_limits(cells)
    values = cells.get_array()
    less, more = (False, False) if values is None else (values.min() < low, values.max() > high)
    ends = {(True, True): "both", (True, False): "min", (False, True): "max"}
    bar = cax.figure.colorbar(
        cells,
        cax=cax,
        orientation="horizontal" if below else "vertical",
        extend=ends.get((bool(less), bool(more)), "neither"),
        extendfrac=0.04,
    )
    across, up = axes_inches(cax)
    whole = isinstance(cells.norm, BoundaryNorm)  # a colour for each of some whole numbers
    ticks, labels = _spaced_ticks(low, high, across if below else up, below=below, whole=whole)
    bar.set_ticks(ticks, labels=labels)
    bar.minorticks_off()
    bar.set_label(label)
    bar.outline.set_visible(False)


def _beside_swatch(cax: Axes, swatch: dict[str, Any], *, below: bool) -> Axes:
    """Draw the colour of absorbing cells at the low end of axes; return axes in the rest."""
    length = axes_inches(cax)[0 if below else 1]
    share = min(BAR_THICKNESS / length, MAX_SWATCH)
    rest = share + (SWATCH_GAP_BELOW if below else SWATCH_GAP) / length
    cax.set(xlim=(0, 1), ylim=(0, 1), xticks=[], yticks=[], facecolor="none")
    cax.spines[:].set_visible(False)
    size = (share, 1.0) if below else (1.0, share)
    cax.add_patch(Rectangle((0, 0), *size, **swatch, gid="absorbing"))
    if below:
        cax.set_xticks([share / 2], labels=["0"])
        return cax.inset_axes((rest, 0.0, 1 - rest, 1.0))
    cax.yaxis.tick_right()
    cax.set_yticks([share / 2], labels=["0"])
    return cax.inset_axes((0.0, rest, 1.0, 1 - rest))


def colorbar_inches(low: float, high: float, *, below: bool = False) -> float:
    """Space that a colourbar takes beside its map, or below the label of its x axis, in inches."""
    size = matplotlib.rcParams["ytick.labelsize"]
    label = line_inches(matplotlib.rcParams["axes.labelsize"])
    if below:
        return BAR_THICKNESS + 0.16 + line_inches(size) + label
    _, labels = colorbar_ticks(low, high)
    return BAR_GAP + BAR_THICKNESS + 0.18 + max(text_inches(text, size) for text in labels) + label


def fitted_label(label: str, length: float) -> str:
    """Return the label of a bar of `length` inches, or as much of it as is no longer than the bar.

    A long label has two lines; if these are still too long, its unit is left.
    """
    size = matplotlib.rcParams["axes.labelsize"]
    texts = [label, in_two_lines(label)]
    fitting = (text for text in texts if widest_line_inches(text, size) <= length)
    _, bracket, unit = label.rstrip("]").rpartition("[")
    return next(fitting, unit if bracket else texts[-1])


def label_inches(label: str, length: float) -> float:
    """Space in inches that the label of a bar of `length` inches may take beyond that of one line.

    A bar that is too short for two lines may become longer once titles are in place.
    """
    size = matplotlib.rcParams["axes.labelsize"]
    return 0.0 if text_inches(label, size) <= length else line_inches(size)


def colorbar_ticks(
    low: float, high: float, *, whole: bool = False, most: int = MAX_TICKS
) -> tuple[list[float], list[str]]:
    """Round values within a colour range, or only whole ones, and their labels."""
    steps = [1, 2, 5, 10] if whole else [1, 2, 2.5, 5, 10]
    values = MaxNLocator(most, steps=steps, integer=whole).tick_values(low, high)
    slack = 1e-9 * (high - low)
    ticks = [float(v) for v in values if low - slack <= v <= high + slack]
    return ticks, _tick_labels(ticks, slack)


def _tick_labels(ticks: list[float], slack: float) -> list[str]:
    """Labels of ticks, all with the fewest decimals that give each value to within `slack`."""
    needed = (d for d in range(16) if all(abs(round(t, d) - t) <= slack for t in ticks))
    decimals = next(needed, 16)
    return [with_minus_signs(f"{tick:.{decimals}f}") for tick in ticks]


def _spaced_ticks(
    low: float, high: float, length: float, *, below: bool, whole: bool
) -> tuple[list[float], list[str]]:
    """Ticks for a length in inches; every other one is removed until labels do not touch."""
    size = matplotlib.rcParams["xtick.labelsize" if below else "ytick.labelsize"]
    ticks, labels = colorbar_ticks(low, high, whole=whole)
    while len(ticks) > 2:
        step = ticks[1] - ticks[0]
        sizes = [
            text_inches(text, size) + 0.7 * em() if below else line_inches(size) for text in labels
        ]
        if sum(sizes) / len(sizes) <= step / (high - low) * length:
            break
        kept = [tick for tick in ticks if round(tick / step) % 2 == 0]  # so that 0 stays
        ticks = kept if len(kept) > 1 else [ticks[0], ticks[-1]]
        labels = _tick_labels(ticks, 1e-9 * (high - low))
    return ticks, labels


def color_limits(cells: ScalarMappable) -> tuple[float, float]:
    """Lowest and highest value that have a colour of their own."""
    low, high = cells.get_clim()
    if low is None or high is None:
        raise ValueError("these colours have no range")
    return low, high
