"""Errors and warnings whose text tells a user what to do."""

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
        Position of the mistake, counted from 1.
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
    """A package of an optional extra is not installed; the text gives the pip command."""


def import_extra(package: str, purpose: str, extra: str) -> Any:
    """Import a package that comes with an optional extra.

    Parameters
    ----------
    package : str
        Name of the package as it is imported.
    purpose : str
        What needs it, as the subject of the error's sentence.
    extra : str
        The extra of gridemp that installs it.

    Returns
    -------
    module
        The imported package.

    Raises
    ------
    MissingExtra
        If it is not installed; the text gives the pip command.
    """
    try:
        return import_module(package)
    except ImportError:
        raise MissingExtra(f'{purpose} needs {package}; pip install "gridemp[{extra}]"') from None


class ConvergenceWarning(UserWarning):
    """An iteration stopped before it reached its tolerance; the interval returned still holds."""
