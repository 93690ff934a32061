import copy
import pickle

import numpy as np
import pytest

import gridemp
from gridemp import Maze, parse_maze
from gridemp.mazes.masks import connected_cells


def test_y_points_up():
    maze = Maze(np.ones((3, 5)))
    assert maze.xy(2, 0) == (0, 0)
    assert maze.xy(0, 4) == (4, 2)
    assert all(maze.rowcol(*maze.xy(r, c)) == (r, c) for r in range(3) for c in range(5))


def test_cells_are_in_array_order():
    assert Maze([[0, 1], [1, 1]]).cells.tolist() == [[0, 1], [1, 0], [1, 1]]


def test_equality_is_of_cells_and_walls_not_of_names():
    a = Maze(np.ones((2, 2)), name="a")
    b = Maze(np.ones((2, 2)), name="b")
    walled = Maze(np.ones((2, 2)), wall_right=[[1], [0]])
    assert a == b
    assert hash(a) == hash(b)
    assert a != walled
    assert a != Maze(np.ones((1, 4)))
    assert a != "a"


def test_a_maze_cannot_be_changed():
    maze = Maze([[1]])
    with pytest.raises(ValueError, match="read-only"):
        maze.floor[0, 0] = False


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (([[0, 0]],), "no floor cell"),
        (([1, 1],), "2-D array of cells"),
        (([["#", "."]],), "parse_maze reads text"),
        (([[]],), "2-D array of cells"),
        (
            ([[1, 1]], [[1, 1]]),
            r"`wall_right` must have shape \(1, 1\) for these cells, not \(1, 2\)",
        ),
        (([[1, 1]], None, [[1, 1]]), r"`wall_below` must have shape \(0, 2\)"),
    ],
)
def test_shapes_must_fit(arguments, sentence):
    with pytest.raises(gridemp.MazeError, match=sentence):
        Maze(*arguments)


@pytest.mark.parametrize(
    ("floor", "sentence"),
    [
        (
            np.array([[0.2, 0.9]]),
            r"`floor` must be .* 1 and 0, without 0\.2; compare the array with",
        ),
        ([[1, 2]], "without 2; compare the array with a threshold"),
        ([[1, np.nan]], "without nan"),
        ([[1, 1], [1]], "with rows of equal length, not "),
        ("klyubin", "not 'klyubin'; parse_maze reads text"),
        (Maze([[1]]), "not a Maze"),
        (None, "not None"),
        (1, "not 1"),
    ],
)
def test_a_floor_is_of_true_and_false(floor, sentence):
    with pytest.raises(gridemp.MazeError, match=sentence):
        Maze(floor)


def test_walls_are_of_true_and_false_and_a_name_is_text():
    with pytest.raises(gridemp.MazeError, match=r"`wall_right` must be .* without 0\.5"):
        Maze([[1, 1]], [[0.5]])
    with pytest.raises(gridemp.GridempError, match=r"`name` must be a str, not 3"):
        Maze([[1, 1]], name=3)


def test_width_and_height_count_cells():
    maze = Maze(np.ones((3, 5)))
    assert (maze.width, maze.height) == (5, 3)


@pytest.mark.parametrize(
    ("array", "wall", "floor"),
    [
        ([[1, 0], [0, 0]], 1, [[0, 1], [1, 1]]),
        ([[1.0, 0.0]], 1, [[0, 1]]),
        ([[True, False]], True, [[0, 1]]),
        ([[True, False]], False, [[1, 0]]),
        (np.array([[2, 1, 8]], dtype=np.uint8), 2, [[0, 1, 1]]),
        ([[2.0, 1.0]], 2, [[0, 1]]),
        ([[0, 0]], 1, [[1, 1]]),
        ([[1, 1, 1], [1, 0, 1], [1, 1, 1]], 1, [[0, 0, 0], [0, 1, 0], [0, 0, 0]]),
    ],
)
def test_a_maze_from_an_array(array, wall, floor):
    assert Maze.from_array(array, wall) == Maze(floor)
    assert Maze.from_array(array, wall=wall, name="office").name == "office"


def test_an_array_is_not_changed_with_its_maze():
    array = np.array([[True, False]])
    maze = Maze.from_array(array, wall=False)
    array[0, 1] = True
    assert maze.floor.tolist() == [[True, False]]


@pytest.mark.parametrize(
    ("array", "wall", "sentence"),
    [
        ([[0.2, 0.9]], 1, r"`array` must be .* without 0\.2; compare the array with a threshold"),
        ([[0, 255]], 1, "no value of `array` is 1; choose `wall` from .* from 0 to 255"),
        ([[0, 1]], "#", "`wall` must be the whole number that means wall, not '#'"),
        ([[1, 1]], 1, "no floor cell"),
        ([0, 1], 1, "2-D array of cells"),
        (["##", ".."], 1, r"`array` must be an array of numbers .* not .*; parse_maze reads text"),
        ([[np.inf, 1]], 1, "`array` must be an array of whole numbers, without inf"),
        ("klyubin", 1, "`array` must be .* not 'klyubin'"),
        (np.array([["1", "0"]]), 1, "`array` must be .* not an array of <U1; parse_maze reads"),
        (np.array([[1, None]]), 1, "`array` must be .* not an array of object; parse_maze reads"),
        (
            [[1, 0], [1]],
            1,
            r"rows of equal length, not \[\[1, 0\], \[1\]\]",
        ),
        ([[np.nan, 1]], 1, "`array` must be .* without nan"),
        (np.zeros((2, 2, 2)), 1, r"2-D array of cells; this one has shape \(2, 2, 2\)"),
        ([[]], 1, r"2-D array of cells; this one has shape \(1, 0\)"),
        (np.ma.array([[1, 0]], mask=[[1, 0]]), 1, "`array` must be an array without masked cells"),
        ([[0, 1]], 1.0, "`wall` must be the whole number that means wall, not 1.0"),
    ],
)
def test_an_array_that_is_no_maze_is_refused(array, wall, sentence):
    with pytest.raises(gridemp.GridempError, match=sentence):
        Maze.from_array(array, wall)


def test_mazes_and_worlds_can_be_pickled_and_copied():
    maze = Maze([[1, 1], [1, 0]], [[1], [0]], objects={(0, 1): "T"}, name="small")
    for twin in (pickle.loads(pickle.dumps(maze)), copy.deepcopy(maze)):
        assert twin == maze
        assert twin.name == "small"
    world = pickle.loads(pickle.dumps(gridemp.World.from_maze(maze)))
    assert gridemp.empowerment(world, 2).outcomes.tolist() == [2, 1, 2]


def test_connected_cells_are_those_that_a_path_reaches_nearest_first():
    floor = parse_maze("..#.\n#.#.\n...#").floor
    rows, cols = connected_cells(floor, 0, 0)
    assert rows.tolist() == [0, 0, 1, 2, 2, 2]
    assert cols.tolist() == [0, 1, 1, 1, 0, 2]


def test_a_maze_gets_another_name_and_other_boxes():
    maze = parse_maze("$.\nT.", name="one")
    assert maze.named("two") == maze
    assert maze.named("two").name == "two"
    moved = maze.with_boxes([(0, 1)])
    assert (moved.name, dict(moved.objects)) == ("one", {(0, 1): "$", (1, 0): "T"})
