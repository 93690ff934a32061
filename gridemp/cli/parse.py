"""Numbers, ranges, cells and times from the text of options."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from gridemp.errors import GridempError, decimal_comma_hint

WHOLE = "a whole number"
PROBABILITY = "a probability from 0 to 1"
BITS = "a number of bits"

MAX_NUMBERS = 1000  # in one range
MAX_QUOTED = 40  # characters of a text that an error message repeats

Number = TypeVar("Number")


def parse_number(option: str, text: str, kind: Callable[[str], Number], expected: str) -> Number:
    """Number in the text of an option.

    Parameters
    ----------
    option : str
        Option as it is typed, such as ``--slip``.
    text : str
        Text given for the option.
    kind : callable
        Converts text to a number, such as ``int`` or ``float``.
    expected : str
        Kind of number in words, for the error message.

    Raises
    ------
    GridempError
        If the text is not such a number; the message names the option.
    """
    try:
        return kind(text)
    except (ValueError, ArithmeticError):
        hint = "" if kind is int else decimal_comma_hint(text)
        raise GridempError(
            f"{option} must be {expected}, not {text[:MAX_QUOTED]!r}{hint}"
        ) from None


def parse_whole(option: str, text: str) -> int:
    """Whole number in the text of an option."""
    return parse_number(option, text, int, WHOLE)


def parse_level(text: str) -> int | str:
    """Number of a level of a file or, if the text is not a whole number, its title."""
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else text


def parse_cell_size(text: str | None) -> int | None:
    """Number of pixels of a cell; None if none was typed."""
    return None if text is None else parse_whole("--cell-size", text)


def fractions(text: str) -> str:
    """Text in which percentages are fractions: `5%,10%` becomes `0.05,0.1`."""

    def fraction(match: re.Match[str]) -> str:
        return f"{(Decimal(match[1]) / 100).normalize():f}"

    return re.sub(r"(\d+(?:\.\d*)?|(?<!\.)\.\d+)\s*%", fraction, text, flags=re.ASCII)


def parse_probability(option: str, text: str) -> float:
    """Probability, which may be a percentage, in the text of an option."""
    return parse_number(option, text, lambda typed: float(fractions(typed)), PROBABILITY)


def parse_seed(option: str, text: str) -> int:
    """Seed of a random number generator."""
    expected = "a whole number, 0 or more"
    seed = parse_number(option, text, int, expected)
    if not 0 <= seed < 2**63:
        raise GridempError(f"{option} must be {expected}, not {text[:MAX_QUOTED]}")
    return seed


def parse_numbers(
    option: str, text: str, kind: Callable[[str], Number], expected: str
) -> list[Number]:
    """Numbers of a list such as 1,2,5, where a..b counts up by 1 and a..b:c counts up by c.

    The parameters and the errors are those of `parse_number`.
    """
    numbers: list[Number] = []
    for part in text.split(","):
        bounds = re.fullmatch(r"\s*([\d.]+?)\.\.([\d.]+?)(?::([\d.]+))?\s*", part, re.ASCII)
        if bounds is None:
            parse_number(option, part, float, expected)
            numbers.append(parse_number(option, part.strip(), kind, expected))
            continue
        first, last, step = (
            parse_number(option, bound or "1", Decimal, expected) for bound in bounds.groups()
        )
        unreachable = bounds[3] is None and (last - first) % 1
        if step <= 0 or not 0 <= (last - first) / step < MAX_NUMBERS or unreachable:
            raise GridempError(
                f"{option} {part.strip()[:MAX_QUOTED]} is not a valid range; give a start and a "
                f"larger end, a step if steps of 1 miss the end, and up to {MAX_NUMBERS} numbers "
                "in all, such as 1..30 or 0..0.3:0.05"
            )
        count = int((last - first) / step) + 1
        numbers += [
            parse_number(option, str(first + i * step), kind, expected) for i in range(count)
        ]
    return numbers


def is_list(text: str) -> bool:
    """True if the text of an option is a list or a range."""
    return "," in text or ".." in text


def parse_interval(option: str, text: str, highest: float) -> tuple[float, float]:
    """First and last value of A..B, or one value twice, each from 0 to `highest`."""
    expected = f"a number from 0 to {highest:g}, or two such as 0..{highest:g}"
    first, dots, last = text.partition("..")
    ends = (
        parse_number(option, first, float, expected),
        parse_number(option, last if dots else first, float, expected),
    )
    if not all(0 <= end <= highest for end in ends):
        raise GridempError(f"{option} must be {expected}, not {text[:MAX_QUOTED]!r}")
    return ends


def parse_cell(option: str, text: str) -> tuple[int, int]:
    """Cell (x, y) of a text such as 5,5."""
    match = re.fullmatch(r"\s*(-?\d{1,9})\s*,\s*(-?\d{1,9})\s*", text, re.ASCII)
    if match is None:
        raise GridempError(f"{option} must be X,Y such as 5,5, not {text[:MAX_QUOTED]!r}")
    return int(match[1]), int(match[2])


def parse_grid(option: str, text: str) -> tuple[int, int]:
    """Height and width of a grid such as 15x10, which is typed width first."""
    match = re.fullmatch(
        r"\s*(\d{1,6})\s*[x\N{MULTIPLICATION SIGN}]\s*(\d{1,6})\s*", text, re.ASCII
    )
    if match is None:
        raise GridempError(
            f"{option} must be the numbers of places across and up, such as 15x10, not "
            f"{text[:MAX_QUOTED]!r}"
        )
    return int(match[2]), int(match[1])


def parse_size(option: str, text: str) -> tuple[int, int]:
    """Width and height of a maze such as 30x20."""
    match = re.fullmatch(r"\s*(\d{1,9})\s*[xX]\s*(\d{1,9})\s*", text, re.ASCII)
    if match is None:
        raise GridempError(
            f"{option} must be WIDTHxHEIGHT in whole cells, such as 30x20, not "
            f"{text[:MAX_QUOTED]!r}"
        )
    return int(match[1]), int(match[2])


def parse_seconds(option: str, text: str) -> float:
    """Seconds of a time such as 100ms or 0.1s."""
    match = re.fullmatch(r"\s*(\d{1,9}(?:\.\d{1,9})?|\.\d{1,9})\s*(ms|s)\s*", text, re.ASCII)
    if match is None or not float(match[1]):
        hint = decimal_comma_hint(text)
        raise GridempError(
            f"{option} must be a time such as 100ms or 0.1s, not {text[:MAX_QUOTED]!r}{hint}"
        )
    return float(match[1]) / (1000 if match[2] == "ms" else 1)
