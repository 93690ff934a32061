"""Windows of a log under the options of its columns and its frames."""

from collections.abc import Sequence
from math import tau
from pathlib import Path
from typing import TYPE_CHECKING

from gridemp.cli.log_options import (
    ANGLES,
    KEYS,
    STATES,
    UNITS,
    ColumnOptions,
    FrameOptions,
    column_names,
)
from gridemp.cli.progress import progress_bar
from gridemp.cli.say import note
from gridemp.errors import GridempError

if TYPE_CHECKING:
    from gridemp.logs import Windows

MAX_LISTED = 20  # columns of a log in a sentence


def read_windows(log: Path, columns: ColumnOptions, frames: FrameOptions) -> "Windows":
    """Read a log and return its windows, one for each row or made of frames."""
    from gridemp.logs import (
        PREVIOUS,
        FrameColumns,
        read_columns,
        windows_of_frames,
        windows_of_rows,
    )

    length, step, gap = frames.seconds()
    if length is None and (columns.actions is None or columns.effects is None):
        ask_for_columns(log, columns, frames)
    actions, effects, context = columns.names(frames=length is not None)
    angles = column_names("--angles", frames.angles, ANGLES)
    for name in angles if frames.angles is not None else ():
        if name not in effects:
            raise GridempError(
                f"--angles takes columns of --effects, and {name!r} is not one; add it to --effects"
            )
    text_options = {"player": columns.player, "trial": columns.trial}
    if length is not None:
        text_options["episode"] = frames.episode
    text_columns: dict[str, str] = {}

    def select(header: Sequence[str]) -> tuple[list[str], list[str]]:
        """Columns of numbers and of texts; the latter may be found by their usual names."""
        if length is None and is_frame_log(header, frames) and {*effects} & {*STATES.split(",")}:
            note(
                "each row of this log is a frame, but counts as a window; give --window 100ms to "
                "group frames into windows"
            )
        for role, name in text_options.items():
            if name is not None or role in header:
                text_columns[role] = role if name is None else name
        numbers = [name for name in (*actions, *effects, *context) if name != PREVIOUS]
        if length is not None:
            numbers.append(frames.time)
        return numbers, list(text_columns.values())

    with progress_bar("reading") as progress:
        table = read_columns(log, select, progress)
    if length is None:
        return windows_of_rows(table, actions, effects, context, **text_columns)
    frame_columns = FrameColumns(
        keys=actions,
        states=effects,
        context=context,
        angles=angles,
        time=frames.time,
        **text_columns,
    )
    return windows_of_frames(
        table,
        frame_columns,
        length,
        step=step,
        gap=gap,
        turn=360.0 if frames.degrees else tau,
        time_unit=UNITS[frames.time_unit],
    )


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
    return {frames.time, *KEYS.split(","), *STATES.split(",")} <= set(header)
