"""Tables of a lesson's file, whose values are taken one by one and checked."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from gridemp.errors import GridempError
from gridemp.web.limits import MAX_QUOTED

REQUIRED = object()
KINDS = {
    "text": "a text in quotes",
    "number": "a number",
    "whole number": "a whole number",
    "truth": "true or false",
    "list": "a list in brackets",
    "table": "a table",
    "cell": "a cell [x, y]",
    "range": "a list of the lowest and the highest colour in bits, such as [0, 6]",
}


class Table:
    """A table of a lesson's file.

    Parameters
    ----------
    content : dict
        The table, as `tomllib` reads it.
    place : str
        File and part of it, with which messages begin.
    """

    def __init__(self, content: dict[str, Any], place: str) -> None:
        self._content = content
        self._known: list[str] = []
        self.place = place

    def __contains__(self, key: str) -> bool:
        return key in self._content

    def value(self, key: str) -> Any:
        """Return the value of a key as it is."""
        return self._content[key]

    def has_list(self, key: str) -> bool:
        """True if the value of a key is a list."""
        return isinstance(self._content.get(key), list)

    def is_none(self, key: str) -> bool:
        """True if the value of a key is false or an empty text."""
        value = self._content.get(key)
        return value is False or value == ""

    def allow(self, *keys: str) -> None:
        """Permit some keys, whether they are taken or not."""
        self._known += keys

    def take(self, key: str, kind: str, default: Any = REQUIRED) -> Any:
        """Return the value of a key, which must be of a kind.

        Parameters
        ----------
        key : str
            Name of the value.
        kind : str
            One of `KINDS`.
        default : object, optional
            Value if the table lacks the key; by default it must have it.
        """
        self.allow(key)
        if key not in self._content:
            if default is REQUIRED:
                raise self.error(f"'{key}' is missing; add it, {KINDS[kind]}")
            return default
        value = self._content[key]
        if not is_kind(value, kind):
            raise self.error(f"'{key}' must be {KINDS[kind]}, not {quoted(value)}")
        if kind == "text":
            value = " ".join(value.split()) if key != "drawing" else value
            if not value.strip():
                raise self.error(f"'{key}' is empty; write something")
        return value

    def choose(self, key: str, allowed: Sequence[str], default: Any = REQUIRED) -> Any:
        """Return the value of a key, which must be one of a few texts."""
        self.allow(key)
        if key not in self._content and default is not REQUIRED:
            return default
        value = self.take(key, "text") if self._content.get(key) != "" else ""
        if value not in allowed:
            raise self.error(f"'{key}' cannot be {quoted(value)}; {hint(value, allowed)}")
        return value

    def texts(self, key: str, allowed: Sequence[str] | None = None, default: Any = REQUIRED) -> Any:
        """Return a list of texts, all different, and each one of those allowed."""
        if key not in self and default is not REQUIRED:
            self.allow(key)
            return default
        found = []
        for value in self.take(key, "list"):
            if not isinstance(value, str) or not value.strip():
                raise self.error(f"'{key}' must be a list of texts; {quoted(value)} is not one")
            if allowed is not None and value not in allowed:
                raise self.error(f"'{key}' has no {quoted(value)}; {hint(value, allowed)}")
            found.append(" ".join(value.split()))
        if len({*found}) < len(found):
            raise self.error(f"'{key}' names something twice; remove one of them")
        return found

    def table(self, key: str) -> "Table":
        """Return a table within this one, empty if there is none."""
        return Table(self.take(key, "table", {}), f"{self.place}, {key}")

    def tables(self, key: str, each: str) -> list["Table"]:
        """Return a list of tables, at least one, called by a word and a number from 1."""
        values = self.take(key, "list")
        if not values or not all(isinstance(value, dict) for value in values):
            raise self.error(f"'{key}' must be a list of one or more tables")
        return [
            Table(value, f"{self.place}, {each} {number}") for number, value in enumerate(values, 1)
        ]

    def finish(self) -> None:
        """Raise an error if the table has a key that was not taken."""
        for key in self._content:
            if key not in self._known:
                raise self.error(f"there is no '{key}' here; {hint(key, sorted({*self._known}))}")

    def error(self, problem: str) -> GridempError:
        """Return an error that names the place."""
        return GridempError(f"{self.place}: {problem}")


def is_kind(value: Any, kind: str) -> bool:
    """True if a value is of a kind, one of `KINDS`; true and false are not numbers."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if kind in ("cell", "range"):
        of = "whole number" if kind == "cell" else "number"
        return isinstance(value, list) and len(value) == 2 and all(is_kind(v, of) for v in value)
    return {
        "text": isinstance(value, str),
        "number": number and abs(value) < float("inf"),
        "whole number": number and isinstance(value, int),
        "truth": isinstance(value, bool),
        "list": isinstance(value, list),
        "table": isinstance(value, dict),
    }[kind]


def quoted(value: Any) -> str:
    """Return a value as it stands in the file, shortened."""
    try:
        text = str(value).lower() if isinstance(value, bool) else repr(value)
    except (ValueError, RecursionError):  # thousands of digits, or tables within tables
        return "that"
    return text if len(text) <= MAX_QUOTED else f"{text[:MAX_QUOTED]}…"


def hint(value: Any, allowed: Sequence[str]) -> str:
    """Return the remedy for an unknown name."""
    near = get_close_matches(str(value), allowed, n=1)
    if near and near[0]:
        return f"did you mean '{near[0]}'?"
    return "use " + " or ".join(repr(each) for each in allowed)
