"""Maps that `gridemp values` or `EmpowermentMap.save` wrote, in place of mazes."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import typer

from gridemp.cli.map_options import MapOptions, MapsOptions
from gridemp.cli.option_types import HorizonsOfMazes, MazeOrMap
from gridemp.cli.refuse import refuse
from gridemp.engine.map import EmpowermentMap
from gridemp.engine.map_file import SUFFIX, load_map
from gridemp.errors import GridempError


@dataclass
class MazeOrMapOptions(MapsOptions):
    """Options of the maps of mazes, which saved maps take the place of."""

    maze: MazeOrMap
    horizon: HorizonsOfMazes = ""

    def saved(self, context: typer.Context, more: Sequence[str]) -> list[EmpowermentMap]:
        """Read the saved maps, one value per cell; an empty list if mazes are given instead.

        Parameters
        ----------
        context : typer.Context
            Context of the running command.
        more : sequence of str
            Mazes or files of maps after the first.

        Raises
        ------
        GridempError
            If mazes stand beside files of maps, an option belongs to the making of a map, or a map
            cannot be read.
        UsageError
            If a maze has no horizon.
        """
        names = [self.maze, *more]
        files = [name for name in names if is_saved(name)]
        if not files:
            if not self.horizon:
                context.fail("Missing option '--horizon' / '-n'.")
            return []
        for name in names:
            if name not in files:
                raise GridempError(
                    f"{files[0]} is a saved map and {name} is a maze; draw them in separate figures"
                )
        made = [field.name for field in fields(MapOptions) if field.name not in ("maze", "heading")]
        refuse(context, tuple(made), f"{files[0]} is a saved map and has its settings already")
        maps = [load_map(file) for file in files]
        for file, emap in zip(files, maps, strict=True):
            if emap.per_cell:
                refuse(context, ("heading",), f"{file} holds only the {emap.shown}")
        return [emap.one_per_cell(self.heading) for emap in maps]


def is_saved(name: str) -> bool:
    """True if this is the name of a file of a map rather than of a maze."""
    return Path(name).suffix.lower() == SUFFIX
