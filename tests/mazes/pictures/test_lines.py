import numpy as np
import pytest
from support.pictures import thin_maze, with_lines

from gridemp import Maze, parse_maze
from gridemp.mazes.pictures.grid import Picture, cropped
from gridemp.mazes.pictures.lines import line_grid, thicknesses

MAZE = thin_maze(np.random.default_rng(2))


def line_grid_of(dark):
    return line_grid(Picture(cropped(dark)[0]))


def dark(maze, step, thickness, **options):
    return np.asarray(with_lines(maze, step, thickness, **options).convert("L")) < 128


@pytest.mark.parametrize(("step", "thickness"), [(6, 1), (12, 2), (16, 5), (30, 10)])
def test_lines_are_found(step, thickness):
    picture = dark(MAZE, step, thickness, margin=7)
    grid = line_grid_of(picture)
    assert thickness in thicknesses(picture)
    assert (grid.size, grid.flaw) == (step, 0)
    assert Maze(~grid.solid, grid.right[:, 1:-1], grid.below[1:-1]) == MAZE


def test_openings_of_the_frame_are_found():
    grid = line_grid_of(dark(MAZE, 12, 2, openings=[1]))
    assert grid.below[0].tolist() == [col != 1 for col in range(MAZE.width)]


def test_solid_cells_are_found():
    maze = parse_maze("+-+-+-+\n|   |#|\n+ + +-+\n|   | |\n+ + + +\n|     |\n+-+-+-+")
    assert line_grid_of(dark(maze, 12, 2)).solid.tolist() == (~maze.floor).tolist()


def test_half_a_wall_is_a_flaw():
    picture = dark(MAZE, 16, 2)
    row, col = np.argwhere(MAZE.wall_right)[0]
    picture[16 * row + 5 : 16 * row + 12, 16 * (col + 1) : 16 * (col + 1) + 2] = False
    grid = line_grid_of(picture)
    assert grid.size == 16
    assert 0 < grid.flaw < 0.1


def test_a_wall_beside_the_lines_is_a_flaw():
    picture = dark(MAZE, 16, 2)
    picture[:16, 5:7] = True
    assert 0 < line_grid_of(picture).flaw < 0.1


@pytest.mark.parametrize("walls", [0, 0.5])
def test_a_frame_is_needed(walls):
    picture = np.zeros((100, 100), dtype=bool)
    picture[10:90, 10:12] = picture[10:12, 10:90] = True
    assert line_grid_of(picture) is None


def test_a_rectangle_has_no_cells():
    assert line_grid_of(dark(Maze([[1] * 4] * 3), 12, 2)) is None
