"""Mazes and their values on axes."""

from dataclasses import replace

import matplotlib
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from support.figures import first_by_gid
from support.worlds import emap_of

import gridemp
from gridemp import Maze, World, empowerment, parse_maze
from gridemp.render import heatmap


def cells(ax):
    """Artist that colours the cells: a mesh, or an image if the maze is large."""
    return ax.images[0] if ax.images else ax.collections[0]


@pytest.mark.parametrize("side", [9, 60])
def test_solid_cells_are_masked_and_do_not_set_the_range(side):
    floor = np.ones((side, side), dtype=bool)
    floor[2, 3] = False
    emap = emap_of(Maze(floor))
    ax = heatmap(emap)
    assert bool(ax.images) == (side == 60)
    drawn = cells(ax).get_array().reshape(side, side)
    assert drawn.mask.sum() == 1
    assert drawn.mask[2, 3]
    assert cells(ax).get_clim() == (np.log2(3), np.log2(5))
    red, green, blue, _ = ax.get_facecolor()
    assert red == green == blue


@pytest.mark.parametrize("side", [9, 60])
def test_each_cell_is_drawn_where_its_x_and_y_say(side):
    wall_right = np.zeros((side, side - 1), dtype=bool)
    wall_right[1, 4] = True
    emap = emap_of(Maze(np.ones((side, side)), wall_right), 2)
    ax = heatmap(emap)
    canvas = FigureCanvasAgg(ax.figure)
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())
    for x, y in ((5, side - 2), (4, side - 2), (0, 0), (side - 1, 3)):
        column, up = ax.transData.transform((x - 0.3, y - 0.3))
        value = emap.grid()[emap.world.maze.rowcol(x, y)]
        expected = cells(ax).to_rgba(value, bytes=True)
        np.testing.assert_allclose(pixels[-int(up) - 1, int(column)], expected, atol=2)


@pytest.mark.slow
def test_cells_are_square_and_axes_point_right_and_up():
    ax = heatmap(emap_of(Maze(np.ones((4, 9)))))
    assert ax.get_aspect() == 1
    assert ax.get_xlim()[0] < ax.get_xlim()[1]
    assert ax.get_ylim()[0] < ax.get_ylim()[1]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("x", "y")


@pytest.mark.parametrize(
    ("shape", "xticks", "yticks"),
    [
        ((3, 3), [0, 1, 2], [0, 1, 2]),
        ((10, 10), list(range(10)), list(range(10))),
        ((7, 40), list(range(0, 40, 5)), [0, 5]),
        ((200, 200), list(range(0, 200, 20)), list(range(0, 200, 20))),
    ],
)
def test_ticks_thin_out_and_stay_on_cell_centres(shape, xticks, yticks):
    ax = heatmap(emap_of(Maze(np.ones(shape))))
    assert ax.get_xticks().tolist() == xticks
    assert ax.get_yticks().tolist() == yticks


def test_the_faint_grid_is_dropped_on_large_mazes():
    counts = [
        len(heatmap(emap_of(Maze(np.ones((n, n))))).collections[1:]) for n in (10, 20, 21, 40)
    ]
    assert counts == [3, 3, 2, 2]  # walls and their casing, and the grid


def test_floor_without_a_state_is_neither_wall_nor_coloured():
    maze = parse_maze("...")
    world = World(
        maze, ("go",), [[[1]], [[0]]], np.ones((2, 1, 1)), sensor=np.arange(2), cell=[0, 2]
    )
    ax = heatmap(empowerment(world, 1))
    pale = first_by_gid(ax, "stateless")
    (box,) = [path.get_extents().bounds for path in pale.get_paths()]
    assert box == (0.5, -0.5, 1, 1)
    assert pale.get_facecolor()[0, 0] > ax.get_facecolor()[0]


@pytest.mark.parametrize("origin", ["upper", "lower"])
def test_a_large_map_is_an_upright_image_of_sharp_cells(origin):
    maze = Maze(np.ones((60, 50)), objects={(0, 7): "S"})
    emap = emap_of(maze)
    values = np.tile(np.arange(50.0), (60, 1)) + 100 * np.arange(60.0)[:, None]  # all differ
    emap = replace(emap, bits=values.ravel())
    with matplotlib.rc_context({"image.origin": origin, "image.interpolation": "bicubic"}):
        ax = heatmap(emap, peak=False)
        canvas = FigureCanvasAgg(ax.figure)
        canvas.draw()
    (image,) = ax.images
    assert image.get_interpolation() == "nearest"
    np.testing.assert_array_equal(image.get_array(), values)
    pixels = np.asarray(canvas.buffer_rgba())
    for x, y in ((0, 0), (49, 0), (0, 59), (49, 59), (20, 10), (31, 44)):
        for shift in (-0.25, 0.25):
            column, up = ax.transData.transform((x + shift, y + shift))
            expected = image.to_rgba(values[59 - y, x], bytes=True)
            np.testing.assert_allclose(pixels[-int(up) - 1, int(column)], expected, atol=1)


@pytest.mark.parametrize(("shape", "images"), [((50, 50), 0), ((41, 61), 1)])
def test_beyond_2500_cells_a_map_is_an_image(shape, images):
    assert len(heatmap(emap_of(Maze(np.ones(shape)))).images) == images


def test_vector_cells_have_edges_of_their_own_colour():
    with matplotlib.rc_context({"pcolor.shading": "nearest"}):
        ax = heatmap(emap_of(gridemp.load_maze("klyubin"), 2))
    ax.figure.draw_without_rendering()
    mesh = cells(ax)
    assert len(mesh.get_facecolor()) == 100
    np.testing.assert_array_equal(mesh.get_edgecolor(), mesh.get_facecolor())
    assert min(mesh.get_linewidth()) > 0
