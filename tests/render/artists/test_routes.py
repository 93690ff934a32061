"""The line of a walk."""

import numpy as np
from support.walkers import hand_made, walk_through, walked

from gridemp import Maze, World, parse_maze
from gridemp.render.artists.routes import lane_offsets, trail_path, walk_legs


def pieces(path):
    """The points of each unbroken piece of a path."""
    vertices, codes = path.vertices, path.codes
    return np.split(vertices, np.flatnonzero(codes == path.MOVETO)[1:])


def test_a_seam_is_never_crossed_by_a_stroke():
    maze = Maze(np.ones((4, 6)))
    path = hand_made(maze, [(5, 1), (0, 1), (0, 0), (0, 3), (0, 3), (5, 3)], torus="xy")
    legs = walk_legs(path)
    assert [leg.vector for leg in legs] == [(1, 0), (0, -1), (0, -1), (-1, 0)]
    drawn = pieces(trail_path(legs, lane_offsets(legs, maze.shape, 0.1), maze.shape))
    assert len(drawn) == 4
    for piece in drawn:
        assert abs(np.diff(piece, axis=0)).max() < 1
    np.testing.assert_allclose(drawn[0][[0, -1]], [(5, 1), (5.5, 1)])
    np.testing.assert_allclose(drawn[1][[0, -1]], [(-0.5, 1), (0, -0.5)])
    np.testing.assert_allclose(drawn[3][[0, -1]], [(5.5, 3), (5, 3)])


def test_on_a_torus_of_two_columns_the_action_tells_the_way():
    maze = Maze(np.ones((1, 2)))
    for action, dx in (("east", 1), ("west", -1)):
        path = hand_made(maze, [(0, 0), (1, 0)], "xy", [action])
        assert [leg.vector for leg in walk_legs(path)] == [(dx, 0)]


def test_slides_go_straight():
    _, path = walked(parse_maze(".~~~.\n#####"), 1, 0, 1, 1)
    assert path.xy.tolist() == [[0, 1], [4, 1]] or not path.moved.any()
    sliding = World.from_maze(parse_maze(".~~~."))
    slide = walk_through(sliding, [0, 4], [1])
    legs = walk_legs(slide)
    assert [(leg.start, leg.vector) for leg in legs] == [((x, 0), (1, 0)) for x in range(4)]


def test_passes_over_an_edge_lie_side_by_side_each_to_its_right():
    maze = Maze(np.ones((1, 3)))
    path = hand_made(maze, [(0, 0), (1, 0), (0, 0), (1, 0), (2, 0)])
    legs = walk_legs(path)
    aside = lane_offsets(legs, maze.shape, 0.1)
    np.testing.assert_allclose(sorted(aside[:3]), [0, 0.1, 0.1], atol=1e-12)
    assert aside[3] == 0
    heights = [-a if leg.vector == (1, 0) else a for leg, a in zip(legs, aside, strict=True)]
    assert len(set(np.round(heights[:3], 9))) == 3
    assert heights[1] > max(heights[0], heights[2])  # westwards is north of eastwards
    many = hand_made(maze, [(0, 0), (1, 0)] * 20)
    spread = lane_offsets(walk_legs(many), maze.shape, 0.1)
    assert abs(spread).max() <= 0.3 + 1e-12
    np.testing.assert_allclose(np.diff(np.unique(spread.round(9))).min(), 0.1)
    assert lane_offsets(walk_legs(many), maze.shape, 2.0).tolist() == [0] * 39
