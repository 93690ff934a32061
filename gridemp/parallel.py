"""Equal work on all processors: NumPy and SciPy let other threads run meanwhile."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from gridemp.progress import Progress

Result = TypeVar("Result")


def each(function: Callable[[int], Result], count: int, progress: Progress) -> list[Result]:
    """The results for 0 to count - 1, in their order; what waits is left undone on any failure."""
    found: list[Result] = []
    pool = ThreadPoolExecutor(os.cpu_count())
    try:
        for result in pool.map(function, range(count)):
            found.append(result)
            progress(len(found) / count)
    finally:
        pool.shutdown(cancel_futures=True)
    return found
