"""The command that makes animations of maps."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from gridemp.cli.figure_options import (
    ANIMATIONS,
    CellOptions,
    ColorOptions,
    PageOptions,
    ScaleOptions,
)
from gridemp.cli.file_names import default_name, severally
from gridemp.cli.groups import with_options
from gridemp.cli.map_options import MapOptions
from gridemp.cli.option_types import MoreMazes
from gridemp.cli.parse import parse_number
from gridemp.errors import GridempError

FRAMES = 10  # over slip, if only its end is given

Over = Annotated[
    str | None,
    typer.Option(
        metavar="horizon|slip",
        help="What changes: from 1 to --horizon, or from 0 to --slip, or as they list.",
    ),
]
Seconds = Annotated[str, typer.Option(metavar="T", help="How long each frame is shown.")]


@with_options
def animate(
    options: MapOptions,
    page: PageOptions,
    colors: ColorOptions,
    scale: ScaleOptions,
    cells: CellOptions,
    more: MoreMazes = None,
    over: Over = None,
    seconds: Seconds = "0.5",
) -> None:
    """Make an animation (.gif, .mp4 or .html) over horizons, slips or a list of mazes."""
    page.check(ANIMATIONS)
    chosen = colors.chosen() | scale.chosen() | cells.chosen() | {"title": page.title}
    each = parse_number("--seconds", seconds, float, "a number")
    options = spread(options, over)
    worlds = options.worlds(more or [])
    path = page.path(str(Path(default_name(options, worlds)).with_suffix("")) + ".gif", ANIMATIONS)
    from gridemp.render.films.encode import check_film
    from gridemp.render.films.maps import save_animation

    check_film(path, each)
    if len(worlds) * len(options.horizons()) < 2:
        raise GridempError(
            "an animation needs two maps or more; give --over horizon, --over slip, a list such as "
            "--horizon 1..10, or several mazes"
        )
    emaps = [emap for world in worlds for emap in options.solve(world)]
    page.save_film(
        partial(save_animation, emaps),
        path,
        [emap.world for emap in emaps],
        [emap.horizon for emap in emaps],
        seconds_per_frame=each,
        **chosen,
    )


def spread(options: MapOptions, over: str | None) -> MapOptions:
    """The options with a list of what an animation is over, where only its end is given."""
    if over not in (None, "horizon", "slip"):
        raise GridempError(f"--over needs horizon or slip, not '{over[:40]}'")
    if over is None or severally(getattr(options, over)):
        return options
    if over == "horizon":
        return replace(options, horizon=f"1..{options.steps()}")
    last = parse_number("--slip", options.slip, float, "a probability from 0 to 1")
    if not 0 < last <= 1:
        raise GridempError("--over slip needs where it ends, such as --slip 0.3, or a list")
    return replace(options, slip=",".join(f"{last * i / FRAMES:g}" for i in range(FRAMES + 1)))
