"""`gridemp phase`: one number for each map of a sweep, over two of its settings."""

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

import numpy as np
import typer

from gridemp.arguments import MAX_QUOTED
from gridemp.cli.command_words import command
from gridemp.cli.completion import among
from gridemp.cli.figure_options import (
    ColorOptions,
    MarkOptions,
    PageOptions,
    ScaleOptions,
    map_drawing,
)
from gridemp.cli.file_names import default_name, horizon_part, map_part
from gridemp.cli.groups import with_options
from gridemp.cli.help import FIGURE
from gridemp.cli.option_types import choice
from gridemp.cli.panel_options import PanelOptions
from gridemp.cli.parse import parse_whole
from gridemp.cli.say import note, tell
from gridemp.cli.stored_maps import parse_values, phase_maps
from gridemp.errors import GridempError
from gridemp.report.provenance import made_by
from gridemp.report.rounding import rounded_up
from gridemp.shown import counted
from gridemp.sweeps.phase import VALUES, PhaseDiagram, phase_diagram
from gridemp.sweeps.settings import SETTINGS, typed
from gridemp.worlds.moves import MOVES
from gridemp.worlds.sensors import SENSORS

StoreArgument = Annotated[
    str,
    typer.Argument(metavar="STORE", help="Folder written by gridemp sweep, such as results.zarr."),
]
XAxis = Annotated[str, choice(*SETTINGS[::-1], help="Setting along the x axis.", group=FIGURE)]
YAxis = Annotated[str, choice(*SETTINGS[::-1], help="Setting along the y axis.", group=FIGURE)]
Value = Annotated[
    str,
    choice(
        *VALUES,
        help="Number shown for each map: the mean or the maximum of its cells, or peak, which is "
        "the maximum with borders where the peak moves to another cell.",
        group=FIGURE,
    ),
]
PathOption = Annotated[
    str | None,
    typer.Option(
        "--path",
        metavar="N",
        help="Also draw N maps along the diagonal, from the bottom left to the top right.",
        rich_help_panel=FIGURE,
    ),
]
At = Annotated[
    list[str] | None,
    typer.Option(
        "--at",
        metavar="X,Y",
        help="Also draw the map at these values of --x and --y, such as 3,0.1; may be repeated.",
        rich_help_panel=FIGURE,
    ),
]
FIELDS = {"torus": "joined"}  # as `torus` is a flag of other commands


@dataclass
class FixedOptions:
    """Settings of all maps of a phase diagram, as typed."""

    maze: Annotated[
        str | None, typer.Option(metavar="NAME", help="Maze to draw, if the store has several.")
    ] = None
    horizon: Annotated[
        str | None, typer.Option("--horizon", metavar="N", help="Horizon of the maps.")
    ] = None
    slip: Annotated[str | None, typer.Option(metavar="P", help="Slip probability of the maps.")] = (
        None
    )
    sensor: Annotated[str | None, choice(*SENSORS, help="Sensor of the maps.")] = None
    moves: Annotated[str | None, choice(*MOVES, help="Moves of the maps.")] = None
    joined: Annotated[
        str | None,
        typer.Option(
            "--torus",
            metavar="none|x|y|xy",
            help="Torus of the maps: the axes along which opposite edges are joined.",
            autocompletion=among("none", "x", "y", "xy"),
        ),
    ] = None

    group: ClassVar[str] = "Choice of maps, where the store has several values"

    def texts(self) -> dict[str, str | None]:
        """Texts of the settings, by name."""
        return {setting: getattr(self, FIELDS.get(setting, setting)) for setting in SETTINGS}


@with_options
def phase(
    store: StoreArgument,
    fixed: FixedOptions,
    page: PageOptions,
    panels: PanelOptions,
    colors: ColorOptions,
    scale: ScaleOptions,
    marks: MarkOptions,
    x: XAxis = "horizon",
    y: YAxis = "slip",
    value: Value = "mean",
    path: PathOption = None,
    at: At = None,
) -> None:
    """Draw one number for each map of a sweep, over two settings.

    The figure is a heatmap with contour lines, in bits, if both settings are numbers. With --path
    or --at, it also shows some of the maps.

    Examples
    --------
    gridemp phase results.zarr
    gridemp phase results.zarr --value max --path 5 --width page
    gridemp phase results.zarr --y sensor --slip 0 --at 3,state --at 3,row
    """
    page.check()
    drawing = map_drawing(colors, scale, marks)
    maps, chosen = phase_maps(store, fixed.maze, fixed.texts())
    diagram = phase_diagram(maps, x, y, value, **chosen)
    points = points_of(diagram, path, at or [])
    count = len(diagram.along(points))
    if count == 0 and panels.panel_titles is not None:
        raise GridempError("--panel-titles needs maps below the diagram; add --path or --at")
    titles = panels.titles(count)
    horizon = "" if fixed.horizon is None else horizon_part(fixed.horizon)
    subject = map_part(maps.source), f"{y}-over-{x}", horizon
    places = "-".join(at).replace(",", "_") if at else None
    file = page.path(default_name(*subject, at=places))
    from gridemp.render.figures.phase import phase_figure

    def draw(width: float | None) -> Any:
        return phase_figure(
            diagram, path=points, width=width, title=page.title, panel_titles=titles, **drawing
        )

    page.save_as(draw, file, record_of(diagram))
    tell(range_line(diagram))
    if isinstance(points, int):
        most = min(points, max(diagram.bits.shape))
        if most < points:
            note(f"the diagonal has only {counted(most, 'map')}, not {points}")
        if count < most:
            note(f"{count} of {counted(most, 'map')} along the path are drawn")
    if diagram.missing:
        note(
            f"{diagram.missing} of {counted(diagram.bits.size, 'map')} are not computed yet; "
            "add them with gridemp sweep, into the same store"
        )


def points_of(diagram: PhaseDiagram, path: str | None, at: list[str]) -> Any:
    """Maps to draw, as `phase_figure` takes them."""
    if path is not None and at:
        raise GridempError("--path and --at cannot be combined; leave out one of them")
    if path is not None:
        return parse_whole("--path", path)
    points = []
    for text in at:
        first, comma, second = text.partition(",")
        if not comma:
            raise GridempError(
                f"--at must be two values, of {diagram.x} and {diagram.y}, such as 3,0.1, not "
                f"'{text[:MAX_QUOTED]}'"
            )
        pair = parse_values(diagram.x, first), parse_values(diagram.y, second.strip())
        points.append((pair[0][0], pair[1][0]))
    return points


def record_of(diagram: PhaseDiagram) -> dict[str, Any]:
    """Record of what made the figure of a diagram."""
    maps = diagram.maps
    axes = {setting: maps.values(setting) for setting in (diagram.x, diagram.y)}
    fixed = {setting: [value] for setting, value in diagram.fixed.items()}
    return made_by(command()) | {
        "title": f"phase diagram of {maps.maze.name}",
        "maze": maps.maze.name,
        "sha256": maps.shared["maze_hash"],
        "value": diagram.value,
        **{name: ",".join(typed(name, each) for each in (axes | fixed)[name]) for name in SETTINGS},
        "missing": diagram.missing,
    }


def range_line(diagram: PhaseDiagram) -> str:
    """Lowest and highest number of a diagram, and the settings of the highest."""
    low, high = float(np.nanmin(diagram.bits)), float(np.nanmax(diagram.bits))
    row, col = np.argwhere(diagram.bits == high)[0].tolist()
    best = diagram.settings(row, col)
    where = ", ".join(f"{name} {typed(name, best[name])}" for name in (diagram.x, diagram.y))
    gap = float(np.nanmax(diagram.gap))
    certified = f", each within {rounded_up(gap)} bits" if gap else ""
    words = "mean" if diagram.value == "mean" else "highest cell"
    return f"{words}: {low:.4f} to {high:.4f} bits{certified}; the most at {where}"
