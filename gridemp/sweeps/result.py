"""The result of a sweep: how much was computed, and what failed."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gridemp.shown import counted


@dataclass(frozen=True)
class Failure:
    """Map of a sweep that could not be computed.

    Attributes
    ----------
    group : str
        Group of the store that lacks it.
    place : tuple
        Its moves, torus, sensor, slip and horizon.
    sentence : str
        Reason.
    """

    group: str
    place: tuple[Any, ...]
    sentence: str

    def __str__(self) -> str:
        moves, torus, sensor, slip, horizon = self.place
        return (
            f"{self.group}, moves {moves}, torus {torus}, sensor {sensor}, slip {slip:g}, horizon "
            f"{horizon}: {self.sentence}"
        )


@dataclass(frozen=True)
class SweepResult:
    """Result of a sweep.

    Attributes
    ----------
    path : Path
        Folder of the store.
    computed : int
        Number of maps that were computed.
    kept : int
        Number of maps that were in the store already.
    failures : sequence of Failure
        Maps that could not be computed. Each has its `group` in the store, its `place` (moves,
        torus, sensor, slip and horizon), and a `sentence` with the reason.

    Examples
    --------
    >>> import gridemp
    >>> result = gridemp.sweep(["trap"], [1, 60], "trap.zarr", slip=[0.1])
    >>> print(result)
    trap.zarr: 1 map computed, 1 failed
    >>> result.failures[0].place
    ('nesw', 'none', 'state', 0.1, 60)
    """

    path: Path
    computed: int
    kept: int
    failures: Sequence[Failure] = ()

    def __str__(self) -> str:
        parts = [f"{counted(self.computed, 'map')} computed"]
        if self.kept:
            parts.append(f"{self.kept} in the store already")
        if self.failures:
            parts.append(f"{len(self.failures)} failed")
        return f"{self.path}: {', '.join(parts)}"
