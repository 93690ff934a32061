"""Mazes and maps as they show themselves: text in a terminal, a picture in a notebook."""

import base64
import html
import io
from typing import Any

from gridemp.engine.map import EmpowermentMap
from gridemp.mazes.maze import Maze
from gridemp.mazes.parsing import format_maze
from gridemp.report.captions import caption

MAX_CELLS = 40  # a side, beyond which a text is of no use
NOTEBOOK_DPI = 100


def maze_text(maze: Maze) -> str:
    """The maze as its text, or in a line if it is large."""
    return repr(maze) if max(maze.shape) > MAX_CELLS else format_maze(maze).rstrip("\n")


def map_text(emap: EmpowermentMap) -> str:
    """The caption, and the bits of each cell where they stand, unless there are many."""
    emap = emap.one_per_cell()
    if max(emap.world.maze.shape) > MAX_CELLS:
        return repr(emap)
    cells = [[f"{bits:5.2f}" if bits == bits else "    #" for bits in row] for row in emap.grid()]
    return "\n".join([f"{caption(emap)}, in bits", *map(" ".join, cells)])


def png(draw: Any) -> bytes:
    """A figure as gridemp draws it, whatever the notebook's style."""
    from gridemp import render

    content = io.BytesIO()
    with render.look():
        draw().figure.savefig(content, format="png", dpi=NOTEBOOK_DPI)
    return content.getvalue()


def maze_png(maze: Maze) -> bytes:
    """The maze, drawn."""
    from gridemp import render

    return png(lambda: render.draw_maze(maze))


def map_png(emap: EmpowermentMap) -> bytes:
    """The heatmap."""
    from gridemp import render

    return png(lambda: render.heatmap(emap))


def map_html(emap: EmpowermentMap) -> str:
    """The heatmap with a text that says the same to who cannot see it."""
    x, y, bits, *_ = emap.peak
    text = f"{caption(emap)}: the peak is {bits:.2f} bits at x = {x}, y = {y}"
    data = base64.b64encode(map_png(emap)).decode()
    return f'<img alt="{html.escape(text)}" src="data:image/png;base64,{data}">'
