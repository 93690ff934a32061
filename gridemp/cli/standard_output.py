"""Figures and pages that go to standard output instead of a file."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from gridemp.errors import GridempError

TEXTS = (".html",)  # files that a terminal can show


def check_terminal(suffix: str) -> None:
    """Raise a GridempError if a file with this suffix would be shown as text by a terminal."""
    if sys.stdout.isatty() and suffix not in TEXTS:
        raise GridempError(
            "-o - sends a figure to standard output, but a terminal cannot show it; add "
            f"> map{suffix}, or pipe it to another program"
        )


@contextmanager
def sending(name: str) -> Iterator[Path]:
    """Yield a temporary file of this name, whose bytes are sent when the block ends."""
    with TemporaryDirectory() as folder:
        temporary = Path(folder, name)
        yield temporary
        typer.echo(temporary.read_bytes(), nl=False)
