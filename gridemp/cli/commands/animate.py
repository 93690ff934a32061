"""`gridemp animate`: maps as the frames of an animation."""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from gridemp.cli.command_words import command
from gridemp.cli.figure_options import (
    CellOptions,
    ColorOptions,
    MarkOptions,
    PageOptions,
    ScaleOptions,
    heatmap_drawing,
)
from gridemp.cli.file_names import default_name, horizon_part, map_part, maze_parts
from gridemp.cli.groups import with_options
from gridemp.cli.help import FIGURE
from gridemp.cli.option_types import FrameSeconds, MoreMazes, choice, output_option
from gridemp.cli.parse import MAX_QUOTED, is_list, parse_number, parse_probability
from gridemp.cli.saved_maps import MazeOrMapOptions, saved_maps
from gridemp.errors import GridempError
from gridemp.render.films import ANIMATIONS, FRAME_SECONDS
from gridemp.report.provenance import map_record

SLIPS = 10  # steps of an animation over slips if only the end is given

Over = Annotated[
    str | None,
    choice(
        "horizon",
        "slip",
        help="Quantity that changes from frame to frame: the horizon, from 1 to --horizon, or the "
        "slip probability, from 0 to --slip.",
        group=FIGURE,
    ),
]


@dataclass
class AnimationPageOptions(PageOptions):
    """Options of the file of an animation and of the size of its frames, as typed."""

    output: Annotated[
        Path | None,
        output_option(
            "File to write: .gif, .mp4 or .html; - for standard output.  "
            "[default: a .gif in figures/]"
        ),
    ] = None


@with_options
def animate(
    context: typer.Context,
    options: MazeOrMapOptions,
    page: AnimationPageOptions,
    colors: ColorOptions,
    scale: ScaleOptions,
    marks: MarkOptions,
    cells: CellOptions,
    more: MoreMazes = None,
    over: Over = None,
    seconds: FrameSeconds = f"{FRAME_SECONDS:g}",
) -> None:
    """Animate maps over horizons, slip probabilities or several mazes.

    Examples
    --------
    gridemp animate klyubin -n 5 --over horizon
    gridemp animate room -n 2 --slip 30% --over slip -o slip.html
    gridemp animate "results.zarr::klyubin?horizon=5" --over slip
    """
    page.check(ANIMATIONS)
    drawing = heatmap_drawing(colors, scale, marks, cells)
    frame_seconds = parse_number("--seconds", seconds, float, "a number")
    check_over(over)
    emaps = saved_maps(options, context, more or [], every=(over,) if over else ())
    if emaps:
        worlds, count = [], len(emaps)
        subject = [map_part(name) for name in (options.maze, *(more or []))]
    else:
        options = spread(options, over)
        worlds = options.worlds(more or [])
        count = len(worlds) * options.count()
        subject = [*maze_parts(worlds, more or []), horizon_part(options.horizon)]
    path = page.path(default_name(*subject, suffix=".gif", slip=options.slip), ANIMATIONS)
    from gridemp.render.films.encode import check_film
    from gridemp.render.films.maps import save_animation

    check_film(path, frame_seconds)
    if count < 2:
        raise GridempError(
            "an animation needs two maps or more; give --over horizon, --over slip, a list such as "
            "--horizon 1..10, or several mazes"
        )
    emaps = emaps or options.solve(*worlds)
    save = partial(
        save_animation, emaps, seconds_per_frame=frame_seconds, title=page.title, **drawing
    )
    page.save_film(save, path, map_record(emaps, command()))


def check_over(over: str | None) -> None:
    """Raise a GridempError if a quantity cannot change from frame to frame."""
    if over not in (None, "horizon", "slip"):
        raise GridempError(f"--over must be horizon or slip, not '{over[:MAX_QUOTED]}'")


def spread(options: MazeOrMapOptions, over: str | None) -> MazeOrMapOptions:
    """Options with a list of horizons or slips for an animation if only the end is given."""
    if over is None or is_list(getattr(options, over)):
        return options
    if over == "horizon":
        return replace(options, horizon=f"1..{options.steps()}")
    last = parse_probability("--slip", options.slip)
    if not 0 < last <= 1:
        raise GridempError(
            "--over slip needs the highest slip probability, such as --slip 0.3, or a list of them"
        )
    return replace(options, slip=",".join(f"{last * i / SLIPS:g}" for i in range(SLIPS + 1)))
