"""The basins of attraction of a policy, in colours that differ from those of their neighbours."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import LineCollection, PatchCollection
from matplotlib.colors import ListedColormap
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke

from gridemp.agents.flow import EITHER, Flow
from gridemp.render.artists.maze_axes import cell_points, draw_values
from gridemp.render.artists.walls_and_objects import Segments
from gridemp.render.layout.text import MIN_FONT_SIZE
from gridemp.typing import Array

# Pale enough for text on them to be read, and safe for colour-blind readers: the scheme "light" of
# P. Tol, "Colour schemes", SRON/EPS/TN/09-002 (2021).
COLORS = (
    "#77aadd",
    "#ee8866",
    "#eedd88",
    "#44bb99",
    "#ffaabb",
    "#bbcc33",
    "#99ddff",
    "#aaaa00",
)
EITHER_COLOR, EITHER_HATCH, HATCH_COLOR = "white", "xxxx", "0.55"
BORDER_COLOR = "0.25"
MAX_NUMBERS = 30


def draw_basins(
    ax: Axes, flow: Flow, colors: list[str], *, grid_lines: bool = True
) -> ScalarMappable:
    """Draw the basins in their colours, and mark the cells of the attractors.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Axes to draw on; their limits, ticks and labels are set.
    flow : Flow
        Basins and attractors of a policy.
    colors : list of str
        Colour of each basin, see `basin_colors`.
    grid_lines : bool
        If True, draw faint lines between the cells of a small maze.

    Returns
    -------
    matplotlib.cm.ScalarMappable
        Coloured cells.
    """
    maze = flow.world.maze
    grid = basin_grid(flow)
    cells = draw_values(
        ax,
        maze,
        grid,
        torus=flow.world.torus,
        aside=True,
        grid=grid_lines,
        cmap=ListedColormap([EITHER_COLOR, *colors]),
        vmin=EITHER - 0.5,
        vmax=len(colors) - 0.5,
    )
    top = maze.shape[0] - 0.5
    undecided = np.argwhere(grid == EITHER).tolist()
    hatched = PatchCollection(
        [Rectangle((col - 0.5, top - row - 1), 1, 1) for row, col in undecided],
        facecolor=EITHER_COLOR,
        edgecolor=HATCH_COLOR,
        hatch=EITHER_HATCH,
        linewidth=0,
        gid="either",
    )
    if undecided:
        ax.add_collection(hatched, autolim=False)
    borders = LineCollection(
        _borders(grid), colors=BORDER_COLOR, linewidths=0.8, zorder=2.5, gid="borders"
    )
    ax.add_collection(borders, autolim=False)
    _draw_attractors(ax, flow, cell_points(ax, maze.shape))
    return cells


def basin_grid(flow: Flow) -> Array:
    """Attractor that each cell leads to, NaN where no agent can start: shape (H, W)."""
    maze = flow.world.maze
    grid = np.full(maze.shape, np.nan)
    grid[tuple(maze.cells[flow.emap.cell].T)] = flow.basin
    return grid


def basin_colors(flow: Flow) -> list[str]:
    """Colour of each basin: if possible one that no neighbour has, and otherwise a rare one."""
    grid, count = basin_grid(flow), len(flow.attractors)
    adjacent, near = (_neighbours(grid, count, distance) for distance in (1, 2))
    chosen: list[int] = []
    used = [0] * len(COLORS)
    for i in range(count):
        costs = []
        for color in range(len(COLORS)):
            of_adjacent, of_near = (
                any(chosen[j] == color for j in others[i] if j < i) for others in (adjacent, near)
            )
            costs.append((of_adjacent, of_near, used[color], color))
        chosen.append(min(costs)[-1])
        used[chosen[-1]] += 1
    return [COLORS[color] for color in chosen]


def _neighbours(grid: Array, count: int, distance: int) -> list[set[int]]:
    """For each basin, the other basins that are at a distance up, down, left or right of it."""
    neighbours: list[set[int]] = [set() for _ in range(count)]
    for one, other in (
        (grid[distance:], grid[:-distance]),
        (grid[:, distance:], grid[:, :-distance]),
    ):
        differ = (one != other) & (one >= 0) & (other >= 0)
        pairs = np.unique(np.stack([one[differ], other[differ]], axis=1).astype(int), axis=0)
        for i, j in pairs.tolist():
            neighbours[i].add(j)
            neighbours[j].add(i)
    return neighbours


def _borders(grid: Array) -> Segments:
    """Edges between cells of different basins, as line segments in (x, y)."""
    top = grid.shape[0] - 0.5
    known = ~np.isnan(grid)
    side = (grid[:, 1:] != grid[:, :-1]) & known[:, 1:] & known[:, :-1]
    down = (grid[1:] != grid[:-1]) & known[1:] & known[:-1]
    vertical = [((c + 0.5, top - r), (c + 0.5, top - r - 1)) for r, c in np.argwhere(side).tolist()]
    horizontal = [
        ((c - 0.5, top - r - 1), (c + 0.5, top - r - 1)) for r, c in np.argwhere(down).tolist()
    ]
    return vertical + horizontal


def _draw_attractors(ax: Axes, flow: Flow, points: float) -> None:
    """Draw a dot in each cell of an attractor, but its number in the cell nearest the middle."""
    size = float(np.clip(0.34 * points, MIN_FONT_SIZE, 10))
    dots: list[tuple[float, float]] = []
    numbered: list[tuple[float, float]] = []
    for i in range(len(flow.attractors)):
        cells = np.array(flow.cells(i), dtype=float)
        nearest = int(((cells - cells.mean(axis=0)) ** 2).sum(axis=1).argmin())
        places = [tuple(cell) for cell in cells.tolist()]
        x, y = places[nearest]
        wide = 0.75 * len(str(i + 1)) * size / points
        clear = all(abs(x - u) > wide or abs(y - v) > size / points for u, v in numbered)
        if i < MAX_NUMBERS and clear:
            numbered.append(places.pop(nearest))
            ax.text(
                x,
                y,
                str(i + 1),
                ha="center",
                va="center_baseline",
                fontsize=size,
                fontweight="bold",
                color="black",
                zorder=4.5,
                gid="attractor",
                path_effects=[withStroke(linewidth=2.0, foreground="white")],
            )
        dots += places
    x_dots, y_dots = np.array(dots).reshape(-1, 2).T
    ax.plot(
        x_dots,
        y_dots,
        linestyle="none",
        marker="o",
        markersize=float(np.clip(0.2 * points, 1.0, 5.0)),
        markerfacecolor="black",
        markeredgecolor="white",
        markeredgewidth=0.4,
        zorder=4.4,
        gid="attractor cells",
    )
