"""Options of figures whose numbers are printed as text or as JSON."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from gridemp.cli.figure_options import FIGURES, PageOptions
from gridemp.cli.option_types import Json
from gridemp.cli.say import tell
from gridemp.errors import GridempError


@dataclass
class ReportPageOptions(PageOptions):
    """Options of the file of a figure and of the form in which its numbers are printed."""

    json: Json = False

    def check(self, suffixes: Sequence[str] = FIGURES) -> None:
        """Raise a GridempError, before any work is done, if an option is invalid."""
        if self.json and self.to_stdout:
            raise GridempError(
                "--json and the figure cannot both go to standard output; leave out one of them, "
                "or name a file with -o"
            )
        super().check(suffixes)

    def report(self, path: Path, text: str, facts: Callable[[], Mapping[str, Any]]) -> None:
        """Print the numbers of a figure.

        Parameters
        ----------
        path : Path
            The file of the figure.
        text : str
            The numbers as text.
        facts : callable
            Returns the numbers for JSON.
        """
        if self.json:
            from gridemp.report.json_records import json_text

            typer.echo(json_text({"figure": str(path), **facts()}))
        else:
            tell(text)
