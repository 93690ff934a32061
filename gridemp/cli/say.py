"""Functions that print sentences to the terminal."""

import typer

from gridemp.cli.running import RUNNING
from gridemp.engine.runtime import duration
from gridemp.mazes.maze import Maze
from gridemp.mazes.objects import HANDLED
from gridemp.report.rounding import rounded_up
from gridemp.worlds.world import World

MIN_ANNOUNCED = 20.0  # seconds; work that takes longer is announced before it begins


def say(sentence: str) -> None:
    """Print a sentence to standard error."""
    typer.echo(f"gridemp: {sentence}", err=True)


def note(sentence: str) -> None:
    """Print a sentence other than a warning to standard error, unless the command is quiet."""
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


def note_obstacles(maze: Maze) -> None:
    """Print that hands could move what is in the way of the agent, if there is such a thing."""
    if not set(HANDLED).isdisjoint(maze.objects.values()):
        note(
            f"{maze.name}: keys, doors and balls are obstacles for an agent without hands; "
            "add --moves turn --hands"
        )


def within(gap: float, *worlds: World) -> str:
    """Certificate after numbers of worlds, which may be off by a gap in bits; empty if exact."""
    proviso = max(world.conditions.proviso for world in worlds)
    return f", each within {rounded_up(gap)} bits{proviso}" if gap else ""
