"""Options that several commands have: their flags, placeholders and help texts."""

from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from gridemp.cli.completion import among, complete_format, complete_maze
from gridemp.cli.help import COMPUTATION, FIGURE, OUTPUT, WORLD
from gridemp.engine.empowerment import TOLERANCE
from gridemp.worlds.moves import HEADINGS, MOVES
from gridemp.worlds.noise import SLIP_KINDS
from gridemp.worlds.sensors import SENSORS


def choice(*values: str, help: str, more: str = "", group: str | None = None) -> Any:
    """Option that takes one of these values, which its help lists and a shell completes.

    Parameters
    ----------
    *values : str
        The values.
    help : str
        The help text.
    more : str
        Placeholder of what else the option takes.
    group : str, optional
        Title of the group in which the help shows the option.
    """
    metavar = "|".join([*values, *filter(None, [more])])
    return typer.Option(
        metavar=metavar, help=help, rich_help_panel=group, autocompletion=among(*values)
    )


def world_option(*flags: str, help: str, metavar: str | None = None) -> Any:
    """Option in the group of the world."""
    return typer.Option(*flags, metavar=metavar, help=help, rich_help_panel=WORLD)


def maze_argument(metavar: str, more: str = "") -> Any:
    """Argument that is a maze and no Gymnasium environment; `more` is what else it may be."""
    mazes = "A maze file, the name of a bundled maze,"
    return typer.Argument(
        metavar=metavar,
        help=f"{mazes} - for standard input, {more}."
        if more
        else f"{mazes} or - for standard input.",
        autocompletion=complete_maze,
    )


MazeArgument = Annotated[
    str,
    typer.Argument(
        metavar="MAZE",
        help="A maze file, the name of a bundled maze (see gridemp mazes), - for standard input, "
        "or gym:ENVIRONMENT for a Gymnasium environment.",
        autocompletion=complete_maze,
    ),
]
MazeOrMap = Annotated[
    str,
    typer.Argument(
        metavar="MAZE",
        help="A maze file, the name of a bundled maze (see gridemp mazes), - for standard input, "
        "gym:ENVIRONMENT for a Gymnasium environment, or a saved map: FILE.npz, or "
        "STORE.zarr::MAZE?horizon=N&slip=P.",
        autocompletion=complete_maze,
    ),
]
MoreMazes = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[MAZE]...",
        help="More mazes; each gets its own panels, frames or rows of the table.",
        autocompletion=complete_maze,
    ),
]
Across = Annotated[
    str, typer.Argument(metavar="X", help="Column of the cell, counted from 0 at the left.")
]
Up = Annotated[
    str, typer.Argument(metavar="Y", help="Row of the cell, counted from 0 at the bottom.")
]


def horizon_option(lists: str = "", *, default: bool = True) -> Any:
    """Option --horizon, with a sentence on the lists that the command takes."""
    return typer.Option(
        "--horizon",
        "-n",
        metavar="N",
        help=f"Number of actions that the agent looks ahead, at least 1{lists}.",
        rich_help_panel=COMPUTATION,
        show_default=default,
    )


LISTS = "; a list such as {} gives a map for each"

Horizon = Annotated[str, horizon_option()]
SLIP = "Probability, such as 0.1 or 10%, that another action is taken instead of the chosen one"
MOVES_HELP = (
    "Actions of the agent: four moves, eight moves including the diagonals, or turning left, "
    "turning right and stepping forward."
)
SENSOR = (
    "Reading of the agent's sensor: the whole state, its cell, its row, its column, or the walls "
    "around it"
)

Slip = Annotated[str, world_option(metavar="P", help=f"{SLIP}.")]
HorizonsOfMazes = Annotated[
    str,
    horizon_option(
        LISTS.format("1,2,5 or 1..4")
        + ". Needed unless MAZE is a saved map or --kind is potential",
        default=False,
    ),
]
Slips = Annotated[str, world_option(metavar="P", help=SLIP + LISTS.format("0,0.1") + ".")]
SlipKind = Annotated[
    str,
    choice(
        *SLIP_KINDS,
        help="Action taken instead: any other with equal probability, or one of the two "
        "moves at right angles.",
        group=WORLD,
    ),
]
Moves = Annotated[str, choice(*MOVES, help=MOVES_HELP, group=WORLD)]
Hands = Annotated[
    bool,
    world_option(
        "--hands/--no-hands",
        help="Include actions that pick up, drop and toggle what is in front of the agent; needs "
        "--moves turn.",
    ),
]
Holding = Annotated[
    str | None,
    world_option(
        metavar="LETTER",
        help="Letter of the object that the agent holds at the start, such as k; needs --hands.",
    ),
]
Stay = Annotated[
    bool,
    world_option("--stay/--no-stay", help="Include an action that stays put, or leave it out."),
]
Heading = Annotated[
    str,
    choice(
        "best",
        "mean",
        *HEADINGS,
        help="Value shown for a cell that has several states, such as one for each heading: the "
        "highest, the mean, or the value for one heading.",
        group=COMPUTATION,
    ),
]
Torus = Annotated[
    bool,
    world_option(
        "--torus", help="Join opposite edges, so that the maze wraps around in both directions."
    ),
]
TorusX = Annotated[bool, world_option("--torus-x", help="Join the left and right edges.")]
TorusY = Annotated[bool, world_option("--torus-y", help="Join the top and bottom edges.")]
Sensor = Annotated[str, choice(*SENSORS, help=f"{SENSOR}.", group=WORLD)]
Sensors = Annotated[
    str, choice(*SENSORS, help=SENSOR + LISTS.format("state,row") + ".", group=WORLD)
]
Format = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Format of the maze file, such as sokoban.  [default: inferred from the suffix or "
        "the text]",
        rich_help_panel=WORLD,
        autocompletion=complete_format,
    ),
]
Level = Annotated[
    str,
    world_option(
        metavar="N|TITLE",
        help="Level to read from a Sokoban file (number, counted from 1, or title) or a Griddly "
        "file (number).",
    ),
]
Wall = Annotated[
    str | None,
    world_option(
        metavar="VALUE",
        help="Value (array), character (drawing), layer, property or tile number (Tiled map), or "
        "dark or light (picture) that means wall.  [default: detected]",
    ),
]
CellSize = Annotated[
    str | None,
    world_option(
        "--cell-size",
        metavar="N",
        help="Pixels from one cell to the next in a picture of a maze.  [default: detected]",
    ),
]
Legend = Annotated[
    str | None,
    world_option(
        metavar="LIST",
        help="Meaning of each character in the maze file, such as w=wall,.=floor,A=start.",
    ),
]
Lessons = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FILE",
        help="Lesson of your own (.toml), shown before those of the page; may be repeated.",
        rich_help_panel="Lessons",
    ),
]
Tolerance = Annotated[
    str | None,
    typer.Option(
        metavar="BITS",
        help="Largest certified error to accept for each value in a noisy world.  [default: "
        f"{np.format_float_scientific(TOLERANCE, trim='-', exp_digits=1)}; none for bounds]",
        rich_help_panel=COMPUTATION,
    ),
]
Bounds = Annotated[
    bool,
    typer.Option(
        "--bounds",
        help="Compute lower and upper bounds on empowerment, for noisy worlds with horizons that "
        "are too long to compute exactly. The bounds are quick but wide, unless --tol is given.",
        rich_help_panel=COMPUTATION,
    ),
]
Source = Annotated[
    str,
    choice(
        "optimal",
        "uniform",
        more="W,W,...",
        help="Probabilities of the actions: those that maximize the information, all equal, or "
        "proportional to the given weights, one for each action.",
        group=COMPUTATION,
    ),
]
Jobs = Annotated[
    str | None,
    typer.Option(
        metavar="N",
        help="Number of processes that share the work in noisy worlds.  [default: all processors "
        "for work of more than ten seconds, if memory allows]",
        rich_help_panel=COMPUTATION,
    ),
]

Seed = Annotated[
    str,
    typer.Option(metavar="S", help="Random seed; the same seed gives the same result."),
]
FrameSeconds = Annotated[
    str,
    typer.Option(
        metavar="T",
        help="Time to show each frame of an animation, in seconds.",
        rich_help_panel=FIGURE,
    ),
]


def output_option(help: str) -> Any:
    """Option --output with a help text of its own."""
    return typer.Option("--output", "-o", metavar="FILE", help=help, rich_help_panel=OUTPUT)


Quiet = Annotated[
    bool,
    typer.Option("--quiet", "-q", help="Print only warnings and errors.", rich_help_panel=OUTPUT),
]
Json = Annotated[
    bool, typer.Option("--json", help="Print the numbers as JSON.", rich_help_panel=OUTPUT)
]

FigureOutput = Annotated[
    Path | None,
    output_option(
        "File to write: .png, .pdf or .svg; - for standard output.  [default: a file in figures/]"
    ),
]
