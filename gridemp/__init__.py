"""Exact empowerment maps of gridworlds, and the figures that show them."""

from typing import TYPE_CHECKING, Any

from gridemp.lazy import load, names_of

if TYPE_CHECKING:
    from gridemp import agents, analysis, deep, information, lander, logs, render, sweeps
    from gridemp.engine.bounds import empowerment_bounds
    from gridemp.engine.contextual import contextual_empowerment
    from gridemp.engine.empowerment import empowerment, horizon_sweep
    from gridemp.engine.first_action import first_action_empowerment
    from gridemp.engine.given_source import information_map
    from gridemp.engine.impoverished import impoverished_empowerment
    from gridemp.engine.map import EmpowermentMap
    from gridemp.engine.map_file import load_map
    from gridemp.engine.maps import EmpowermentMaps
    from gridemp.engine.potential import potential_empowerment
    from gridemp.errors import (
        ConvergenceWarning,
        EstimateWarning,
        GridempError,
        HorizonTooLarge,
        MazeError,
        MazeWarning,
        MissingExtra,
    )
    from gridemp.information.active_set import active_set_capacity
    from gridemp.information.capacity import Capacity, blahut_arimoto
    from gridemp.mazes.generate import make_maze
    from gridemp.mazes.maze import Maze
    from gridemp.mazes.parsing import format_maze, load_maze, parse_maze
    from gridemp.render.figures.heatmap import heatmap
    from gridemp.sweeps.result import SweepResult
    from gridemp.sweeps.sweep import sweep
    from gridemp.web.explore import explore
    from gridemp.web.interactive import interactive
    from gridemp.worlds.environments.pictures import environment_pictures
    from gridemp.worlds.gymnasium import from_gymnasium
    from gridemp.worlds.minigrid import from_minigrid
    from gridemp.worlds.world import World

__version__ = "0.1.0"

# Nothing is imported before it is used, not even numpy.
HOMES = {
    "Capacity": "gridemp.information.capacity",
    "ConvergenceWarning": "gridemp.errors",
    "EmpowermentMap": "gridemp.engine.map",
    "EmpowermentMaps": "gridemp.engine.maps",
    "EstimateWarning": "gridemp.errors",
    "GridempError": "gridemp.errors",
    "HorizonTooLarge": "gridemp.errors",
    "Maze": "gridemp.mazes.maze",
    "MazeError": "gridemp.errors",
    "MazeWarning": "gridemp.errors",
    "MissingExtra": "gridemp.errors",
    "SweepResult": "gridemp.sweeps.result",
    "World": "gridemp.worlds.world",
    "active_set_capacity": "gridemp.information.active_set",
    "agents": "gridemp.agents",
    "analysis": "gridemp.analysis",
    "blahut_arimoto": "gridemp.information.capacity",
    "contextual_empowerment": "gridemp.engine.contextual",
    "deep": "gridemp.deep",
    "empowerment": "gridemp.engine.empowerment",
    "empowerment_bounds": "gridemp.engine.bounds",
    "environment_pictures": "gridemp.worlds.environments.pictures",
    "explore": "gridemp.web.explore",
    "first_action_empowerment": "gridemp.engine.first_action",
    "format_maze": "gridemp.mazes.parsing",
    "from_gymnasium": "gridemp.worlds.gymnasium",
    "from_minigrid": "gridemp.worlds.minigrid",
    "heatmap": "gridemp.render.figures.heatmap",
    "horizon_sweep": "gridemp.engine.empowerment",
    "impoverished_empowerment": "gridemp.engine.impoverished",
    "information": "gridemp.information",
    "information_map": "gridemp.engine.given_source",
    "interactive": "gridemp.web.interactive",
    "lander": "gridemp.lander",
    "load_map": "gridemp.engine.map_file",
    "load_maze": "gridemp.mazes.parsing",
    "logs": "gridemp.logs",
    "make_maze": "gridemp.mazes.generate",
    "parse_maze": "gridemp.mazes.parsing",
    "potential_empowerment": "gridemp.engine.potential",
    "render": "gridemp.render",
    "sweep": "gridemp.sweeps.sweep",
    "sweeps": "gridemp.sweeps",
}

__all__ = [
    "Capacity",
    "ConvergenceWarning",
    "EmpowermentMap",
    "EmpowermentMaps",
    "EstimateWarning",
    "GridempError",
    "HorizonTooLarge",
    "Maze",
    "MazeError",
    "MazeWarning",
    "MissingExtra",
    "SweepResult",
    "World",
    "active_set_capacity",
    "agents",
    "analysis",
    "blahut_arimoto",
    "contextual_empowerment",
    "deep",
    "empowerment",
    "empowerment_bounds",
    "environment_pictures",
    "explore",
    "first_action_empowerment",
    "format_maze",
    "from_gymnasium",
    "from_minigrid",
    "heatmap",
    "horizon_sweep",
    "impoverished_empowerment",
    "information",
    "information_map",
    "interactive",
    "lander",
    "load_map",
    "load_maze",
    "logs",
    "make_maze",
    "parse_maze",
    "potential_empowerment",
    "render",
    "sweep",
    "sweeps",
]


if not TYPE_CHECKING:  # type checkers would accept every misspelt name

    def __getattr__(name: str) -> Any:
        return load(__name__, HOMES, name)


def __dir__() -> list[str]:
    return names_of(globals(), __all__)
