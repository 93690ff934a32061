"""Pictures of mazes, drawn in many ways."""

import io

import numpy as np
from PIL import Image

import gridemp
from gridemp import Maze

BLACK, WHITE = (0, 0, 0), (255, 255, 255)


def painted(dark, dark_color=BLACK, light_color=WHITE):
    """Picture of these dark pixels."""
    colors = np.array([light_color, dark_color], dtype=np.uint8)
    return Image.fromarray(colors[np.asarray(dark).astype(int)])


def with_blocks(solid, size, **colors):
    """Picture of dark and light cells."""
    return painted(np.kron(np.asarray(solid), np.ones((size, size))), **colors)


def with_lines(maze, step, thickness, margin=0, openings=(), **colors):
    """Picture of a maze with lines between its cells as walls.

    The lines above the columns of row 0 that are `openings` are left out.
    """
    height, width = maze.shape
    dark = np.zeros((height * step + thickness, width * step + thickness), dtype=bool)
    right = np.pad(maze.wall_right, ((0, 0), (1, 1)), constant_values=True)
    below = np.pad(maze.wall_below, ((1, 1), (0, 0)), constant_values=True)
    below[0, list(openings)] = False
    for row, col in np.argwhere(right) * step:
        dark[row : row + step + thickness, col : col + thickness] = True
    for row, col in np.argwhere(below) * step:
        dark[row : row + thickness, col : col + step + thickness] = True
    for row, col in np.argwhere(~maze.floor) * step:
        dark[row : row + step + thickness, col : col + step + thickness] = True
    return painted(np.pad(dark, margin), **colors)


def saved(picture, format="PNG", **options):
    """Contents of the file of a picture."""
    stream = io.BytesIO()
    picture.save(stream, format, **options)
    return stream.getvalue()


def noisy(picture, rng, deviation):
    """Picture with noise in each pixel."""
    values = np.asarray(picture, dtype=float)
    values = values + rng.normal(0, deviation, values.shape)
    return Image.fromarray(values.clip(0, 255).astype(np.uint8))


def resized(picture, rng):
    """Picture of another size, with shades at its edges."""
    share = rng.uniform(0.7, 2)
    size = round(picture.width * share), round(picture.height * share)
    return picture.resize(size, Image.BICUBIC)


def thin_maze(rng):
    """A random maze with thin walls."""
    kind = ("perfect", "braided")[rng.integers(2)]
    return gridemp.make_maze(kind, *rng.integers(4, 14, 2).tolist(), seed=int(rng.integers(999)))


def carved(rng):
    """Dark and light cells of a random maze whose walls and posts are cells."""
    maze = thin_maze(rng)
    height, width = maze.shape
    solid = np.ones((2 * height + 1, 2 * width + 1), dtype=bool)
    solid[1::2, 1::2] = False
    solid[1::2, 2:-1:2] = maze.wall_right
    solid[2:-1:2, 1::2] = maze.wall_below
    return solid


def random_picture(rng):
    """Contents of the file of a picture, and the maze that it shows."""
    if rng.random() < 0.5:
        solid = carved(rng)
        maze = Maze(~solid)
        picture = with_blocks(solid, int(rng.integers(6, 20)))
    else:
        maze = thin_maze(rng)
        step = int(rng.integers(8, 24))
        openings = rng.integers(maze.width, size=rng.integers(2))
        picture = with_lines(maze, step, int(rng.integers(1, step // 4 + 1)), 5, openings)
    change = rng.integers(5)
    if change == 1:
        picture = resized(picture, rng)
    elif change == 2:
        picture = noisy(picture, rng, 20)
    elif change == 3:
        return saved(picture, "JPEG", quality=int(rng.integers(60, 96))), maze
    elif change == 4:
        return saved(picture, ("GIF", "BMP")[rng.integers(2)]), maze
    return saved(picture), maze
