"""The room that a map needs around it: for its labels, its colourbar and its title."""

import matplotlib

from gridemp.render.layout.boxes import NARROWEST, Box, em, line_inches, text_inches
from gridemp.render.layout.colorbars import room_for_colorbar

LONG_SIDE, SHORT_SIDE = 5.0, 2.0  # inches of a map's longer side; small mazes get less
LARGEST_CELL = 0.6
TICKS = 0.04  # inches of tick marks
NARROW_TITLE = 2.2  # inches to which no title of a new figure is broken further


def map_box(
    shape: tuple[int, int],
    bar_range: tuple[float, float] | None = None,
    *,
    below: bool | None = None,
) -> Box:
    """The axes of a maze of H x W cells, with labels and, if it has a range, a colourbar."""
    height, width = shape
    ticks = text_inches("0" * len(str(height - 1)), matplotlib.rcParams["ytick.labelsize"])
    left = ticks + line_inches(matplotlib.rcParams["axes.labelsize"]) + em() + TICKS
    bottom = labels_below()
    right = 0.1
    if bar_range is not None and (is_wide(shape) if below is None else below):
        bottom += room_for_colorbar(*bar_range, below=True)
        right = 0.2
    elif bar_range is not None:
        right = room_for_colorbar(*bar_range) + 0.05
    return Box(height / width, left, right, bottom, 0.1)


def long_side(shape: tuple[int, int]) -> float:
    """Inches of the longer side of a map that nothing else tells how large to be."""
    return min(LONG_SIDE, max(SHORT_SIDE, LARGEST_CELL * max(shape)))


def labels_below() -> float:
    """Inches of tick labels and a label below axes."""
    sizes = (matplotlib.rcParams[name] for name in ("xtick.labelsize", "axes.labelsize"))
    return sum(map(line_inches, sizes)) + 0.7 * em() + TICKS


def is_wide(shape: tuple[int, int]) -> bool:
    """Whether the colourbar goes below, as it would be too short for its label beside the map."""
    return shape[1] > 2 * shape[0]


def with_title(
    box: Box, text: str, *, side: float, width: float | None = None, across: float | None = None
) -> tuple[Box, str]:
    """The box with room for a title over it, and the title broken into lines that fit.

    `side` and `width` are those of `layout.arrange`, for a box alone in its figure; elsewhere
    `across` says how wide its axes are.
    """
    if not text:
        return box, text
    size = matplotlib.rcParams["axes.titlesize"]
    if across is None and width is None:
        across = side * min(1.0, 1 / box.aspect)
        most = max(across + 2 * min(box.left, box.right), NARROW_TITLE)
    elif across is None and width is not None:
        across = max(width - box.left - box.right, NARROWEST)
        most = across + 2 * min(box.left, box.right)
    else:
        across = most = across or NARROWEST
    text = wrapped(text, most, size)
    lines = text.splitlines()
    beside = (1.06 * max(text_inches(line, size) for line in lines) - across) / 2 + 0.05
    top = box.top + line_inches(size) * len(lines) + 0.06
    return box._replace(left=max(box.left, beside), right=max(box.right, beside), top=top), text


def wrapped(text: str, most: float, size: float | str) -> str:
    """A text broken after commas into lines of so many inches at most, where that is possible."""
    lines: list[str] = []
    for line in text.splitlines():
        own: list[str] = []
        for part in line.split(", "):
            longer = f"{own[-1]}, {part}" if own else part
            if own and text_inches(longer, size) > most:
                own[-1] += ","
                own.append(part)
            else:
                own[-1:] = [longer]
        lines += own
    return "\n".join(lines)


def level(texts: list[str]) -> list[str]:
    """Texts with as many lines each, so that those over panels in a row begin at one height."""
    lines = [max(1, len(text.splitlines())) for text in texts]
    return [text + "\n" * (max(lines) - own) for text, own in zip(texts, lines, strict=True)]
