import io

import numpy as np
import pytest
from PIL import Image, ImageDraw
from support.mutations import assert_refused_or_read
from support.pictures import (
    BLACK,
    WHITE,
    carved,
    painted,
    random_picture,
    saved,
    thin_maze,
    with_blocks,
    with_lines,
)

import gridemp
from gridemp import GridempError, Maze, MazeError
from gridemp.mazes.protocol import Choices
from gridemp.mazes.reading import read_maze

SOLID = carved(np.random.default_rng(3))
MAZE = thin_maze(np.random.default_rng(4))
INVERTED = {"dark_color": WHITE, "light_color": BLACK}


def read(picture, **choices):
    data = picture if isinstance(picture, bytes) else saved(picture)
    return read_maze(data, "maze", None, Choices(**choices))


@pytest.mark.slow
def test_random_pictures_are_read():
    rng = np.random.default_rng(5)
    for _ in range(25):
        data, maze = random_picture(rng)
        assert read(data).maze == maze


def test_cells_keep_their_ring_and_are_described():
    reading = read(with_blocks(SOLID, 7))
    height, width = SOLID.shape
    assert reading.maze == Maze(~SOLID)
    assert reading.said == (
        f"found {width} x {height} cells of 7 pixels",
        "dark is taken as wall, because the outer ring consists of it, and light as floor; set "
        "`wall` to change this",
    )


def test_lines_and_openings_are_described():
    reading = read(with_lines(MAZE, 12, 2, 20, [0]))
    assert reading.maze == MAZE
    assert reading.said == (
        f"found {MAZE.width} x {MAZE.height} cells of 12 pixels, with dark lines as walls",
        "openings in the outer wall are closed (1)",
    )


def test_light_lines_are_walls_as_well():
    reading = read(with_lines(MAZE, 12, 2, 20, **INVERTED))
    assert reading.maze == MAZE
    assert "with light lines as walls" in reading.said[0]
    assert read(with_lines(MAZE, 12, 2, 20, **INVERTED), wall="light").maze == MAZE


def test_a_margin_is_left_out():
    picture = painted(np.pad(np.kron(SOLID, np.ones((7, 7))), 30))
    reading = read(picture)
    assert reading.maze == Maze(~SOLID)
    assert reading.said[-1] == "a light margin is left out"


@pytest.mark.parametrize("picture", [with_blocks(~SOLID, 7), with_blocks(np.pad(SOLID, 1), 7)])
def test_a_light_ring_may_mean_two_mazes(picture):
    with pytest.raises(
        MazeError, match=r"whether light or dark means wall: .* choose one with `wall`"
    ):
        read(picture)


def test_the_colour_of_walls_can_be_chosen():
    assert read(with_blocks(~SOLID, 7), wall="light").maze == Maze(~SOLID)
    assert read(with_blocks(np.pad(SOLID, 1), 7), wall="dark").maze == Maze(~np.pad(SOLID, 1))
    with pytest.raises(GridempError, match="`wall` of a picture must be dark or light, not '1'"):
        read(with_blocks(SOLID, 7), wall="1")


def test_lines_between_all_cells_are_no_walls():
    closed = np.ones(SOLID.shape)
    reading = read(with_lines(Maze(~SOLID, closed[:, 1:], closed[1:]), 12, 3))
    assert reading.maze == Maze(~SOLID)
    assert reading.said[0].endswith("12 pixels, with lines that are not walls")


def test_marks_in_cells_are_floor():
    picture = with_lines(MAZE, 20, 2)
    draw = ImageDraw.Draw(picture)
    draw.text((8, 6), "S", fill="black")
    draw.rectangle((26, 6, 36, 16), fill="red")
    reading = read(picture)
    assert reading.maze == MAZE
    assert reading.said[-1] == "121 pixels of other colours are taken as light"


def test_a_flaw_is_refused_unless_the_size_is_chosen():
    picture = with_lines(MAZE, 16, 2)
    row, col = (16 * np.argwhere(MAZE.wall_right)[0]).tolist()
    ImageDraw.Draw(picture).rectangle((col + 16, row + 5, col + 17, row + 9), fill="white")
    with pytest.raises(MazeError, match="most of this picture fits cells of 16 pixels, but"):
        read(picture)
    assert read(picture, cell_size=16).maze == MAZE


def test_the_size_of_cells_can_be_chosen():
    halves = np.kron(SOLID, np.ones((2, 2)))
    assert read(with_blocks(SOLID, 8), cell_size=4).maze == Maze(1 - halves)
    with pytest.raises(MazeError, match="this picture does not fit cells of 11 pixels; choose"):
        read(with_blocks(SOLID, 8), cell_size=11)
    with pytest.raises(GridempError, match="`cell_size` must be a whole number, 1 or more, not 0"):
        read(with_blocks(SOLID, 8), cell_size=0)


def axes():
    from matplotlib.figure import Figure

    figure = Figure()
    figure.add_subplot().imshow(SOLID, cmap="binary")
    stream = io.BytesIO()
    figure.savefig(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    "picture",
    [
        axes(),
        painted(np.random.default_rng(6).random((300, 300)) < 0.5),
        with_lines(MAZE, 16, 2, 30).rotate(20, fillcolor="white"),
    ],
    ids=["axes", "noise", "rotated"],
)
def test_what_is_no_maze_is_refused(picture):
    with pytest.raises(MazeError, match="cannot find a grid of cells in this picture; crop it"):
        read(picture)


def test_files_are_opened_by_suffix_or_contents(tmp_path):
    for name in ("maze.png", "maze"):
        path = tmp_path / name
        path.write_bytes(saved(with_lines(MAZE, 12, 2)))
        with pytest.warns(gridemp.MazeWarning, match=rf"{name}: found .* with dark lines as walls"):
            assert gridemp.load_maze(path) == MAZE
    path.write_bytes(saved(Image.new("L", (9, 9))))
    with pytest.raises(MazeError, match="maze: this picture has one colour only"):
        gridemp.load_maze(path, format="picture", cell_size=3)


def test_mutated_pictures_are_read_or_refused():
    small = with_lines(MAZE, 8, 2)
    seeds = [saved(small, format) for format in ("PNG", "GIF", "BMP", "JPEG")]
    read, refused = assert_refused_or_read(seeds, 120)
    assert read > 10
    assert refused > 10


def test_a_pixel_may_be_a_cell_but_not_of_a_drawing():
    assert read(painted(SOLID)).maze == Maze(~SOLID)
    large = np.tile(SOLID, (10, 10))
    assert read(painted(large)).maze == Maze(~large)
    circle = Image.new("L", (200, 200), 255)
    ImageDraw.Draw(circle).ellipse((20, 20, 180, 180), outline=0, width=2)
    with pytest.raises(MazeError, match="cannot find a grid of cells"):
        read(circle)
    with pytest.raises(MazeError, match="cannot find a grid of cells"):
        read(painted(np.tile(SOLID, (30, 30))))
    assert read(circle, cell_size=1, wall="dark").maze.shape == (200, 200)
