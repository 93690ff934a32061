"""Styles of figures: those of matplotlib, sizes for print, or a style of the user's choice."""

import inspect
import logging
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from math import inf, isfinite
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib import style as mpl_style
from matplotlib.colors import Colormap, to_hex

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError, MissingExtra, decimal_comma_hint, pip_command

# Inches, as in most two-column journals (IEEE: 3.5 and 7.16).
WIDTHS = {"column": 3.5, "page": 7.16}
MIN_WIDTH, MAX_WIDTH = 2.5, 50.0
PER_INCH = {"in": 1.0, "cm": 2.54, "mm": 25.4}

STATELESS_COLOR = "0.92"  # of floor where the agent cannot start, such as a closed door
# The colour of absorbing cells: on no colour map in use, and dotted where there are no colours.
ABSORBING_COLOR, ABSORBING_DOTS = "#f6cfc9", "#b5564a"
ABSORBING: dict[str, Any] = {
    "facecolor": ABSORBING_COLOR,
    "edgecolor": ABSORBING_DOTS,
    "hatch": "...",
    "linewidth": 0,
}
UNDOTTED = {"facecolor": ABSORBING_COLOR}  # where dots would blur numbers, or cells are small

# Texts are stored as text, and ids do not change from run to run.
ALWAYS: dict[str, Any] = {"pdf.fonttype": 42, "svg.fonttype": "none", "svg.hashsalt": "gridemp"}
PRINT: dict[str, Any] = {
    "font.size": 8,
    "axes.titlesize": 8,
    "axes.labelsize": 8,
    "xtick.labelsize": 7,
    "ytick.labelsize": 7,
    "legend.fontsize": 7,
    "lines.linewidth": 1.2,
    "axes.linewidth": 0.6,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
}
# Figures are laid out to the inch here, which these settings would undo.
LAYOUT: dict[str, Any] = {
    "figure.autolayout": False,
    "figure.constrained_layout.use": False,
    "savefig.bbox": None,
}
# Fonts that come with matplotlib, for styles that name fonts which are not installed.
FONTS = {"font.serif": ["STIXGeneral", "DejaVu Serif"], "font.sans-serif": ["DejaVu Sans"]}


@contextmanager
def look(style: str | None = None, width: str | float | None = None) -> Iterator[float | None]:
    """Context in which figures are drawn and saved in a style.

    The user's `matplotlibrc` has no effect in it.

    Parameters
    ----------
    style : str, optional
        Name or file of a matplotlib style, or a bundle of tueplots such as "neurips2024".
    width : {"column", "page"}, str or float, optional
        Width of figures: a number of inches, or a text such as "85mm", "8.5cm" or "3.3in". If it
        is given, texts have sizes for print.

    Yields
    ------
    float or None
        Width of figures in inches: the one given, or that of the style.

    Raises
    ------
    GridempError
        If there is no such style or width.
    MissingExtra
        If the style may be one of tueplots, which is not installed.

    Examples
    --------
    >>> from gridemp.render import look
    >>> with look(width="column") as inches:
    ...     print(inches)
    3.5
    """
    check_kinds(look, locals())
    inches = width_inches(width)
    chosen = {} if style is None else style_params(style, width)
    if "figure.figsize" in chosen and (inches is None or (width in WIDTHS and style in _bundles())):
        inches = float(chosen["figure.figsize"][0])
    font_logger = logging.getLogger("matplotlib.font_manager")
    level = font_logger.level
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        params: dict[str, Any] = matplotlib.rcParams  # type: ignore[assignment]
        params.update(ALWAYS | (PRINT if inches is not None else {}) | chosen | LAYOUT)
        for family, names in FONTS.items():
            params[family] = [*params[family], *names]
        if params["text.usetex"] and shutil.which("latex") is None:
            raise GridempError(
                f"the style {style} sets its texts in LaTeX, which is not installed on this "
                "computer; install LaTeX or use another style"
            )
        font_logger.setLevel(logging.ERROR)  # no warnings of missing fonts
        try:
            yield inches
        finally:
            font_logger.setLevel(level)


def width_inches(width: str | float | None) -> float | None:
    """Width of a figure in inches, given as a number, with a unit, or as a name in `WIDTHS`.

    Raises
    ------
    GridempError
        If `width` is neither, or cannot be drawn.
    """
    if width is None or width in WIDTHS:
        return WIDTHS.get(str(width))
    text = str(width).lower()
    unit = next((unit for unit in PER_INCH if text.rstrip().endswith(unit)), "")
    try:
        inches = float(text.rstrip().removesuffix(unit)) / PER_INCH.get(unit, 1.0)
    except ValueError:
        inches = -1.0
    if not MIN_WIDTH <= inches <= MAX_WIDTH:
        raise GridempError(
            f"`width` must be column, page or a width from {MIN_WIDTH:g} to {MAX_WIDTH:g} inches, "
            f"such as 3.5 or 85mm, not {width!r}{decimal_comma_hint(text)}"
        )
    return inches


def style_params(style: str, width: str | float | None = None) -> dict[str, Any]:
    """Return the rcParams of a style; the parameters and errors are those of `look`."""
    if style in mpl_style.available or style == "default":
        return {} if style == "default" else dict(mpl_style.library[style].items())
    if Path(style).is_file():
        try:
            return dict(matplotlib.rc_params_from_file(style, use_default_template=False).items())
        except (OSError, ValueError) as error:
            raise GridempError(f"cannot read the style {style}: {error}") from None
    if (bundle := _bundle_params(style, width)) is not None:
        return bundle
    near = get_close_matches(style, style_names(), n=1)
    hint = f"did you mean '{near[0]}'?" if near else "give one of matplotlib's by name, or a file"
    raise GridempError(f"there is no style '{style}'; {hint}")


def style_names() -> list[str]:
    """Return the names of the styles of matplotlib and, if it is installed, of tueplots."""
    return [*mpl_style.available, *_bundles()]


def _bundles() -> dict[str, Any]:
    """Functions of tueplots that return the style of a venue, by name; empty without it."""
    try:
        from tueplots import bundles
    except ImportError:
        return {}
    return {
        name: value
        for name, value in vars(bundles).items()
        if inspect.isfunction(value) and not name.startswith("_")
    }


def _bundle_params(style: str, width: str | float | None) -> dict[str, Any] | None:
    """Return the rcParams of a venue, or None if tueplots has none; texts are not set in TeX."""
    bundles = _bundles()
    if not bundles and re.fullmatch(r"[a-z]+_?[a-z]*\d{4}", style):
        raise MissingExtra(
            f"{style} is not a style of matplotlib; the styles of venues need tueplots: "
            + pip_command("styles")
        )
    if style not in bundles:
        return None
    options = {"column": "full" if width == "page" else "half"}
    accepted = inspect.signature(bundles[style]).parameters
    chosen = {name: value for name, value in options.items() if name in accepted}
    return dict(bundles[style](**chosen)) | {"text.usetex": False}


def cmap_names() -> list[str]:
    """Return the names of the colour maps of matplotlib."""
    return sorted(matplotlib.colormaps)


def check_colors(cmap: str | Colormap | None) -> None:
    """Raise a GridempError if there is no such colour map; None is that of the style."""
    if isinstance(cmap, str) and cmap not in matplotlib.colormaps:
        near = get_close_matches(cmap, matplotlib.colormaps, n=1)
        hint = f"did you mean '{near[0]}'?" if near else "give one of matplotlib's, such as cividis"
        raise GridempError(f"there is no colour map '{cmap}'; {hint}")


def check_range(vmin: float | None = None, vmax: float | None = None, unit: str = " bits") -> None:
    """Raise a GridempError if colours cannot go from `vmin` to `vmax`; None is no limit."""
    low, high = -inf if vmin is None else vmin, inf if vmax is None else vmax
    finite = all(isfinite(end) for end in (vmin, vmax) if end is not None)
    if not (finite and low < high):
        raise GridempError(
            f"colours cannot go from {low:.4g} to {high:.4g}{unit}; make `vmin` lower than `vmax`"
        )


def palette(count: int = 256) -> list[str]:
    """Default colours from the lowest to the highest value, as "#rrggbb"."""
    colors = matplotlib.colormaps[matplotlib.rcParamsDefault["image.cmap"]].resampled(count)
    return [to_hex(color) for color in colors(range(count))]
