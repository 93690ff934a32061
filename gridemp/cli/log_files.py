"""Options of the files of a log, and the files that a pattern stands for."""

from collections.abc import Sequence
from dataclasses import dataclass
from glob import glob
from pathlib import Path
from typing import Annotated, ClassVar

import typer

from gridemp.errors import GridempError


@dataclass
class FileOptions:
    """Options of the files of a log, as typed."""

    names: Annotated[
        str | None,
        typer.Option(
            metavar="PATTERN",
            help='Pattern of file names that finds player and trial, as "{player}_{trial}.csv" '
            "does.  [default: each of several files is a trial, unless they have a --trial column]",
        ),
    ] = None
    skip_missing: Annotated[
        bool,
        typer.Option(
            "--skip-missing", help="Leave out rows in which a cell is missing, and count them."
        ),
    ] = False

    group: ClassVar[str] = "Files"


def log_paths(words: Sequence[Path]) -> list[Path]:
    """Files of a log, with those that match in place of a pattern such as logs/*.csv.

    Raises
    ------
    GridempError
        If no file matches a pattern.
    """
    paths: list[Path] = []
    for path in words:
        text = str(path)
        if not set("*?[") & set(text) or path.exists():
            paths.append(path)
            continue
        found = sorted(Path(each) for each in glob(text))
        if not found:
            raise GridempError(f"no file matches {text}; name a log")
        paths += found
    return paths
