"""The command that makes the figure shown on the page.

The page offers this command for copying, so the options of the command line are spelled out here.
"""

import shlex
from collections.abc import Sequence

from gridemp.mazes.maze import Maze
from gridemp.web.server.api import DescribeQuestion

Known = Sequence[tuple[Maze, Sequence[str]]]  # mazes, and the words that name them in a command


def command_words(question: DescribeQuestion, maze: Maze, known: Known) -> list[str]:
    """Return the words after `gridemp`; an unknown maze is named by its file."""
    words = ["heatmap", *(names(maze, known) or [file_of(maze)])]
    words += ["--horizon", str(question.horizon)]
    if question.slip:
        words += ["--slip", str(question.slip)]
        words += ["--slip-kind", question.slip_kind] if question.slip_kind != "uniform" else []
    words += ["--moves", question.moves] if question.moves != "nesw" else []
    words += [] if question.stay else ["--no-stay"]
    words += {"": [], "xy": ["--torus"]}.get(question.torus, [f"--torus-{question.torus}"])
    words += ["--sensor", question.sensor] if question.sensor != "state" else []
    if question.range is not None:
        low, high = (str(end).removesuffix(".0") for end in question.range)
        words += ["--vmin", low, "--vmax", high]
    return words + (["--annotate", question.numbers] if question.numbers else [])


def names(maze: Maze, known: Known) -> Sequence[str]:
    """Return the words that name a maze in a command, or no words if it is unknown."""
    matches = (words for other, words in known if other == maze and other.name == maze.name)
    return next(matches, ())


def file_of(maze: Maze) -> str:
    """Return the name of the file that a new maze is saved as."""
    return f"{maze.name}.txt"


def as_typed(words: Sequence[str]) -> str:
    """Return a command as it is typed into a shell."""
    return shlex.join(["gridemp", *words])
