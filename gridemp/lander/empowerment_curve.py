"""Estimated empowerment of the lander along a flight, from rollouts of its states."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError
from gridemp.lander.environment import check_conditions
from gridemp.lander.estimate import Estimate
from gridemp.lander.flight import Flight
from gridemp.lander.map_settings import MapSettings
from gridemp.lander.rollouts import Rollouts
from gridemp.lander.state_estimates import checked_seeds, estimates, mean_and_error
from gridemp.progress import Progress, ignore
from gridemp.shown import Shown
from gridemp.typing import Array


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class LanderCurve(Estimate, Shown):
    """Estimated empowerment of the lander along a flight.

    Attributes
    ----------
    flight : Flight
        The flight, of N states.
    bits : ndarray, shape (N,)
        Estimated empowerment of each state in bits, the mean over the seeds; NaN in the ground.
    standard_error : ndarray, shape (N,), optional
        Standard error of `bits`, in bits, from the differences between the K seeds; None for a
        single seed.
    horizon, frames, resolution, repeats, gravity, wind, seeds
        Settings of the estimate; see `gridemp.lander.estimate.Estimate`.

    Examples
    --------
    >>> from gridemp.lander import Flight, LanderState, MapSettings, lander_curve
    >>> falling = (LanderState(0, 1.2), LanderState(0, 1.0, velocity_y=-1.0))
    >>> flight = Flight("Ada", "1", (0.0, 0.3), ("1", "1"), falling, gravity=10.0, wind=0.0)
    >>> lander_curve(flight, MapSettings(horizon=1, frames=20, repeats=1))
    LanderCurve(player Ada, trial 1, horizon 1, 0.97 to 0.97 bits)
    """

    flight: Flight
    bits: Array
    standard_error: Array | None = None

    def __repr__(self) -> str:
        low, high = np.nanmin(self.bits), np.nanmax(self.bits)
        return (
            f"LanderCurve(player {self.flight.player}, trial {self.flight.trial}, horizon "
            f"{self.horizon}, {low:.2f} to {high:.2f} bits)"
        )


def lander_curve(
    flight: Flight,
    settings: MapSettings | None = None,
    *,
    seed: int | Sequence[int] = 0,
    processes: int = 1,
    progress: Progress | None = None,
) -> LanderCurve:
    """Estimate the empowerment of the lander in each state of a flight.

    All action sequences are flown from each state with its velocities. A log does not say on which
    ground it was recorded, so the flights are over the terrain of each seed.

    Parameters
    ----------
    flight : Flight
        States, and the gravity and wind of the rollouts.
    settings : MapSettings, optional
        Action sequences and sensor; its `shape` is not used.
    seed : int or sequence of int
        Seed of the terrain and of the noise. With K seeds, the curve is the mean of K curves, and
        has a standard error.
    processes : int
        Number of processes that share the states. More than one requires a main module that can be
        imported.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    LanderCurve
        Estimates, in bits, in all states that are not in the ground of any of the terrains.

    Raises
    ------
    GridempError
        If gravity or wind is out of range, there is no seed or one is given twice, or all states
        are in the ground.
    HorizonTooLarge
        If a channel would not fit in memory.
    MissingExtra
        If Gymnasium, Box2D or pygame is not installed.

    Examples
    --------
    >>> from gridemp.lander import MapSettings, RecordingSettings, lander_curve, read_flight, record
    >>> _ = record("log.csv", RecordingSettings(trials=1, seconds=2), seeds=[0])
    >>> lander_curve(read_flight("log.csv", step=0.5), MapSettings(horizon=2, frames=20, repeats=1))
    LanderCurve(player 0, trial 1, horizon 2, 1.53 to 2.74 bits)
    """
    check_kinds(lander_curve, locals(), "seed")
    settings = settings or MapSettings()
    check_conditions(flight.gravity, flight.wind)
    conditions = [(each, flight.gravity, flight.wind) for each in checked_seeds(seed)]
    terrains = [Rollouts(*each) for each in conditions]
    free = np.array(
        [all(terrain.is_free(state) for terrain in terrains) for state in flight.states]
    )
    if not free.any():
        raise GridempError("all states of the flight lie below the ground; choose other seeds")
    states = [state for state, above in zip(flight.states, free.tolist(), strict=True) if above]
    found = estimates(settings, conditions, states, processes, progress or ignore)
    mean, error = mean_and_error(found)
    bits, errors = np.full((2, len(free)), np.nan)
    bits[free] = mean
    if error is not None:
        errors[free] = error
    return LanderCurve(
        flight=flight,
        bits=bits,
        standard_error=None if error is None else errors,
        horizon=settings.horizon,
        frames=settings.frames,
        resolution=settings.resolution,
        repeats=settings.repeats,
        gravity=flight.gravity,
        wind=flight.wind,
        seeds=tuple(each[0] for each in conditions),
    )


def save_curve_csv(curve: LanderCurve, path: str | Path) -> None:
    """Write a curve to a CSV file: a row for each state, with all settings.

    The value is empty for a state in the ground, and the standard error for a single seed.

    Parameters
    ----------
    curve : LanderCurve
        Curve to write, in bits.
    path : str or Path
        Path of the file.

    Examples
    --------
    >>> from pathlib import Path
    >>> from gridemp.lander import Flight, LanderState, MapSettings, lander_curve, save_curve_csv
    >>> flight = Flight("Ada", "1", (0.0,), ("1",), (LanderState(0, 1),), gravity=10.0, wind=0.0)
    >>> curve = lander_curve(flight, MapSettings(horizon=1, frames=20, repeats=1))
    >>> save_curve_csv(curve, "curve.csv")
    >>> print(Path("curve.csv").read_text().splitlines()[0])
    player,trial,episode,time,bits,standard_error,kind,horizon,window_ms,resolution,runs,gravity,wind,seed
    """
    check_kinds(save_curve_csv, locals())
    flight = curve.flight
    errors = curve.standard_error
    if errors is None:
        errors = np.full(len(curve.bits), np.nan)
    columns = ("player", "trial", "episode", "time", "bits", "standard_error", "kind")
    with Path(path).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*columns, *curve.settings])
        for episode, time, *numbers in zip(
            flight.episodes, flight.times, curve.bits, errors, strict=True
        ):
            texts = ["" if np.isnan(number) else f"{number:.4f}" for number in numbers]
            place = (flight.player, flight.trial, episode, f"{time:g}")
            writer.writerow([*place, *texts, "estimate", *curve.settings.values()])
