"""Cells of a column of a log, as numbers or as texts."""

import math
from array import array

import numpy as np

from gridemp.typing import Array, Indices

MAX_CATEGORIES = 50
MAX_QUOTED = 40  # characters of a cell in a sentence

Labels = tuple[tuple[str, ...], Indices]


class Numbers:
    """Column of finite numbers."""

    def __init__(self) -> None:
        self._values = array("d")

    def append(self, text: str) -> None:
        """Add a cell; raise a ValueError with a sentence if it is not a finite number."""
        self._values.append(finite(text))

    def result(self) -> Array:
        """Numbers of all cells, shape (R,)."""
        return np.array(self._values)


class Texts:
    """Column of texts."""

    def __init__(self) -> None:
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

    def __init__(self) -> None:
        self._cells: Numbers | Texts | None = None
        self._known: set[str] = set()

    def append(self, text: str) -> None:
        """Add a cell; raise a ValueError with a sentence if it does not go with the others."""
        if self._cells is None:
            self._cells = Numbers() if not text or is_number(text) else Texts()
        if isinstance(self._cells, Texts) and text not in self._known:
            self._check(text)
            self._known.add(text)
        self._cells.append(text)

    def _check(self, text: str) -> None:
        """Raise a ValueError if a new text does not go with the known ones."""
        first = quoted(min(self._known, default=text))
        if not text:
            raise ValueError("the cell is empty; write a category")
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


def is_number(text: str) -> bool:
    """True for a text that is meant as a number, even if it is not finite or has a comma."""
    try:
        float(text.replace("_", "?").replace(",", "."))
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
        remedy = "write 1 or 0" if text.lower() in ("true", "false") else remedy
        raise ValueError(f"{problem}; {remedy}") from None
    if not math.isfinite(number):
        raise ValueError(
            f"{text[:MAX_QUOTED]} cannot be measured; leave out this row or write a finite number"
        )
    return number


Cells = Numbers | Texts | NumbersOrTexts
KINDS: tuple[type[Cells], ...] = (Numbers, Texts, NumbersOrTexts)
