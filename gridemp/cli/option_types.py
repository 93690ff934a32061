"""Options that several commands have: their flags, placeholders and help texts."""

from pathlib import Path
from typing import Annotated, Any

import typer

MazeArgument = Annotated[
    str,
    typer.Argument(
        metavar="MAZE",
        help="A maze file, - for standard input, a bundled name, or gym:ENVIRONMENT.",
    ),
]
Horizon = Annotated[
    str,
    typer.Option("--horizon", "-n", metavar="N", help="How many actions ahead, 1 or more."),
]
Slip = Annotated[
    str,
    typer.Option(metavar="P", help="Probability that another action is taken than the one meant."),
]
SlipKind = Annotated[
    str,
    typer.Option(
        metavar="uniform|perpendicular",
        help="Which other: any, or one of the two moves at right angles.",
    ),
]
Moves = Annotated[
    str,
    typer.Option(
        metavar="nesw|king|turn",
        help="Four moves; eight with the diagonals; or turn left, turn right, step forward.",
    ),
]
Stay = Annotated[bool, typer.Option("--stay/--no-stay", help="Whether staying put is an action.")]
Heading = Annotated[
    str,
    typer.Option(
        metavar="best|mean|north|east|south|west",
        help="Which of several states in a cell the map shows, such as headings.",
    ),
]
Torus = Annotated[bool, typer.Option("--torus", help="Join all edges of the maze.")]
TorusX = Annotated[bool, typer.Option("--torus-x", help="Join its left and right edges.")]
TorusY = Annotated[bool, typer.Option("--torus-y", help="Join its upper and lower edges.")]
Sensor = Annotated[
    str,
    typer.Option(
        metavar="state|position|row|column|walls",
        help="What is sensed: everything, the agent's cell, its y, its x, or the walls around it.",
    ),
]
Format = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="The format of the maze text.  [default: by its suffix]"),
]
Level = Annotated[str, typer.Option(metavar="N", help="Which level of a Sokoban file, from 1.")]
Tolerance = Annotated[
    str, typer.Option(metavar="BITS", help="Largest certified gap to accept in a noisy world.")
]
Bounds = Annotated[
    bool,
    typer.Option(
        "--bounds",
        help="Certified bounds, for noisy horizons with too many action sequences.",
    ),
]
Source = Annotated[
    str,
    typer.Option(
        metavar="optimal|uniform|W,W,...",
        help="What another source sends: all actions alike, or each by its weight, in their order.",
    ),
]

Across = Annotated[str, typer.Argument(metavar="X", help="The cell, from the left, from 0.")]
Up = Annotated[str, typer.Argument(metavar="Y", help="From the bottom, from 0.")]

MoreMazes = Annotated[
    list[str] | None,
    typer.Argument(metavar="[MAZE]...", help="More mazes, a panel or frame for each."),
]

Seed = Annotated[str, typer.Option(metavar="S", help="Of everything random.")]
FrameSeconds = Annotated[str, typer.Option(metavar="T", help="How long each frame is shown.")]


def maze_argument(metavar: str) -> Any:
    """Argument that is a maze and no Gymnasium environment."""
    return typer.Argument(metavar=metavar, help="A maze file, - for standard input, or a name.")


def output_option(help: str) -> Any:
    """Option --output with a help text of its own."""
    return typer.Option("--output", "-o", metavar="FILE", help=help)


Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="Print nothing but warnings and errors.")
]
Json = Annotated[bool, typer.Option("--json", help="Print the numbers as JSON.")]

FigureOutput = Annotated[
    Path | None,
    output_option(
        "Where it goes: .png, .pdf or .svg, if animated .gif, .mp4 or .html; - for standard "
        "output.  [default: in figures/]"
    ),
]
