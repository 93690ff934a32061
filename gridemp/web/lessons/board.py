"""The board of a lesson: its maze, its settings, and what the learner may use."""

from collections.abc import Mapping
from typing import Any

from gridemp.errors import GridempError, MazeError
from gridemp.mazes.bundled import bundled_mazes
from gridemp.mazes.maze import Maze
from gridemp.mazes.parsing import load_maze, parse_maze
from gridemp.web import choices
from gridemp.web.lessons.table import Table, hint, quoted
from gridemp.web.limits import MAX_CELLS, MAX_HORIZON, MAX_SIDE, MAX_SLIP, is_too_large
from gridemp.worlds.world import World

TOOLS = ("point", "solid", "wall", "trap", "box", "fixed", "ice", "conveyor", "agent")
PARTS = ("agent", "curve", "reveal", "difference", "door")
CHOICES = choices.CHOICES | {"arrows": choices.CHOICES["policy"]}
WORLD = ("horizon", "slip", "slip_kind", "moves", "stay", "torus", "sensor")
CONTROLS = (*WORLD, "numbers", "arrows", "policy")
OPTIONAL = ("numbers", "arrows")  # whose value may also be false or ""
# The settings of the page as it opens.
DEFAULTS: dict[str, Any] = {
    "horizon": 5,
    "slip": 0,
    "slip_kind": "uniform",
    "moves": "nesw",
    "stay": True,
    "torus": "",
    "sensor": "state",
    "numbers": None,
    "arrows": None,
    "policy": "greedy",
    "range": None,
    "pin": None,
}


def maze_in(table: Table, name: str) -> Maze | None:
    """Return the maze of a lesson or of a step, None if it has none of its own."""
    if "maze" in table and "drawing" in table:
        raise table.error("there is a 'maze' and a 'drawing'; keep one of them")
    maze = None
    if bundled := table.take("maze", "text", None):
        if bundled not in bundled_mazes():
            raise table.error(
                f"there is no bundled maze {quoted(bundled)}; {hint(bundled, [*bundled_mazes()])}"
            )
        maze = load_maze(bundled)
    if drawing := table.take("drawing", "text", None):
        try:
            maze = parse_maze(drawing, name)
        except MazeError as error:
            source = f"{table.place}, the drawing"
            raise MazeError(
                error.problem.replace("`", "'"), error.line, error.column, source
            ) from None
    if maze is not None and is_too_large(*maze.shape):
        height, width = maze.shape
        raise table.error(
            f"the page takes mazes of up to {MAX_CELLS:,} cells and {MAX_SIDE} a side, and this "
            f"one is {width} x {height}; draw a smaller one"
        )
    return maze


def settings_in(table: Table) -> dict[str, Any]:
    """Return the settings of a lesson or of a step."""
    settings = table.table("settings")
    settings.allow(*DEFAULTS)
    found = {name: setting(settings, name) for name in CONTROLS if name in settings}
    for name, kind in (("range", "range"), ("pin", "cell")):
        if name in settings:
            found[name] = None if settings.is_none(name) else settings.take(name, kind)
    if found.get("range") and not found["range"][0] < found["range"][1]:
        raise settings.error("'range' must begin with the lowest colour, such as [0, 6]")
    settings.finish()
    return found


def setting(table: Table, name: str) -> Any:
    """Return the value of one setting in a table, checked against the limits of the page."""
    if name in OPTIONAL and table.is_none(name):
        return None
    if name in CHOICES:
        return table.choose(name, CHOICES[name])
    if name == "stay":
        return table.take(name, "truth")
    value = table.take(name, "whole number" if name == "horizon" else "number")
    low, high = (1, MAX_HORIZON) if name == "horizon" else (0, MAX_SLIP)
    if not low <= value <= high:
        raise table.error(f"'{name}' must be from {low} to {high}, not {value}")
    return value


def controls_in(table: Table) -> dict[str, Any]:
    """Return the settings that the learner may change, each with a list of its values or true."""
    controls = table.table("controls")
    controls.allow(*CONTROLS)
    found: dict[str, Any] = {}
    for name in CONTROLS:
        if controls.has_list(name):
            place = f"{controls.place}, {name}"
            values = controls.take(name, "list")
            found[name] = [setting(Table({name: value}, place), name) for value in values]
            found[name] = ["" if value is None else value for value in found[name]]
            if any(value in found[name][:i] for i, value in enumerate(found[name])):
                raise controls.error(f"'{name}' lists a value twice; remove one of them")
            if len(values) < 2:
                raise controls.error(f"'{name}' must list two values or more, or be true for all")
        elif name in controls and controls.take(name, "truth"):
            found[name] = True
    controls.finish()
    return found


def check_board(
    table: Table, maze: Maze, settings: Mapping[str, Any], controls: Mapping[str, Any]
) -> None:
    """Raise an error unless a maze allows all settings, and the controls have their values."""
    for name, values in controls.items():
        chosen = settings[name]
        if values is not True and ("" if chosen is None else chosen) not in values:
            raise table.error(
                f"'{name}' is {quoted(False if chosen is None else chosen)}, which its control "
                "does not have; add it to the list of values, or change the setting"
            )
    if settings["pin"]:
        check_floor(table, maze, settings["pin"], "pin")
    try:
        world_of(maze, settings)
    except GridempError as error:
        raise table.error(str(error).replace("`", "'")) from None


def world_of(maze: Maze, settings: Mapping[str, Any]) -> World:
    """Return the world that a maze and all settings make."""
    options = {name: settings[name] for name in WORLD if name != "horizon"}
    return World.from_maze(maze, within=settings["horizon"], **options)


def check_floor(table: Table, maze: Maze, cell: list[int], name: str) -> None:
    """Raise an error unless a cell [x, y] is on the floor of a maze."""
    x, y = cell
    height, width = maze.shape
    if not (0 <= x < width and 0 <= y < height):
        raise table.error(
            f"'{name}' is {cell}, outside the maze of {width} x {height} cells; x counts from 0 "
            "at the left, y from 0 at the bottom"
        )
    if not maze.floor[maze.rowcol(x, y)]:
        raise table.error(f"'{name}' is {cell}, a solid cell; choose one on the floor")
