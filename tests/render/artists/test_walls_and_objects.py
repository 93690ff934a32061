"""Walls, objects and peaks on axes."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from support.figures import first_by_gid
from support.worlds import emap_of

import gridemp
from gridemp import Maze, parse_maze
from gridemp.render import heatmap
from gridemp.render.artists.walls_and_objects import wall_segments


def test_the_peak_is_ringed():
    peak = first_by_gid(heatmap(emap_of(gridemp.load_maze("room"), 5)), "peak")
    assert list(zip(*peak.get_data(), strict=True)) == [(5, 5)]


@pytest.mark.slow
def test_a_ring_is_a_ring_with_numbers_and_clear_of_a_box_in_it():
    emap = emap_of(gridemp.load_maze("room"), 5)
    for annotate in (None, "bits"):
        assert first_by_gid(heatmap(emap, annotate=annotate), "peak").get_marker() == "o"
    ax = heatmap(emap_of(gridemp.load_maze("box"), 5, torus=True))
    ring, box = first_by_gid(ax, "peak"), first_by_gid(ax, "object $")
    assert ring.get_xydata().tolist() == box.get_xydata().tolist()
    assert ring.get_markersize() > 1.5 * 2**0.5 * box.get_markersize()  # outside of its corners


def test_peaks_that_tie_are_all_ringed_but_not_a_plateau_or_a_flat_map():
    field = gridemp.load_maze("field")
    two_by_two = first_by_gid(heatmap(emap_of(field, 5)), "peak")
    assert len(two_by_two.get_xdata()) == 4
    assert first_by_gid(heatmap(emap_of(field, 1)), "peak") is None
    assert first_by_gid(heatmap(emap_of(parse_maze("..\n.."), 5)), "peak") is None


def test_walls_are_straight_runs_joined():
    maze = parse_maze("+-+-+-+\n|     |\n+-+-+ +\n|   |#|\n+-+-+-+")
    assert sorted(wall_segments(maze)) == sorted(
        [
            ((-0.5, 1.5), (2.5, 1.5)),  # outer walls
            ((-0.5, -0.5), (2.5, -0.5)),
            ((-0.5, 1.5), (-0.5, -0.5)),
            ((2.5, 1.5), (2.5, -0.5)),
            ((-0.5, 0.5), (2.5, 0.5)),  # two thin walls and the top of the solid cell
            ((1.5, 0.5), (1.5, -0.5)),
        ]
    )


def test_walls_of_a_huge_maze_do_not_hide_its_colours():
    floor = np.ones((500, 500), dtype=bool)
    floor[::2, ::2] = False
    assert len(first_by_gid(heatmap(emap_of(Maze(floor))), "walls").get_segments()) == 4


def test_no_wall_is_drawn_where_a_torus_joins_the_edges():
    maze = parse_maze("...\n...")
    outer = {
        ((-0.5, 1.5), (2.5, 1.5)),
        ((-0.5, -0.5), (2.5, -0.5)),
        ((-0.5, 1.5), (-0.5, -0.5)),
        ((2.5, 1.5), (2.5, -0.5)),
    }
    assert set(wall_segments(maze)) == outer
    assert wall_segments(maze, "xy") == []
    assert {segment[0][0] == segment[1][0] for segment in wall_segments(maze, "x")} == {False}
    assert {segment[0][1] == segment[1][1] for segment in wall_segments(maze, "y")} == {False}
    solid = parse_maze("#..\n...")  # its neighbour round the edge is floor
    assert ((2.5, 1.5), (2.5, 0.5)) in wall_segments(solid, "x")


def test_objects_are_marked_where_they_lie():
    maze = parse_maze("T$B\n~^>\nv<S\nG..")
    ax = heatmap(emap_of(maze))
    for (row, col), letter in maze.objects.items():
        mark = first_by_gid(ax, f"object {letter}")
        assert list(zip(*mark.get_data(), strict=True)) == [maze.xy(row, col)]
    assert (
        first_by_gid(ax, "object $").get_markerfacecolor() == "none"
    )  # hollow, as it can be pushed
    assert first_by_gid(ax, "object B").get_markerfacecolor() == "black"


def test_a_ball_does_not_look_like_the_ring_of_a_peak():
    ax = heatmap(emap_of(parse_maze("b..")), peak=False)
    ball = first_by_gid(ax, "object b")
    canvas = FigureCanvasAgg(ax.figure)
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())[::-1, :, 0]
    size = ball.get_markersize() * ax.figure.dpi / 72
    x, y = ax.transData.transform((0, 0))
    light, shade = (pixels[int(y - d * size), int(x + d * size)] for d in (-0.2, 0.2))
    assert (light, shade) == (255, 0)


def test_marks_smaller_than_can_be_read_are_left_out():
    floor = np.ones((200, 200))
    ax = heatmap(emap_of(Maze(floor, objects={(5, 5): "T"})))
    assert first_by_gid(ax, "object T") is None
