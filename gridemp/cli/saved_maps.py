"""Saved maps in place of mazes: files that `EmpowermentMap.save` wrote, and maps in a store."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Annotated

import typer

from gridemp.cli.map_options import MapOptions, MapsOptions
from gridemp.cli.option_types import HorizonsOfMazes, MazeOrMap, horizon_option
from gridemp.cli.refuse import refuse
from gridemp.cli.stored_maps import maps_at, parse_address
from gridemp.engine.map import EmpowermentMap
from gridemp.engine.map_file import holds_map, load_map
from gridemp.errors import GridempError


@dataclass
class MazeOrMapOptions(MapsOptions):
    """Options of the maps of mazes, which saved maps take the place of."""

    maze: MazeOrMap
    horizon: HorizonsOfMazes = ""


@dataclass
class OneMazeOrMapOptions(MapOptions):
    """Options of one map of a maze, which a saved map takes the place of."""

    maze: MazeOrMap
    horizon: Annotated[
        str,
        horizon_option(". Needed unless MAZE is a saved map or --kind is potential", default=False),
    ] = ""


def saved_maps(
    options: MapOptions, context: typer.Context, more: Sequence[str], every: Sequence[str] = ()
) -> list[EmpowermentMap]:
    """Read the saved maps, one value per cell; an empty list if mazes are given instead.

    Parameters
    ----------
    options : MapOptions
        Options of the command.
    context : typer.Context
        Context of the running command.
    more : sequence of str
        Mazes or saved maps after the first.
    every : sequence of str
        Settings of which all values are taken from a store if none is chosen.

    Raises
    ------
    GridempError
        If mazes stand beside saved maps, an option belongs to the making of a map, or a map cannot
        be read.
    UsageError
        If a maze has no horizon.
    """
    names = [options.maze, *more]
    saved = [name for name in names if parse_address(name) or holds_map(name)]
    if not saved:
        options.require_horizon(context)
        return []
    for name in names:
        if name not in saved:
            raise GridempError(
                f"{saved[0]} is a saved map and {name} is a maze; draw them in separate figures"
            )
    made = [field.name for field in fields(MapOptions) if field.name not in ("maze", "heading")]
    refuse(context, tuple(made), f"{saved[0]} is a saved map and has its settings already")
    maps: list[EmpowermentMap] = []
    for name in saved:
        own = maps_at(name, every) if parse_address(name) else [load_map(name)]
        for emap in own:
            if emap.per_cell:
                refuse(context, ("heading",), f"{name} holds only the {emap.shown}")
        maps += [emap.one_per_cell(options.heading) for emap in own]
    return maps
