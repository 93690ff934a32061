"""Options of `gridemp sweep`: the mazes, their worlds, and who computes the maps."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Any, ClassVar

import typer

from gridemp.cli.completion import among, complete_maze
from gridemp.cli.help import OUTPUT, WORLD
from gridemp.cli.option_types import (
    LISTS,
    MOVES_HELP,
    CellSize,
    Format,
    Hands,
    Heading,
    Holding,
    Legend,
    Level,
    Sensors,
    SlipKind,
    Slips,
    Stay,
    Tolerance,
    Wall,
    choice,
    horizon_option,
    world_option,
)
from gridemp.cli.parse import (
    BITS,
    PROBABILITY,
    WHOLE,
    fractions,
    parse_cell_size,
    parse_level,
    parse_number,
    parse_numbers,
    parse_size,
)
from gridemp.engine.empowerment import TOLERANCE
from gridemp.errors import GridempError
from gridemp.mazes.generate import BRAID, KINDS, make_maze
from gridemp.mazes.maze import Maze
from gridemp.mazes.parsing import load_maze
from gridemp.sweeps.settings import NO_TORUS, ORDERS
from gridemp.sweeps.sweep import grids_of
from gridemp.sweeps.task import Grid
from gridemp.worlds.moves import MOVES
from gridemp.worlds.sensors import SENSORS

TORI = ORDERS["torus"]

Mazes = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[MAZE]...",
        help="Maze files, folders of them, or names of bundled mazes.",
        autocompletion=complete_maze,
    ),
]
HorizonsOfWorlds = Annotated[
    str | None,
    horizon_option(
        LISTS.format("1,2,5 or 1..4") + ". Needed unless --worlds gives it for each maze",
        default=False,
    ),
]
MovesLists = Annotated[
    str, choice(*MOVES, help=MOVES_HELP[:-1] + LISTS.format("nesw,king") + ".", group=WORLD)
]
Tori = Annotated[
    str,
    choice(
        *TORI,
        help="Axes along which opposite edges are joined" + LISTS.format("none,xy") + ".",
        group=WORLD,
    ),
]


@dataclass
class WorldsOptions:
    """Options of the worlds of a sweep, as typed."""

    horizon: HorizonsOfWorlds = None
    slip: Slips = "0"
    slip_kind: SlipKind = "uniform"
    moves: MovesLists = "nesw"
    stay: Stay = True
    hands: Hands = False
    holding: Holding = None
    heading: Heading = "best"
    torus: Tori = NO_TORUS
    sensor: Sensors = "state"
    format: Format = None
    level: Level = "1"
    wall: Wall = None
    legend: Legend = None
    cell_size: CellSize = None
    tol: Tolerance = None

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "WorldsOptions":
        """Options among the values of all options of the command."""
        return cls(**{field.name: values[field.name] for field in fields(cls)})

    def load(self, name: str) -> Maze:
        """Read a maze under these options."""
        return load_maze(
            name,
            self.format,
            parse_level(self.level),
            wall=self.wall,
            legend=self.legend,
            cell_size=parse_cell_size(self.cell_size),
        )

    def grids(self, mazes: list[Maze]) -> list[Grid]:
        """Conditions and horizons of the maps of mazes."""
        if self.horizon is None:
            raise GridempError("a horizon is needed; add --horizon, such as --horizon 5")
        tol = TOLERANCE if self.tol is None else parse_number("--tol", self.tol, float, BITS)
        return grids_of(
            mazes,
            parse_numbers("--horizon", self.horizon, int, WHOLE),
            slip=parse_numbers("--slip", fractions(self.slip), float, PROBABILITY),
            sensor=words("--sensor", self.sensor, SENSORS),
            moves=words("--moves", self.moves, MOVES),
            torus=words("--torus", self.torus, TORI),
            stay=self.stay,
            slip_kind=self.slip_kind,
            hands=self.hands,
            holding=self.holding or "",
            heading=self.heading,
            tol=tol,
        )


def words(option: str, text: str, allowed: Any = ()) -> list[str]:
    """Words of a list such as state,row.

    Raises
    ------
    GridempError
        If one of them is not allowed.
    """
    found = [word.strip() for word in text.split(",")]
    for word in found:
        if allowed and word not in allowed:
            raise GridempError(
                f"{option} must be one or more of {', '.join(allowed)}, not '{word[:40]}'"
            )
    return found


@dataclass
class RandomMazeOptions:
    """Options of the random mazes of a sweep, as typed; see `gridemp make`."""

    group: ClassVar[str] = "Random mazes"
    kind: Annotated[
        str | None,
        typer.Option(
            metavar="|".join(KINDS),
            help="Kind of random mazes to add.",
            autocompletion=among(*KINDS),
        ),
    ] = None
    size: Annotated[str | None, typer.Option(metavar="WxH", help="Width and height in cells.")] = (
        None
    )
    seeds: Annotated[
        str, typer.Option(metavar="S", help="Random seeds, such as 0..99; each gives a maze.")
    ] = "0"
    braid: Annotated[
        str,
        typer.Option(metavar="P", help="For braided mazes: probability that a dead end is opened."),
    ] = f"{BRAID:g}"

    def mazes(self) -> list[Maze]:
        """Make the mazes."""
        if self.kind is None:
            for field in fields(self):
                if getattr(self, field.name) != field.default:
                    raise GridempError(
                        f"--{field.name} is for random mazes; add --kind, such as --kind caves"
                    )
            return []
        if self.size is None:
            raise GridempError("random mazes need a size; add --size, such as --size 20x12")
        width, height = parse_size("--size", self.size)
        opened = parse_number("--braid", fractions(self.braid), float, PROBABILITY)
        seeds = parse_numbers("--seeds", self.seeds, int, WHOLE)
        return [make_maze(self.kind, width, height, seed, opened) for seed in seeds]


@dataclass
class ClusterOptions:
    """Options that say who computes the maps, as typed."""

    group: ClassVar[str] = "Cluster"
    workers: Annotated[
        str | None,
        typer.Option(
            metavar="N",
            help="Number of processes on this machine.  [default: one for each processor, or only "
            "the main process if the work is short]",
        ),
    ] = None
    scheduler: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Address of the scheduler of a Dask cluster, such as tcp://10.0.0.1:8786, or its "
            "scheduler file.",
        ),
    ] = None


Store = Annotated[
    Path,
    typer.Option(
        "--output",
        "-o",
        metavar="FOLDER",
        help="Folder of the store, in the Zarr format; what it holds is not computed again.",
        rich_help_panel=OUTPUT,
    ),
]
Summary = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="CSV file to write: a row for each map of the store.",
        rich_help_panel=OUTPUT,
    ),
]
WorldList = Annotated[
    Path | None,
    world_option(
        "--worlds",
        metavar="FILE",
        help="Text file with a maze on each line, and after it World and Computation options for "
        "this maze, such as: room --slip 0.1 --torus xy. They replace those of the command line.",
    ),
]
