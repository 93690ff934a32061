"""The key of a map: a sign for each kind of mark in its cells, and its meaning in a word or two."""

from collections.abc import Sequence

import matplotlib
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Colormap, to_hex
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from gridemp.engine.absorbing import absorbing
from gridemp.engine.map import INVISIBLE_GAP, EmpowermentMap
from gridemp.mazes.maze import Maze
from gridemp.mazes.objects import KEYS, LOCKED
from gridemp.render.artists.walls_and_objects import (
    DARK,
    marked_peaks,
    object_mark,
    object_share,
    ring,
)
from gridemp.render.layout.colorbars import absorbing_look
from gridemp.render.layout.legends import LegendEntry
from gridemp.render.layout.style import ABSORBING, STATELESS_COLOR
from gridemp.render.layout.text import font_points

PEAK, PEAK_OF_BOUNDS = "peak", "possible peak"
PEAK_GREY = "0.6"  # of a peak in the key, if its colour is that dark
NAMES = {
    "S": "start",
    "G": "goal",
    "T": "trap",
    "$": "box",
    "B": "fixed box",
    "~": "ice",
    "^": "conveyor",
    ">": "conveyor",
    "v": "conveyor",
    "<": "conveyor",
    **KEYS,
    **LOCKED,
    "D": "closed door",
    "d": "open door",
    "b": "ball",
}


def key_entries(emaps: Sequence[EmpowermentMap], *, peak: bool = True) -> list[LegendEntry]:
    """Return the key of some maps: peaks, objects and the colours of special cells.

    Parameters
    ----------
    emaps : sequence of EmpowermentMap
        Maps of one figure, with one value per cell.
    peak : bool
        True if peaks are marked.
    """
    entries: list[LegendEntry] = []
    if peak and any(len(marked_peaks(emap)[0]) for emap in emaps):
        names = {peak_name(emap) for emap in emaps}
        several = PEAK_OF_BOUNDS if PEAK_OF_BOUNDS in names else PEAK
        text = peak_words(emaps[0]) if len(emaps) == 1 else several
        entries.append((Line2D([], [], **ring(sign_size(), 1.0), gid="peak"), text))
    entries += object_entries([emap.world.maze for emap in emaps])
    if any(has_stateless(emap) for emap in emaps):
        entries.append((Patch(facecolor=STATELESS_COLOR, gid="stateless"), "no start"))
    return entries + absorbing_entries(emaps)


def has_stateless(emap: EmpowermentMap) -> bool:
    """True if there is a floor cell in which no agent can start, such as that of a closed door."""
    world = emap.world
    return len(set(world.cell[world.start_states].tolist())) < len(world.maze.cells)


def absorbing_entries(emaps: Sequence[EmpowermentMap]) -> list[LegendEntry]:
    """Return the entry of the colour of absorbing cells, if some maps have such cells."""
    if not any(absorbing(emap).any() for emap in emaps):
        return []
    return [(Patch(**ABSORBING, gid="absorbing"), "absorbing: 0 bits")]


def object_entries(mazes: Sequence[Maze]) -> list[LegendEntry]:
    """Return the entries of the objects of some mazes; conveyors share one."""
    letters = {letter for maze in mazes for letter in maze.objects.values()}
    entries: dict[str, LegendEntry] = {}
    for letter, name in NAMES.items():
        if letter in letters and name not in entries:
            sign = Line2D(
                [],
                [],
                **object_mark(letter, sign_size() * object_share(letter)),
                gid=f"object {letter}",
            )
            entries[name] = sign, name
    return list(entries.values())


def filled_peak(cmap: str | Colormap | None) -> Line2D:
    """Return the sign of a peak on its colour, where a hollow ring would look like another sign."""
    ink = str(matplotlib.rcParams["text.color"])  # visible on the page, whatever its colour
    top = ScalarMappable(cmap=cmap).get_cmap()(1.0)
    face = to_hex(top) if sum(top[:3]) > DARK else PEAK_GREY
    return Line2D(
        [],
        [],
        linestyle="none",
        marker="o",
        markersize=sign_size(),
        markerfacecolor=face,
        markeredgecolor=ink,
        markeredgewidth=1.2,
        gid="peak",
    )


def sign_size() -> float:
    """Size of a mark in the key, in points."""
    return font_points("legend.fontsize")


def drawn_entries(entries: Sequence[LegendEntry], axes: Sequence[Axes]) -> list[LegendEntry]:
    """Return the entries whose marks are on some axes, as small cells have no room for some.

    A sign has the gid of its mark; entries without one are kept.
    """
    drawn = {None, *(artist.get_gid() for ax in axes for artist in ax.get_children())}
    return as_drawn([entry for entry in entries if entry[0].get_gid() in drawn], axes)


def as_drawn(entries: Sequence[LegendEntry], axes: Sequence[Axes]) -> list[LegendEntry]:
    """Return the entries with a sign of absorbing cells that looks as these cells do on axes."""
    sign = Patch(**absorbing_look(axes), gid="absorbing")
    return [(sign if each.get_gid() == "absorbing" else each, text) for each, text in entries]


def peak_name(emap: EmpowermentMap) -> str:
    """Return what the rings of a map mark: the peak, or all cells that bounds do not tell apart."""
    uncertain = float(emap.gap.max()) > INVISIBLE_GAP and len(emap.peaks) > 1
    return PEAK_OF_BOUNDS if uncertain else PEAK


def peak_words(emap: EmpowermentMap) -> str:
    """Return the peak of a map with its value, and with its place or the number of such cells.

    If the values are mere bounds, it is only named.
    """
    if float(emap.gap.max()) > INVISIBLE_GAP:
        return peak_name(emap)
    x, y, bits, _, ties = emap.peak
    return f"peak: {bits:.2f} bits" + (f", {ties} cells" if ties > 1 else f" at ({x}, {y})")
