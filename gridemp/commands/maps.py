"""Commands for maps: draw them, print their numbers."""

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from gridemp.captions import letter, peak_line
from gridemp.errors import GridempError
from gridemp.files import checked_output, replacing
from gridemp.looks import CellOptions, ColorOptions, PageOptions, ScaleOptions
from gridemp.options import OPTIMAL, MapOptions, number, with_options
from gridemp.values import save_values, write_csv
from gridemp.world import World

MoreMazes = Annotated[
    list[str] | None,
    typer.Argument(metavar="[MAZE]...", help="More mazes, a panel or frame for each."),
]
Columns = Annotated[
    str | None, typer.Option(metavar="N", help="How many panels stand side by side.")
]


@with_options
def heatmap(
    options: MapOptions,
    page: PageOptions,
    colors: ColorOptions,
    scale: ScaleOptions,
    cells: CellOptions,
    more: MoreMazes = None,
    columns: Columns = None,
) -> None:
    """Draw the empowerment of every cell as a heatmap.

    --horizon, --slip and --sensor take lists, such as 1,2,5 or 1..4: a panel for each.
    """
    page.check()
    chosen = colors.chosen() | scale.chosen() | cells.chosen() | {"title": page.title}
    across = None if columns is None else number("--columns", columns, int, "a whole number")
    if across is not None and across < 1:
        raise GridempError(f"--columns needs a whole number from 1, not {across}")
    worlds = options.worlds(more or [])
    path = page.path(default_name(options, worlds))
    emaps = [emap for world in worlds for emap in options.solve(world)]
    from gridemp import render

    def draw(width: float | None) -> Any:
        if len(emaps) > 1 or across is not None:
            return render.panels(emaps, width=width, columns=across, **chosen)
        return render.heatmap(emaps[0], width=width, **chosen).figure

    page.save(draw, path, [emap.world for emap in emaps], [emap.horizon for emap in emaps])
    for i, emap in enumerate(emaps):
        typer.echo((f"({letter(i)}) " if len(emaps) > 1 else "") + peak_line(emap))


@with_options
def values(
    options: MapOptions,
    output: Annotated[
        Path | None,
        typer.Option(
            *("--output", "-o"),
            metavar="FILE",
            help="Where the numbers go: .csv, .json or .npz.  [default: CSV on standard output]",
        ),
    ] = None,
) -> None:
    """Print the empowerment of every cell, in bits."""
    if output is not None:
        checked_output(output, (".csv", ".json", ".npz"))
    emap = options.map()
    if output is None:
        write_csv(emap, sys.stdout)
        return
    with replacing(output) as temporary:
        save_values(emap, temporary)
    typer.echo(output)


def default_name(options: MapOptions, worlds: Sequence[World]) -> str:
    """The file name of a figure that was given none: mazes and horizons, and what else varies."""
    mazes = dict.fromkeys(world.maze.name.replace("/", "-") for world in worlds)
    parts = [*mazes, "h" + listed(options.horizon)]
    parts += ["slip" + listed(options.slip)] if severally(options.slip) else []
    parts += [listed(options.sensor)] if severally(options.sensor) else []
    parts += [listed(options.source)] if options.source != OPTIMAL else []
    return "-".join(parts) + ".png"


def severally(text: str) -> bool:
    """Whether an option was given a list."""
    return "," in text or ".." in text


def listed(text: str) -> str:
    """A list as part of a file name."""
    return re.sub(r"[^\w.]+", "-", text.replace("..", "-to-")).strip("-")
