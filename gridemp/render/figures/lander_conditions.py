"""Mean estimated empowerment of the lander for each gravity and wind, as a grid of cells."""

import numpy as np
from matplotlib.axes import Axes

from gridemp.arguments import check_kinds
from gridemp.lander.conditions import LanderConditions
from gridemp.render.artists.condition_cells import ConditionCells
from gridemp.render.figures.condition_grid import draw_cells
from gridemp.render.figures.lander_map import LABEL
from gridemp.render.layout.titles import figure_title


def draw_lander_conditions(
    result: LanderConditions,
    ax: Axes | None = None,
    *,
    width: float | None = None,
    title: str | bool = True,
) -> Axes:
    """Draw the mean estimated empowerment of the lander for each gravity and wind.

    Each cell has the mean over places and seeds and, with several seeds, its standard error.

    Parameters
    ----------
    result : LanderConditions
        Estimates to draw, in bits.
    ax : matplotlib.axes.Axes, optional
        Axes to draw on; by default those of a new figure. The colourbar stands to the right of the
        axes, so create a figure with several axes with `layout="constrained"`.
    width : float, optional
        Width of the new figure in inches.
    title : str or bool
        Title; if True, it gives all settings of the estimate.

    Returns
    -------
    matplotlib.axes.Axes
        Axes of gravities and winds.

    Examples
    --------
    >>> from gridemp import render
    >>> from gridemp.lander import MapSettings, lander_conditions
    >>> settings = MapSettings(horizon=1, frames=20, repeats=1, shape=(2, 3))
    >>> found = lander_conditions(settings, gravities=[2, 10], winds=[0, 20])
    >>> render.draw_lander_conditions(found).get_ylabel()
    'wind'
    """
    check_kinds(draw_lander_conditions, locals())
    errors = result.standard_error
    texts = [[f"{bits:.2f}" for bits in row] for row in result.bits]
    around = [["" for _ in row] for row in result.bits]
    if errors is not None:
        around = [[f"\N{PLUS-MINUS SIGN} {error:.2f}" for error in row] for row in errors]
    cells = ConditionCells(
        x="gravity",
        y="wind",
        x_names=[f"{gravity:g}" for gravity in result.gravities],
        y_names=[f"{wind:g}" for wind in result.winds],
        values=result.bits,
        texts=texts,
        uncertainties=around,
        marked=np.zeros(result.bits.shape, dtype=bool),
    )
    caption = result.caption
    if errors is not None:
        caption += " \N{PLUS-MINUS SIGN} standard error"
    limits = float(result.bits.min()), float(result.bits.max())
    text = figure_title(title, caption)
    return draw_cells(cells, LABEL, limits, text, ax=ax, width=width, entries=[])
