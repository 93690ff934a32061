"""Texts of figures: titles, labels of colourbars, letters and captions of panels.

A caption is made of pieces, each with a kind, which are joined only at the end. The pieces that
several maps share are found by comparison, so commas in a name do no harm.
"""

from collections.abc import Sequence
from string import ascii_lowercase

from gridemp.engine.absorbing import span
from gridemp.engine.kind import OPEN
from gridemp.engine.map import INVISIBLE_GAP, EmpowermentMap
from gridemp.mazes.maze import Maze
from gridemp.report.rounding import rounded_up
from gridemp.shown import counted
from gridemp.worlds.world import World

MAX_NAME_LENGTH = 40

Piece = tuple[str, str]  # its kind and its text


def caption(emap: EmpowermentMap, *more: str) -> str:
    """Caption of a map: maze, horizon, conditions and `more`; on a second line any visible gap."""
    return ", ".join([*caption_parts(emap), *more]) + about_bounds(float(emap.gap.max()))


def caption_parts(emap: EmpowermentMap) -> tuple[str, ...]:
    """Pieces of a caption, as texts."""
    return tuple(text for _, text in _pieces(emap, emap.source, emap.kind.words))


def _pieces(emap: EmpowermentMap, source: str, kind: str) -> list[Piece]:
    pieces = [
        ("maze", short_name(emap.world)),
        ("horizon", f"horizon {emap.horizon}" if emap.horizon else ""),
        ("kind", kind),
        *(("condition", text) for text in emap.world.conditions.words()),
        ("source", source),
        ("shown", emap.shown),
    ]
    return [piece for piece in pieces if piece[1]]


def short_name(world: World) -> str:
    """Name of the maze of a world, shortened to fit into a title."""
    return maze_name(world.maze)


def maze_name(maze: Maze) -> str:
    """Name of a maze, shortened to fit into a title."""
    name = maze.name
    return name if len(name) <= MAX_NAME_LENGTH else name[: MAX_NAME_LENGTH - 1] + "…"


def world_caption(world: World) -> str:
    """Caption of a world: maze, number of actions and conditions."""
    actions = counted(len(world.actions), "action")
    return ", ".join([short_name(world), actions, *world.conditions.words()])


def measure_caption(world: World, horizon: int | None, *more: str) -> str:
    """Caption of a measure of a world: maze, horizon if there is one, conditions and `more`."""
    steps = [] if horizon is None else [f"horizon {horizon}"]
    return ", ".join(filter(None, [short_name(world), *steps, *world.conditions.words(), *more]))


def captions(emaps: Sequence[EmpowermentMap]) -> tuple[str, list[str]]:
    """Common title of several maps, and a caption for each.

    Parameters
    ----------
    emaps : sequence of EmpowermentMap
        One or more maps.

    Returns
    -------
    title : str
        Pieces that all captions share; on a second line the widest gap, if it is visible, or what
        the captions say about the gaps.
    captions : list of str
        For each map, the pieces that distinguish it and, on the next line, its range in bits,
        that of its colours: without absorbing cells. If no pieces do, they are the usual
        conditions in which the others differ. If maps differ in their visible gaps, the widest gap
        of each follows its range.
    """
    optimal = "optimal source" if any(emap.source for emap in emaps) else ""
    kinds = {emap.kind.name for emap in emaps}
    usual = "state known" if kinds <= {"open", "contextual"} else "open loop"
    usual = usual if len(kinds) > 1 else ""
    pieces = [_pieces(emap, emap.source or optimal, emap.kind.words or usual) for emap in emaps]
    shared = [piece for piece in pieces[0] if all(piece in other for other in pieces)]
    own = [", ".join(text for kind, text in each if (kind, text) not in shared) for each in pieces]
    conditions = [emap.world.conditions for emap in emaps]
    own = [
        text or ", ".join(each.usual_words(conditions))
        for text, each in zip(own, conditions, strict=True)
    ]
    ranges = [f"{low:.3f} to {high:.3f} bits" for low, high in (span(emap) for emap in emaps)]
    widest = [float(emap.gap.max()) for emap in emaps]
    gaps = [f" (+{rounded_up(gap)})" if gap > INVISIBLE_GAP else "" for gap in widest]
    about = about_bounds(max(widest))
    if len(set(gaps)) > 1:
        ranges = [text + gap for text, gap in zip(ranges, gaps, strict=True)]
        about = "\nlower bounds; the largest distance to the upper bounds is in parentheses"
    texts = ["\n".join(filter(None, both)) for both in zip(own, ranges, strict=True)]
    return ", ".join(text for _, text in shared) + about, texts


def bar_label(emaps: Sequence[EmpowermentMap]) -> str:
    """Label of a colourbar: the quantity that the colours of these maps stand for, in bits."""
    of_source = any(emap.source for emap in emaps)
    labels = {emap.kind.label for emap in emaps}
    name = labels.pop() if len(labels) == 1 else OPEN.label
    gap = max(float(emap.gap.max()) for emap in emaps)
    return quantity_label(of_source=of_source, gap=gap, name=name)


def quantity_label(*, of_source: bool, gap: float, name: str = OPEN.label) -> str:
    """Label of an axis or a colourbar of values in bits.

    Parameters
    ----------
    of_source : bool
        True for the mutual information of a given source, False for empowerment.
    gap : float
        Largest certified gap of the values, in bits.
    name : str
        Name of the kind of empowerment.
    """
    if of_source:
        return "mutual information [bits]"
    return f"{name}, lower bound [bits]" if gap > INVISIBLE_GAP else f"{name} [bits]"


def letter(number: int) -> str:
    """Letter of a panel, counted from 0: a, b, ..., z, aa, ab, ..."""
    more, last = divmod(number, len(ascii_lowercase))
    return (letter(more - 1) if more else "") + ascii_lowercase[last]


def peak_line(emap: EmpowermentMap) -> str:
    """Peak in words: its cell, its bits, and its outcomes or the certificate."""
    x, y, bits, outcomes, ties = emap.peak
    line = f"peak: x = {x}, y = {y}, {bits:.2f} bits"
    gap = float(emap.gap.max())
    if outcomes is not None:
        line += f", {counted(outcomes, 'outcome')}"
    if not gap:
        return line + (f"; {ties} cells share it" if ties > 1 else "")
    known = "or at most {} more" if gap > INVISIBLE_GAP else "certified to {} bits"
    line += ", " + known.format(rounded_up(gap)) + emap.world.conditions.proviso
    return line + (f"; {ties - 1} more cannot be told apart from it" if ties > 1 else "")


def about_bounds(gap: float) -> str:
    """Line on the widest gap, in bits, below a title; empty if the gap is too small to be seen."""
    if gap <= INVISIBLE_GAP:
        return ""
    return f"\nlower bounds; upper bounds are at most {rounded_up(gap)} bits above"
