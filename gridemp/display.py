"""Display of mazes and maps: text in a terminal, a picture in a notebook."""

import base64
import html
import io
from collections.abc import Callable
from typing import Any

from gridemp.engine.map import EmpowermentMap
from gridemp.mazes.maze import Maze
from gridemp.mazes.parsing import format_maze
from gridemp.report.captions import caption

MAX_SIDE = 40  # cells; the text of a larger maze would not fit in a terminal
NOTEBOOK_DPI = 100


def maze_text(maze: Maze) -> str:
    """Drawing of a maze in characters, or a one-line summary of a large one."""
    return repr(maze) if max(maze.shape) > MAX_SIDE else format_maze(maze).rstrip("\n")


def map_text(emap: EmpowermentMap) -> str:
    """Caption and grid of the bits of each cell, or a one-line summary of a large map."""
    emap = emap.one_per_cell()
    if max(emap.world.maze.shape) > MAX_SIDE:
        return repr(emap)
    cells = [[f"{bits:5.2f}" if bits == bits else "    #" for bits in row] for row in emap.grid()]
    return "\n".join([f"{caption(emap)}, in bits", *map(" ".join, cells)])


def png(draw: Callable[[], Any]) -> bytes:
    """PNG image of the axes that `draw` returns, in gridemp's style whatever the notebook's is."""
    from gridemp import render

    content = io.BytesIO()
    with render.look():
        draw().figure.savefig(content, format="png", dpi=NOTEBOOK_DPI)
    return content.getvalue()


def maze_png(maze: Maze) -> bytes:
    """PNG image of a maze."""
    from gridemp import render

    return png(lambda: render.draw_maze(maze))


def map_png(emap: EmpowermentMap) -> bytes:
    """PNG image of the heatmap of a map."""
    from gridemp import render

    return png(lambda: render.heatmap(emap))


def map_html(emap: EmpowermentMap) -> str:
    """HTML image of the heatmap of a map, with a text alternative that names the peak."""
    x, y, bits, *_ = emap.peak
    text = f"{caption(emap)}: the peak is {bits:.2f} bits at x = {x}, y = {y}"
    data = base64.b64encode(map_png(emap)).decode()
    return f'<img alt="{html.escape(text)}" src="data:image/png;base64,{data}">'
