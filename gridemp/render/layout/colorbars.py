"""A colourbar beside a map, or below a wide one, and the room that it needs."""

import matplotlib
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.ticker import MaxNLocator

from gridemp.render.layout.boxes import em, inches, line_inches, text_inches

MAX_TICKS = 7
THICKNESS = 0.16  # inches
GAP = 0.12


def draw_colorbar(ax: Axes, cells: ScalarMappable, label: str, *, below: bool = False) -> None:
    """A bar of fixed thickness along the whole of the map, however the axes are shaped.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        On which the map fills the axes.
    cells : matplotlib.cm.ScalarMappable
        Whose colours it explains. Its ends are arrows where values lie beyond them.
    label : str
        The quantity, with its unit.
    below : bool
        Whether it goes below the map, not to its right.
    """
    width, height = inches(ax)
    if below:
        under = line_inches(matplotlib.rcParams["xtick.labelsize"]) + 1.6 * em()
        bounds = (0.0, -(under + THICKNESS + 0.1) / height, 1.0, THICKNESS / height)
    else:
        bounds = (1 + GAP / width, 0.0, THICKNESS / width, 1.0)
    cax = ax.inset_axes(bounds)
    draw_colorbar_on(cax, cells, label, below=below)


def draw_colorbar_on(cax: Axes, cells: ScalarMappable, label: str, *, below: bool = False) -> None:
    """The same on axes of its own."""
    low, high = limits(cells)
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
    across, up = inches(cax)
    ticks, labels = _apart(low, high, across if below else up, below=below)
    bar.set_ticks(ticks, labels=labels)
    bar.minorticks_off()
    bar.set_label(label)
    bar.outline.set_visible(False)


def room_for_colorbar(low: float, high: float, *, below: bool = False) -> float:
    """Inches that a colourbar takes beside its map, or below the label of its x axis."""
    size = matplotlib.rcParams["ytick.labelsize"]
    label = line_inches(matplotlib.rcParams["axes.labelsize"])
    if below:
        return THICKNESS + 0.16 + line_inches(size) + label
    _, labels = bar_ticks(low, high)
    return GAP + THICKNESS + 0.18 + max(text_inches(text, size) for text in labels) + label


def bar_ticks(low: float, high: float) -> tuple[list[float], list[str]]:
    """Round values over a colour range, and what to write at them."""
    values = MaxNLocator(MAX_TICKS, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    slack = 1e-9 * (high - low)
    ticks = [float(v) for v in values if low - slack <= v <= high + slack]
    return ticks, _labels(ticks, slack)


def _labels(ticks: list[float], slack: float) -> list[str]:
    """Ticks as text, all with as many decimals as they need."""
    needed = (d for d in range(16) if all(abs(round(t, d) - t) <= slack for t in ticks))
    decimals = next(needed, 16)
    return [f"{tick:.{decimals}f}".replace("-", "\N{MINUS SIGN}") for tick in ticks]


def _apart(low: float, high: float, long: float, *, below: bool) -> tuple[list[float], list[str]]:
    """The ticks of a bar so many inches long: every other one, until their labels stand apart."""
    size = matplotlib.rcParams["xtick.labelsize" if below else "ytick.labelsize"]
    ticks, labels = bar_ticks(low, high)
    while len(ticks) > 2:
        step = ticks[1] - ticks[0]
        wide = [
            text_inches(text, size) + 0.7 * em() if below else line_inches(size) for text in labels
        ]
        if sum(wide) / len(wide) <= step / (high - low) * long:
            break
        kept = [tick for tick in ticks if round(tick / step) % 2 == 0]  # so that 0 stays
        ticks = kept if len(kept) > 1 else [ticks[0], ticks[-1]]
        labels = _labels(ticks, 1e-9 * (high - low))
    return ticks, labels


def limits(cells: ScalarMappable) -> tuple[float, float]:
    """The lowest and highest value that have a colour of their own."""
    low, high = cells.get_clim()
    if low is None or high is None:
        raise ValueError("these colours have no range")
    return low, high
