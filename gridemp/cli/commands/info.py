"""`gridemp info`: the record of what made a figure."""

from pathlib import Path
from typing import Annotated

import typer

from gridemp.report.captions import letter
from gridemp.report.provenance import read_record


def info(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A figure that gridemp wrote.")],
) -> None:
    """Print what made a figure: the command, the maze, the horizon, the noise, the versions."""
    for key, value in read_record(file).items():
        if isinstance(value, list):
            value = "; ".join(f"({letter(i)}) {item}" for i, item in enumerate(value))
        typer.echo(f"{key}: {value}")
