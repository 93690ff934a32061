"""Texts of results for a terminal."""

from collections.abc import Callable
from typing import Any

from gridemp.deep.audit_result import Audit
from gridemp.engine.map import EmpowermentMap
from gridemp.engine.maps import EmpowermentMaps
from gridemp.information.capacity import Capacity
from gridemp.information.measures import entropy
from gridemp.mazes.maze import Maze
from gridemp.mazes.parsing import format_maze
from gridemp.report.audit_text import audit_table
from gridemp.report.captions import caption, caption_parts, peak_line, world_caption
from gridemp.shown import counted
from gridemp.worlds.world import World

MAX_SIDE = 40  # cells; the text of a larger maze would not fit in a terminal


def text_of(shown: object) -> str:
    """Text of a result: that of its kind, or its `repr`."""
    for kind, text in TEXTS.items():
        if isinstance(shown, kind):
            return text(shown)
    return repr(shown)


def maze_text(maze: Maze) -> str:
    """Drawing of a maze in characters, or a one-line summary of a large one."""
    return repr(maze) if max(maze.shape) > MAX_SIDE else format_maze(maze).rstrip("\n")


def world_text(world: World) -> str:
    """Conditions of a world above the drawing of its maze, or a one-line summary of a large one."""
    if max(world.maze.shape) > MAX_SIDE:
        return repr(world)
    return f"{world_caption(world)}\n{maze_text(world.maze)}"


def map_text(emap: EmpowermentMap) -> str:
    """Caption and grid of the bits of each cell, or a one-line summary of a large map."""
    emap = emap.one_per_cell()
    if max(emap.world.maze.shape) > MAX_SIDE:
        return repr(emap)
    cells = [[f"{bits:5.2f}" if bits == bits else "    #" for bits in row] for row in emap.grid()]
    return "\n".join([f"{caption(emap)}, in bits", *map(" ".join, cells)])


def maps_text(emaps: EmpowermentMaps) -> str:
    """Line with the caption and the peak of each map."""
    lines = [f"{', '.join(caption_parts(emap))}; {peak_line(emap)}" for emap in emaps]
    return "\n".join(lines) or repr(list(emaps))


def capacity_rows(capacity: Capacity) -> list[tuple[str, str]]:
    """Rows of a table of a capacity, each a name and a value."""
    inputs, bits = counted(len(capacity.source), "input"), entropy(capacity.source)
    return [
        ("lower", f"{capacity.lower:.9f} bits"),
        ("upper", f"{capacity.upper:.9f} bits"),
        ("gap", f"{capacity.gap:.2g} bits"),
        ("source", f"entropy {bits:.4g} bits, {inputs}"),
        ("iterations", str(capacity.iterations)),
        ("converged", "yes" if capacity.converged else "no"),
    ]


def capacity_text(capacity: Capacity) -> str:
    """Table of a capacity, a line for each row."""
    return "\n".join(f"{name:<10}  {value}" for name, value in capacity_rows(capacity))


TEXTS: dict[type, Callable[[Any], str]] = {
    Maze: maze_text,
    World: world_text,
    EmpowermentMap: map_text,
    EmpowermentMaps: maps_text,
    Capacity: capacity_text,
    Audit: audit_table,
}
