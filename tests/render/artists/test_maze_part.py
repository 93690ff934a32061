"""The part of a maze around a cell."""

import numpy as np
import pytest
from support.figures import by_gid

from gridemp import Maze, World
from gridemp.analysis.cell import cell_source
from gridemp.analysis.cell_outcomes import fewest_steps
from gridemp.render.artists.walls_and_objects import wall_segments
from gridemp.render.figures.cell import draw_source


def moved(artist, points):
    """Points of an artist in coordinates (x, y) of its axes."""
    to_axes = artist.get_transform() - artist.axes.transData
    return to_axes.transform(np.asarray(points).reshape(-1, 2))


def unit_edges(segments):
    """Middles of all the walls, each one cell long, that make up segments of any length."""
    middles = set()
    for start, stop in np.asarray(segments).tolist():
        count = round(abs(stop[0] - start[0]) + abs(stop[1] - start[1]))
        for i in range(count):
            part = (i + 0.5) / count
            middle = np.add(np.multiply(start, 1 - part), np.multiply(stop, part))
            middles.add(tuple(np.round(2 * middle) / 2))
    return middles


@pytest.mark.slow
@pytest.mark.parametrize("torus", ["", "xy"])
@pytest.mark.parametrize(("x", "y"), [(25, 20), (2, 37), (47, 2)])
def test_a_part_is_drawn_as_in_the_whole(x, y, torus):
    random = np.random.default_rng(3)
    thin = (random.random(shape) < 0.2 for shape in ((40, 49), (39, 50)))
    floor = random.random((40, 50)) < 0.9
    row, col = 39 - y, x
    floor[row, col] = True
    objects = dict.fromkeys(map(tuple, np.argwhere(floor)[::7].tolist()), "S")
    maze = Maze(floor, *thin, objects=objects)
    source = cell_source(World.from_maze(maze, torus=torus), x, y, 2)
    ax = draw_source(source, title=False)
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    assert right - left <= 7
    mesh = ax.collections[0]
    corners = moved(mesh, mesh.get_coordinates()[[0, -1], [0, -1]])
    np.testing.assert_allclose(corners, [(left, top), (right, bottom)])
    across = slice(round(left + 0.5), round(right + 0.5))
    up = slice(40 - round(top + 0.5), 40 - round(bottom + 0.5))
    drawn = mesh.get_array().reshape(up.stop - up.start, -1).filled(np.nan)
    np.testing.assert_array_equal(drawn, fewest_steps(source)[up, across])
    cut_x, cut_y = ({left, right} - {-0.5, 49.5}, {bottom, top} - {-0.5, 39.5})
    if torus:
        cut_x, cut_y = {left, right}, {bottom, top}
    (walls,) = by_gid(ax, "walls")
    inside = {
        (u, v)
        for u, v in unit_edges(wall_segments(maze, torus))
        if left <= u <= right and bottom <= v <= top and u not in cut_x and v not in cut_y
    }
    segments = [moved(walls, segment) for segment in walls.get_segments()]
    assert unit_edges(segments) == inside != set()
    (marks,) = (line for line in ax.lines if line.get_gid() == "object S")
    seen = {tuple(place) for place in moved(marks, marks.get_xydata()).round().tolist()}
    near = {maze.xy(*place) for place in objects}
    assert seen == {(u, v) for u, v in near if left < u < right and bottom < v < top} != set()


def test_what_is_drawn_of_a_large_maze_is_small():
    floor = np.random.default_rng(1).random((200, 300)) < 0.6
    floor[95:106, 145:156] = True
    ax = draw_source(cell_source(World.from_maze(Maze(floor)), 150, 100, 3), title=False)
    assert ax.get_xlim() == (145.5, 154.5)
    assert ax.get_ylim() == (95.5, 104.5)
    assert sum(len(each.get_paths()) for each in ax.collections) < 300
    assert len(ax.get_children()) < 40
    assert [int(tick) for tick in ax.get_xticks()] == list(range(146, 155))
