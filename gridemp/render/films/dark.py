"""Frames of a page for readers who prefer dark pages."""

from collections.abc import Callable, Iterator
from typing import Any

import matplotlib
from matplotlib.colors import to_hex
from PIL import Image

INK, PAPER = "#eceef1", "#15171a"  # as in the look.css of the other pages
TEXTS = (
    "text.color",
    "axes.labelcolor",
    "axes.edgecolor",
    "xtick.color",
    "ytick.color",
    "patch.edgecolor",
)
PAPERS = ("figure.facecolor", "axes.facecolor", "savefig.facecolor")
DARK: dict[str, Any] = dict.fromkeys(TEXTS, INK) | dict.fromkeys(PAPERS, PAPER)


def dark_frames(make: Callable[[], Iterator[Image.Image]]) -> Iterator[Image.Image] | None:
    """Return frames in light ink on dark paper; maps and their marks keep their colours.

    Parameters
    ----------
    make : callable
        Returns an iterator that draws the frames in the style that is in force.

    Returns
    -------
    iterator of PIL.Image.Image, or None
        Frames in RGB; None if the style has a paper of its own, other than white. The style is dark
        from the first frame to the last, so no other figure may be drawn between them.
    """
    if to_hex(matplotlib.rcParams["figure.facecolor"]) != "#ffffff":
        return None
    return _in_the_dark(make)


def _in_the_dark(make: Callable[[], Iterator[Image.Image]]) -> Iterator[Image.Image]:
    with matplotlib.rc_context():
        params: dict[str, Any] = matplotlib.rcParams  # type: ignore[assignment]
        params.update(DARK)
        yield from make()
