"""The explorer in a notebook."""

from typing import TYPE_CHECKING, Unpack

from gridemp.arguments import check_kinds
from gridemp.engine.empowerment import checked_horizon
from gridemp.errors import GridempError, import_extra
from gridemp.mazes.maze import Maze
from gridemp.worlds.conditions import HandlessOptions
from gridemp.worlds.world import World

if TYPE_CHECKING:
    from gridemp.web.widget import ExplorerWidget

PACKAGES = ("anywidget", "msgspec")
MIN_HEIGHT, MAX_HEIGHT = 200, 4000  # pixels


def explore(
    maze: Maze, horizon: int = 5, *, height: int = 760, **options: Unpack[HandlessOptions]
) -> "ExplorerWidget":
    """Show the live page in a notebook: walls can be drawn there, and the exact map follows.

    It is the page that `gridemp explore` serves. The kernel of the notebook computes its maps, so
    the page also works if the kernel runs on another machine.

    Parameters
    ----------
    maze : Maze
        Maze that the page shows first.
    horizon : int
        Number of steps n that the page shows first, 1 or more.
    height : int
        Height of the page, in pixels.
    **options
        Options of `World.from_maze` that the page shows first: `moves`, `stay`, `slip`,
        `slip_kind`, `torus`, `sensor`.

    Returns
    -------
    ExplorerWidget
        Widget that a notebook shows if it is the last expression of a cell. Its `maze` is the maze
        on the page, and its `map` the `EmpowermentMap`; both are traits that `observe` follows. If
        you assign a maze to `maze`, the page shows it.

    Raises
    ------
    GridempError
        If the page does not accept the maze or the settings.
    MissingExtra
        If the extra `widget` is not installed.

    Examples
    --------
    >>> import gridemp
    >>> widget = gridemp.explore(gridemp.load_maze("klyubin"), horizon=3)
    >>> widget
    ExplorerWidget('klyubin')
    >>> widget.map.peak.outcomes
    23
    >>> widget.maze = gridemp.load_maze("room")
    >>> widget.map.peak.outcomes
    25
    """
    check_kinds(explore, locals())
    # Without its objects, any maze makes a world that is valid for any horizon.
    world = World.from_maze(Maze(maze.floor), **options)
    horizon = checked_horizon(horizon, world)
    if not MIN_HEIGHT <= height <= MAX_HEIGHT:
        raise GridempError(f"`height` must be {MIN_HEIGHT} to {MAX_HEIGHT} pixels, not {height}")
    for package in PACKAGES:
        import_extra(package, "gridemp.explore", "widget")
    import msgspec

    from gridemp.web.server.api import MapQuestion
    from gridemp.web.server.mazes import drawing_of, settings_of
    from gridemp.web.widget import ExplorerWidget

    settings = {name: getattr(world.conditions, name) for name in HandlessOptions.__annotations__}
    needed = settings_of(maze)
    settings |= {name: needed[name] for name in needed if name not in options}
    # NumPy's numbers are fine as arguments, but they cannot be written as JSON.
    settings |= {"slip": float(settings["slip"]), "stay": bool(settings["stay"])}
    asked = {"maze": drawing_of(maze), "horizon": horizon, **settings}
    return ExplorerWidget(maze, msgspec.convert(asked, MapQuestion), height)
