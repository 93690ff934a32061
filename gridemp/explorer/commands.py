"""The command line that makes what the page shows."""

import shlex
from collections.abc import Sequence

from gridemp.explorer.interface import MapQuestion
from gridemp.maze import Maze

Known = Sequence[tuple[Maze, Sequence[str]]]  # mazes, and how the command line names them


def command_words(asked: MapQuestion, maze: Maze, known: Known) -> list[str]:
    """The words after `gridemp`: a maze that nothing knows is a file, named as it downloads."""
    words = next(
        (names for other, names in known if other == maze and other.name == maze.name),
        [f"{maze.name}.txt"],
    )
    words = ["heatmap", *words, "--horizon", str(asked.horizon)]
    if asked.slip:
        words += ["--slip", str(asked.slip)]
        words += ["--slip-kind", asked.slip_kind] if asked.slip_kind != "uniform" else []
    words += ["--moves", asked.moves] if asked.moves != "nesw" else []
    words += [] if asked.stay else ["--no-stay"]
    words += {"": [], "xy": ["--torus"]}.get(asked.torus, [f"--torus-{asked.torus}"])
    words += ["--sensor", asked.sensor] if asked.sensor != "state" else []
    if asked.range is not None:
        low, high = asked.range
        words += ["--vmin", str(low), "--vmax", str(high)]
    return words + (["--annotate", asked.numbers] if asked.numbers else [])


def as_typed(words: Sequence[str]) -> str:
    """The line to type into a shell."""
    return shlex.join(["gridemp", *words])
