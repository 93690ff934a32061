"""Commands for figures that explain maps: one cell, comparisons, curves, walls, animations."""

import re
from dataclasses import dataclass, replace
from typing import Annotated, Any

import numpy as np
import typer

from gridemp.errors import GridempError
from gridemp.looks import ColorOptions, PageOptions, ScaleOptions
from gridemp.maps import rounded_up
from gridemp.options import GYM, MapOptions, announce, number, with_options
from gridemp.progress import progress_bar

CENTRALITIES = "distance|closeness|betweenness|degree|eigenvector"

Across = Annotated[str, typer.Argument(metavar="X", help="The cell, from the left, from 0.")]
Up = Annotated[str, typer.Argument(metavar="Y", help="From the bottom, from 0.")]
Cells = Annotated[
    list[str] | None,
    typer.Option("--cell", metavar="X,Y", help="A cell to follow too; may be given again."),
]
OneCell = Annotated[
    list[str] | None,
    typer.Option("--cell", metavar="X,Y", help="This cell's empowerment instead of the mean."),
]
Other = Annotated[str, typer.Option("--with", metavar=CENTRALITIES, help="What to compare with.")]
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
def cell(options: MapOptions, x: Across, y: Up, page: PageOptions, colors: ColorOptions) -> None:
    """Show why a cell has its number: outcomes, first actions and channel of an optimal source."""
    from gridemp.cost import expected_channel_seconds
    from gridemp.drawing import describe
    from gridemp.empowerment import check_sequences
    from gridemp.source import cell_source

    page.check()
    chosen = colors.chosen() | {"title": page.title}
    options.require_empowerment("a cell is shown exactly, with its optimal source")
    at_x, at_y = (number(name, text, int, "a whole number") for name, text in (("X", x), ("Y", y)))
    world, steps = options.world(), options.steps()
    path = page.path(f"{named(world)}-x{at_x}-y{at_y}-h{steps}.png")
    if not world.deterministic:
        check_sequences(world, steps)
    each = 0.0 if world.deterministic else expected_channel_seconds(world, steps)
    starts = world.cell if world.starts is None else world.cell[world.starts]
    announce(each * np.bincount(starts).max())  # one for each state that the cell has
    with progress_bar("source") as progress:
        source = cell_source(
            world,
            at_x,
            at_y,
            steps,
            options.tolerance(),
            heading=options.heading,
            progress=progress,
        )
    from gridemp import render

    page.save(
        lambda width: render.cell_figure(source, width=width, **chosen), path, [world], [steps]
    )
    typer.echo(describe(source))


@with_options
def compare(
    options: MapOptions,
    page: PageOptions,
    colors: ColorOptions,
    scale: ScaleOptions,
    other: Other = "distance",
) -> None:
    """Draw the map beside a measure of the maze as a graph, and how they go together."""
    from gridemp.centrality import CENTRALITIES as LABELS
    from gridemp.centrality import centrality, centrality_of, expected_centrality_seconds
    from gridemp.correlation import pearson, spearman

    page.check()
    chosen = colors.chosen() | scale.chosen() | {"title": page.title}
    if other not in LABELS:
        raise GridempError(f"there is no measure '{other}'; use one of {', '.join(LABELS)}")
    world = options.world(whole=True)
    path = page.path(f"{named(world)}-h{options.steps()}-{other}.png")
    announce(expected_centrality_seconds(world, other))
    with progress_bar(other) as progress:
        values = centrality(world, other, progress)
    (emap,) = options.solve(world)
    from gridemp import render

    def draw(width: float | None) -> Any:
        return render.compare_figure(emap, values, LABELS[other], width=width, **chosen)

    page.save(draw, path, [world], [emap.horizon])
    shown = centrality_of(emap, values)
    gap = float(emap.gap.max())
    pair = pearson(emap.bits, shown), spearman(emap.bits, shown, gap)
    told = ["undefined" if np.isnan(r) else f"{r:.4f}" for r in pair]
    certified = f"; empowerment certified to {rounded_up(gap)} bits" if gap else ""
    typer.echo(f"Pearson {told[0]}, Spearman {told[1]}{certified}")


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
    from gridemp.differences import difference

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


@with_options
def curve(options: MapOptions, page: PageOptions, cells: Cells = None) -> None:
    """Draw the map's range and mean against the horizon, such as --horizon 1..30."""
    from gridemp.curves import check_cells, curve_of

    page.check()
    world = options.world()
    places = check_cells(world, [coordinates(text) for text in cells or []])
    path = page.path("-".join([named(world), *map(cell_name, places), "curve.png"]))
    emaps = options.solve(world)
    found = curve_of(emaps, places)
    from gridemp import render

    page.save(
        lambda width: render.draw_curve(found, width=width, title=page.title).figure,
        path,
        [world] * len(emaps),
        [emap.horizon for emap in emaps],
    )
    for name in ("minimum", "median", "mean", "maximum"):
        first, last = getattr(found, name)[[0, -1]]
        typer.echo(f"{name}: {first:.4f} to {last:.4f} bits{within(found.gap.max())}")


@with_options
def sensitivity(options: MapOptions, page: PageOptions, cells: OneCell = None) -> None:
    """Draw what each wall costs: how empowerment would change without it, or with one more."""
    from gridemp import sensitivity as computed

    page.check()
    if options.maze.startswith(GYM):
        raise GridempError("walls can be tried in mazes only; leave out gym:")
    options.require_empowerment("walls are tried exactly, for the optimal source")
    if options.heading != "best":
        raise GridempError("walls are tried for the best heading in each cell; leave out --heading")
    if len(cells or []) > 1:
        raise GridempError("walls are tried for one cell or for the mean; give --cell once")
    maze, steps = options.load(), options.steps()
    place = coordinates(cells[0]) if cells else None
    name = [maze.name.replace("/", "-"), f"h{steps}", *([cell_name(place)] if place else [])]
    path = page.path("-".join([*name, "walls.png"]))
    asked = {"cell": place, **options.world_options()}
    announce(computed.expected_sensitivity_seconds(maze, steps, **asked))
    with progress_bar("walls") as progress:
        result = computed.sensitivity(
            maze, steps, tol=options.tolerance(), progress=progress, **asked
        )
    from gridemp import render

    page.save(
        lambda width: render.draw_sensitivity(result, width=width, title=page.title).figure,
        path,
        [result.base.world],
        [steps],
    )
    certified = f", the change within {rounded_up(result.gap)} bits" if result.gap else ""
    what = "mean" if result.cell is None else f"empowerment at {result.cell}"
    for sentence, changes in (
        ("best to open", result.best_removals),
        ("worst to wall up", result.worst_additions),
    ):
        if changes:
            ties = f"; {len(changes)} tie" if len(changes) > 1 else ""
            typer.echo(
                f"{sentence}: {changes[0].kind} {changes[0].place}, {what} {result.bits:.4f} "
                f"{changes[0].bits:+.4f} bits{certified}{ties}"
            )
    if not result.removals and not result.additions:
        typer.echo("no wall to open, no edge to wall up")


def coordinates(text: str, option: str = "--cell") -> tuple[int, int]:
    """The x and y of a cell as typed."""
    found = re.fullmatch(r"\s*(-?\d{1,9})\s*,\s*(-?\d{1,9})\s*", text, re.ASCII)
    if not found:
        raise GridempError(f"{option} needs X,Y such as 5,5, not {text[:40]!r}")
    return int(found[1]), int(found[2])


def cell_name(cell: tuple[int, int]) -> str:
    """A cell as part of a file name."""
    return f"x{cell[0]}-y{cell[1]}"


def within(gap: float) -> str:
    """How far from the truth numbers may be, if they may."""
    return f", each within {rounded_up(gap)} bits" if gap else ""


def named(world: Any) -> str:
    """The maze as part of a file name."""
    return str(world.maze.name).replace("/", "-")
