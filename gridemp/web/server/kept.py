"""Cache of the results that were used last."""

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
    size : callable, optional
        Returns the size of a result; by default each has the size 0.
    largest : int
        Largest sum of the sizes to keep. The last result is kept, however large it is.
    """

    def __init__(
        self, most: int, size: Callable[[Result], int] = lambda result: 0, largest: int = 0
    ) -> None:
        self._most = most
        self._size = size
        self._largest = largest
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
            while len(self._results) > self._most or self._is_too_large():
                self._results.popitem(last=False)
        return result

    def _is_too_large(self) -> bool:
        sizes = sum(map(self._size, self._results.values()))
        return len(self._results) > 1 and sizes > self._largest
