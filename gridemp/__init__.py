"""Exact empowerment maps of gridworlds, and the figures that show them."""

from typing import TYPE_CHECKING, Any

from gridemp.active_set import active_set_capacity
from gridemp.bounds import empowerment_bounds
from gridemp.capacity import Capacity, blahut_arimoto
from gridemp.empowerment import empowerment, horizon_sweep
from gridemp.errors import (
    ConvergenceWarning,
    GridempError,
    HorizonTooLarge,
    MazeError,
    MissingExtra,
)
from gridemp.gymnasium import from_gymnasium
from gridemp.making import make_maze
from gridemp.maps import EmpowermentMap
from gridemp.maze import Maze
from gridemp.minigrid import from_minigrid
from gridemp.parsing import format_maze, load_maze, parse_maze
from gridemp.showing import install
from gridemp.world import World

if TYPE_CHECKING:
    from gridemp.render import heatmap

__version__ = "0.1.0"

install()

__all__ = [
    "Capacity",
    "ConvergenceWarning",
    "EmpowermentMap",
    "GridempError",
    "HorizonTooLarge",
    "Maze",
    "MazeError",
    "MissingExtra",
    "World",
    "active_set_capacity",
    "blahut_arimoto",
    "empowerment",
    "empowerment_bounds",
    "format_maze",
    "from_gymnasium",
    "from_minigrid",
    "heatmap",
    "horizon_sweep",
    "load_maze",
    "make_maze",
    "parse_maze",
]


def __getattr__(name: str) -> Any:
    if name == "heatmap":  # matplotlib is slow to import, so only what draws waits for it
        from gridemp.render import heatmap

        return heatmap
    raise AttributeError(f"module 'gridemp' has no attribute {name!r}")
