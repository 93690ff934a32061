"""Pictures of mazes: dark and light cells, or cells with lines between them as walls.

The size of a cell is found, and a picture whose pixels the cells and walls do not explain is
refused. Cells that are dark or light as a whole are all kept, as in an array.
"""

import numpy as np

from gridemp.arguments import checked_whole
from gridemp.errors import GridempError, MazeError
from gridemp.mazes.labels import Labels, maze_from_labels
from gridemp.mazes.maze import Maze
from gridemp.mazes.pictures.blocks import block_grid
from gridemp.mazes.pictures.grid import Grid, Picture, cropped
from gridemp.mazes.pictures.lines import line_grid
from gridemp.mazes.pictures.pixels import Pixels, read_pixels
from gridemp.mazes.protocol import Choices, Reading
from gridemp.typing import Mask

SUFFIXES: tuple[str, ...] = (".png", ".gif", ".bmp", ".jpg", ".jpeg")
CHOICES = frozenset({"wall", "cell_size"})
DARK, LIGHT = "dark", "light"
BLOCKS = 2.5  # walls are blocks if they are thicker than a cell and its wall divided by this
FRAMED = 0.75  # share of dark cells in a ring around which a light margin is left out
MAX_FLAW = 0.2  # of a grid whose size the user chose
MAX_POINTS = 256  # rows and columns of a picture in which each pixel may be a cell
MAX_ICON = 64  # rows and columns of a picture that is too small for a drawing
MIN_SHADED = 3.0  # pixels of a cell of a picture with shades between dark and light


def read_file(data: bytes, name: str, choices: Choices) -> Reading:
    """Read a maze from the contents of a picture; dark means wall unless `choices` says light."""
    if choices.wall not in (None, DARK, LIGHT):
        raise GridempError(f"`wall` of a picture must be {DARK} or {LIGHT}, not '{choices.wall}'")
    if choices.cell_size is not None:
        checked_whole("cell_size", choices.cell_size, 1)
    pixels = read_pixels(data)
    dark = ~pixels.dark if choices.wall == LIGHT else pixels.dark
    whole = Picture(dark)
    inside, margins = cropped(dark)
    part = Picture(inside) if max(margins) > 0 else whole
    lines, color = _lines(part, dark, choices)
    blocks, has_margin = _blocks(whole, part, pixels, choices)
    if lines and (blocks is None or _are_lines(lines, blocks, choices)):
        _check_flaw(lines, choices)
        maze, said = _line_maze(lines, color, choices, name)
    elif blocks:
        _check_flaw(blocks, choices)
        maze, said = _block_maze(blocks.solid, choices, name)
        said.insert(0, f"found {_shape(blocks)}")
        said += ["a light margin is left out"] if has_margin else []
    else:
        raise MazeError(
            "cannot find a grid of cells in this picture; crop it to the maze, without labels and "
            "axes, or set `cell_size` to the pixels of a cell"
        )
    if choices.wall is not None and choices.cell_size is not None:
        said = []  # nothing was assumed
    if pixels.others:
        said.append(f"{pixels.others:,} pixels of other colours are taken as light")
    if pixels.frames > 1:
        said.append(f"the first of {pixels.frames} pictures is read")
    return Reading(maze, tuple(said))


def _lines(part: Picture, dark: Mask, choices: Choices) -> tuple[Grid | None, str]:
    """Cells with lines between them, and the colour of the lines."""
    found = line_grid(part, choices.cell_size)
    if choices.wall is not None:
        return found, choices.wall
    light = line_grid(Picture(cropped(~dark)[0]), choices.cell_size)
    if light and (found is None or _is_better(light, found, choices)):
        return light, LIGHT
    return found, DARK


def _is_better(one: Grid, other: Grid, choices: Choices) -> bool:
    """True if a grid has clearly larger cells, or explains more with cells of the chosen size."""
    return one.flaw < other.flaw if choices.cell_size else one.size > 1.1 * other.size


def _are_lines(lines: Grid, blocks: Grid, choices: Choices) -> bool:
    """True if walls are lines rather than blocks of cells, where both explain a picture."""
    if choices.cell_size:
        return _is_better(lines, blocks, choices)
    return lines.size > BLOCKS * blocks.size


def _blocks(
    whole: Picture, part: Picture, pixels: Pixels, choices: Choices
) -> tuple[Grid | None, bool]:
    """Cells that are dark or light as a whole, and whether a margin around them is left out."""
    outer = _block_grid(whole, pixels, choices)
    inner = None if part is whole else _block_grid(part, pixels, choices)
    if inner is None or inner.size < 2 or not _is_framed(inner.solid):
        return outer, False
    more = np.subtract((outer or inner).solid.shape, inner.solid.shape)
    if outer and abs(outer.size - inner.size) < 0.1 and max(more) <= 2:
        return outer, False  # a ring of light cells may itself be the wall around dark floor
    return inner, True


def _block_grid(picture: Picture, pixels: Pixels, choices: Choices) -> Grid | None:
    """Cells that are dark or light as a whole, unless any drawing has cells as small as these."""
    longest = max(picture.dark.shape)
    smallest = 1.0 if longest <= MAX_POINTS else 2.0
    grid = block_grid(picture, choices.cell_size, smallest if pixels.pure else MIN_SHADED)
    if grid and grid.size == 1 and choices.cell_size is None and longest > MAX_ICON:
        return grid if _has_thin_lines(picture.dark) else None
    return grid


def _has_thin_lines(dark: Mask) -> bool:
    """True if there are dark and light lines of one pixel, as in mazes of one pixel for each cell.

    Other drawings have lines of one thickness, far apart.
    """
    middle, sides = dark[:, 1:-1], (dark[:, :-2], dark[:, 2:])
    return bool((middle & ~sides[0] & ~sides[1]).any() and (~middle & sides[0] & sides[1]).any())


def _is_framed(solid: Mask) -> bool:
    """True if nearly all cells of the outer ring are dark."""
    ring = np.concatenate([solid[0], solid[-1], solid[:, 0], solid[:, -1]])
    return bool(ring.mean() >= FRAMED)


def _check_flaw(grid: Grid, choices: Choices) -> None:
    """Raise a MazeError if a grid does not explain a picture well enough."""
    if choices.cell_size is None and grid.flaw > 0:
        raise MazeError(
            f"most of this picture fits cells of {_pixels(grid.size)}, but some parts do not; fix "
            f"the picture, or set `cell_size` to {round(grid.size)}"
        )
    if grid.flaw > MAX_FLAW:
        raise MazeError(
            f"this picture does not fit cells of {choices.cell_size} pixels; choose another "
            "`cell_size`, or leave it out"
        )


def _block_maze(solid: Mask, choices: Choices, name: str) -> tuple[Maze, list[str]]:
    """Maze of dark and light cells, and sentences about it."""
    labels = Labels(solid.astype(np.uint8), [LIGHT, DARK])
    if choices.wall == LIGHT:
        labels = labels._replace(names=[DARK, LIGHT])
    reading = maze_from_labels(labels, choices.wall, name)
    return reading.maze, list(reading.said)


def _line_maze(grid: Grid, color: str, choices: Choices, name: str) -> tuple[Maze, list[str]]:
    """Maze of cells with lines between them, and sentences about it."""
    floor = ~grid.solid
    across, along = floor[:, 1:] & floor[:, :-1], floor[1:] & floor[:-1]
    right, below = grid.right[:, 1:-1] & across, grid.below[1:-1] & along
    if grid.solid.any() and (right == across).all() and (below == along).all():
        dark = grid.solid if choices.wall or color == DARK else floor
        maze, said = _block_maze(dark, choices, name)
        return maze, [f"found {_shape(grid)}, with lines that are not walls", *said]
    said = [f"found {_shape(grid)}, with {color} lines as walls"]
    openings = sum(
        int((~lines & cells).sum())
        for lines, cells in (
            (grid.right[:, 0], floor[:, 0]),
            (grid.right[:, -1], floor[:, -1]),
            (grid.below[0], floor[0]),
            (grid.below[-1], floor[-1]),
        )
    )
    if openings:
        said.append(f"openings in the outer wall are closed ({openings})")
    return Maze(floor, right, below, name), said


def _shape(grid: Grid) -> str:
    """Words for the number and the size of the cells."""
    rows, cols = grid.solid.shape
    return f"{cols} x {rows} cells of {_pixels(grid.size)}"


def _pixels(size: float) -> str:
    return "1 pixel" if size == 1 else f"{size:.3g} pixels"
