"""Drawing, axes by axes: the only part of gridemp that imports matplotlib.

Never pyplot: no global state is touched.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from gridemp.render.board import draw_maze
from gridemp.render.heatmaps import INK, heatmap
from gridemp.render.numbers import check_numbers
from gridemp.render.panels import panels
from gridemp.render.saving import save_figure
from gridemp.render.style import check_colors, check_range, look

if TYPE_CHECKING:
    from gridemp.render.cells import cell_figure, draw_source
    from gridemp.render.comparisons import compare_figure, difference_figure
    from gridemp.render.curves import draw_curve
    from gridemp.render.sensitivities import draw_sensitivity

# What a heatmap has no use for is imported when it is asked for.
LATER = {
    "cell_figure": "cells",
    "compare_figure": "comparisons",
    "difference_figure": "comparisons",
    "draw_curve": "curves",
    "draw_sensitivity": "sensitivities",
    "draw_source": "cells",
}

__all__ = [
    "INK",
    "cell_figure",
    "check_colors",
    "check_numbers",
    "check_range",
    "compare_figure",
    "difference_figure",
    "draw_curve",
    "draw_maze",
    "draw_sensitivity",
    "draw_source",
    "heatmap",
    "look",
    "panels",
    "save_figure",
]


def __getattr__(name: str) -> Any:
    if name not in LATER:
        raise AttributeError(f"module 'gridemp.render' has no attribute {name!r}")
    return getattr(import_module(f"gridemp.render.{LATER[name]}"), name)
