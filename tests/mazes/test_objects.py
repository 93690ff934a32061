"""Objects on the floor of a maze."""

import pytest

import gridemp
from gridemp import Maze


def test_objects_lie_on_floor_cells():
    maze = Maze([[1, 1], [1, 0]], objects={(1, 0): "$", (0, 1): "T"})
    assert dict(maze.objects) == {(0, 1): "T", (1, 0): "$"}
    assert maze.where("T$").tolist() == [False, True, True]
    assert maze != Maze([[1, 1], [1, 0]])
    assert len({maze, Maze([[1, 1], [1, 0]], objects={(0, 1): "T", (1, 0): "$"})}) == 1


@pytest.mark.parametrize(
    ("objects", "sentence"),
    [
        ({(1, 1): "$"}, "the box that can be pushed at row 1, column 1 is not on a floor cell"),
        ({(-1, 0): "T"}, "the trap at row -1, column 0 is not on a floor cell"),
        ({(0, 0): "x"}, "there is no object 'x'; use one of T"),
        ({(0, 0): ["T"]}, r"there is no object \['T'\]"),
        ({(0.5, 0): "T"}, r"`objects` maps the \(row, col\) of cells to characters"),
        ({0: "T"}, r"`objects` maps the \(row, col\) of cells to characters"),
        (["T"], r"`objects` maps the \(row, col\) of cells to characters"),
    ],
)
def test_wrong_objects_are_refused(objects, sentence):
    with pytest.raises(gridemp.MazeError, match=sentence):
        Maze([[1, 1], [1, 0]], objects=objects)
