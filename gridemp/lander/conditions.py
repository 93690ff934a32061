"""Mean estimated empowerment of the lander under each gravity and wind."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError
from gridemp.lander.empowerment_map import free_places
from gridemp.lander.environment import GRAVITY, check_conditions
from gridemp.lander.estimate import FlightSettings
from gridemp.lander.map_settings import MapSettings
from gridemp.lander.rollouts import Rollouts
from gridemp.lander.state_estimates import checked_seeds, estimates, mean_and_error
from gridemp.progress import Progress, ignore
from gridemp.shown import Shown
from gridemp.typing import Array


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class LanderConditions(FlightSettings, Shown):
    """Estimated empowerment of the lander, as the mean over places, for each gravity and wind.

    Attributes
    ----------
    gravities : tuple of float, length G
        Downward gravities in the environment's units, ascending.
    winds : tuple of float, length W
        Winds in the environment's units, ascending.
    bits : ndarray, shape (W, G)
        Mean over the places and the seeds, in bits.
    standard_error : ndarray, shape (W, G), optional
        Standard error of `bits`, in bits, from the differences between the K seeds; None for a
        single seed.
    places : int
        Number of places, which is the same under all conditions.
    horizon, frames, resolution, repeats, seeds
        Settings of the flights; see `gridemp.lander.estimate.FlightSettings`.

    Examples
    --------
    >>> from gridemp.lander import MapSettings, lander_conditions
    >>> settings = MapSettings(horizon=1, frames=20, repeats=1, shape=(2, 3))
    >>> lander_conditions(settings, gravities=[2, 10], winds=[0, 20])
    LanderConditions(2 gravities x 2 winds, horizon 1, 0.92 to 0.97 bits)
    """

    gravities: tuple[float, ...]
    winds: tuple[float, ...]
    bits: Array
    standard_error: Array | None = None
    places: int

    @property
    def settings(self) -> dict[str, Any]:
        """Settings of the estimate by name, without the conditions."""
        return self.flights | {"places": self.places, "seed": self.seed_words}

    @property
    def caption(self) -> str:
        """Statement that this is an estimate, with its settings."""
        return self._caption_with(f"mean of {self.places} places")

    def __repr__(self) -> str:
        return (
            f"LanderConditions({len(self.gravities)} gravities x {len(self.winds)} winds, horizon "
            f"{self.horizon}, {self.bits.min():.2f} to {self.bits.max():.2f} bits)"
        )


def lander_conditions(
    settings: MapSettings | None = None,
    *,
    gravities: Sequence[float] = (GRAVITY,),
    winds: Sequence[float] = (0.0,),
    seed: int | Sequence[int] = 0,
    processes: int = 1,
    progress: Progress | None = None,
) -> LanderConditions:
    """Estimate the mean empowerment over the screen for each gravity and wind.

    This is the mean of `lander_map` over its places, which are the same under all conditions. The
    result does not depend on the number of processes.

    Parameters
    ----------
    settings : MapSettings, optional
        Action sequences, sensor and places of the maps.
    gravities, winds : sequence of float
        Gravities and winds, in the units of `make_lander`. Each gravity is combined with each wind.
    seed : int or sequence of int
        Seed of the terrain and of the noise. With K seeds, the result is the mean of K estimates,
        and it has a standard error.
    processes : int
        Number of processes that share the places. More than one requires a main module that can be
        imported.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    LanderConditions
        Estimates, in bits, with their standard errors if there are several seeds.

    Raises
    ------
    GridempError
        If there is no gravity, no wind or no seed, one of them is out of range or given twice, or
        all places lie inside the ground.
    HorizonTooLarge
        If a channel would not fit in memory.
    MissingExtra
        If Gymnasium, Box2D or pygame is not installed.

    Examples
    --------
    >>> from gridemp.lander import MapSettings, lander_conditions
    >>> settings = MapSettings(horizon=1, frames=20, repeats=1, shape=(2, 3))
    >>> lander_conditions(settings, gravities=[2, 10]).bits.round(2)
    array([[0.97, 0.93]])
    """
    check_kinds(lander_conditions, locals(), "seed")
    settings = settings or MapSettings()
    for name, values in (("gravities", gravities), ("winds", winds)):
        if not len(values) or len(set(values)) < len(values):
            raise GridempError(f"`{name}` must hold one number or more, each of them once")
    pairs = list(product(sorted(map(float, winds)), sorted(map(float, gravities))))
    for wind, gravity in pairs:
        check_conditions(gravity, wind)
    seeds = checked_seeds(seed)
    terrains = [Rollouts(each, *reversed(pairs[0])) for each in seeds]
    states = list(free_places(settings.shape, terrains)[2].values())
    conditions = [(each, gravity, wind) for each in seeds for wind, gravity in pairs]
    found = estimates(settings, conditions, states, processes, progress or ignore)
    mean, error = mean_and_error(found.mean(axis=1).reshape(len(seeds), len(pairs)))
    shape = len(winds), len(gravities)
    return LanderConditions(
        gravities=tuple(sorted(map(float, gravities))),
        winds=tuple(sorted(map(float, winds))),
        bits=mean.reshape(shape),
        standard_error=None if error is None else error.reshape(shape),
        places=len(states),
        horizon=settings.horizon,
        frames=settings.frames,
        resolution=settings.resolution,
        repeats=settings.repeats,
        seeds=seeds,
    )


def save_conditions_csv(result: LanderConditions, path: str | Path) -> None:
    """Write estimates to a CSV file: a row for each wind and gravity, with all settings.

    The standard error is empty for a single seed.

    Parameters
    ----------
    result : LanderConditions
        Estimates to write, in bits.
    path : str or Path
        Path of the file.

    Examples
    --------
    >>> from pathlib import Path
    >>> from gridemp.lander import MapSettings, lander_conditions, save_conditions_csv
    >>> settings = MapSettings(horizon=1, frames=20, repeats=1, shape=(2, 3))
    >>> save_conditions_csv(lander_conditions(settings, winds=[0, 20]), "conditions.csv")
    >>> print(Path("conditions.csv").read_text().splitlines()[0])
    gravity,wind,bits,standard_error,kind,horizon,window_ms,resolution,runs,places,seed
    """
    check_kinds(save_conditions_csv, locals())
    with Path(path).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["gravity", "wind", "bits", "standard_error", "kind", *result.settings])
        for i, wind in enumerate(result.winds):
            for j, gravity in enumerate(result.gravities):
                errors = result.standard_error
                error = "" if errors is None else f"{errors[i, j]:.4f}"
                numbers = (f"{gravity:g}", f"{wind:g}", f"{result.bits[i, j]:.4f}", error)
                writer.writerow([*numbers, "estimate", *result.settings.values()])
