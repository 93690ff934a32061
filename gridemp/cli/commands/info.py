"""`gridemp info`: the record of what made a figure."""

from pathlib import Path
from typing import Annotated

import typer

from gridemp.cli.help import OUTPUT
from gridemp.report.captions import letter
from gridemp.report.provenance import read_record


def info(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A figure that gridemp wrote.")],
    json: Annotated[
        bool,
        typer.Option("--json", help="Print the record as JSON.", rich_help_panel=OUTPUT),
    ] = False,
) -> None:
    """Print how a figure was made.

    The record includes the command, the maze, the horizon, the noise and the software versions.

    Examples
    --------
    gridemp info figures/room-h5.png
    """
    record = read_record(file)
    if json:
        from gridemp.report.json_records import json_text

        typer.echo(json_text(record))
        return
    for key, value in record.items():
        if isinstance(value, list):
            value = "; ".join(f"({letter(i)}) {item}" for i, item in enumerate(value))
        typer.echo(f"{key}: {value}")
