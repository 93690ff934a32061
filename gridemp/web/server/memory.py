"""Memory that the C library keeps after long work, given back to the system."""

import ctypes
import sys
from collections.abc import Callable
from functools import cache


def give_back() -> None:
    """Give back the free memory of all threads; only glibc can, and elsewhere nothing is done.

    Solvers of noisy worlds use large arrays on short-lived threads. glibc keeps what is freed
    for later use by such threads, and a long session would grow by what lies between.
    """
    trim = _malloc_trim()
    if trim is not None:
        trim(0)


@cache
def _malloc_trim() -> Callable[[int], object] | None:
    if not sys.platform.startswith("linux"):
        return None
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError):
        return None
    trim.argtypes, trim.restype = [ctypes.c_size_t], ctypes.c_int
    return trim
