"""`python -m benchmarks.players [FOLDER]`: what logs tell of simulated players of Lunar Lander.

Two tables are about players that learn to use a forward model, an inverse model or both: their
landings, and the trend of information with their skill. Two more are about players of one skill
under several gravities and winds, and about the estimated empowerment there. FOLDER keeps logs and
estimates, which would otherwise be recorded and measured again. All of it takes about an hour.
"""

import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, replace
from itertools import product
from math import nan
from pathlib import Path

import numpy as np

from benchmarks.estimators import row
from gridemp.lander import MapSettings, RecordingSettings, lander_conditions, record
from gridemp.logs import (
    PREVIOUS,
    ConditionMean,
    EstimateSettings,
    FrameColumns,
    LearningCurve,
    Trial,
    TrialInformation,
    Windows,
    condition_grid,
    read_columns,
    windows_of_frames,
)
from gridemp.logs.learning_curve import at_equal_numbers
from gridemp.logs.resampling import null_estimates
from gridemp.logs.trends import interval_of_mean, means, trends
from gridemp.logs.trial_information import trials_by_player
from gridemp.logs.trial_points import estimate_function, no_categories, trial_points
from gridemp.parallel import available_processors, parallel_map

PLAYERS, TRIALS = range(10), 20
LEARNS = ("forward", "inverse", "both")
SKILLS = (0.0, 0.25, 0.5, 0.75, 1.0)
ESTIMATORS = ("ksg", "copula")
WINDOW = 0.1  # seconds
SHUFFLES = 20  # enough for the mean of the null estimates
KEYS, STATES = ("left", "right", "main"), ("x", "y", "angle")
CONDITIONS = ("gravity", "wind")
GRAVITIES, WINDS = (1.0, 4.0, 7.0, 11.0), (0.0, 7.0, 14.0, 20.0)
PAIRS = tuple(product(GRAVITIES, WINDS))
MANY, SEEDS = range(12), range(5)
SKILL = 0.5
FORCES = (  # skill, whether the previous motion is known, estimator
    *product((SKILL,), (True, False), ESTIMATORS),
    *product((0.0,), (True,), ESTIMATORS),
)
MAPS = MapSettings(horizon=2, frames=40, shape=(4, 6))


def landings(learns: str, skill: float) -> tuple[float, float]:
    """Numbers of landings, and of crashes and losses, of a player in a minute."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.csv"
        settings = RecordingSettings(trials=1)
        tally = record(path, settings, seeds=list(PLAYERS), skill=(skill, skill), learns=learns)
    minutes = tally.frames / 3000
    return tally.landed / minutes, tally.lost / minutes


def learners_log(folder: Path, learns: str) -> Path:
    """Log of players that learn an ability from skill 0 to 1, recorded unless it is there."""
    path = folder / f"{learns}.csv"
    if not path.exists():
        record(path, RecordingSettings(trials=TRIALS), seeds=list(PLAYERS), learns=learns)
    return path


def forces_log(folder: Path, skill: float) -> Path:
    """Log of players of a skill under all pairs of conditions, recorded unless it is there."""
    path = folder / f"forces-{skill:g}.csv"
    if not path.exists():
        settings = RecordingSettings(trials=1, conditions=PAIRS)
        record(path, settings, seeds=list(MANY), skill=(skill, skill))
    return path


def windows_of(log: Path, *, context: bool, conditions: tuple[str, ...]) -> Windows:
    """Equally many windows of each trial of a log, as `gridemp mi` takes them."""
    columns = FrameColumns(
        KEYS,
        STATES,
        context=(PREVIOUS,) if context else (),
        angles=("angle",),
        player="player",
        trial="trial",
        episode="episode",
        conditions=conditions,
    )
    texts = ["player", "trial", "episode", *conditions]
    table = read_columns(log, lambda header: (["time", *KEYS, *STATES], texts))
    windows = windows_of_frames(table, columns, WINDOW)
    return at_equal_numbers(windows, None, np.random.default_rng([0, 0]))[0]


def information(trial: Trial, number: int, estimator: str) -> TrialInformation:
    """Estimate and level of chance of a trial, without the interval and the p of `gridemp mi`."""
    rng = np.random.default_rng([0, number + 1])
    settings = EstimateSettings(estimator, shuffles=SHUFFLES)
    found = TrialInformation(
        player=trial.player,
        trial=trial.trial,
        windows=len(trial.actions),
        bits=0.0,
        low=nan,
        high=nan,
        null_mean=0.0,
        null_sd=0.0,
        p=nan,
        orders=0,
        without=nan,
        conditions=trial.conditions,
    )
    points = trial_points(trial, settings, rng, no_categories(trial))
    if points is None:
        return found
    x, y, z = points
    estimate = estimate_function(settings)
    chance = null_estimates(estimate, x, y, z, SHUFFLES, rng)
    bits = estimate(x, y) if z is None else estimate(x, y, z)
    mean, spread = float(chance.mean()), float(chance.std())
    return replace(found, bits=bits, null_mean=mean, null_sd=spread, orders=SHUFFLES)


def trials_of(
    log: Path, estimator: str, *, context: bool, conditions: tuple[str, ...] = ()
) -> list[TrialInformation]:
    """Information in each trial of a log, estimated unless its file is there."""
    path = log.with_name(f"{log.stem}-{estimator}{'-context' if context else ''}.json")
    if not path.exists():
        windows = windows_of(log, context=context, conditions=conditions)
        trials = parallel_map(
            lambda i: information(windows.trials[i], i, estimator), range(len(windows.trials))
        )
        path.write_text(json.dumps([asdict(trial) for trial in trials]), encoding="utf-8")
    rows = json.loads(path.read_text(encoding="utf-8"))
    return [TrialInformation(**row | {"conditions": tuple(row["conditions"])}) for row in rows]


def learners_row(folder: Path, learns: str, estimator: str, *, context: bool) -> list[str]:
    """Information in the first and the last trial, chance, and the rise above it with skill."""
    trials = trials_of(learners_log(folder, learns), estimator, context=context)
    first, *_, last = means(trials)
    (trend,) = (line for line in trends(trials) if line.above_chance and line.player is None)
    rise, low, high = ((TRIALS - 1) * end for end in (trend.slope, trend.low, trend.high))
    ends = [f"{value:.2f}" for end in (first, last) for value in (end.bits, end.null_mean)]
    return [learns, *ends, f"{rise:+.2f} [{low:+.2f} to {high:+.2f}]"]


def forces_trials(
    folder: Path, skill: float, estimator: str, *, context: bool
) -> list[TrialInformation]:
    """Information in each trial of players of a skill under all pairs of conditions."""
    log = forces_log(folder, skill)
    return trials_of(log, estimator, context=context, conditions=CONDITIONS)


def means_under(trials: Sequence[TrialInformation]) -> dict[tuple[float, float], ConditionMean]:
    """Means over players by gravity and wind."""
    curve = LearningCurve(
        name="log",
        actions=KEYS,
        effects=STATES,
        context=(),
        by="trial",
        trials=tuple(trials),
        means=(),
        trends=(),
        settings={},
        dropped={},
        notes=(),
        conditions=CONDITIONS,
    )
    return {(float(mean.x), float(mean.y)): mean for mean in condition_grid(curve).means}


def changes(trials: Sequence[TrialInformation]) -> list[str]:
    """Change of the part above chance from the least to the most gravity, and the same for wind.

    A plane is fitted to the trials of each player; intervals are those of the mean over players.
    """
    slopes = []
    for of_player in trials_by_player(trials).values():
        places = np.array([[1.0, *map(float, trial.conditions)] for trial in of_player])
        above = [trial.bits - trial.null_mean for trial in of_player]
        slopes.append(np.linalg.lstsq(places, above, rcond=None)[0][1:])
    cells = []
    for values, levels in zip(np.transpose(slopes), (GRAVITIES, WINDS), strict=True):
        rise = (levels[-1] - levels[0]) * values
        low, high = interval_of_mean(rise.tolist())
        cells.append(f"{rise.mean():+.2f} [{low:+.2f} to {high:+.2f}]")
    return cells


def quantity(estimator: str, *, context: bool) -> str:
    """Name of the information in a table."""
    return f"{'I(A;E | C)' if context else 'I(A;E)'}, {estimator}"


def main(words: list[str]) -> None:
    """Print the tables."""
    folder = Path(words[0] if words else tempfile.mkdtemp())
    header("landings, losses a minute", *(f"skill {skill:g}" for skill in SKILLS))
    for learns in ("play", *LEARNS):
        pairs = [landings(learns, skill) for skill in SKILLS]
        row(learns, *(f"{landed:.1f}, {lost:.1f}" for landed, lost in pairs))
    print()
    header("information", "learns", "first", "chance", "last", "chance", "rise above chance")
    for context, estimator, learns in product((False, True), ESTIMATORS, LEARNS):
        name = quantity(estimator, context=context)
        row(name, *learners_row(folder, learns, estimator, context=context))
    for skill, context, estimator in FORCES:
        print(f"\n{quantity(estimator, context=context)}, skill {skill:g}, above chance\n")
        trials = forces_trials(folder, skill, estimator, context=context)
        found = means_under(trials)
        header("wind", *(f"gravity {gravity:g}" for gravity in GRAVITIES))
        for wind in reversed(WINDS):
            cells = [found[gravity, wind] for gravity in GRAVITIES]
            row(
                f"{wind:g}",
                *(f"{c.above:.2f} [{c.above_low:.2f}, {c.above_high:.2f}]" for c in cells),
            )
        above = sum(mean.is_above_chance for mean in found.values())
        gravity_change, wind_change = changes(trials)
        print(f"\nabove chance: {above} of {len(PAIRS)} pairs")
        print(f"from the lowest to the highest: gravity {gravity_change}, wind {wind_change}")
    print("\nestimated empowerment, mean of the places\n")
    processes = available_processors()
    maps = lander_conditions(
        MAPS, gravities=GRAVITIES, winds=WINDS, seed=list(SEEDS), processes=processes
    )
    assert maps.standard_error is not None
    header("wind", *(f"gravity {gravity:g}" for gravity in GRAVITIES))
    for wind, bits, errors in zip(WINDS, maps.bits, maps.standard_error, strict=True):
        row(f"{wind:g}", *(f"{b:.2f} ± {e:.2f}" for b, e in zip(bits, errors, strict=True)))


def header(*cells: str) -> None:
    """Print the header of a Markdown table."""
    row(*cells)
    row(*["---"] * len(cells))


if __name__ == "__main__":
    main(sys.argv[1:])
