"""How long work tells how far it is.

A function that may take long has an argument `progress`, by default None: a callable that is called
with the fraction done, from 0 to 1. It begins with `progress = progress or ignore`.
"""

from collections.abc import Callable

Progress = Callable[[float], object]


def ignore(fraction: float) -> None:
    """Do nothing with a fraction done."""


def part_of(progress: Progress, index: int, count: int) -> Progress:
    """Progress within one of several equal parts of the work.

    Parameters
    ----------
    progress : callable
        Called with the fraction of the whole work that is done.
    index : int
        Number of the part, from 0.
    count : int
        Number of parts.
    """
    return lambda fraction: progress((index + fraction) / count)
