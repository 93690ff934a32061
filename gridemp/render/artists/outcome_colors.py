"""Colours of the outcomes of a cell: their probability or, if all are equal, another quantity."""

from dataclasses import dataclass
from typing import Any

import matplotlib
import numpy as np
from matplotlib.colors import BoundaryNorm, Colormap, ListedColormap, Normalize
from numpy.typing import NDArray

from gridemp.analysis.cell import CellSource
from gridemp.analysis.cell_outcomes import fewest_steps, outcome_of_cells, outcomes_in_cells
from gridemp.typing import Array

PROBABILITIES = "viridis_r"  # likely outcomes are dark, as cells without outcomes are light
COUNTS, COUNTS_FROM, COUNTS_TO = "YlGnBu", 0.12, 0.58  # light, so that arrows can be read on them
KINDS = "Set2"
ALIKE = "same colour: same outcome for the sensor"


@dataclass(frozen=True)
class OutcomeColors:
    """Values of the cells that a source can lead to, and their colours.

    Attributes
    ----------
    values : ndarray, shape (H, W)
        Values in array order, NaN in cells without outcomes.
    label : str
        Label of the colourbar; empty if there is none.
    alike : bool
        True if each colour is an outcome, which several cells may share.
    cmap : matplotlib.colors.Colormap
        Colour map of the values.
    norm : matplotlib.colors.Normalize
        Range of the values.
    """

    values: Array
    label: str
    alike: bool
    cmap: Colormap
    norm: Normalize

    @property
    def colors(self) -> dict[str, Any]:
        """Colours as arguments of a matplotlib mesh: `cmap` and `norm`."""
        return {"cmap": self.cmap, "norm": self.norm}

    @property
    def range(self) -> tuple[float, float] | None:
        """Ends of the colourbar, or None if there is none."""
        return (float(self.norm.vmin or 0), float(self.norm.vmax or 0)) if self.label else None

    def of_outcomes(self, source: CellSource) -> NDArray[Any]:
        """Colour of each outcome as on the map: shape (Y, 4)."""
        if source.outcomes is None:
            return np.asarray(self.cmap(self.norm(source.probabilities)))
        _, first = np.unique(source.outcome_of_ends(), return_index=True)
        cells = source.world.maze.cells[source.world.cell[source.ends[first]]]
        return np.asarray(self.cmap(self.norm(self.values[tuple(cells.T)])))


def outcome_colors(source: CellSource, cmap: str | Colormap | None = None) -> OutcomeColors:
    """Choose what the colours of the outcomes of a cell show.

    In a noisy world they show probabilities. In a deterministic one, all outcomes are equally
    likely under the optimal source. The colours then show the fewest steps to each; or, if a cell
    has several outcomes, their number; or, if cells that look alike share outcomes, which cells
    these are.

    Parameters
    ----------
    source : CellSource
        Source of the cell.
    cmap : str or matplotlib.colors.Colormap, optional
        Colour map; by default "viridis_r" for probabilities, otherwise light colours.
    """
    chosen = matplotlib.colormaps[cmap] if isinstance(cmap, str) else cmap
    if source.outcomes is None:
        grid = source.grid()
        return OutcomeColors(
            values=grid,
            label="probability of the outcome",
            alike=False,
            cmap=chosen or matplotlib.colormaps[PROBABILITIES],
            norm=Normalize(0, float(np.nanmax(grid))),
        )
    kinds, counts = outcome_of_cells(source), outcomes_in_cells(source)
    if kinds is not None:
        values, label = kinds, ""
    elif np.nanmax(counts) > 1:
        values, label = counts, "outcomes in the cell"
    else:
        values, label = fewest_steps(source), "fewest steps to reach the cell"
    low, high = int(np.nanmin(values)), int(np.nanmax(values))
    number = high - low + 1
    if chosen is not None:
        shades = chosen(np.linspace(0, 1, number + 1)[1:])
    elif kinds is not None and number <= matplotlib.colormaps[KINDS].N:
        shades = matplotlib.colormaps[KINDS](np.arange(number))
    else:
        shades = matplotlib.colormaps[COUNTS](np.linspace(COUNTS_FROM, COUNTS_TO, number))
    return OutcomeColors(
        values=values,
        label=label if number > 1 else "",
        alike=kinds is not None,
        cmap=ListedColormap(shades),
        norm=BoundaryNorm(np.arange(low, high + 2) - 0.5, max(number, 1)),
    )
