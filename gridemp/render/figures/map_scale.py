"""The colour scale and the marks that all maps of a figure share."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Colormap, Normalize

from gridemp.engine.absorbing import absorbing
from gridemp.engine.map import EmpowermentMap
from gridemp.render.artists.map_key import key_entries
from gridemp.render.figures.heatmap import color_range, heatmap
from gridemp.render.layout.legends import LegendEntry
from gridemp.render.layout.panel_rows import draw_panel_colorbar
from gridemp.render.layout.style import check_colors
from gridemp.report.captions import bar_label


@dataclass(frozen=True)
class MapScale:
    """One colour scale for several maps, and which marks they have.

    Attributes
    ----------
    emaps : sequence of EmpowermentMap
        The maps, with one value per cell.
    low, high : float
        Values of the first and the last colour, in bits.
    cmap : str or matplotlib.colors.Colormap, optional
        Colour map; by default that of the style.
    peak : bool
        True if peaks are marked.
    grid : bool
        True if faint lines separate the cells of small maps.
    legend : bool
        True if a key explains the marks.
    """

    emaps: Sequence[EmpowermentMap]
    low: float
    high: float
    cmap: str | Colormap | None
    peak: bool
    grid: bool = True
    legend: bool = True

    @classmethod
    def of(
        cls,
        emaps: Sequence[EmpowermentMap],
        *,
        cmap: str | Colormap | None = None,
        vmin: float | None = None,
        vmax: float | None = None,
        peak: bool = True,
        grid: bool = True,
        legend: bool = True,
    ) -> "MapScale":
        """Return the scale of these maps under the options of `MapDrawing`.

        Raises
        ------
        GridempError
            If there is no such colour map, or `vmin` is not below `vmax`.
        """
        check_colors(cmap)
        low, high = color_range(emaps, vmin, vmax)
        return cls(emaps=emaps, low=low, high=high, cmap=cmap, peak=peak, grid=grid, legend=legend)

    @property
    def range(self) -> tuple[float, float]:
        """Values of the first and the last colour, in bits."""
        return self.low, self.high

    @property
    def colors(self) -> dict[str, Any]:
        """Colours and lines between cells, as arguments of `draw_values`."""
        return {"cmap": self.cmap, "vmin": self.low, "vmax": self.high, "grid": self.grid}

    @property
    def label(self) -> str:
        """Label of the colourbar: the quantity with its unit."""
        return bar_label(self.emaps)

    @property
    def absorbing(self) -> bool:
        """True if there are absorbing cells, which have a colour of their own."""
        return any(bool(absorbing(emap).any()) for emap in self.emaps)

    def key(self) -> list[LegendEntry]:
        """Return the entries of the key of the maps; none if no key is wanted."""
        return key_entries(self.emaps, peak=self.peak) if self.legend else []

    def mappable(self) -> ScalarMappable:
        """Return the scale in the form that a colourbar takes."""
        mappable = ScalarMappable(Normalize(self.low, self.high), self.cmap)
        ends = [np.array(self.range)]  # of maps without a value of their own
        bits = [emap.bits[~absorbing(emap)] for emap in self.emaps]
        mappable.set_array(np.concatenate(bits if any(map(len, bits)) else ends))
        return mappable

    def draw(
        self,
        emap: EmpowermentMap,
        ax: Axes,
        *,
        annotate: str | None = None,
        colorbar: bool = False,
    ) -> None:
        """Draw one map on axes, without a title."""
        heatmap(
            emap,
            ax=ax,
            annotate=annotate,
            peak=self.peak,
            title=False,
            colorbar=colorbar,
            **self.colors,
        )

    def draw_row(self, axes: Sequence[Axes], *, below: bool) -> None:
        """Draw each of the maps on axes of its own, and one colourbar for all of them.

        Parameters
        ----------
        axes : sequence of matplotlib.axes.Axes
            Axes next to each other, one for each map.
        below : bool
            If True, the colourbar stands below the maps instead of to their right.
        """
        for emap, ax in zip(self.emaps, axes, strict=True):
            self.draw(emap, ax)
        self.draw_bar(axes, below=below)

    def draw_bar(
        self,
        axes: Sequence[Axes],
        *,
        below: bool = False,
        beside: float = 0.0,
        label: str | None = None,
    ) -> None:
        """Draw the colourbar of the maps on some axes; see `draw_panel_colorbar`.

        The label is that of the scale unless another is given.
        """
        label = self.label if label is None else label
        draw_panel_colorbar(axes, self.mappable(), label, below, beside, absorbing=self.absorbing)
