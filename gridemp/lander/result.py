"""Estimated empowerment map of Lunar Lander as plain arrays, and its CSV file."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from gridemp.arguments import check_kinds
from gridemp.lander.estimate import Estimate
from gridemp.shown import Shown
from gridemp.typing import Array


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class LanderMap(Estimate, Shown):
    """Estimated empowerment of the lander by place, from a start at rest and upright.

    Attributes
    ----------
    x : ndarray, shape (W,)
        x of the places, in half screens from the middle, ascending.
    y : ndarray, shape (H,)
        y of the places, in half screens above a lander that stands on the pad, ascending.
    bits : ndarray, shape (H, W)
        Estimated empowerment in bits at (y, x), the mean over the seeds; NaN inside the ground.
    ground : ndarray, shape (11, 2)
        Corners (x, y) of the ground, each given as the place of a lander that stands on it. With
        several seeds, the highest ground.
    pad : tuple of float
        x of each of the pad's two flags.
    screen : tuple of float
        Smallest x, largest x, smallest y and largest y of the screen.
    standard_error : ndarray, shape (H, W), optional
        Standard error of `bits`, in bits, from the differences between the K seeds; None for a
        single seed.
    horizon, frames, resolution, repeats, gravity, wind, seeds
        Settings of the estimate; see `gridemp.lander.estimate.Estimate`.

    Examples
    --------
    >>> from gridemp.lander import MapSettings, lander_map
    >>> lmap = lander_map(MapSettings(horizon=1, frames=20, repeats=1, shape=(3, 4)))
    >>> lmap.bits.shape, lmap.settings["window_ms"]
    ((3, 4), 400)
    """

    x: Array
    y: Array
    bits: Array
    ground: Array
    pad: tuple[float, ...]
    screen: tuple[float, float, float, float]
    standard_error: Array | None = None

    @property
    def peak(self) -> tuple[float, float, float]:
        """Place x, y of the highest value, and its bits; of several places, the lowest leftmost."""
        row, col = np.unravel_index(np.nanargmax(self.bits), self.bits.shape)
        return float(self.x[col]), float(self.y[row]), float(self.bits[row, col])

    @property
    def lowest(self) -> float:
        """Lowest value, in bits."""
        return float(np.nanmin(self.bits))

    def __repr__(self) -> str:
        (height, width), (_, _, high) = self.bits.shape, self.peak
        return (
            f"LanderMap({width} x {height} places, horizon {self.horizon}, "
            f"{self.lowest:.2f} to {high:.2f} bits)"
        )


def save_csv(lmap: LanderMap, path: str | Path) -> None:
    """Write a map to a CSV file: a row for each place, by y, then x, with all settings.

    The standard error is empty for a map of a single seed.

    Parameters
    ----------
    lmap : LanderMap
        Map to write, in bits.
    path : str or Path
        Path of the file.

    Examples
    --------
    >>> from pathlib import Path
    >>> from gridemp.lander import MapSettings, lander_map, save_csv
    >>> lmap = lander_map(MapSettings(horizon=1, frames=20, repeats=1, shape=(3, 4)))
    >>> save_csv(lmap, "lander.csv")
    >>> print(Path("lander.csv").read_text().splitlines()[0])
    x,y,bits,standard_error,kind,horizon,window_ms,resolution,runs,gravity,wind,seed
    """
    check_kinds(save_csv, locals())
    path = Path(path)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["x", "y", "bits", "standard_error", "kind", *lmap.settings])
        settings = [f"{v:g}" if isinstance(v, float) else v for v in lmap.settings.values()]
        for row, col in np.argwhere(~np.isnan(lmap.bits)):
            place = (f"{lmap.x[col]:.6g}", f"{lmap.y[row]:.6g}", f"{lmap.bits[row, col]:.4f}")
            error = "" if lmap.standard_error is None else f"{lmap.standard_error[row, col]:.4f}"
            writer.writerow([*place, error, "estimate", *settings])
