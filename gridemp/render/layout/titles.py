"""Choice between the titles that a figure makes itself and those that are given."""

from collections.abc import Sequence

from gridemp.errors import GridempError
from gridemp.shown import counted


def figure_title(title: str | bool, default: str) -> str:
    """Title of a figure: the text given, the default one if `title` is True, or none."""
    return default if title is True else title or ""


def chosen_titles(
    title: str | bool, panel_titles: Sequence[str] | None, head: str, texts: Sequence[str]
) -> tuple[str, list[str]]:
    """Title of a figure and titles of its panels.

    Parameters
    ----------
    title : str or bool
        Title of the figure; if True, it is `head`; if False, there are no titles but those given.
    panel_titles : sequence of str, optional
        A title for each panel; by default `texts`.
    head : str
        Default title of the figure.
    texts : sequence of str
        Default titles of the panels, without their letters.

    Raises
    ------
    GridempError
        If there are not as many panel titles as panels.
    """
    if panel_titles is None:
        panel_titles = texts if title is not False else [""] * len(texts)
    check_panel_titles(panel_titles, len(texts))
    return figure_title(title, head), list(panel_titles)


def check_panel_titles(panel_titles: Sequence[str], count: int, most: int | None = None) -> None:
    """Raise a GridempError unless titles are as many as panels, `count` or up to `most`."""
    given, most = len(panel_titles), count if most is None else most
    if not count <= given <= most:
        needed = f"{count}" if most == count else f"{count} to {most}"
        raise GridempError(
            f"`panel_titles` gives {counted(given, 'title')}, but this figure needs {needed}"
        )
