"""Settings that all estimates of the lander's empowerment share, and their words."""

from dataclasses import dataclass
from typing import Any

from gridemp.lander.environment import FRAME_RATE
from gridemp.lander.rollouts import ACTIONS


@dataclass(frozen=True, eq=False, kw_only=True)
class Estimate:
    """Settings of an estimate, which maps and curves have.

    Attributes
    ----------
    horizon : int
        Number n of actions in a sequence.
    frames : int
        Number of frames for which each action is held, at 50 frames per second.
    resolution : float
        Standard deviation of the sensor, in half screens and half turns.
    repeats : int
        Number R of rollouts of each sequence.
    gravity, wind : float
        Gravity and wind in the environment's units.
    seeds : tuple of int, length K
        Seeds of the terrain and of the noise.
    """

    horizon: int
    frames: int
    resolution: float
    repeats: int
    gravity: float
    wind: float
    seeds: tuple[int, ...]

    @property
    def settings(self) -> dict[str, Any]:
        """Settings of the estimate by name."""
        return {
            "horizon": self.horizon,
            "window_ms": 1000 * self.frames // FRAME_RATE,
            "resolution": self.resolution,
            "runs": self.repeats,
            "gravity": self.gravity,
            "wind": self.wind,
            "seed": " ".join(map(str, self.seeds)),
        }

    @property
    def caption(self) -> str:
        """Statement that this is an estimate, with its settings."""
        runs = "1 run" if self.repeats == 1 else f"{self.repeats} runs"
        parts = (
            "Lunar Lander, estimate",
            f"{self.horizon} x {self.settings['window_ms']} ms",
            f"resolution {self.resolution:g}",
            f"{runs} of each of {ACTIONS**self.horizon} sequences",
            f"gravity {self.gravity:g}",
            f"wind {self.wind:g}",
            f"seed {self.seeds[0]}" if len(self.seeds) == 1 else f"mean of {len(self.seeds)} seeds",
        )
        return ", ".join(parts)
