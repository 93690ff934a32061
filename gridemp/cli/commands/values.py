"""`gridemp values`: the empowerment of every cell as numbers."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from gridemp.cli.groups import with_options
from gridemp.cli.map_options import MapOptions
from gridemp.cli.option_types import output_option
from gridemp.cli.running import STDOUT
from gridemp.files import checked_output, replacing
from gridemp.report.tables import save_values, write_csv


@with_options
def values(
    options: MapOptions,
    output: Annotated[
        Path | None,
        output_option(
            "File to write: .csv, .json or .npz; - for CSV on standard output.  [default: -]"
        ),
    ] = None,
) -> None:
    """Print the empowerment of every cell as a table, in bits.

    Examples
    --------
    gridemp values klyubin -n 3
    gridemp values klyubin -n 3 --slip 0.1 -o values.json
    """
    if output == STDOUT:
        output = None
    if output is not None:
        checked_output(output, (".csv", ".json", ".npz"))
    emap = options.map()
    if output is None:
        write_csv(emap, sys.stdout)
        return
    with replacing(output) as temporary:
        save_values(emap, temporary)
    typer.echo(output)
