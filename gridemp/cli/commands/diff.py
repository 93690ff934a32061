"""`gridemp diff`: two maps and their difference."""

from dataclasses import dataclass, replace
from typing import Annotated

import numpy as np
import typer

from gridemp.cli.figure_options import ColorOptions, PageOptions, ScaleOptions
from gridemp.cli.file_names import named
from gridemp.cli.groups import with_options
from gridemp.cli.map_options import GYM, MapOptions
from gridemp.cli.say import within
from gridemp.errors import GridempError

Second = Annotated[
    str | None,
    typer.Argument(metavar="[B]", help="Another maze of the same size.  [default: the same]"),
]


@dataclass
class SecondOptions:
    """What the second map of a difference has otherwise, as typed."""

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
        """The options of the second map: those of the first where nothing else is given."""
        given = {name.removesuffix("_b"): value for name, value in vars(self).items()}
        changes = {name: value for name, value in given.items() if value is not None}
        if self.torus_b is False:
            changes |= {"torus_x": False, "torus_y": False}
        return replace(options, **changes | ({} if maze is None else {"maze": maze}))

    def name(self) -> str:
        """What is otherwise, as part of a file name."""
        given = {name.removesuffix("_b"): value for name, value in vars(self).items()}
        words = {
            "horizon": "h{}",
            "slip": "slip{}",
            "slip_kind": "{}",
            "moves": "{}",
            "sensor": "{}",
            "source": "{}",
        }
        parts = [words[name].format(given[name]) for name in words if given[name] is not None]
        parts = [part.replace(",", "-") for part in parts]
        for name in ("stay", "torus"):
            if given[name] is not None:
                parts.append(name if given[name] else f"no-{name}")
        return "-".join(parts)


@with_options
def diff(
    options: MapOptions,
    second: SecondOptions,
    page: PageOptions,
    colors: ColorOptions,
    scale: ScaleOptions,
    maze_b: Second = None,
) -> None:
    """Draw two maps and their difference: two mazes of a size, or one under two settings."""
    page.check()
    chosen = colors.chosen() | scale.chosen() | {"title": page.title}
    if colors.ink:
        chosen["diverging"] = chosen["cmap"]
    others = second.of(options, maze_b)
    steps = options.steps(), others.steps()
    if others == options:
        raise GridempError(
            "a difference is of two mazes, or of one under two settings; name another maze, or "
            "give what differs, such as --slip-b 0.1"
        )
    if maze_b is None and not options.maze.startswith(GYM):
        maze = options.load()  # once, as it may be a pipe
        worlds = [options.world_of(maze), others.world_of(maze)]
    else:
        worlds = [options.world(), others.world()]
    names = dict.fromkeys([*map(named, worlds), f"h{steps[0]}", second.name(), "difference.png"])
    path = page.path("-".join(filter(None, names)))
    (one,), (other,) = options.solve(worlds[0]), others.solve(worlds[1])
    from gridemp import render
    from gridemp.analysis.difference import difference

    apart = difference(one, other)
    page.save(
        lambda width: render.difference_figure(one, other, width=width, **chosen),
        path,
        worlds,
        [one.horizon, other.horizon],
    )
    bits = apart.bits[~np.isnan(apart.bits)]
    low, mean, high = bits.min(), bits.mean(), bits.max()
    typer.echo(f"difference: {low:+.4f} to {high:+.4f} bits, mean {mean:+.4f}{within(apart.gap)}")
