"""Cells of a picture with lines between them as walls."""

import numpy as np
from numpy.typing import NDArray

from gridemp.mazes.pictures.grid import (
    MAX_ODD_EDGES,
    MAX_WORK,
    Grid,
    Picture,
    flaw_of,
    shapes,
    spans,
)
from gridemp.typing import Mask

CLEAR = 0.3  # largest share of pixels of the other kind in a cell
CLEAR_LINE = 0.15  # largest share of gaps in a wall, or of dark pixels in an opening
FRAMED = 0.75  # smallest share of walls in the frame
COMMON = 3  # lengths of runs that may be the thickness of lines
MAX_DIFFERENCE = 0.1  # of the thickness of lines from left to right and from top to bottom
MIN_GAP = 3.0  # pixels between two lines
MAX_THICKNESS = 0.45  # of a step


def line_grid(picture: Picture, size: int | None = None) -> Grid | None:
    """Find the largest cells with dark lines between them, and a frame of lines around them.

    Parameters
    ----------
    picture : Picture
        The picture without light margins.
    size : int, optional
        Pixels from one cell to the next; by default they are found.

    Returns
    -------
    Grid or None
        The first grid that explains the picture, or nearly so; None if there is none.
    """
    grids = (_grid(picture, thickness, size) for thickness in thicknesses(picture.dark))
    return next(filter(None, grids), None)


def _grid(picture: Picture, thickness: float, size: int | None) -> Grid | None:
    """First grid with lines of this thickness that explains a picture, or nearly so."""
    height, width = picture.height - thickness, picture.width - thickness
    if min(height, width) < MIN_GAP:
        return None
    for rows, cols in shapes(height, width, size):
        step = width / cols
        if step - thickness < MIN_GAP or thickness > MAX_THICKNESS * step:
            break
        blur = 1.0 if step >= 2 * MIN_GAP + thickness else 0.5
        odd = picture.odd_edges(rows, cols, (0.0, thickness), step, blur)
        if size is not None or odd <= MAX_ODD_EDGES:
            grid = _lines(picture, rows, cols, thickness, odd, chosen=size is not None)
            if grid is not None:
                return grid
        if picture.work > MAX_WORK:
            break
    return None


def thicknesses(dark: Mask) -> list[float]:
    """Lengths of dark runs that are common both along rows and along columns, in pixels.

    Lengths that differ by a pixel are taken together. The shortest come first.
    """
    means: list[dict[int, float]] = []
    for lines in (dark, dark.T):
        flat = np.pad(lines, ((0, 0), (1, 1))).ravel()
        starts = np.flatnonzero(flat[1:] & ~flat[:-1])
        counts = np.bincount(np.flatnonzero(flat[:-1] & ~flat[1:]) - starts, minlength=3)
        counts = np.append(counts, 0)
        common = [int(each) for each in np.argsort(-counts, kind="stable")[:COMMON] if counts[each]]
        near = {each: np.arange(each - 1, each + 2) for each in common}
        means.append(
            {each: float(np.average(runs, weights=counts[runs])) for each, runs in near.items()}
        )
    along, across = means
    return [
        (along[one] + across[other]) / 2
        for one in sorted(along)
        for other in sorted(across)
        if one == min(along, key=lambda each: abs(each - other))
        and abs(one - other) <= 1 + MAX_DIFFERENCE * one
    ]


def _lines(
    picture: Picture, rows: int, cols: int, thickness: float, odd: float, *, chosen: bool
) -> Grid | None:
    """Grid of this many cells; None if it does not nearly explain the picture."""
    step = (picture.width - thickness) / cols
    rim = int(step - thickness >= 2 * MIN_GAP)
    bands, cells = [], []
    for count, length in ((rows, picture.height), (cols, picture.width)):
        starts = np.arange(count + 1) * (length - thickness) / count
        ends = starts + thickness
        bands.append(spans(starts, ends, -rim, length))
        cells.append(spans(ends[:-1], starts[1:], rim, length))
    counts = picture.count(*cells)
    share = counts / np.outer(*(ends - starts for starts, ends in cells))
    solid = share > 0.5
    unexplained = counts[~solid].sum() / max(1, int(picture.dark.sum()))
    unclear = _unclear(share, CLEAR)
    if solid.all() or not (chosen or flaw_of(odd, unclear, unexplained) is not None):
        return None
    right = picture.lines(picture.dark, bands[1], cells[0])
    below = picture.lines(picture.dark.T, bands[0], cells[1]).T
    is_empty = not (right[:, 1:-1] > 0.5).any() and not (below[1:-1] > 0.5).any()
    if is_empty and not solid.any() and not chosen:  # a rectangle
        return None
    frame = np.concatenate([right[:, 0], right[:, -1], below[0], below[-1]]) > 0.5
    unclear = max(unclear, _unclear(right, CLEAR_LINE), _unclear(below, CLEAR_LINE))
    flaw = max(odd, unclear, unexplained) if chosen else flaw_of(odd, unclear, unexplained)
    if flaw is None or frame.mean() < FRAMED:
        return None
    return Grid(solid, right > 0.5, below > 0.5, step, flaw)


def _unclear(share: NDArray[np.float64], clear: float) -> float:
    """Share of the parts of a grid that are neither dark nor light."""
    return float((np.minimum(share, 1 - share) > clear).mean())
