"""Export of maps as one HTML page that needs no server, with a slider over the horizons."""

import base64
import html
import zlib
from collections.abc import Callable, Sequence
from string import Template
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gridemp.analysis.cell import cell_source
from gridemp.engine.absorbing import absorbing_xy
from gridemp.engine.empowerment import TOLERANCE
from gridemp.engine.map import INVISIBLE_GAP, EmpowermentMap
from gridemp.progress import Progress, ignore
from gridemp.render.artists.walls_and_objects import marked_peaks
from gridemp.render.figures.heatmap import color_range
from gridemp.render.layout.style import palette
from gridemp.report.captions import bar_label, caption, peak_line
from gridemp.report.provenance import as_text, map_record
from gridemp.web.bundle import as_data, asset, bundle, sha256
from gridemp.web.maze_json import lines_of

SCRIPT = "exported.js"
STYLES = ("look.css", "exported.css")
MAX_REACH = 2**24  # bytes before compression
LEVELS = 255  # of outcome probabilities in a noisy world
DECIMALS = 6  # of bits


def page(
    emaps: Sequence[EmpowermentMap],
    title: str,
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
    title : str
        Title of the page; any text is allowed.
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
    why_not = without_reach(emaps, heading)
    emaps = [emap.one_per_cell(heading) for emap in emaps]
    data = {
        "maze": lines_of(world.maze),
        "torus": world.torus,
        "palette": palette(),
        "range": color_range(emaps),
        "label": bar_label(emaps),
        "maps": [content(emap) for emap in emaps],
        "levels": 1 if world.deterministic else LEVELS,
        "reach": None if why_not else packed_reach(emaps, heading, tol, progress),
    }
    script = bundle(SCRIPT)
    style = "\n".join(map(asset, STYLES))
    provenance = map_record(emaps, command)
    return Template(asset("exported.html")).substitute(
        title=html.escape(title),
        note=why_not,
        description=html.escape(as_text(provenance)),
        data=as_data(data),
        script=script,
        script_hash=sha256(script),
        style=style,
        style_hash=sha256(style),
    )


def content(emap: EmpowermentMap) -> dict[str, Any]:
    """Return one map as the data of the page."""
    bits, counts = emap.grid(), emap.outcomes
    x, y = marked_peaks(emap)
    outcomes = None if counts is None else with_gaps(emap.grid(counts.astype(float)), int)
    return {
        "horizon": emap.horizon,
        "caption": caption(emap),
        "peak": peak_line(emap),
        "ringed": np.stack([x, y], axis=1).tolist(),
        "absorbing": absorbing_xy(emap).tolist(),
        "bits": with_gaps(bits, lambda value: round(value, DECIMALS)),
        "outcomes": outcomes,
    }


def with_gaps(grid: NDArray[np.float64], number: Callable[[float], Any]) -> list[list[Any]]:
    """Return a grid as lists, with None for NaN."""
    return [[None if value != value else number(value) for value in row] for row in grid.tolist()]


def without_reach(emaps: Sequence[EmpowermentMap], heading: str = "best") -> str:
    """Return the reason why a page cannot show what cells reach, or "" if it can."""
    world = emaps[0].world
    if heading == "mean" or any(emap.per_cell == "mean" for emap in emaps):
        return "what each cell can reach is left out, as a mean of several states has no source"
    if any(emap.gap.max() > INVISIBLE_GAP for emap in emaps):
        return "what each cell can reach is left out, as these are bounds"
    bits = 1 if world.deterministic else 8
    if len(emaps) * len(world.maze.cells) ** 2 * bits > 8 * MAX_REACH:
        return "what each cell can reach is left out, as that is too much for a page"
    return ""


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
            source = cell_source(world, x, y, emap.horizon, tol, heading=heading)
            seen = source.grid()[maze.floor]
            shares[i, cell] = np.ceil(np.nan_to_num(seen / np.nanmax(seen)) * levels - 1e-9)
            done += 1
            progress(done / total)
    packed = np.packbits(shares) if world.deterministic else shares
    return base64.b64encode(zlib.compress(packed.tobytes(), 9)).decode()
