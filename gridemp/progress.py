"""How long work tells how far it is.

A function that may take long has an argument `progress`, by default None: a callable that is called
with the fraction done, from 0 to 1. It begins with `progress = progress or ignore`.
"""

from collections.abc import Callable

Progress = Callable[[float], object]


def ignore(fraction: float) -> None:
    """Do nothing with a fraction done."""
