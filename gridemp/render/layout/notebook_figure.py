"""Figures and axes that are pictures where they are the value of a notebook's cell.

They need no pyplot, which shows its own figures at the end of a cell, so none is shown twice.
"""

import io

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

NOTEBOOK_DPI = 100.0  # unless the figure has more


class NotebookFigure(Figure):
    """Figure that a notebook shows as a picture."""

    def _repr_png_(self) -> bytes:
        return figure_png(self)


class NotebookAxes(Axes):
    """Axes that a notebook shows as a picture of their figure."""

    def _repr_png_(self) -> bytes | None:
        figure = self.get_figure(root=True)
        return None if figure is None else figure_png(figure)


def figure_png(figure: Figure) -> bytes:
    """PNG image of all of a figure."""
    content = io.BytesIO()
    with matplotlib.rc_context({"savefig.bbox": None}):
        figure.savefig(
            content,
            format="png",
            dpi=max(figure.dpi, NOTEBOOK_DPI),
            facecolor="auto",
            edgecolor="auto",
            transparent=False,
        )
    return content.getvalue()
