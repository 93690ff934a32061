"""Export of maps as one HTML page that needs no server, with a slider over the horizons."""

import base64
import html
import zlib
from collections.abc import Callable, Sequence
from dataclasses import asdict
from string import Template
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gridemp.analysis.cell import cell_source
from gridemp.engine.absorbing import absorbing, absorbing_xy
from gridemp.engine.empowerment import TOLERANCE
from gridemp.engine.map import INVISIBLE_GAP, EmpowermentMap
from gridemp.progress import Progress, ignore
from gridemp.render.artists.walls_and_objects import marked_peaks
from gridemp.render.figures.heatmap import color_range
from gridemp.render.layout.style import palette
from gridemp.report.captions import short_name
from gridemp.report.provenance import as_text, map_record
from gridemp.report.rounding import rounded_up
from gridemp.web.bundle import as_data, asset, bundle, sha256
from gridemp.web.maze_json import lines_of
from gridemp.web.page_words import words_of
from gridemp.worlds.sensors import SENSORS
from gridemp.worlds.world import World

STARTUP, SCRIPT = "startup.js", "exported.js"
STYLES = ("look.css", "exported.css")
# Parts of the words that the page needs.
WORDS = ("exported", "cell", "outcomes", "objects", "peak", "picture", "units", "failed")
MAX_REACH = 2**24  # bytes before compression
LEVELS = 255  # of outcome probabilities in a noisy world
DECIMALS = 6  # of bits
LEFT_OUT = {
    "mean": "as a mean of several states has no source",
    "bounds": "as these are bounds",
    "size": "as that is too much for a page",
}


def page(
    emaps: Sequence[EmpowermentMap],
    title: str | None = None,
    command: Sequence[str] = (),
    progress: Progress | None = None,
    *,
    heading: str = "best",
    tol: float = TOLERANCE,
) -> str:
    """Return an HTML page with the maps of one world, one at a time, on one colour scale.

    Pointing at a cell shows its bits, the number of its outcomes, and the cells that can be reached
    from it; in a noisy world with their probabilities under an optimal source distribution.

    Parameters
    ----------
    emaps : sequence of EmpowermentMap
        Maps of one world, in the order of the slider.
    title : str, optional
        Title of the page; any text is allowed. By default it names the maze, in the language of the
        page.
    command : sequence of str
        Words of the command line, for the record of what made the page.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.
    heading : str
        Choice among several states in a cell, see `EmpowermentMap.one_per_cell`.
    tol : float
        Largest certified gap to accept, in bits, for the source distributions of cells.

    Returns
    -------
    str
        Text of the page. It loads nothing and can run no script but its own, whatever texts it
        contains.
    """
    progress = progress or ignore
    world = emaps[0].world
    left_out = why_left_out(emaps, heading)
    emaps = [emap.one_per_cell(heading) for emap in emaps]
    data = {
        **facts(emaps),
        "titled": title is not None,
        "maps": [content(emap) for emap in emaps],
        "opens": opening(emaps),
        "left_out": left_out,
        "levels": 1 if world.deterministic else LEVELS,
        "reach": None if left_out else packed_reach(emaps, heading, tol, progress),
        "words": words_of(WORDS),
    }
    startup, script = asset(STARTUP), bundle(SCRIPT)
    style = "\n".join(map(asset, STYLES))
    provenance = map_record(emaps, command)
    return Template(asset("exported.html")).substitute(
        title=html.escape(default_title(world) if title is None else title),
        description=html.escape(as_text(provenance)),
        data=as_data(data),
        startup=startup,
        startup_hash=sha256(startup),
        script=script,
        script_hash=sha256(script),
        style=style,
        style_hash=sha256(style),
    )


def default_title(world: World) -> str:
    """Return the title of a page in English."""
    return f"Empowerment of {world.maze.name}"


def facts(emaps: Sequence[EmpowermentMap]) -> dict[str, Any]:
    """Return what all maps of a page share, as its data."""
    world = emaps[0].world
    return {
        "maze": lines_of(world.maze),
        "name": short_name(world),
        "conditions": asdict(world.conditions),
        "deterministic": world.deterministic,
        "outcome": outcome_kind(world),
        "per_cell": emaps[0].per_cell,
        "headings": world.heading is not None,
        "bounds": has_bounds(emaps),
        "palette": palette(),
        "range": color_range(emaps),
    }


def outcome_kind(world: World) -> str:
    """Return what an outcome of a world is: "cells", "states", a sensor's name or "readings"."""
    sensor = world.conditions.labels or world.conditions.sensor
    if len(np.unique(world.sensor)) == len(world.cell):
        return "cells" if len(np.unique(world.cell)) == len(world.cell) else "states"
    return {"position": "cells"}.get(sensor, sensor if sensor in SENSORS else "readings")


def opening(emaps: Sequence[EmpowermentMap]) -> int:
    """Return the index of the map with which a page opens, one that shows structure.

    It is the first of those with the fewest peaks, apart from maps that are nearly flat: those
    whose bits have less than half the standard deviation of the map that has the largest. Absorbing
    cells are left out.
    """
    cells = [emap.bits[~absorbing(emap)] for emap in emaps]
    spreads = [float(bits.std()) if len(bits) else 0.0 for bits in cells]
    steep = [i for i, spread in enumerate(spreads) if spread >= max(spreads) / 2]
    return min(steep, key=lambda i: emaps[i].peak.ties)


def content(emap: EmpowermentMap) -> dict[str, Any]:
    """Return one map as the data of the page."""
    bits, counts = emap.grid(), emap.outcomes
    x, y = marked_peaks(emap)
    outcomes = None if counts is None else with_gaps(emap.grid(counts.astype(float)), int)
    upper = emap.grid(emap.bits + emap.gap) if has_bounds([emap]) else None
    return {
        "horizon": emap.horizon,
        "gap": float(rounded_up(float(emap.gap.max()))),
        "peak": emap.peak._asdict(),
        "ringed": np.stack([x, y], axis=1).tolist(),
        "absorbing": absorbing_xy(emap).tolist(),
        "bits": with_gaps(bits, lambda value: round(value, DECIMALS)),
        "upper": None if upper is None else with_gaps(upper, lambda value: round(value, DECIMALS)),
        "outcomes": outcomes,
    }


def with_gaps(grid: NDArray[np.float64], number: Callable[[float], Any]) -> list[list[Any]]:
    """Return a grid as lists, with None for NaN."""
    return [[None if value != value else number(value) for value in row] for row in grid.tolist()]


def has_bounds(emaps: Sequence[EmpowermentMap]) -> bool:
    """True if the certified gap of a map is large enough to be seen."""
    return any(emap.gap.max() > INVISIBLE_GAP for emap in emaps)


def why_left_out(emaps: Sequence[EmpowermentMap], heading: str = "best") -> str:
    """Return the key in `LEFT_OUT` of why a page cannot show what cells reach; "" if it can."""
    world = emaps[0].world
    if heading == "mean" or any(emap.per_cell == "mean" for emap in emaps):
        return "mean"
    if has_bounds(emaps):
        return "bounds"
    bits = 1 if world.deterministic else 8
    too_much = len(emaps) * len(world.maze.cells) ** 2 * bits > 8 * MAX_REACH
    return "size" if too_much else ""


def without_reach(emaps: Sequence[EmpowermentMap], heading: str = "best") -> str:
    """Return a sentence on why a page cannot show what cells reach, or "" if it can."""
    why = why_left_out(emaps, heading)
    return f"what each cell can reach is left out, {LEFT_OUT[why]}" if why else ""


def packed_reach(
    emaps: Sequence[EmpowermentMap], heading: str, tol: float, progress: Progress
) -> str:
    """Return the cells reached after n steps from each cell of N maps, packed into text.

    They form an array of shape (N, C, C): bits in a deterministic world, otherwise bytes with the
    probability as a share of the largest, rounded up. It is compressed and encoded in base64.
    """
    world = emaps[0].world
    maze = world.maze
    size = len(maze.cells)
    levels = 1 if world.deterministic else LEVELS
    shares = np.zeros((len(emaps), size, size), dtype=np.uint8)
    done, total = 0, sum(len(emap.states) for emap in emaps)
    for i, emap in enumerate(emaps):
        for cell in emap.cell.tolist():
            x, y = maze.xy(*maze.cells[cell].tolist())
            source = cell_source(world, x, y, emap.steps, tol, heading=heading)
            seen = source.grid()[maze.floor]
            shares[i, cell] = np.ceil(np.nan_to_num(seen / np.nanmax(seen)) * levels - 1e-9)
            done += 1
            progress(done / total)
    packed = np.packbits(shares) if world.deterministic else shares
    return base64.b64encode(zlib.compress(packed.tobytes(), 9)).decode()
