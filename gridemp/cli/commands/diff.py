"""`gridemp diff`: two maps and their difference."""

from dataclasses import dataclass, fields, replace
from typing import Annotated, Any, ClassVar

import numpy as np
import typer

from gridemp.cli.command_words import command
from gridemp.cli.completion import complete_maze
from gridemp.cli.figure_options import (
    ColorOptions,
    MarkOptions,
    PageOptions,
    ScaleOptions,
    map_drawing,
)
from gridemp.cli.file_names import default_name, horizon_part, map_part, maze_part, option_parts
from gridemp.cli.groups import with_options
from gridemp.cli.map_options import MapOptions, solve_each
from gridemp.cli.option_types import choice
from gridemp.cli.panel_options import PanelOptions
from gridemp.cli.refuse import refuse
from gridemp.cli.saved_maps import OneMazeOrMapOptions, saved_maps
from gridemp.cli.say import tell, within
from gridemp.errors import GridempError
from gridemp.report.provenance import map_record
from gridemp.worlds.moves import MOVES
from gridemp.worlds.noise import SLIP_KINDS
from gridemp.worlds.sensors import SENSORS
from gridemp.worlds.world import World

Second = Annotated[
    str | None,
    typer.Argument(
        metavar="[MAZE_B]",
        help="Another maze of the same size.  [default: the first maze]",
        autocompletion=complete_maze,
    ),
]


@dataclass
class SecondOptions:
    """Options in which the second map differs from the first, as typed."""

    horizon_b: Annotated[
        str | None, typer.Option(metavar="N", help="Value of --horizon for the second map.")
    ] = None
    slip_b: Annotated[
        str | None, typer.Option(metavar="P", help="Value of --slip for the second map.")
    ] = None
    slip_kind_b: Annotated[
        str | None, choice(*SLIP_KINDS, help="Value of --slip-kind for the second map.")
    ] = None
    moves_b: Annotated[str | None, choice(*MOVES, help="Value of --moves for the second map.")] = (
        None
    )
    stay_b: Annotated[
        bool | None,
        typer.Option("--stay-b/--no-stay-b", help="Use --stay or --no-stay for the second map."),
    ] = None
    hands_b: Annotated[
        bool | None,
        typer.Option(
            "--hands-b/--no-hands-b", help="Use --hands or --no-hands for the second map."
        ),
    ] = None
    holding_b: Annotated[
        str | None,
        typer.Option(metavar="LETTER", help="Value of --holding for the second map."),
    ] = None
    torus_b: Annotated[
        bool | None,
        typer.Option(
            "--torus-b/--no-torus-b", help="Use --torus for the second map, or join no edges."
        ),
    ] = None
    sensor_b: Annotated[
        str | None, choice(*SENSORS, help="Value of --sensor for the second map.")
    ] = None
    source_b: Annotated[
        str | None,
        choice("optimal", "uniform", more="W,W,...", help="Value of --source for the second map."),
    ] = None

    group: ClassVar[str] = "Second map"

    def of(self, options: MapOptions, maze: str | None) -> MapOptions:
        """Options of the second map: those of the first, except for the ones given."""
        changes = self._changes()
        if self.torus_b is False:
            changes |= {"torus_x": False, "torus_y": False}
        return replace(options, **changes | ({} if maze is None else {"maze": maze}))

    def name(self) -> str:
        """Differences as part of a file name."""
        changes = self._changes()
        horizon = f"h{changes['horizon']}" if "horizon" in changes else ""
        return "-".join(filter(None, [horizon, *option_parts(changes)]))

    def _changes(self) -> dict[str, Any]:
        """Options of the second map that were given, by their names in `MapOptions`."""
        return {
            name.removesuffix("_b"): value
            for name, value in vars(self).items()
            if value is not None
        }


@with_options
def diff(
    context: typer.Context,
    options: OneMazeOrMapOptions,
    second: SecondOptions,
    page: PageOptions,
    panels: PanelOptions,
    colors: ColorOptions,
    scale: ScaleOptions,
    marks: MarkOptions,
    maze_b: Second = None,
) -> None:
    """Draw two maps and their difference.

    The maps show two mazes of the same size, or one maze under two settings. Options that end in -b
    apply to the second map only; without them, it has the settings of the first. Two saved maps
    (.npz), or two in the store of a sweep, are drawn without being computed again.

    Examples
    --------
    gridemp diff klyubin -n 3 --slip-b 0.1
    gridemp diff room -n 2 --horizon-b 5
    gridemp diff "results.zarr::klyubin?slip=0,0.1&horizon=5"
    """
    page.check()
    titles = panels.titles(3)
    drawing = map_drawing(colors, scale, marks)
    more = [] if maze_b is None else [maze_b]
    if emaps := saved_maps(options, context, more):
        names = [options.maze, *more]
        reason = f"{names[0]} is a saved map and has its settings already"
        refuse(context, tuple(field.name for field in fields(SecondOptions)), reason)
        if len(emaps) != 2:
            raise GridempError(f"diff compares two maps, not {len(emaps)}; name another saved map")
        one, other = emaps
        subject: tuple[str, ...] = (*map(map_part, names), "difference")
        path = page.path(default_name(*subject))
    else:
        pairs, subject = pairs_of(options, second, maze_b)
        path = page.path(default_name(*subject))
        one, other = solve_each(pairs)
    from gridemp import render
    from gridemp.analysis.difference import difference
    from gridemp.render.artists.difference import DIVERGING
    from gridemp.render.figures.heatmap import INK

    apart = difference(one, other)

    def draw(width: float | None) -> Any:
        return render.difference_figure(
            one,
            other,
            width=width,
            title=page.title,
            panel_titles=titles,
            diverging=INK if colors.ink else DIVERGING,
            **drawing,
        )

    page.save_as(draw, path, map_record([one, other], command()))
    bits = apart.bits[~np.isnan(apart.bits)]
    low, mean, high = bits.min(), bits.mean(), bits.max()
    certified = within(apart.gap, one.world, other.world)
    tell(f"difference: {low:+.4f} to {high:+.4f} bits, mean {mean:+.4f}{certified}")


def pairs_of(
    options: MapOptions, second: SecondOptions, maze_b: str | None
) -> tuple[list[tuple[MapOptions, World]], tuple[str, ...]]:
    """Options and world of both maps, and the parts of the default name of their figure."""
    others = second.of(options, maze_b)
    for each in (options, others):
        each.require_one()
    if vars(others) | others.world_options() == vars(options) | options.world_options():
        raise GridempError(
            "diff compares two mazes, or one maze under two settings; name another maze, or a "
            "setting of the second map, such as --slip-b 0.1"
        )
    if maze_b is None and not options.is_environment:
        maze = options.load()  # once, as it may come from a pipe
        worlds = [options.world_of(maze), others.world_of(maze)]
    else:
        worlds = [options.world(), others.world()]
    mazes = [maze_part(world.maze) for world in worlds[: 1 if maze_b is None else 2]]
    subject = *mazes, horizon_part(options.horizon), second.name(), "difference"
    return [(options, worlds[0]), (others, worlds[1])], subject
