"""The estimated empowerment map of Lunar Lander as plain arrays, and its CSV file."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from gridemp.lander.environment import FRAMES
from gridemp.lander.rollouts import ACTIONS
from gridemp.typing import Array


@dataclass(frozen=True, eq=False)
class LanderMap:
    """Estimated empowerment of the lander over places, begun at rest and upright.

    Attributes
    ----------
    x : ndarray, shape (W,)
        In half screens from the middle, ascending.
    y : ndarray, shape (H,)
        In half screens above standing on the pad, ascending.
    bits : ndarray, shape (H, W)
        Estimated empowerment in bits, at (y, x); NaN in the ground.
    horizon : int
        Number n of actions in a sequence.
    frames : int
        For which each is held; 50 are a second.
    resolution : float
        Standard deviation of what is seen, in half screens and half turns.
    repeats : int
        Number R of flights of each sequence.
    gravity, wind : float
        In the environment's units.
    seed : int
        Of the terrain and of the noise.
    ground : ndarray, shape (11, 2)
        Corners (x, y) of the ground, as places of a lander that stands on it.
    pad : tuple of float
        x of its two flags.
    screen : tuple of float
        Least x, greatest x, least y, greatest y.
    """

    x: Array
    y: Array
    bits: Array
    horizon: int
    frames: int
    resolution: float
    repeats: int
    gravity: float
    wind: float
    seed: int
    ground: Array
    pad: tuple[float, ...]
    screen: tuple[float, float, float, float]

    @property
    def peak(self) -> tuple[float, float, float]:
        """The x, y and bits of the highest value; of several the lowest, leftmost."""
        row, col = np.unravel_index(np.nanargmax(self.bits), self.bits.shape)
        return float(self.x[col]), float(self.y[row]), float(self.bits[row, col])

    @property
    def lowest(self) -> float:
        """The lowest value, in bits."""
        return float(np.nanmin(self.bits))

    @property
    def settings(self) -> dict[str, Any]:
        """All that the estimate depends on but the places, by name."""
        return {
            "horizon": self.horizon,
            "window_ms": 1000 * self.frames // FRAMES,
            "resolution": self.resolution,
            "runs": self.repeats,
            "gravity": self.gravity,
            "wind": self.wind,
            "seed": self.seed,
        }

    @property
    def caption(self) -> str:
        """That it is an estimate, and of what."""
        of = self.settings
        runs = "1 run" if self.repeats == 1 else f"{self.repeats} runs"
        parts = (
            "Lunar Lander, estimate",
            f"{self.horizon} x {of['window_ms']} ms",
            f"resolution {self.resolution:g}",
            f"{runs} of each of {ACTIONS**self.horizon} sequences",
            f"gravity {self.gravity:g}",
            f"wind {self.wind:g}",
            f"seed {self.seed}",
        )
        return ", ".join(parts)


def save_csv(lmap: LanderMap, path: Path) -> None:
    """Write a map as numbers, a row for each place by y, then x, that says what it is."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["x", "y", "bits", "kind", *lmap.settings])
        settings = [f"{v:g}" if isinstance(v, float) else v for v in lmap.settings.values()]
        for row, col in np.argwhere(~np.isnan(lmap.bits)):
            place = (f"{lmap.x[col]:.6g}", f"{lmap.y[row]:.6g}", f"{lmap.bits[row, col]:.4f}")
            writer.writerow([*place, "estimate", *settings])
