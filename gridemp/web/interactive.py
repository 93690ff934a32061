"""The exported page in a frame, as a notebook shows it."""

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

import numpy as np

from gridemp.arguments import check_kinds
from gridemp.engine.empowerment import TOLERANCE
from gridemp.engine.kind import check_open_loop
from gridemp.engine.map import EmpowermentMap
from gridemp.errors import GridempError
from gridemp.progress import Progress
from gridemp.web.export import default_title, page, why_left_out
from gridemp.worlds.world import World

WIDTH = 800  # pixels of the maze, at most: a notebook is rarely wider than 1000
MIN_BOARD, MAX_BOARD = 160, 440  # pixels of the height of the maze with its labels
LABELS = 54, 138  # pixels that labels and the colourbar take below and beside the maze
TEXTS = 288  # pixels that the maze leaves for the texts and the slider, as in exported.css
NOTE = 28  # pixels of the note on what is left out


@dataclass(frozen=True, repr=False)
class InteractivePage:
    """Page with a slider over maps, which a notebook shows in a frame.

    Attributes
    ----------
    html : str
        Text of the page. Written to a file, it needs neither Python nor a server.
    title : str
        Title of the page.
    height : int
        Height of the frame, in pixels.
    """

    html: str
    title: str
    height: int

    def _repr_html_(self) -> str:
        return (
            f'<iframe title="{html.escape(self.title)}" width="100%" height="{self.height}" '
            f'style="border: none" sandbox="allow-scripts" srcdoc="{html.escape(self.html)}">'
            "</iframe>"
        )

    def __repr__(self) -> str:
        return f"InteractivePage({self.title!r})"


def interactive(
    maps: EmpowermentMap | Sequence[EmpowermentMap],
    *,
    title: str | None = None,
    tol: float = TOLERANCE,
    progress: Progress | None = None,
) -> InteractivePage:
    """Make a page for a notebook, with a slider over maps.

    It is the page that `gridemp export` writes; pointing at a cell shows what it can reach.

    Parameters
    ----------
    maps : EmpowermentMap or sequence of EmpowermentMap
        One map, or several of one world in the order of the slider, such as `horizon_sweep`
        returns.
    title : str, optional
        Title of the page; by default it names the maze.
    tol : float
        Largest certified gap to accept, in bits, for what a cell can reach in a noisy world.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    InteractivePage
        Page that a notebook shows if it is the value of a cell; its `html` can be saved.

    Raises
    ------
    GridempError
        If there is no map, or the maps are of several worlds or of a given source, or show
        different headings.

    Examples
    --------
    >>> import gridemp
    >>> world = gridemp.World.from_maze(gridemp.load_maze("tunnel"))
    >>> gridemp.interactive(gridemp.horizon_sweep(world, [1, 2, 3]))
    InteractivePage('Empowerment of tunnel')
    """
    check_kinds(interactive, locals(), "maps")
    emaps = list(maps) if isinstance(maps, Iterable) else [maps]
    check_maps(emaps)
    world = emaps[0].world
    heading = emaps[0].per_cell or "best"
    text = page(emaps, title, (), progress, heading=heading, tol=tol)
    title = default_title(world) if title is None else title
    note = NOTE if why_left_out(emaps, heading) else 0
    return InteractivePage(text, title, frame_height(world.maze.shape) + note)


def check_maps(emaps: Sequence[EmpowermentMap]) -> None:
    """Raise a GridempError unless there are maps that one page can show."""
    if not emaps or not all(isinstance(emap, EmpowermentMap) for emap in emaps):
        raise GridempError(
            "`maps` must be an empowerment map or a list of one or more, as `horizon_sweep` makes"
        )
    if any(emap.source for emap in emaps):
        raise GridempError(
            "a page can only show the optimal source; compute the maps without `source`"
        )
    for emap in emaps:
        check_open_loop(emap.kind)
    if not all(same_world(emaps[0].world, emap.world) for emap in emaps):
        raise GridempError("these maps are of different worlds; give maps of one world")
    if len({emap.per_cell for emap in emaps}) > 1:
        raise GridempError(
            "these maps show different headings; apply the same `one_per_cell` to all"
        )


def same_world(one: World, other: World) -> bool:
    """True if two worlds are equal in all their fields."""
    names = [field.name for field in fields(World)]
    return one is other or all(
        np.array_equal(getattr(one, name), getattr(other, name)) for name in names
    )


def frame_height(shape: tuple[int, int]) -> int:
    """Height in pixels of a frame in which the page of a maze of H x W cells needs no scrollbar."""
    rows, cols = shape
    below, beside = LABELS
    return round(min(max((WIDTH - beside) * rows / cols + below, MIN_BOARD), MAX_BOARD) + TEXTS)
