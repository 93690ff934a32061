"""Functions that print sentences to the terminal."""

import typer

from gridemp.cli.running import RUNNING
from gridemp.engine.runtime import duration
from gridemp.report.rounding import rounded_up

MIN_ANNOUNCED = 20.0  # seconds; work that takes longer is announced before it begins


def say(sentence: str) -> None:
    """Print a sentence to standard error."""
    typer.echo(f"gridemp: {sentence}", err=True)


def note(sentence: str) -> None:
    """Print a sentence that is no warning to standard error, unless the command is to be quiet."""
    if not RUNNING.get().quiet:
        say(sentence)


def tell(text: object) -> None:
    """Print a result, unless the command is to be quiet or prints JSON.

    It goes to standard output or, if the picture itself goes there, to standard error.
    """
    running = RUNNING.get()
    if not (running.quiet or running.json):
        typer.echo(text, err=running.to_stdout)


def announce(seconds: float) -> None:
    """Print the expected duration of work that takes a long time."""
    if seconds > MIN_ANNOUNCED:
        note(f"this takes about {duration(seconds)}")


def within(gap: float) -> str:
    """Certificate after numbers that may be off by a gap in bits; empty if they are exact."""
    return f", each within {rounded_up(gap)} bits" if gap else ""
