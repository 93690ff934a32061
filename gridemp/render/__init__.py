"""Drawing, axes by axes: the only part of gridemp that imports matplotlib.

Never pyplot: no global state is touched.
"""

from gridemp.render.heatmaps import heatmap, save_heatmap

__all__ = ["heatmap", "save_heatmap"]
