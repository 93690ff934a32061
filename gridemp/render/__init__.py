"""Figures and films of maps, walks and analyses; the only wing that imports matplotlib.

Functions that draw take axes or a figure, or create them, and return them; those named `save_...`
write files. None of them uses pyplot, so no global state changes.
"""

from typing import TYPE_CHECKING, Any

from gridemp.lazy import load, names_of

if TYPE_CHECKING:
    from gridemp.render.artists.maze_axes import draw_maze
    from gridemp.render.figures.alternation import alternation_figure
    from gridemp.render.figures.audit import audit_figure
    from gridemp.render.figures.cell import cell_figure, draw_source
    from gridemp.render.figures.compare import compare_figure
    from gridemp.render.figures.condition_grid import draw_condition_grid
    from gridemp.render.figures.difference import difference_figure
    from gridemp.render.figures.entropies import entropies_figure
    from gridemp.render.figures.exploration import exploration_figure
    from gridemp.render.figures.flow import draw_flow
    from gridemp.render.figures.heatmap import heatmap
    from gridemp.render.figures.horizon_curve import draw_curve
    from gridemp.render.figures.lander_conditions import draw_lander_conditions
    from gridemp.render.figures.lander_curve import draw_lander_curve
    from gridemp.render.figures.lander_map import draw_lander_map
    from gridemp.render.figures.learned_bound import learned_figure
    from gridemp.render.figures.learning_curve import draw_learning_curve
    from gridemp.render.figures.measure import draw_measure
    from gridemp.render.figures.panels import panels
    from gridemp.render.figures.phase import phase_figure
    from gridemp.render.figures.ratings import ratings_figure
    from gridemp.render.figures.repertoire import draw_repertoire
    from gridemp.render.figures.scatter_matrix import scatter_matrix
    from gridemp.render.figures.sensitivity import draw_sensitivity
    from gridemp.render.figures.skills import draw_skills
    from gridemp.render.figures.walk import draw_trail
    from gridemp.render.figures.world import draw_world
    from gridemp.render.films.exploration import save_exploration
    from gridemp.render.films.maps import save_animation
    from gridemp.render.films.walk import save_walk
    from gridemp.render.layout.style import look
    from gridemp.render.pictures import state_pictures
    from gridemp.render.saving import save_figure

# Each name is imported when it is first used, as one figure has no use for the others.
HOMES = {
    "alternation_figure": "gridemp.render.figures.alternation",
    "audit_figure": "gridemp.render.figures.audit",
    "cell_figure": "gridemp.render.figures.cell",
    "compare_figure": "gridemp.render.figures.compare",
    "difference_figure": "gridemp.render.figures.difference",
    "draw_condition_grid": "gridemp.render.figures.condition_grid",
    "draw_curve": "gridemp.render.figures.horizon_curve",
    "draw_flow": "gridemp.render.figures.flow",
    "draw_lander_conditions": "gridemp.render.figures.lander_conditions",
    "draw_lander_curve": "gridemp.render.figures.lander_curve",
    "draw_lander_map": "gridemp.render.figures.lander_map",
    "draw_learning_curve": "gridemp.render.figures.learning_curve",
    "draw_maze": "gridemp.render.artists.maze_axes",
    "draw_measure": "gridemp.render.figures.measure",
    "draw_repertoire": "gridemp.render.figures.repertoire",
    "draw_sensitivity": "gridemp.render.figures.sensitivity",
    "draw_skills": "gridemp.render.figures.skills",
    "draw_source": "gridemp.render.figures.cell",
    "draw_trail": "gridemp.render.figures.walk",
    "draw_world": "gridemp.render.figures.world",
    "entropies_figure": "gridemp.render.figures.entropies",
    "exploration_figure": "gridemp.render.figures.exploration",
    "heatmap": "gridemp.render.figures.heatmap",
    "learned_figure": "gridemp.render.figures.learned_bound",
    "look": "gridemp.render.layout.style",
    "panels": "gridemp.render.figures.panels",
    "phase_figure": "gridemp.render.figures.phase",
    "ratings_figure": "gridemp.render.figures.ratings",
    "save_animation": "gridemp.render.films.maps",
    "save_exploration": "gridemp.render.films.exploration",
    "save_figure": "gridemp.render.saving",
    "save_walk": "gridemp.render.films.walk",
    "scatter_matrix": "gridemp.render.figures.scatter_matrix",
    "state_pictures": "gridemp.render.pictures",
}

__all__ = [
    "alternation_figure",
    "audit_figure",
    "cell_figure",
    "compare_figure",
    "difference_figure",
    "draw_condition_grid",
    "draw_curve",
    "draw_flow",
    "draw_lander_conditions",
    "draw_lander_curve",
    "draw_lander_map",
    "draw_learning_curve",
    "draw_maze",
    "draw_measure",
    "draw_repertoire",
    "draw_sensitivity",
    "draw_skills",
    "draw_source",
    "draw_trail",
    "draw_world",
    "entropies_figure",
    "exploration_figure",
    "heatmap",
    "learned_figure",
    "look",
    "panels",
    "phase_figure",
    "ratings_figure",
    "save_animation",
    "save_exploration",
    "save_figure",
    "save_walk",
    "scatter_matrix",
    "state_pictures",
]


if not TYPE_CHECKING:  # type checkers would accept every misspelt name

    def __getattr__(name: str) -> Any:
        return load(__name__, HOMES, name)


def __dir__() -> list[str]:
    return names_of(globals(), __all__)
