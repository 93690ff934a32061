"""Windows of a log under the options of its columns and its frames."""

from collections.abc import Sequence
from math import tau
from pathlib import Path
from typing import TYPE_CHECKING

from gridemp.cli.log_files import FileOptions
from gridemp.cli.log_options import (
    ANGLES,
    KEYS,
    STATES,
    ColumnOptions,
    FrameOptions,
    column_names,
)
from gridemp.cli.progress import progress_bar
from gridemp.cli.say import note
from gridemp.errors import GridempError
from gridemp.shown import counted

if TYPE_CHECKING:
    from gridemp.logs import Columns, Windows

MAX_LISTED = 20  # columns of a log in a sentence
Ratings = dict[tuple[str, str], float] | None  # of trials, by names of player and trial
MAX_TEXTS = 6  # categories in a sentence


def read_windows(
    logs: Sequence[Path],
    columns: ColumnOptions,
    frames: FrameOptions,
    files: FileOptions,
    ratings: str | None = None,
) -> tuple["Windows", list[str], Ratings]:
    """Read a log and return its windows, notes on it, and the ratings of its trials.

    Windows are one for each row, or made of frames. The log may be in several files. Ratings are in
    the column of this name, if there is one.
    """
    from gridemp.logs import (
        PREVIOUS,
        FrameColumns,
        ratings_of,
        read_logs,
        windows_of_frames,
        windows_of_rows,
    )

    length, step, gap = frames.seconds()
    if length is None and (columns.actions is None or columns.effects is None):
        ask_for_columns(logs[0], columns, frames)
    actions, effects, context = columns.names(frames=length is not None)
    measured = [name for name in (*actions, *effects, *context) if name != PREVIOUS]
    categorical, numeric = columns.kinds(measured)
    angles = column_names("--angles", frames.angles, ANGLES)
    for name in angles if frames.angles is not None else ():
        if name not in effects:
            raise GridempError(
                f"--angles takes columns of --effects, and {name!r} is not one; add it to --effects"
            )
    rated = [] if ratings is None else [ratings]
    if ratings in measured:
        raise GridempError(
            f"column {ratings!r} is measured already; --ratings takes a column of its own"
        )
    conditions = columns.conditions()
    if rated and conditions:
        raise GridempError(
            "--ratings compares each trial with the one before, which may be under other "
            "conditions; leave out --ratings, or name one column with --trial"
        )
    text_options = {"player": columns.player, "trial": None if conditions else columns.trial}
    if length is not None:
        text_options["episode"] = frames.episode
    text_columns: dict[str, str] = {}

    def select(header: Sequence[str]) -> tuple[list[str], ...]:
        """Columns of numbers, of texts, of which some have usual names, of either, and of times."""
        if length is None and is_frame_log(header, frames) and {*effects} & {*STATES.split(",")}:
            note(
                "each row of this log is a frame, but counts as a window; give --window 100ms to "
                "group frames into windows"
            )
        for role, name in text_options.items():
            if name is not None or role in header:
                text_columns[role] = role if name is None else name
        times = [] if length is None else [frames.time_column()]
        texts = list(dict.fromkeys([*categorical, *text_columns.values(), *conditions]))
        either = dict.fromkeys(
            name for name in measured if name not in (*categorical, *numeric, *times)
        )
        if frames.may_be_dates():
            return numeric, texts, list(either), times, rated
        return [*times, *numeric], texts, list(either), [], rated

    with progress_bar("reading") as progress:
        table = read_logs(
            logs, select, files.names or "", progress, skip_missing=files.skip_missing
        )
    keys = actions if length is not None else []
    notes = notes_on_names(table, [name for name in measured if name not in categorical], keys=keys)
    table, notes_on_codes = with_codes(table, actions, numeric, frames=length is not None)
    notes += notes_on_codes
    if files.skip_missing:
        notes.append(f"{counted(table.skipped, 'row')} with a missing cell left out")
    rating_of_trial = None
    if ratings is not None:
        trial_columns = {name: text_columns.get(name, "") for name in ("player", "trial")}
        rating_of_trial = ratings_of(table, ratings, **trial_columns)
    if length is None:
        windows = windows_of_rows(
            table, actions, effects, context, conditions=conditions, **text_columns
        )
        return windows, notes, rating_of_trial
    frame_columns = FrameColumns(
        keys=actions,
        states=effects,
        context=context,
        angles=angles,
        time=frames.time_column(),
        conditions=conditions,
        **text_columns,
    )
    windows = windows_of_frames(
        table,
        frame_columns,
        length,
        step=step,
        gap=gap,
        turn=360.0 if frames.degrees else tau,
        time_unit=frames.unit(),
    )
    return windows, notes, rating_of_trial


def with_codes(
    log: "Columns", actions: Sequence[str], numeric: Sequence[str], *, frames: bool
) -> tuple["Columns", list[str]]:
    """The log with columns of codes as categories, and notes that say so."""
    from gridemp.logs import are_codes, as_categories

    codes = [
        name
        for name in actions
        if name in log.numbers and name not in numeric and are_codes(log.numbers[name])
    ]
    listed = ",".join(codes)
    if not codes:
        return log, []
    if len(actions) > 1 and not frames:
        return log, [
            f"{', '.join(codes)}: whole numbers, read as amounts; give --categorical {listed} if "
            "they are codes"
        ]
    log = as_categories(log, codes)
    other = "it is a key, which is pressed unless it is 0" if frames else "they are amounts"
    return log, [
        f"{name} holds {named(log.labels[name][0], 'code')}, which are read as categories; give "
        f"--numeric {name} if {other}"
        for name in codes
    ]


def notes_on_names(log: "Columns", measured: Sequence[str], *, keys: Sequence[str]) -> list[str]:
    """Notes on columns that are read as categories because they hold names, and are not keys."""
    from gridemp.logs.categories import are_truths

    return [
        f"{name} holds {named(log.labels[name][0], 'name')}, which are read as categories"
        for name in measured
        if name in log.labels and not (name in keys and are_truths(log.labels[name][0]))
    ]


def named(texts: Sequence[str], noun: str) -> str:
    """Number of texts, and the first of them."""
    listed = ", ".join(texts[:MAX_TEXTS]) + (", ..." if len(texts) > MAX_TEXTS else "")
    return f"{counted(len(texts), noun)} ({listed})"


def ask_for_columns(log: Path, columns: ColumnOptions, frames: FrameOptions) -> None:
    """Raise a GridempError that asks for windows of a frame log, or for the columns of another."""
    from gridemp.logs import read_columns

    option = "--actions" if columns.actions is None else "--effects"
    name = "standard input" if str(log) == "-" else str(log)

    def refuse(header: Sequence[str]) -> tuple[list[str], list[str]]:
        if is_frame_log(header, frames):
            raise GridempError(
                f"{name} has a row for each frame; give --window 100ms to group frames into windows"
            )
        listed = ", ".join(header[:MAX_LISTED]) + (", ..." if len(header) > MAX_LISTED else "")
        raise GridempError(
            f"{option} needs the columns of the log, such as {option} one,two; {name} has {listed}"
        )

    read_columns(log, refuse)


def is_frame_log(header: Sequence[str], frames: FrameOptions) -> bool:
    """True if a log has the columns of a frame log, such as those that `gridemp lander` writes."""
    return {frames.time_column(), *KEYS.split(","), *STATES.split(",")} <= set(header)
