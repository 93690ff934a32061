"""Drawing, axes by axes: the only part of gridemp that imports matplotlib.

Never pyplot: no global state is touched.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from gridemp.render.artists.maze_axes import draw_maze
from gridemp.render.artists.numbers import check_numbers
from gridemp.render.figures.heatmap import INK, heatmap
from gridemp.render.figures.panels import panels
from gridemp.render.layout.style import check_colors, check_range, look
from gridemp.render.saving import save_figure

if TYPE_CHECKING:
    from gridemp.render.figures.alternation import alternation_figure
    from gridemp.render.figures.cell import cell_figure, draw_source
    from gridemp.render.figures.compare import compare_figure, difference_figure
    from gridemp.render.figures.exploration import learning_figure
    from gridemp.render.figures.flow import draw_flow
    from gridemp.render.figures.horizon_curve import draw_curve
    from gridemp.render.figures.learned_bound import learned_figure
    from gridemp.render.figures.learning_curve import draw_learning_curve
    from gridemp.render.figures.sensitivity import draw_sensitivity
    from gridemp.render.figures.walk import draw_trail
    from gridemp.render.films.exploration import save_learning
    from gridemp.render.films.walk import save_walk


# What a heatmap has no use for is imported when it is asked for.
LATER = {
    "alternation_figure": "alternation",
    "cell_figure": "cells",
    "compare_figure": "comparisons",
    "difference_figure": "comparisons",
    "draw_curve": "curves",
    "draw_flow": "flows",
    "draw_learning_curve": "learning_curves",
    "draw_sensitivity": "sensitivities",
    "draw_source": "cells",
    "draw_trail": "trails",
    "learned_figure": "learned_bounds",
    "learning_figure": "learnings",
    "save_learning": "learning_films",
    "save_walk": "walks",
}

__all__ = [
    "INK",
    "alternation_figure",
    "cell_figure",
    "check_colors",
    "check_numbers",
    "check_range",
    "compare_figure",
    "difference_figure",
    "draw_curve",
    "draw_flow",
    "draw_learning_curve",
    "draw_maze",
    "draw_sensitivity",
    "draw_source",
    "draw_trail",
    "heatmap",
    "learned_figure",
    "learning_figure",
    "look",
    "panels",
    "save_figure",
    "save_learning",
    "save_walk",
]


def __getattr__(name: str) -> Any:
    if name not in LATER:
        raise AttributeError(f"module 'gridemp.render' has no attribute {name!r}")
    return getattr(import_module(f"gridemp.render.{LATER[name]}"), name)
