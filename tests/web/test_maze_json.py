import numpy as np

from gridemp import Maze, parse_maze
from gridemp.web.maze_json import lines_of


def test_cells_hold_objects_and_walls_stand_between_them():
    maze = parse_maze("+-+-+-+\n|S|   |\n+ +-+ +\n|     |\n+-+-+-+")
    assert lines_of(maze) == {"cells": ["S..", "..."], "right": ["|.", ".."], "below": [".-."]}


def test_row_0_stands_first():
    floor = np.array([[1, 0, 1], [1, 1, 1]])
    right, below = np.array([[0, 0], [1, 0]]), np.array([[1, 0, 0]])
    maze = Maze(floor, right, below, objects={(1, 2): "G"})
    assert lines_of(maze) == {"cells": [".#.", "..G"], "right": ["..", "|."], "below": ["-.."]}


def test_a_single_cell_has_no_room_for_walls():
    assert lines_of(Maze([[1]])) == {"cells": ["."], "right": [""], "below": []}
