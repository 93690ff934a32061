"""`gridemp mi`: mutual information between actions and effects in a log."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gridemp.cli.command_words import command
from gridemp.cli.curve_lines import MAX_ROWS, print_curve
from gridemp.cli.entropy_lines import print_entropies
from gridemp.cli.estimate_options import EstimateOptions
from gridemp.cli.figure_options import PageOptions
from gridemp.cli.file_names import default_name, plain
from gridemp.cli.groups import with_options
from gridemp.cli.help import OUTPUT
from gridemp.cli.log_files import FileOptions, log_paths
from gridemp.cli.log_options import ColumnOptions, FrameOptions
from gridemp.cli.log_windows import read_windows
from gridemp.cli.parse import parse_seed, parse_whole
from gridemp.cli.progress import progress_bar
from gridemp.cli.rating_lines import print_ratings
from gridemp.cli.say import tell
from gridemp.errors import GridempError, import_extra
from gridemp.files import checked_output, replacing
from gridemp.report.provenance import made_by

if TYPE_CHECKING:
    from gridemp.logs import LearningCurve, RatingStudy

POWER_WINDOWS = 200
POWER_SHUFFLES = 99
POWER_SECONDS = 7e-4  # of a test of 200 windows, for each shuffle and estimator

Logs = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[LOG]...",
        help="A CSV file with a header, or - for standard input; several files, or a pattern such "
        "as 'logs/*.csv'. Also .jsonl, .json, .parquet and .gz.",
    ),
]
Power = Annotated[
    bool,
    typer.Option(
        "--power",
        help="Simulate logs with known amounts of information instead, and print how often the "
        "test finds it.",
        rich_help_panel="Estimate",
    ),
]
Entropies = Annotated[
    bool,
    typer.Option(
        "--entropies",
        help="Estimate the entropies of actions and effects as well, and draw them beside the "
        "information.",
        rich_help_panel="Estimate",
    ),
]
RatingColumn = Annotated[
    str | None,
    typer.Option(
        "--ratings",
        metavar="COL",
        help="Column with the player's rating of each trial, to compare with the gain in "
        "information over the previous trial; the figure then shows both.",
        rich_help_panel="Columns",
    ),
]
Table = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="File to write the numbers to as well: .csv or .json.",
        rich_help_panel=OUTPUT,
    ),
]


@with_options
def mi(
    columns: ColumnOptions,
    frames: FrameOptions,
    files: FileOptions,
    estimates: EstimateOptions,
    page: PageOptions,
    logs: Logs = None,
    table: Table = None,
    power: Power = False,
    entropies: Entropies = False,
    ratings: RatingColumn = None,
) -> None:
    """Measure how much information actions carry about their effects.

    The log is a CSV file with a row for each action or, with --window, for each frame. The figure
    shows the information in each trial, in bits. With two columns of conditions for --trial, it
    shows the mean over players for each pair of conditions.

    Examples
    --------
    gridemp mi skill.csv --actions stick --effects x,y
    gridemp mi lander-log.csv --window 100ms
    gridemp mi lander-log.csv --window 100ms --entropies
    """
    import_extra("scipy", "gridemp mi", "logs")
    page.check()
    if power:
        if logs:
            raise GridempError("--power simulates logs of its own; leave out --power or LOG")
        if entropies or ratings is not None:
            option = "--entropies" if entropies else "--ratings"
            raise GridempError(f"--power simulates the test of information; leave out {option}")
        print_power(estimates)
        return
    if not logs:
        raise GridempError(
            "there is no log to measure; name LOG, a CSV file with a header, or give --power"
        )
    if table is not None:
        checked_output(table, (".csv", ".json"))
    logs = log_paths(logs)
    path = page.path(default_name(log_name(logs), "mi"))
    windows, notes, rating_of_trial = read_windows(logs, columns, frames, files, ratings)
    curve = estimates.learning_curve(windows, entropies=entropies)
    study = None
    if ratings is not None and rating_of_trial is not None:
        from gridemp.logs import rating_study

        study = rating_study(curve, rating_of_trial, ratings)
    if table is not None:
        from gridemp.logs import save_curve

        with replacing(table) as temporary:
            save_curve(curve, temporary, table.suffix.lower(), study)
        tell(table)
    page.save_as(
        lambda width: draw(curve, study, width, page.title),
        path,
        made_by(command()) | {"title": f"information in {log_title(logs)}"} | dict(curve.settings),
    )
    print_curve(curve)
    if curve.entropies is not None:
        print_entropies(curve, curve.entropies, rows=len(curve.trials) <= MAX_ROWS)
    if study is not None:
        print_ratings(study)
    for remark in notes:
        tell(f"note: {remark}")


def draw(
    curve: "LearningCurve", study: "RatingStudy | None", width: float | None, title: str | bool
) -> Any:
    """Draw the ratings, the grid of conditions, the entropies or the information of a log."""
    from gridemp import render
    from gridemp.logs import condition_grid

    if study is not None:
        return render.ratings_figure(study, width=width, title=title)
    if curve.conditions:
        return render.draw_condition_grid(condition_grid(curve), width=width, title=title).figure
    if curve.entropies is not None:
        return render.entropies_figure(curve, width=width, title=title)
    return render.draw_learning_curve(curve, width=width, title=title).figure


def log_name(logs: Sequence[Path]) -> str:
    """Name of a log in file names: of its file, or of the folder of its files."""
    if len(logs) > 1:
        return plain(logs[0].parent.name) or "logs"
    return "log" if str(logs[0]) == "-" else plain(logs[0].name.partition(".")[0])


def log_title(logs: Sequence[Path]) -> str:
    """Name of a log in the record of a figure."""
    more = f" and {len(logs) - 1} more" if len(logs) > 1 else ""
    return logs[0].name + more


def print_power(estimates: EstimateOptions) -> None:
    """Print how often a test at the level of 5 % finds information of a known amount."""
    from gridemp.logs.power import ACTIONS, EFFECTS, RUNS, TRUTHS, power
    from gridemp.logs.resampling import MIN_SHUFFLES

    shuffles = estimates.shuffle_count(POWER_SHUFFLES)
    if shuffles < MIN_SHUFFLES:
        raise GridempError(f"--shuffles must be {MIN_SHUFFLES} or more for p to reach 0.05")
    windows = POWER_WINDOWS
    if estimates.sample is not None:
        windows = parse_whole("--sample", estimates.sample)
    tests = 2 * len(TRUTHS) * RUNS * shuffles
    seconds = tests * POWER_SECONDS * (windows / POWER_WINDOWS) ** 2
    with progress_bar("power", seconds) as progress:
        results = list(
            power(
                windows,
                k=estimates.neighbours(),
                shuffles=shuffles,
                seed=parse_seed("--seed", estimates.seed),
                progress=progress,
            )
        )
    tell(
        f"{ACTIONS} Gaussian actions, {EFFECTS} effects, {windows} windows; {RUNS} runs, "
        f"{shuffles} shuffles each; found: p <= 0.05"
    )
    tell("estimator  true bits  estimate    sd  found")
    for result in results:
        tell(
            f"{result.estimator:9}  {result.truth:9.2f}  {result.mean:8.3f} {result.sd:5.3f}  "
            f"{result.found:5.2f}"
        )
