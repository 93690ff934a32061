"""What can go wrong, as sentences a user can act on."""

from importlib import import_module
from typing import Any


class GridempError(Exception):
    """A user's mistake; its text is one sentence that names the place and the remedy."""


class MazeError(GridempError):
    """A maze text that cannot be read.

    Parameters
    ----------
    problem : str
        What is wrong and what to do about it.
    line, column : int, optional
        Where, counted from 1.
    source : str, optional
        The file or other origin of the text, as the user named it.
    """

    def __init__(
        self,
        problem: str,
        line: int | None = None,
        column: int | None = None,
        source: str | None = None,
    ) -> None:
        self.problem = problem
        self.line = line
        self.column = column
        self.source = source
        place = [] if source is None else [source]
        place += [f"{name} {n}" for name, n in (("line", line), ("column", column)) if n]
        super().__init__(f"{', '.join(place)}: {problem}" if place else problem)


class HorizonTooLarge(GridempError):
    """A horizon whose channel would not fit; the text gives the size and what to lower."""


class MissingExtra(GridempError):
    """A package that an extra brings is missing; the text gives the pip line."""


def optional(package: str, purpose: str, extra: str) -> Any:
    """A package that an extra brings, or a MissingExtra with the pip line."""
    try:
        return import_module(package)
    except ImportError:
        raise MissingExtra(f'{purpose} needs {package}; pip install "gridemp[{extra}]"') from None


class ConvergenceWarning(UserWarning):
    """An iteration stopped before its tolerance; the interval it returned still holds."""
