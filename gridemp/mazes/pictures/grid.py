"""Grids of cells in a picture, and what they are tried on: its edges, and counts of its pixels."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gridemp.typing import Mask

LONG = 0.6  # of a cell, from which the place of an edge counts
SQUARE = 0.02  # relative difference of width and height of a cell
MIN_CELLS = 4
MIN_BLURRED = 3.0  # pixels of a cell, from which its edges may be blurred
MAX_WORK = 60_000_000  # cells and pixels that are looked at to find a grid
MAX_ODD_EDGES = 0.1  # share of edges within cells of a grid that explains nearly all of a picture
MAX_ODD_PARTS = 0.05  # share of unclear cells and lines of such a grid
MAX_ODD_PIXELS = 0.1  # share of dark or light pixels that such a grid does not explain
EXPLAINED = 0.05  # the same share for a grid that explains a picture: marks in cells

Spans = tuple[NDArray[np.int64], NDArray[np.int64]]  # starts and ends of parts of an axis


class Grid(NamedTuple):
    """Cells that were found in a picture.

    Attributes
    ----------
    solid : ndarray of bool, shape (H, W)
        True for the dark cells.
    right, below : ndarray of bool, shapes (H, W + 1) and (H + 1, W)
        True for the dark lines to the left of column 0, between columns, and to the right of the
        last one, and likewise for rows. Blocks have none.
    size : float
        Pixels from one cell to the next.
    flaw : float
        Share of edges, cells, lines or pixels that the grid does not explain; 0 if all is clear.
    """

    solid: Mask
    right: Mask
    below: Mask
    size: float
    flaw: float


class Picture:
    """Dark pixels of a picture, with their sums and their longest edges.

    Parameters
    ----------
    dark : ndarray of bool, shape (H, W)
        True for the dark pixels.
    """

    def __init__(self, dark: Mask) -> None:
        self.dark = dark
        self.height, self.width = dark.shape
        self.across = longest_edges(dark)
        self.down = longest_edges(dark.T)
        self.work = 0
        self._sums = np.zeros((self.height + 1, self.width + 1), dtype=np.int32)
        np.cumsum(dark, axis=0, out=self._sums[1:, 1:])
        np.cumsum(self._sums, axis=1, out=self._sums)

    def count(self, rows: Spans, cols: Spans) -> NDArray[np.int64]:
        """Numbers of dark pixels in boxes, from the starts and ends of their rows and columns."""
        self.work += len(rows[0]) * len(cols[0])
        upper, lower = (
            self._sums[ends][:, cols[1]] - self._sums[ends][:, cols[0]] for ends in rows
        )
        return np.asarray(lower - upper, dtype=np.int64)

    def lines(self, dark: Mask, bands: Spans, cells: Spans) -> NDArray[np.float64]:
        """Share of dark pixels along each line beside each cell, shape (cells, lines).

        Parameters
        ----------
        dark : ndarray of bool
            The dark pixels, or their transpose for lines from left to right.
        bands : tuple of two arrays of int
            Columns of each line.
        cells : tuple of two arrays of int
            Rows of each cell.
        """
        self.work += dark.size
        wide = np.pad(dark, ((0, 0), (0, 1)))
        along = np.logical_or.reduceat(wide, np.stack(bands, axis=1).ravel(), axis=1)[:, ::2]
        sums = np.zeros((len(dark) + 1, along.shape[1]), dtype=np.int64)
        np.cumsum(along, axis=0, out=sums[1:])
        starts, ends = cells
        return np.asarray((sums[ends] - sums[starts]) / (ends - starts)[:, np.newaxis])

    def odd_edges(
        self, rows: int, cols: int, offsets: tuple[float, ...], step: float, blur: float
    ) -> float:
        """Share of the long edges that are not where cells or lines begin or end; 1 without any.

        Parameters
        ----------
        rows, cols : int
            Numbers of cells.
        offsets : tuple of float
            Pixels from the beginning of each cell to its edges; the last one is left over at the
            end.
        step : float
            Pixels from one cell to the next.
        blur : float
            Pixels by which an edge may be off.
        """
        share, found = 0.0, False
        for edges, count in ((self.across, cols), (self.down, rows)):
            (places,) = np.nonzero(edges >= LONG * step)
            if len(places) and share <= MAX_ODD_EDGES:
                period = (len(edges) - 1 - offsets[-1]) / count
                odd = np.ones(len(places), dtype=bool)
                for offset in offsets:
                    off = (places - offset + period / 2) % period - period / 2
                    odd &= abs(off) > blur + 1e-6
                lengths = edges[places]
                share, found = max(share, float(lengths[odd].sum() / lengths.sum())), True
        return share if found else 1.0


def longest_edges(dark: Mask) -> NDArray[np.int64]:
    """Length of the longest straight edge to the left of each column, in pixels, shape (W + 1,)."""
    run = np.zeros(dark.shape[1] + 1, dtype=np.int64)
    longest = run.copy()
    for row in dark:
        run[1:-1] += 1
        run[1:-1] *= row[1:] != row[:-1]
        np.maximum(longest, run, out=longest)
    return longest


def cropped(dark: Mask) -> tuple[Mask, tuple[int, int, int, int]]:
    """Part of a picture within its light margins, and their pixels: top, bottom, left and right.

    Rows and columns with a single dark pixel belong to the margins.
    """
    (rows,), (cols,) = (np.nonzero(dark.sum(axis=axis) > 1) for axis in (1, 0))
    if not (len(rows) and len(cols)):
        return dark[:0, :0], (0, 0, 0, 0)
    top, bottom, left, right = (int(place) for place in (rows[0], rows[-1], cols[0], cols[-1]))
    height, width = dark.shape
    margins = top, height - 1 - bottom, left, width - 1 - right
    return dark[top : bottom + 1, left : right + 1], margins


def shapes(height: float, width: float, size: int | None) -> Iterator[tuple[int, int]]:
    """Numbers of rows and columns of nearly square cells, from the largest cells on.

    Parameters
    ----------
    height, width : float
        Pixels that the cells cover.
    size : int or None
        Pixels of a cell, if they are known.
    """
    if size is not None:
        yield max(1, round(height / size)), max(1, round(width / size))
        return
    for cols in range(1, int(width) + 1):
        step = width / cols
        rows = max(1, round(height / step))
        exact = step >= MIN_BLURRED or (step == int(step) and height / rows == step)
        square = abs(height / rows - step) <= SQUARE * step + 1 / rows
        if exact and square and rows * cols >= MIN_CELLS:
            yield rows, cols


def spans(starts: NDArray[np.float64], ends: NDArray[np.float64], inner: int, length: int) -> Spans:
    """Whole pixels from starts to ends, without `inner` pixels at both; at least one each."""
    first = (np.rint(starts).astype(np.int64) + inner).clip(0, length - 1)
    last = (np.rint(ends).astype(np.int64) - inner).clip(first + 1, length)
    return first, last


def flaw_of(odd_edges: float, odd_parts: float, odd_pixels: float) -> float | None:
    """Flaw of a grid; 0 if it explains a picture, and None if it does not nearly explain it."""
    if odd_edges > MAX_ODD_EDGES or odd_parts > MAX_ODD_PARTS or odd_pixels > MAX_ODD_PIXELS:
        return None
    if odd_edges == 0 and odd_parts == 0 and odd_pixels <= EXPLAINED:
        return 0.0
    return max(odd_edges, odd_parts, odd_pixels)
