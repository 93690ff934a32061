"""The basins of where an agent ends, in colours that differ from those beside them."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import LineCollection, PatchCollection
from matplotlib.colors import ListedColormap
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke
from numpy.typing import NDArray

from gridemp.agents.basins import EITHER, Flow
from gridemp.render.artists.maze_axes import cell_points, draw_values

# Pale, so that what is written on them can be read, and told apart by the colour-blind: the scheme
# "light" of P. Tol, "Colour schemes", SRON/EPS/TN/09-002 (2021).
COLORS = (
    *("#77aadd", "#ee8866", "#eedd88", "#44bb99"),
    *("#ffaabb", "#bbcc33", "#99ddff", "#aaaa00"),
)
EITHER_COLOR, EITHER_HATCH, HATCH_COLOR = "white", "xxxx", "0.55"
BORDER_COLOR = "0.25"
MAX_NUMBERS = 30
SMALLEST = 6.0  # points


def draw_basins(ax: Axes, flow: Flow, colors: list[str]) -> ScalarMappable:
    """The basins in their colours, and where the attractors are."""
    maze = flow.world.maze
    grid = basin_grid(flow)
    kinds = ListedColormap([EITHER_COLOR, *colors])
    cells = draw_values(
        *(ax, maze, grid),
        torus=flow.world.torus,
        aside=True,
        cmap=kinds,
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


def basin_grid(flow: Flow) -> NDArray[np.float64]:
    """The attractor of each cell in array order, NaN where no agent starts: shape (H, W)."""
    maze = flow.world.maze
    grid = np.full(maze.shape, np.nan)
    grid[tuple(maze.cells[flow.emap.cell].T)] = flow.basin
    return grid


def basin_colors(flow: Flow) -> list[str]:
    """A colour for each attractor: if they are many, one that no basin beside its own has."""
    grid, count = basin_grid(flow), len(flow.attractors)
    near, farther = (_beside(grid, count, apart) for apart in (1, 2))
    chosen: list[int] = []
    used = [0] * len(COLORS)
    for i in range(count):
        taken, also = ({chosen[j] for j in around[i] if j < i} for around in (near, farther))
        chosen.append(min(range(len(COLORS)), key=lambda c: (c in taken, c in also, used[c], c)))
        used[chosen[-1]] += 1
    return [COLORS[c] for c in chosen]


def _beside(grid: NDArray[np.float64], count: int, apart: int) -> list[set[int]]:
    """For each basin, those with a cell so far above, below, left or right of one of its own."""
    around: list[set[int]] = [set() for _ in range(count)]
    for one, other in (
        (grid[apart:], grid[:-apart]),
        (grid[:, apart:], grid[:, :-apart]),
    ):
        meet = (one != other) & (one >= 0) & (other >= 0)
        for i, j in {
            *zip(one[meet].astype(int).tolist(), other[meet].astype(int).tolist(), strict=True)
        }:
            around[i].add(j)
            around[j].add(i)
    return around


def _borders(grid: NDArray[np.float64]) -> list[Any]:
    """The edges between cells of different basins, as line segments in (x, y)."""
    top = grid.shape[0] - 0.5
    known = ~np.isnan(grid)
    side = (grid[:, 1:] != grid[:, :-1]) & known[:, 1:] & known[:, :-1]
    down = (grid[1:] != grid[:-1]) & known[1:] & known[:-1]
    upright = [((c + 0.5, top - r), (c + 0.5, top - r - 1)) for r, c in np.argwhere(side).tolist()]
    level = [
        ((c - 0.5, top - r - 1), (c + 0.5, top - r - 1)) for r, c in np.argwhere(down).tolist()
    ]
    return upright + level


def _draw_attractors(ax: Axes, flow: Flow, points: float) -> None:
    """A dot in each cell of an attractor, and its number in the one nearest their middle."""
    size = float(np.clip(0.34 * points, SMALLEST, 10))
    dots: list[tuple[float, float]] = []
    written: list[tuple[float, float]] = []
    for i in range(len(flow.attractors)):
        cells = np.array(flow.cells(i), dtype=float)
        nearest = int(((cells - cells.mean(axis=0)) ** 2).sum(axis=1).argmin())
        places = [tuple(cell) for cell in cells.tolist()]
        x, y = places[nearest]
        wide = 0.75 * len(str(i + 1)) * size / points
        clear = all(abs(x - u) > wide or abs(y - v) > size / points for u, v in written)
        if i < MAX_NUMBERS and clear:
            written.append(places.pop(nearest))
            ax.text(
                *(x, y, str(i + 1)),
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
    ax.plot(
        *zip(*dots, strict=True) if dots else ([], []),
        linestyle="none",
        marker="o",
        markersize=float(np.clip(0.2 * points, 1.0, 5.0)),
        markerfacecolor="black",
        markeredgecolor="white",
        markeredgewidth=0.4,
        zorder=4.4,
        gid="attractor cells",
    )
