"""Pictures of the states of a world, from which networks can learn."""

from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError
from gridemp.progress import Progress, ignore
from gridemp.render.artists.maze_axes import draw_maze
from gridemp.render.artists.trail import ANGLES
from gridemp.render.layout.style import look
from gridemp.worlds.moves import HEADINGS
from gridemp.worlds.world import World

Pictures = NDArray[np.uint8]

DPI = 100
LONG_SIDE = 96  # pixels, about, of a picture
SMALLEST, LARGEST = 4, 16  # pixels of a cell
AGENT = "#d7191c"  # the colour of the agent, which no floor and no wall has
AGENT_SIZE = 0.55  # of a cell


def state_pictures(
    world: World, cell: int | None = None, progress: Progress | None = None
) -> Pictures:
    """Draw a small picture of each state: the maze with its objects as they are, and the agent.

    The agent is a red disc or, if it has a heading, a triangle that points there. What it holds is
    not shown, except that it is missing from the floor.

    Parameters
    ----------
    world : World
        World of S states in a maze of H x W cells.
    cell : int, optional
        Number of pixels across a cell; by default from 4 to 16, so that the longer side of a
        picture has about 96.
    progress : callable, optional
        Called with the fraction done, from 0 to 1.

    Returns
    -------
    ndarray of uint8, shape (S, H * cell, W * cell, 3)
        RGB pictures, row 0 at the top.

    Raises
    ------
    GridempError
        If `cell` is less than 4.

    Examples
    --------
    >>> import gridemp
    >>> world = gridemp.World.from_maze(gridemp.parse_maze("...", name="corridor"))
    >>> gridemp.render.state_pictures(world, cell=8).shape
    (3, 8, 24, 3)
    """
    check_kinds(state_pictures, locals())
    progress = progress or ignore
    height, width = world.maze.shape
    if cell is None:
        cell = min(LARGEST, max(SMALLEST, LONG_SIDE // max(height, width)))
    if cell < SMALLEST:
        raise GridempError(f"`cell` must be {SMALLEST} or more pixels, not {cell}")
    states = len(world.cell)
    pictures = np.empty((states, height * cell, width * cell, 3), dtype=np.uint8)
    # States in which all else is alike follow each other, so that only the agent is drawn anew.
    groups: dict[bytes, list[int]] = {}
    for state in range(states):
        groups.setdefault(_surroundings(world, state), []).append(state)
    done = 0
    with look():
        for group in groups.values():
            canvas, agent = _blank(world, group[0], cell)
            for state in group:
                row, col = world.maze.cells[world.cell[state]]
                agent.set_data([col], [height - 1 - row])
                if world.heading is not None:
                    agent.set_marker((3, 0, ANGLES[HEADINGS[world.heading[state]]]))
                canvas.draw()
                pictures[state] = np.asarray(canvas.buffer_rgba())[..., :3]
                done += 1
                progress(done / states)
    return pictures


def _surroundings(world: World, state: int) -> bytes:
    """Key of everything in a state but the agent."""
    parts = (world.boxes, world.things)
    return b"|".join(b"" if part is None else part[state].tobytes() for part in parts)


def _blank(world: World, state: int, cell: int) -> tuple[Any, Any]:
    """Canvas with the maze of a state, and the mark of an agent on it."""
    height, width = world.maze.shape
    figure = Figure(figsize=(width * cell / DPI, height * cell / DPI), dpi=DPI)
    canvas: Any = FigureCanvasAgg(figure)
    ax = figure.add_axes((0, 0, 1, 1))
    draw_maze(world.maze_in(state), ax=ax, torus=world.torus)
    ax.set_axis_off()
    size = AGENT_SIZE * cell * 72 / DPI
    (agent,) = ax.plot(
        [], [], "o", markersize=size, markerfacecolor=AGENT, markeredgecolor="none", zorder=10
    )
    return canvas, agent
