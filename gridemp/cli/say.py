"""Sentences on the terminal."""

import typer

from gridemp.engine.runtime import duration
from gridemp.report.rounding import rounded_up

MIN_ANNOUNCED = 20.0  # seconds; work that takes longer is announced before it begins


def say(sentence: str) -> None:
    """Print a sentence to standard error."""
    typer.echo(f"gridemp: {sentence}", err=True)


def announce(seconds: float) -> None:
    """Print the expected duration of work that takes a long time."""
    if seconds > MIN_ANNOUNCED:
        say(f"this takes about {duration(seconds)}")


def within(gap: float) -> str:
    """Certificate after numbers that may be off by a gap in bits; empty if they are exact."""
    return f", each within {rounded_up(gap)} bits" if gap else ""
