"""Sweeps: the maps of many mazes under many conditions, kept in a store, and phase diagrams."""

from gridemp.lazy import names_of
from gridemp.sweeps.open_maps import open_maps
from gridemp.sweeps.phase import PhaseDiagram, phase_diagram
from gridemp.sweeps.stored import StoredMaps

__all__ = ["PhaseDiagram", "StoredMaps", "open_maps", "phase_diagram"]


def __dir__() -> list[str]:
    return names_of(globals(), __all__)
