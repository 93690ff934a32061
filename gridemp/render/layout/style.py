"""How figures look: matplotlib's defaults, or print sizes, or a style of the user's choice."""

import inspect
import logging
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from math import inf
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib import style as mpl_style
from matplotlib.colors import to_hex

from gridemp.errors import GridempError, MissingExtra

# Inches, as most two-column journals have them (IEEE: 3.5 and 7.16).
WIDTHS = {"column": 3.5, "page": 7.16}
WIDEST, LEAST_WIDTH = 50.0, 2.5

# Texts as text, with ids that do not change from run to run.
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
# Figures are laid out to the inch here, which these would undo.
LAYOUT: dict[str, Any] = {
    "figure.autolayout": False,
    "figure.constrained_layout.use": False,
    "savefig.bbox": None,
}
# What comes with matplotlib, for styles that name fonts which are not on the machine.
FONTS = {"font.serif": ["STIXGeneral", "DejaVu Serif"], "font.sans-serif": ["DejaVu Sans"]}


@contextmanager
def look(style: str | None = None, width: str | float | None = None) -> Iterator[float | None]:
    """A context in which figures are drawn and saved; the user's `matplotlibrc` has no say in it.

    Parameters
    ----------
    style : str, optional
        A style of matplotlib, by name or file, or a bundle of tueplots such as "neurips2024".
    width : {"column", "page"} or float, optional
        Of the figure, in inches if it is a number. Texts then have the size of print.

    Yields
    ------
    float or None
        The width in inches that figures are to have: the one given, or that of the style.

    Raises
    ------
    GridempError
        If there is no such style or width.
    MissingExtra
        If it may be a style of tueplots, which is not installed.
    """
    wide = width_inches(width)
    chosen = {} if style is None else settings(style, width)
    if "figure.figsize" in chosen and (wide is None or (width in WIDTHS and style in _venues())):
        wide = float(chosen["figure.figsize"][0])
    missing_fonts = logging.getLogger("matplotlib.font_manager")
    level = missing_fonts.level
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        params: dict[str, Any] = matplotlib.rcParams  # type: ignore[assignment]
        params.update(ALWAYS | (PRINT if wide is not None else {}) | chosen | LAYOUT)
        for family, names in FONTS.items():
            params[family] = [*params[family], *names]
        if params["text.usetex"] and shutil.which("latex") is None:
            raise GridempError(
                f"the style {style} sets its texts in TeX, which is not on this machine; install "
                "LaTeX or take another style"
            )
        missing_fonts.setLevel(logging.ERROR)
        try:
            yield wide
        finally:
            missing_fonts.setLevel(level)


def width_inches(width: str | float | None) -> float | None:
    """A width by name or number, in inches.

    Raises
    ------
    GridempError
        If it is neither, or no width that could be drawn.
    """
    if width is None or width in WIDTHS:
        return WIDTHS.get(str(width))
    try:
        wide = float(width)
    except ValueError:
        wide = -1.0
    if not LEAST_WIDTH <= wide <= WIDEST:
        raise GridempError(
            f"--width needs column, page or inches from {LEAST_WIDTH:g} to {WIDEST:g}, "
            f"not {width!r}"
        )
    return wide


def settings(style: str, width: str | float | None = None) -> dict[str, Any]:
    """The rcParams of a style: see `look`."""
    if style in mpl_style.available or style == "default":
        return {} if style == "default" else dict(mpl_style.library[style].items())
    if Path(style).is_file():
        try:
            return dict(matplotlib.rc_params_from_file(style, use_default_template=False).items())
        except (OSError, ValueError) as error:
            raise GridempError(f"cannot read the style {style}: {error}") from None
    if (bundle := _bundle(style, width)) is not None:
        return bundle
    near = get_close_matches(style, [*mpl_style.available, *_venues()], n=1)
    hint = f"did you mean '{near[0]}'?" if near else "give one of matplotlib's by name, or a file"
    raise GridempError(f"there is no style '{style}'; {hint}")


def _venues() -> dict[str, Any]:
    """The styles of tueplots by name, none if it is not installed."""
    try:
        from tueplots import bundles
    except ImportError:
        return {}
    return {
        name: value
        for name, value in vars(bundles).items()
        if inspect.isfunction(value) and not name.startswith("_")
    }


def _bundle(style: str, width: str | float | None) -> dict[str, Any] | None:
    """The rcParams of a venue, if tueplots knows it; texts are left to matplotlib, not to TeX."""
    venues = _venues()
    if not venues and re.fullmatch(r"[a-z]+_?[a-z]*\d{4}", style):
        raise MissingExtra(
            f"{style} is no style of matplotlib; those of venues need tueplots: "
            'pip install "gridemp[styles]"'
        )
    if style not in venues:
        return None
    options = {"column": "full" if width == "page" else "half"}
    accepted = inspect.signature(venues[style]).parameters
    chosen = {name: value for name, value in options.items() if name in accepted}
    return dict(venues[style](**chosen)) | {"text.usetex": False}


def check_colors(cmap: str) -> None:
    """Raise a GridempError if there is no such colour map."""
    if cmap not in matplotlib.colormaps:
        near = get_close_matches(cmap, matplotlib.colormaps, n=1)
        hint = f"did you mean '{near[0]}'?" if near else "give one of matplotlib's, such as cividis"
        raise GridempError(f"there is no colour map '{cmap}'; {hint}")


def palette(count: int = 256) -> list[str]:
    """The default colours from lowest to highest value, as "#rrggbb"."""
    colors = matplotlib.colormaps[matplotlib.rcParamsDefault["image.cmap"]].resampled(count)
    return [to_hex(color) for color in colors(range(count))]


def check_range(vmin: float = -inf, vmax: float = inf) -> None:
    """Raise a GridempError if colours cannot go from one to the other."""
    if not vmin < vmax:
        raise GridempError(f"colours cannot go from {vmin:g} to {vmax:g} bits; let vmin be lower")
