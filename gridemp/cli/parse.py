"""Numbers, ranges, cells and times, from the text of an option."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from gridemp.errors import GridempError


def coordinates(text: str, option: str = "--cell") -> tuple[int, int]:
    """The x and y of a cell as typed."""
    found = re.fullmatch(r"\s*(-?\d{1,9})\s*,\s*(-?\d{1,9})\s*", text, re.ASCII)
    if not found:
        raise GridempError(f"{option} needs X,Y such as 5,5, not {text[:40]!r}")
    return int(found[1]), int(found[2])


def span(option: str, text: str, most: float) -> tuple[float, float]:
    """The first and the last value of A..B, or one value twice, from 0 to `most`."""
    what = f"a number from 0 to {most:g}, or two such as 0..{most:g}"
    first, dots, last = text.partition("..")
    ends = (
        number(option, first, float, what),
        number(option, last if dots else first, float, what),
    )
    if not all(0 <= end <= most for end in ends):
        raise GridempError(f"{option} needs {what}, not {text[:40]!r}")
    return ends


def grid_shape(text: str) -> tuple[int, int]:
    """Height and width of a grid such as 15x10."""
    found = re.fullmatch(r"\s*(\d{1,6})\s*[x×]\s*(\d{1,6})\s*", text, re.ASCII)  # noqa: RUF001
    if found is None:
        raise GridempError(f"--grid needs places across and up, such as 15x10, not {text[:40]!r}")
    return int(found[2]), int(found[1])


def seconds_of(option: str, text: str) -> float:
    """A time such as 100ms or 0.1s, in seconds."""
    found = re.fullmatch(r"\s*(\d{1,9}(?:\.\d{1,9})?|\.\d{1,9})\s*(ms|s)\s*", text, re.ASCII)
    if found is None or not float(found[1]):
        raise GridempError(f"{option} needs a time such as 100ms or 0.1s, not {text[:40]!r}")
    return float(found[1]) / (1000 if found[2] == "ms" else 1)


Number = TypeVar("Number")
MAX_NUMBERS = 1000  # of a range


def number(option: str, text: str, kind: Callable[[str], Number], what: str) -> Number:
    """The number that an option was given, or a GridempError that names the option."""
    try:
        return kind(text)
    except (ValueError, ArithmeticError):
        raise GridempError(f"{option} needs {what}, not {text[:40]!r}") from None


def seed_of(text: str) -> int:
    """The number that --seed was given."""
    seed = number("--seed", text, int, "a whole number, 0 or more")
    if not 0 <= seed < 2**63:
        raise GridempError(f"--seed needs a whole number, 0 or more, not {text[:40]}")
    return seed


def numbers(option: str, text: str, kind: Callable[[str], Number], what: str) -> list[Number]:
    """The numbers of a list such as 1,2,5, in which a..b counts up by 1 and a..b:c by c.

    Raises
    ------
    GridempError
        If it is none; it names the option.
    """
    found: list[Number] = []
    for part in text.split(","):
        span = re.fullmatch(r"\s*([\d.]+?)\.\.([\d.]+?)(?::([\d.]+))?\s*", part, re.ASCII)
        if span is None:
            number(option, part, float, what)
            found.append(number(option, part.strip(), kind, what))
            continue
        first, last, step = (number(option, end or "1", Decimal, what) for end in span.groups())
        given = span.group(3) is not None
        if (
            step <= 0
            or not 0 <= (last - first) / step < MAX_NUMBERS
            or (not given and (last - first) % 1)
        ):
            raise GridempError(
                f"{option} {part.strip()[:40]} needs a start, an end beyond it that its steps of 1 "
                f"reach, or a step, up to {MAX_NUMBERS} in all, such as 1..30 or 0..0.3:0.05"
            )
        count = int((last - first) / step) + 1
        each = (str(first + i * step) for i in range(count))
        found += [number(option, text, kind, what) for text in each]
    return found
