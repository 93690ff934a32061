"""`gridemp diff`: two maps and their difference."""

from dataclasses import dataclass, replace
from typing import Annotated, Any

import numpy as np
import typer

from gridemp.cli.figure_options import (
    ColorOptions,
    MarkOptions,
    PageOptions,
    ScaleOptions,
    map_drawing,
)
from gridemp.cli.file_names import default_name, maze_part, option_parts
from gridemp.cli.groups import with_options
from gridemp.cli.map_options import MapOptions
from gridemp.cli.say import tell, within
from gridemp.errors import GridempError

Second = Annotated[
    str | None,
    typer.Argument(metavar="[B]", help="Another maze of the same size.  [default: the same]"),
]


@dataclass
class SecondOptions:
    """Options in which the second map differs from the first, as typed."""

    horizon_b: Annotated[str | None, typer.Option(metavar="N", help="Its horizon.")] = None
    slip_b: Annotated[str | None, typer.Option(metavar="P", help="Its slip.")] = None
    slip_kind_b: Annotated[str | None, typer.Option(metavar="KIND", help="Its slip kind.")] = None
    moves_b: Annotated[str | None, typer.Option(metavar="MOVES", help="Its moves.")] = None
    stay_b: Annotated[
        bool | None, typer.Option("--stay-b/--no-stay-b", help="Whether it can stay.")
    ] = None
    torus_b: Annotated[
        bool | None, typer.Option("--torus-b/--no-torus-b", help="Whether it is a torus.")
    ] = None
    sensor_b: Annotated[str | None, typer.Option(metavar="SENSOR", help="Its sensor.")] = None
    source_b: Annotated[str | None, typer.Option(metavar="SOURCE", help="Its source.")] = None

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
    options: MapOptions,
    second: SecondOptions,
    page: PageOptions,
    colors: ColorOptions,
    scale: ScaleOptions,
    marks: MarkOptions,
    maze_b: Second = None,
) -> None:
    """Draw two maps and their difference: two mazes of a size, or one under two settings."""
    page.check()
    drawing = map_drawing(colors, scale, marks)
    others = second.of(options, maze_b)
    steps = options.steps(), others.steps()
    if others == options:
        raise GridempError(
            "a difference is of two mazes, or of one under two settings; name another maze, or "
            "give what differs, such as --slip-b 0.1"
        )
    if maze_b is None and not options.is_environment:
        maze = options.load()  # once, as it may come from a pipe
        worlds = [options.world_of(maze), others.world_of(maze)]
    else:
        worlds = [options.world(), others.world()]
    mazes = [maze_part(world.maze) for world in worlds[: 1 if maze_b is None else 2]]
    subject = *mazes, f"h{steps[0]}", second.name(), "difference"
    path = page.path(default_name(*subject))
    (one,), (other,) = options.solve(worlds[0]), others.solve(worlds[1])
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
            diverging=INK if colors.ink else DIVERGING,
            **drawing,
        )

    page.save(draw, path, worlds, [one.horizon, other.horizon])
    bits = apart.bits[~np.isnan(apart.bits)]
    low, mean, high = bits.min(), bits.mean(), bits.max()
    tell(f"difference: {low:+.4f} to {high:+.4f} bits, mean {mean:+.4f}{within(apart.gap)}")
