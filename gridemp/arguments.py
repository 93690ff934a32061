"""Checks of the kinds of arguments; an error says which argument it is and what to pass."""

import operator
from numbers import Number
from pathlib import PurePath

from gridemp.errors import GridempError

MAX_QUOTED = 40  # characters of a wrong string


def require(name: str, value: object, kinds: type | tuple[type, ...], needed: str) -> None:
    """Raise a GridempError unless an argument is of the right kind.

    Parameters
    ----------
    name : str
        Name of the argument.
    value : object
        The argument.
    kinds : type or tuple of types
        The right kinds.
    needed : str
        Words for what to pass, such as "a World; World.from_maze makes one". What follows a
        semicolon stands at the end of the message.

    Examples
    --------
    >>> from gridemp.arguments import require
    >>> require("text", None, str, "a str; load_maze reads files")
    Traceback (most recent call last):
    ...
    gridemp.errors.GridempError: `text` needs a str, not None; load_maze reads files
    """
    if not isinstance(value, kinds):
        raise wrong_kind(name, value, needed)


def wrong_kind(name: str, value: object, needed: str) -> GridempError:
    """Error for an argument of the wrong kind; see `require` for the parameters."""
    kind, _, remedy = needed.partition("; ")
    message = f"`{name}` needs {kind}, not {described(value)}"
    return GridempError(f"{message}; {remedy}" if remedy else message)


def checked_whole(name: str, value: object, least: int = 0) -> int:
    """Return an argument as an int.

    Raises
    ------
    GridempError
        If it is not a whole number, or less than `least`.
    """
    try:
        number = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        number = least - 1
    if number < least:
        raise GridempError(
            f"`{name}` must be a whole number, {least} or more, not {described(value)}"
        )
    return number


def described(value: object) -> str:
    """Words for a value, such as "5", "'klyubin'", "a Maze" or "an array of shape (2, 3)"."""
    if isinstance(value, str):
        return repr(value if len(value) <= MAX_QUOTED else f"{value[:MAX_QUOTED]}...")
    if value is None or isinstance(value, Number):
        return str(value)
    if isinstance(value, PurePath):
        return f"the path {value}"
    if isinstance(value, type):
        return f"the class {value.__name__}"
    kind = type(value).__name__
    if kind == "ndarray":
        shape = getattr(value, "shape", ())
        return f"an array of shape {shape}" if shape else str(value)
    return f"{'an' if kind[0] in 'AEIOUaeiou' else 'a'} {kind}"
