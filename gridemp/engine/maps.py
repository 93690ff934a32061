"""A list of empowerment maps that shows itself."""

from typing import SupportsIndex, overload

from gridemp.engine.map import EmpowermentMap
from gridemp.shown import Shown


class EmpowermentMaps(Shown, list[EmpowermentMap]):
    """List of maps, which `print` shows as lines and a notebook as panels on one colour scale.

    It is a list in every other respect. A slice of it shows itself, too; to show other lists of
    maps, make an `EmpowermentMaps` of them.

    Examples
    --------
    >>> import gridemp
    >>> world = gridemp.World.from_maze(gridemp.load_maze("klyubin"))
    >>> emaps = gridemp.horizon_sweep(world, [1, 2, 5])
    >>> print(emaps[1:])
    klyubin, horizon 2, no noise; peak: x = 7, y = 5, 3.70 bits, 13 outcomes; 3 cells share it
    klyubin, horizon 5, no noise; peak: x = 5, y = 5, 5.52 bits, 46 outcomes
    """

    @overload
    def __getitem__(self, index: SupportsIndex) -> EmpowermentMap: ...

    @overload
    def __getitem__(self, index: slice) -> "EmpowermentMaps": ...

    def __getitem__(self, index: SupportsIndex | slice) -> "EmpowermentMap | EmpowermentMaps":
        chosen = super().__getitem__(index)
        return EmpowermentMaps(chosen) if isinstance(chosen, list) else chosen
