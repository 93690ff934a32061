"""Tables that are printed in columns."""

from collections.abc import Sequence

from gridemp.cli.say import tell


def print_columns(rows: Sequence[Sequence[str]]) -> None:
    """Print rows of cells under a header; columns that are empty are left out."""
    columns = [column for column in zip(*rows, strict=True) if any(column[1:])]
    widths = [max(map(len, column)) for column in columns]
    for cells in zip(*columns, strict=True):
        tell("  ".join(map(str.rjust, cells, widths)))
