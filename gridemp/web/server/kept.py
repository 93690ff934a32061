"""A store of the last few results, each computed once."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Result = TypeVar("Result")


class Kept(Generic[Result]):
    """The results that were used last, by key.

    Two threads that need the same result at the same time both compute it.

    Parameters
    ----------
    most : int
        Largest number of results to keep.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._results: OrderedDict[bytes, Result] = OrderedDict()
        self._lock = Lock()

    def __call__(self, key: bytes, compute: Callable[[], Result]) -> Result:
        """Return the result with a key, computed only if it is not kept."""
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
                return self._results[key]
        result = compute()
        with self._lock:
            self._results[key] = result
            while len(self._results) > self._most:
                self._results.popitem(last=False)
        return result
