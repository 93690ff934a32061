"""Sentences for the person at the terminal."""

import typer

from gridemp.engine.map import rounded_up
from gridemp.engine.runtime import duration


def within(gap: float) -> str:
    """How far from the truth numbers may be, if they may."""
    return f", each within {rounded_up(gap)} bits" if gap else ""


LONG = 20.0  # seconds that are announced before they are spent


def say(sentence: str) -> None:
    """Print a sentence to standard error."""
    typer.echo(f"gridemp: {sentence}", err=True)


def announce(seconds: float) -> None:
    """Say how long something takes, if it takes long."""
    if seconds > LONG:
        say(f"this takes about {duration(seconds)}")
