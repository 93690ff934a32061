"""An estimator beside the exact values that it aims at: both maps, and one against the other."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Unpack

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from gridemp.arguments import check_kinds
from gridemp.deep.audit_options import COUNTING, ESTIMATORS
from gridemp.deep.audit_result import Audit, Estimates
from gridemp.render.artists.map_key import drawn_entries
from gridemp.render.artists.scatter import FEW, POINT_COLOR, axis_limits, draw_points
from gridemp.render.figures.map_scale import MapScale
from gridemp.render.layout.boxes import AnyFigure
from gridemp.render.layout.drawing_options import MapDrawing
from gridemp.render.layout.keys import draw_key
from gridemp.render.layout.legends import LegendEntry
from gridemp.render.layout.panel_rows import three_panels
from gridemp.render.layout.text import with_minus_signs
from gridemp.render.layout.titles import chosen_titles
from gridemp.report.captions import caption
from gridemp.typing import Array, Indices

BOUND_COLOR = "#D55E00"
QUARTILES = (25, 50, 75)


def audit_figure(
    audit: Audit,
    estimator: str,
    *,
    figure: AnyFigure | None = None,
    width: float | None = None,
    title: str | bool = True,
    panel_titles: Sequence[str] | None = None,
    **options: Unpack[MapDrawing],
) -> AnyFigure:
    """Draw the exact map, the median of an estimator, and one against the other.

    The scatter plot has a point for the median of each cell over the repeats, with a line from the
    first to the third quartile, and a diagonal where estimates are right. Of an estimator with a
    critic, hollow points show the median of the bound that the critic gives under the true channel.
    In absorbing cells the exact value is 0. Both maps mark them as such, and only the scatter plot
    shows the estimates there, which may be below 0.

    Parameters
    ----------
    audit : Audit
        Estimates and exact values.
    estimator : str
        Name of the estimator to draw, a key of `gridemp.deep.ESTIMATORS`.
    figure : matplotlib.figure.Figure, optional
        Empty figure to fill; by default a new one.
    width : float, optional
        Width of the new figure in inches; the panels of a narrow one stand below one another.
    title : str or bool
        Title; if True, it gives the maze, the horizon, the noise and the settings; if False, write
        only the letters of the panels.
    panel_titles : sequence of str, optional
        A title for each panel, after its letter; by default the figure makes its own.
    **options
        Colour map, range and marks of the two maps: `cmap`, `vmin`, `vmax`, `peak`, `grid` and
        `legend` as in `heatmap`.

    Returns
    -------
    matplotlib.figure.Figure
        The figure, whose panels are its `axes`.

    Raises
    ------
    GridempError
        If the estimator was not audited, the figure does not fit, or `vmin` is not below `vmax`.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.deep import AuditOptions, audit
    >>> world = gridemp.World.from_maze(gridemp.parse_maze("....."))
    >>> found = audit(world, 2, ["plug-in"], AuditOptions(repeats=100))
    >>> figure = gridemp.render.audit_figure(found, "plug-in")
    >>> print(figure.axes[0].get_title(loc="left"))
    (a) exact
    mean 0.382 bits
    """
    check_kinds(audit_figure, locals())
    found = audit.of(estimator)
    exact = audit.truth.one_per_cell()
    chosen = np.searchsorted(audit.truth.states, exact.states)  # the same state of each cell
    low, median, high = np.percentile(found.values[:, chosen], QUARTILES, axis=0)
    estimate = replace(exact, bits=median)
    scale = MapScale.of([exact, estimate], **options)
    mean = f"{median.mean():.3f}"
    head, texts = chosen_titles(
        title,
        panel_titles,
        f"{caption(exact)}\n{ESTIMATORS[estimator]}: {audit.settings(estimator)}",
        [
            f"exact\nmean {exact.bits.mean():.3f} bits",
            f"{ESTIMATORS[estimator]}\nmean of medians {with_minus_signs(mean)} bits",
            _about(audit, estimator),
        ],
    )
    key = [*scale.key(), *(_key(estimator) if scale.legend else [])]
    figure, axes, below, key = three_panels(
        exact.world.maze.shape,
        [None, scale.range, None],
        texts,
        head,
        figure=figure,
        width=width,
        scatter=True,
        key=key,
    )
    scale.draw_row(axes[:2], below=below)
    _draw_scatter(axes[2], exact.bits, (low, median, high), found, chosen)
    draw_key(figure, drawn_entries(key, axes))
    return figure


def _about(audit: Audit, estimator: str) -> str:
    """Title of the scatter plot: bias, standard deviation and rank correlations."""
    summary = audit.summary(estimator)
    rho, of_empowerment = (
        "undefined" if np.isnan(value) else f"{value:.2f}"
        for value in (summary.spearman, summary.spearman_empowerment)
    )
    text = (
        f"bias {summary.bias:+.3f}, SD {summary.sd:.3f}\nSpearman with exact {rho},\n"
        f"with empowerment {of_empowerment}"
    )
    return with_minus_signs(text)


def _key(estimator: str) -> list[LegendEntry]:
    """Entries of the key for the marks of the scatter plot."""
    entries: list[LegendEntry] = [(_point(filled=True), "median and quartiles of repeats")]
    if estimator not in COUNTING:
        entries.append((_point(filled=False), "its critic under the true channel"))
    line = Line2D([], [], color=_ink(), linewidth=0.8, alpha=0.6, gid="diagonal")
    return [*entries, (line, "estimate = exact")]


def _point(*, filled: bool) -> Line2D:
    """Mark of a cell in the scatter plot, for the key."""
    color = POINT_COLOR if filled else BOUND_COLOR
    return Line2D(
        [],
        [],
        linestyle="none",
        marker="o",
        markersize=FEW,
        markerfacecolor=color if filled else "none",
        markeredgecolor=color,
        markeredgewidth=0.0 if filled else 0.8,
        gid="cells" if filled else "bounds",
    )


def _draw_scatter(
    ax: Axes,
    exact: Array,
    quartiles: tuple[Array, Array, Array],
    found: Estimates,
    chosen: Indices,
) -> None:
    """Draw the estimates of each cell against its exact value, on axes of equal limits."""
    low, median, high = quartiles
    shown = [exact, low, high]
    if found.bounds is not None:
        bounds = np.median(found.bounds[:, chosen], axis=0)
        shown.append(bounds)
        ax.plot(
            exact,
            bounds,
            linestyle="none",
            marker="o",
            markersize=FEW,
            markerfacecolor="none",
            markeredgecolor=BOUND_COLOR,
            markeredgewidth=0.8,
            gid="bounds",
        )
    ax.vlines(exact, low, high, colors=POINT_COLOR, linewidth=0.8, alpha=0.5, gid="quartiles")
    draw_points(ax, exact, median)
    limits = axis_limits(np.concatenate(shown))
    ax.plot(limits, limits, color=_ink(), linewidth=0.8, alpha=0.6, zorder=0.5, gid="diagonal")
    ax.set_xlim(limits)
    ax.set_ylim(limits)
    ax.set_xlabel("exact [bits]")
    ax.set_ylabel("estimate [bits]")
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    ax.spines[["top", "right"]].set_visible(False)


def _ink() -> str:
    """Colour of text in the current style."""
    return str(matplotlib.rcParams["text.color"])
