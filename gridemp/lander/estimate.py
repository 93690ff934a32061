"""Settings that all estimates of the lander's empowerment share, and their words."""

from dataclasses import dataclass
from typing import Any

from gridemp.lander.environment import FRAME_RATE
from gridemp.lander.rollouts import ACTIONS


@dataclass(frozen=True, eq=False, kw_only=True)
class FlightSettings:
    """Settings of the flights behind an estimate, and of their sensor.

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
    seeds : tuple of int, length K
        Seeds of the terrain and of the noise.
    """

    horizon: int
    frames: int
    resolution: float
    repeats: int
    seeds: tuple[int, ...]

    @property
    def flights(self) -> dict[str, Any]:
        """Settings of the flights by name, without the seeds."""
        return {
            "horizon": self.horizon,
            "window_ms": 1000 * self.frames // FRAME_RATE,
            "resolution": self.resolution,
            "runs": self.repeats,
        }

    @property
    def seed_words(self) -> str:
        """Seeds as words, with spaces between them."""
        return " ".join(map(str, self.seeds))

    def _caption_with(self, *conditions: str) -> str:
        """Statement that this is an estimate, with the settings of the flights and conditions."""
        runs = "1 run" if self.repeats == 1 else f"{self.repeats} runs"
        parts = (
            "Lunar Lander, estimate",
            f"{self.horizon} x {1000 * self.frames // FRAME_RATE} ms",
            f"resolution {self.resolution:g}",
            f"{runs} of each of {ACTIONS**self.horizon} sequences",
            *conditions,
            f"seed {self.seeds[0]}" if len(self.seeds) == 1 else f"mean of {len(self.seeds)} seeds",
        )
        return ", ".join(parts)


@dataclass(frozen=True, eq=False, kw_only=True)
class Estimate(FlightSettings):
    """Settings of an estimate under one gravity and one wind, which maps and curves have.

    Attributes
    ----------
    gravity, wind : float
        Gravity and wind in the environment's units.
    horizon, frames, resolution, repeats, seeds
        Settings of the flights; see `FlightSettings`.
    """

    gravity: float
    wind: float

    @property
    def settings(self) -> dict[str, Any]:
        """Settings of the estimate by name."""
        conditions = {"gravity": self.gravity, "wind": self.wind}
        return self.flights | conditions | {"seed": self.seed_words}

    @property
    def caption(self) -> str:
        """Statement that this is an estimate, with its settings."""
        return self._caption_with(f"gravity {self.gravity:g}", f"wind {self.wind:g}")
