"""Sizes of texts in the current style, and texts broken into lines."""

from typing import Any

import matplotlib
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

POINTS_PER_INCH = 72
MIN_FONT_SIZE = 6.0  # points: no smaller text can be read in print


def em() -> float:
    """Font size of the style, in inches."""
    return float(matplotlib.rcParams["font.size"]) / POINTS_PER_INCH


def font_points(name: str) -> float:
    """Font size of a parameter of the style such as "xtick.labelsize", in points."""
    params: dict[str, Any] = matplotlib.rcParams  # type: ignore[assignment]
    return float(FontProperties(size=params[name]).get_size_in_points())


def text_inches(text: str, size: float | str) -> float:
    """Width of a line of text in inches; the font size is a number of points or a name."""
    font = FontProperties(size=size)
    points, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return float(points) / POINTS_PER_INCH


def line_inches(size: float | str) -> float:
    """Height of a line of text in inches, with the space between lines."""
    return 1.3 * FontProperties(size=size).get_size_in_points() / POINTS_PER_INCH


def widest_line_inches(text: str, size: float | str) -> float:
    """Width of the widest line of a text, in inches."""
    return max((text_inches(line, size) for line in text.splitlines()), default=0.0)


def wrapped(text: str, width: float, size: float | str) -> str:
    """Break a text after commas into lines of at most `width` inches, where that is possible."""
    lines: list[str] = []
    for paragraph in text.splitlines():
        broken: list[str] = []
        for part in paragraph.split(", "):
            longer = f"{broken[-1]}, {part}" if broken else part
            if broken and text_inches(longer, size) > width:
                broken[-1] += ","
                broken.append(part)
            else:
                broken[-1:] = [longer]
        lines += broken
    return "\n".join(lines)


def in_two_lines(text: str) -> str:
    """Break a text at the space that makes the longer of two lines shortest, if it has one."""
    words = text.split(" ")
    broken = [f"{' '.join(words[:i])}\n{' '.join(words[i:])}" for i in range(1, len(words))] or [
        text
    ]
    return min(broken, key=lambda lines: max(map(len, lines.splitlines()), default=0))


def equally_many_lines(texts: list[str]) -> list[str]:
    """Pad texts with empty lines, so that titles in a row begin at the same height."""
    counts = [max(1, len(text.splitlines())) for text in texts]
    return [text + "\n" * (max(counts) - count) for text, count in zip(texts, counts, strict=True)]


def with_minus_signs(text: str) -> str:
    """Replace the hyphens of negative numbers by minus signs."""
    return text.replace("-", "\N{MINUS SIGN}")
