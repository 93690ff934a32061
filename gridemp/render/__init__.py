"""Drawing, axes by axes: the only part of gridemp that imports matplotlib.

Never pyplot: no global state is touched.
"""

from gridemp.render.board import draw_maze
from gridemp.render.heatmaps import INK, heatmap
from gridemp.render.panels import panels
from gridemp.render.saving import save_figure
from gridemp.render.style import check_colors, look

__all__ = ["INK", "check_colors", "draw_maze", "heatmap", "look", "panels", "save_figure"]
