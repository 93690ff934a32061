"""Sizes of texts in the current style, and texts broken into lines."""

from collections.abc import Sequence
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


def wrapped(
    text: str,
    width: float,
    size: float | str,
    *,
    slack: float = 1.0,
    longest_word: float = 0.0,
) -> str:
    """Break a text into lines of at most `width` inches: after commas, else at spaces.

    Parameters
    ----------
    text : str
        Text.
    width : float
        Width of lines in inches.
    size : float or str
        Font size, as in `text_inches`.
    slack : float
        Times the width that a part between commas may have before it is broken at its spaces.
    longest_word : float
        Width in inches up to which a word stays whole even if it is wider than a line; a wider
        word is broken anywhere.
    """
    lines: list[str] = []
    for paragraph in text.splitlines():
        for part in _filled(paragraph.split(", "), ", ", width, size):
            if text_inches(part.removesuffix(","), size) <= slack * width:
                lines.append(part)
                continue
            most = max(width, longest_word)
            pieces = [piece for word in part.split(" ") for piece in _pieces(word, most, size)]
            lines += _filled(pieces, " ", width, size)
    return "\n".join(lines)


def _filled(parts: Sequence[str], joint: str, width: float, size: float | str) -> list[str]:
    """Join parts into lines of at most `width` inches; all but the last end with the joint."""
    lines: list[str] = []
    for part in parts:
        longer = f"{lines[-1]}{joint}{part}" if lines else part
        if lines and text_inches(longer, size) > width:
            lines[-1] += joint.rstrip()
            lines.append(part)
        else:
            lines[-1:] = [longer]
    return lines


def _pieces(word: str, width: float, size: float | str) -> list[str]:
    """Cut a word into pieces of at most `width` inches, of one letter at least."""
    pieces = [""]
    for character in word:
        if pieces[-1] and text_inches(pieces[-1] + character, size) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


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
