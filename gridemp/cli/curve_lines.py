"""Information of trials or of conditions, and trends, as lines."""

from math import isnan
from typing import TYPE_CHECKING

from gridemp.cli.say import tell
from gridemp.cli.text_tables import print_columns
from gridemp.shown import counted

if TYPE_CHECKING:
    from gridemp.logs import LearningCurve, Trend

MAX_ROWS, MAX_PLAYERS = 60, 6  # trials, and players with a trend, that are printed


def print_curve(curve: "LearningCurve") -> None:
    """Print a row for each trial, the trends, the windows left out and the notes."""
    from gridemp.logs.cells import is_number

    if curve.conditions:
        print_conditions(curve)
    elif len(curve.trials) > MAX_ROWS:
        tell(f"{len(curve.trials)} trials; --table FILE lists them all")
    else:
        print_trials(curve)
    step = "unit" if all(is_number(trial.trial) for trial in curve.trials) else "step"
    for trend in curve.trends:
        if trend.player is None or len(curve.players) <= MAX_PLAYERS:
            tell(trend_line(trend, curve.by, step))
    if not curve.trends and not curve.conditions:
        tell("no trend: a trend needs at least three trials of one player")
    for reason, count in curve.dropped.items():
        tell(f"left out: {counted(count, 'window')} {reason}")
    for note in curve.notes:
        tell(f"note: {note}")


def print_trials(curve: "LearningCurve") -> None:
    """Print a table with a row for each trial; columns that are empty are left out."""
    rows = [["player", curve.by or "trial", "windows", "bits", "95 %", "chance", "p"]]
    for trial in curve.trials:
        bits, low, high, chance = (
            f"{value + 0.0:.3f}" for value in (trial.bits, trial.low, trial.high, trial.null_mean)
        )
        row = [trial.player, trial.trial, str(trial.windows), bits, f"[{low}, {high}]", chance]
        rows.append([*row, "-" if isnan(trial.p) else f"{trial.p:.3f}"])
    if curve.context:
        rows[0].append("without context")
        for row, trial in zip(rows[1:], curve.trials, strict=True):
            row.append(f"{trial.without + 0.0:.3f}")
    print_columns(rows)


def print_conditions(curve: "LearningCurve") -> None:
    """Print a table with a row for each pair of conditions, and the number of those with chance."""
    from gridemp.logs import condition_grid

    grid = condition_grid(curve)
    rows = [[grid.x, grid.y, "players", "trials", "bits", "95 %", "chance", "above chance", "95 %"]]
    for mean in grid.means:
        bits, low, high, chance, above, *ends = (
            "-" if isnan(value) else f"{value + 0.0:.3f}"
            for value in (
                *(mean.bits, mean.low, mean.high, mean.null_mean),
                *(mean.above, mean.above_low, mean.above_high),
            )
        )
        counts = [str(mean.players), str(mean.trials)]
        row = [mean.x, mean.y, *counts, bits, f"[{low}, {high}]", chance, above]
        rows.append([*row, f"[{ends[0]}, {ends[1]}]"])
    if curve.context:
        rows[0].append("without context")
        for row, mean in zip(rows[1:], grid.means, strict=True):
            row.append(f"{mean.without + 0.0:.3f}")
    print_columns(rows)
    tested = [mean for mean in grid.means if mean.players > 1]
    if tested:
        found = sum(mean.is_above_chance for mean in tested)
        tell(f"above chance by its 95 % interval: {found} of {len(tested)} pairs of conditions")
    if len(tested) < len(grid.means):
        some = "some pairs have no interval" if tested else "no intervals"
        tell(f"{some}: an interval needs two players or more")


def trend_line(trend: "Trend", by: str, step: str = "unit") -> str:
    """Slope of a trend, its confidence interval and its rank correlation, as a line.

    A step of `by` is a unit, or from one name to the next in the order of the log.
    """
    if trend.player is None:
        subject = "the mean of the players"
    elif trend.player == "":
        subject = "the log"
    else:
        subject = f"player {trend.player}"
    subject += " above chance" if trend.above_chance else ""
    unit = "trial" if by in ("", "trial") else f"{step} of {by}"
    return (
        f"trend of {subject}: {trend.slope:+.4f} bits per {unit}, "
        f"95 % [{trend.low:.4f}, {trend.high:.4f}]; Spearman {trend.spearman:.2f}; "
        f"{trend.trials} trials"
    )
