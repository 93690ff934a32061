"""Options of the panels of a figure."""

from dataclasses import dataclass
from typing import ClassVar

from gridemp.cli.figure_option_types import PanelTitles
from gridemp.cli.help import FIGURE


@dataclass
class PanelOptions:
    """Options of the panels of a figure, as typed."""

    panel_titles: PanelTitles = None

    group: ClassVar[str] = FIGURE

    def titles(self, count: int, most: int | None = None) -> list[str] | None:
        """Titles of the panels, or None for those that the figure makes itself.

        Parameters
        ----------
        count : int
            Number of panels with titles.
        most : int, optional
            Largest number, if only the work shows how many panels there are: from `count` on.

        Raises
        ------
        GridempError
            If there are not as many titles as panels.
        """
        if self.panel_titles is None:
            return None
        titles = [title.strip() for title in self.panel_titles.split("|")]
        from gridemp.render.layout.titles import check_panel_titles

        check_panel_titles(titles, count, most)
        return titles
