"""What figures say of maps: in titles, beside colourbars, above panels."""

from collections.abc import Sequence
from dataclasses import replace
from string import ascii_lowercase

from gridemp.engine.map import INVISIBLE_GAP, EmpowermentMap, rounded_up
from gridemp.worlds.world import World

LONGEST_NAME = 40


def caption(emap: EmpowermentMap) -> str:
    """The maze, the horizon and the noise; on a second line, how far bounds are apart."""
    return ", ".join(filter(None, caption_parts(emap))) + _about_bounds([emap])


def caption_parts(emap: EmpowermentMap) -> tuple[str, ...]:
    """What a caption says, piece by piece; a piece may be empty."""
    return (
        short_name(emap.world),
        f"horizon {emap.horizon}",
        emap.world.conditions,
        emap.source,
        emap.shown,
    )


def short_name(world: World) -> str:
    """The name of its maze, as much of it as a title holds."""
    name = world.maze.name
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"


def captions(emaps: Sequence[EmpowermentMap]) -> tuple[str, list[str]]:
    """What all maps share, in words, and for each what sets it apart and its range in bits."""
    several = any(emap.source for emap in emaps)
    named = [
        replace(emap, source=emap.source or "optimal source") if several else emap for emap in emaps
    ]
    parts = [", ".join(filter(None, caption_parts(emap))).split(", ") for emap in named]
    shared = [part for part in parts[0] if all(part in other for other in parts)]
    own = [", ".join(part for part in each if part not in shared) for each in parts]
    ranges = [f"{emap.bits.min():.3f} to {emap.bits.max():.3f} bits" for emap in emaps]
    texts = ["\n".join(filter(None, both)) for both in zip(own, ranges, strict=True)]
    return ", ".join(shared) + _about_bounds(emaps), texts


def bar_label(emaps: Sequence[EmpowermentMap]) -> str:
    """The quantity that the colours of maps mean, with its unit."""
    if any(emap.source for emap in emaps):
        return "mutual information [bits]"
    bounds = any(emap.gap.max() > INVISIBLE_GAP for emap in emaps)
    return "empowerment, lower bound [bits]" if bounds else "empowerment [bits]"


def letter(number: int) -> str:
    """a, b, ..., z, aa, ab, ..."""
    more, last = divmod(number, len(ascii_lowercase))
    return (letter(more - 1) if more else "") + ascii_lowercase[last]


def peak_line(emap: EmpowermentMap) -> str:
    """Where the map is highest, and how high."""
    x, y, bits, outcomes, ties = emap.peak
    line = f"peak: x = {x}, y = {y}, {bits:.2f} bits"
    gap = float(emap.gap.max())
    if outcomes is not None:
        line += f", {outcomes} outcome" + "s" * (outcomes != 1)
    if emap.world.deterministic or emap.source:
        return line + (f"; {ties} cells share it" if ties > 1 else "")
    known = "or at most {} more" if gap > INVISIBLE_GAP else "certified to {} bits"
    line += ", " + known.format(rounded_up(gap))
    return line + (f"; {ties - 1} more cannot be told apart from it" if ties > 1 else "")


def _about_bounds(emaps: Sequence[EmpowermentMap]) -> str:
    """A line on how far bounds are apart, if that can be seen."""
    if (gap := max(float(emap.gap.max()) for emap in emaps)) <= INVISIBLE_GAP:
        return ""
    return f"\nlower bounds; upper bounds are at most {rounded_up(gap)} bits above"
