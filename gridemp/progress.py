"""Type of the callbacks that report the progress of long computations.

A function that may take a long time has a parameter `progress`, by default None: a callable, called
with the fraction done, from 0 to 1. Its body begins with `progress = progress or ignore`.
"""

from collections.abc import Callable

Progress = Callable[[float], object]


def ignore(fraction: float) -> None:
    """Ignore the fraction done, as the callback used when none is given."""


def part_of(progress: Progress, index: int, count: int) -> Progress:
    """Return the callback for one of several equal parts of the work.

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
