"""Cells of a column of a log, as numbers or as texts."""

import math
from array import array
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from gridemp.typing import Array, Indices

MAX_CATEGORIES = 50
OR_SKIP = ", or set `skip_missing` to leave out such rows"
MAX_QUOTED = 40  # characters of a cell in a sentence

Labels = tuple[tuple[str, ...], Indices]


MISSING = {"", "na", "n/a", "nan", "null", "none"}


@dataclass
class Style:
    """Notation of the numbers of a file.

    Attributes
    ----------
    comma : bool
        True if they may have a decimal comma.
    seen : dict
        First number with each decimal mark.
    """

    comma: bool = False
    seen: dict[str, str] = field(default_factory=dict)

    def with_point(self, text: str) -> str:
        """Return a number with a point; raise a ValueError if the file has points and commas."""
        mark = "," if "," in text else "." if "." in text else ""
        if not self.comma or not mark:
            return text
        first = self.seen.setdefault(mark, text)
        if len(self.seen) > 1 or (mark == "," and "." in text):
            other = self.seen.get("." if mark == "," else ",", first)
            raise ValueError(
                f"{quoted(text)} has a decimal {'comma' if mark == ',' else 'point'}, and "
                f"{quoted(other)} a {'point' if mark == ',' else 'comma'}; write all numbers "
                "alike, without marks of thousands"
            )
        return text.replace(",", ".")


class Numbers:
    """Column of finite numbers."""

    def __init__(self, style: Style | None = None) -> None:
        self._values, self._style = array("d"), style or Style()

    def append(self, text: str) -> None:
        """Add a cell; raise a ValueError with a sentence if it is not a finite number."""
        self._values.append(finite(self._style.with_point(text)))

    def result(self) -> Array:
        """Numbers of all cells, shape (R,)."""
        return np.array(self._values)


class NumbersOrMissing(Numbers):
    """Column of finite numbers, some of which may be missing and become NaN."""

    def append(self, text: str) -> None:
        """Add a cell; raise a ValueError with a sentence if it is neither missing nor a number."""
        if is_missing(text):
            self._values.append(math.nan)
        else:
            super().append(text)


class Times:
    """Column of times: finite numbers, or dates and times of day in ISO 8601."""

    def __init__(self, style: Style | None = None) -> None:
        self._numbers = Numbers(style)
        self._first: tuple[str, datetime | None] | None = None

    def append(self, text: str) -> None:
        """Add a cell; raise a ValueError with a sentence if it is not a time like the others."""
        if self._first is None:
            self._first = text, None if is_number(text) else iso_time(text)
        first, began = self._first
        if began is None:
            self._numbers.append(text)
            return
        moment = iso_time(text)
        if moment is None:
            raise ValueError(
                f"{quoted(text)} is not a time such as {quoted(first)}; write ISO 8601"
            )
        try:
            passed = moment - began
        except TypeError:
            raise ValueError(
                f"{quoted(text)} and {quoted(first)} do not both have a time zone; write it in all "
                "times or in none"
            ) from None
        self._numbers.append(repr(passed.total_seconds()))

    def result(self) -> Array:
        """Numbers, or seconds since the first time, of all cells, shape (R,)."""
        return self._numbers.result()


class Texts:
    """Column of texts."""

    def __init__(self, style: Style | None = None) -> None:
        self._codes = array("q")
        self._known: dict[str, int] = {}

    def append(self, text: str) -> None:
        """Add a cell."""
        self._codes.append(self._known.setdefault(text, len(self._known)))

    def result(self) -> Labels:
        """Distinct texts in order of first appearance, and the place of each cell among them."""
        return tuple(self._known), np.array(self._codes, dtype=np.intp)


class NumbersOrTexts:
    """Column of finite numbers or, if its first cell is not a number, of few texts."""

    def __init__(self, style: Style | None = None) -> None:
        self._style = style
        self._cells: Numbers | Texts | None = None
        self._known: set[str] = set()

    def append(self, text: str) -> None:
        """Add a cell; raise a ValueError with a sentence if it does not go with the others."""
        if self._cells is None:
            if not text:
                raise ValueError(f"the cell is empty; write a number or a category{OR_SKIP}")
            self._cells = Numbers(self._style) if is_number(text) else Texts()
        if isinstance(self._cells, Texts) and text not in self._known:
            self._check(text)
            self._known.add(text)
        self._cells.append(text)

    def _check(self, text: str) -> None:
        """Raise a ValueError if a new text does not go with the known ones."""
        first = quoted(min(self._known, default=text))
        if not text:
            raise ValueError(f"the cell is empty; write a category{OR_SKIP}")
        if is_number(text):
            raise ValueError(
                f"{text} is a number, but {first} above is not; write only numbers or only names"
            )
        if len(self._known) == MAX_CATEGORIES:
            raise ValueError(
                f"{quoted(text)} is one text too many, as a column may have {MAX_CATEGORIES} "
                f"different ones, such as {first}; write numbers, or fewer categories"
            )

    def result(self) -> Array | Labels:
        """Numbers, or texts and codes, of all cells."""
        return np.zeros(0) if self._cells is None else self._cells.result()


def quoted(text: str) -> str:
    """Start of a text in quotation marks."""
    return repr(text[:MAX_QUOTED])


def is_missing(text: str) -> bool:
    """True for an empty cell, and for a word that stands for one."""
    return text.lower() in MISSING


def iso_time(text: str) -> datetime | None:
    """Date and time, or time of day, in ISO 8601; None if it is neither."""
    for day in ("", "1970-01-01T"):
        try:
            return datetime.fromisoformat(day + text)
        except ValueError:
            continue
    return None


def is_number(text: str) -> bool:
    """True for a text that is meant as a number, even if it is not finite or has several marks."""
    try:
        float(text.replace("_", "?").replace(",", "").replace(".", ""))
    except ValueError:
        return False
    return True


def finite(text: str) -> float:
    """Return the finite number in a text, or raise a ValueError that says what to write."""
    try:
        number = float(text.replace("_", "?"))  # Python would read 1_0 as 10
    except ValueError:
        problem = f"{quoted(text)} is not a number" if text else "the cell is empty"
        remedy = "write decimals with a point" if "," in text else "write a number"
        remedy += OR_SKIP if is_missing(text) else ""
        remedy = "write 1 or 0" if text.lower() in ("true", "false") else remedy
        raise ValueError(f"{problem}; {remedy}") from None
    if not math.isfinite(number):
        raise ValueError(
            f"{text[:MAX_QUOTED]} cannot be measured; leave out this row or write a finite number"
            + (OR_SKIP if is_missing(text) else "")
        )
    return number


Cells = Numbers | Texts | NumbersOrTexts | Times
KINDS: tuple[type[Cells], ...] = (Numbers, Texts, NumbersOrTexts, Times, NumbersOrMissing)
