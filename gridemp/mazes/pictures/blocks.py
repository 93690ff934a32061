"""Cells of a picture that are dark or light as a whole."""

import numpy as np

from gridemp.mazes.pictures.grid import (
    MAX_ODD_EDGES,
    MAX_WORK,
    MIN_BLURRED,
    Grid,
    Picture,
    flaw_of,
    shapes,
    spans,
)

CLEAR = 0.3  # largest share of pixels of the other kind in a cell
RIM = 0.1  # of a cell, at its edges, which may be blurred


def block_grid(picture: Picture, size: int | None = None, smallest: float = 1) -> Grid | None:
    """Find the largest cells that are dark or light as a whole.

    All long edges between dark and light must lie between the cells.

    Parameters
    ----------
    picture : Picture
        The picture.
    size : int, optional
        Pixels of a cell; by default they are found.
    smallest : float
        Smallest number of pixels of a cell that is found.

    Returns
    -------
    Grid or None
        The first grid that explains the picture, or nearly so; None if there is none.
    """
    for rows, cols in shapes(picture.height, picture.width, size):
        step = picture.width / cols
        if size is None and step < smallest:
            break
        blur = 0.0 if step < MIN_BLURRED else min(1.0, step / 6)
        odd = picture.odd_edges(rows, cols, (0.0,), step, blur)
        if size is not None or odd <= MAX_ODD_EDGES:
            grid = _blocks(picture, rows, cols, odd, chosen=size is not None)
            if grid is not None:
                return grid
        if picture.work > MAX_WORK:
            break
    return None


def _blocks(picture: Picture, rows: int, cols: int, odd: float, *, chosen: bool) -> Grid | None:
    """Grid of this many cells; None if it does not nearly explain the picture."""
    step = picture.width / cols
    rim = max(int(RIM * step), int(step >= MIN_BLURRED + 1))
    rows_and_cols = [
        spans(
            np.arange(count) * length / count, np.arange(1, count + 1) * length / count, rim, length
        )
        for count, length in ((rows, picture.height), (cols, picture.width))
    ]
    counts = picture.count(*rows_and_cols)
    areas = np.outer(*(ends - starts for starts, ends in rows_and_cols))
    share = counts / areas
    solid = share > 0.5
    unclear = float((np.minimum(share, 1 - share) > CLEAR).mean())
    light = areas - counts
    unexplained = max(
        counts[~solid].sum() / max(1, counts.sum()), light[solid].sum() / max(1, light.sum())
    )
    flaw = max(odd, unclear, unexplained) if chosen else flaw_of(odd, unclear, unexplained)
    if flaw is None or solid.all() or not solid.any():
        return None
    none = np.zeros((rows + 1, cols + 1), dtype=bool)
    return Grid(solid, none[:-1], none[:, :-1], step, flaw)
