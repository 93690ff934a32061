"""The command line that makes what the page shows."""

import shlex
from collections.abc import Sequence

from gridemp.mazes.maze import Maze
from gridemp.web.server.api import MapQuestion

Known = Sequence[tuple[Maze, Sequence[str]]]  # mazes, and how the command line names them


def command_words(asked: MapQuestion, maze: Maze, known: Known) -> list[str]:
    """The words after `gridemp`: a maze that nothing knows is a file, named as it downloads."""
    words = ["heatmap", *(names(maze, known) or [file_of(maze)]), "--horizon", str(asked.horizon)]
    if asked.slip:
        words += ["--slip", str(asked.slip)]
        words += ["--slip-kind", asked.slip_kind] if asked.slip_kind != "uniform" else []
    words += ["--moves", asked.moves] if asked.moves != "nesw" else []
    words += [] if asked.stay else ["--no-stay"]
    words += {"": [], "xy": ["--torus"]}.get(asked.torus, [f"--torus-{asked.torus}"])
    words += ["--sensor", asked.sensor] if asked.sensor != "state" else []
    if asked.range is not None:
        low, high = (str(end).removesuffix(".0") for end in asked.range)
        words += ["--vmin", low, "--vmax", high]
    return words + (["--annotate", asked.numbers] if asked.numbers else [])


def names(maze: Maze, known: Known) -> Sequence[str]:
    """How the command line names a maze that it knows; nothing if it is new."""
    own = (words for other, words in known if other == maze and other.name == maze.name)
    return next(own, ())


def file_of(maze: Maze) -> str:
    """The name of the file that a new maze is saved as."""
    return f"{maze.name}.txt"


def as_typed(words: Sequence[str]) -> str:
    """The line to type into a shell."""
    return shlex.join(["gridemp", *words])
