import pytest
from support.formats import assert_mistake
from support.mutations import assert_refused_or_read

import gridemp
from gridemp import Maze
from gridemp.mazes.protocol import Choices
from gridemp.mazes.reading import read_maze

GRID = """\
WGWGWGWGWGWGWG
WG>>  KYWG  WG
WG__FRABDRVRWG
WGLYWGBP  GGWG
WG    WGWGWGWG
WGWGWGWGWGWGWG
"""


def read(text):
    return read_maze(text, "maze", "minigrid", Choices())


def test_each_pair_of_characters_is_a_cell():
    reading = read(GRID)
    floor = [[1, 1, 1, 0, 1], [1] * 5, [1, 0, 1, 1, 1], [1, 1, 0, 0, 0]]
    objects = {(0, 0): "S", (0, 2): "y", (1, 0): "d", (1, 2): "b", (1, 3): "D", (1, 4): "T"}
    objects |= {(2, 0): "Y", (2, 2): "b", (2, 4): "T"}
    assert reading.maze == Maze(floor, objects=objects)
    assert reading.left_out == (
        "goals, which become traps, as both absorb (1)",
        "boxes, which become balls, as hands can carry both (1)",
        "colours of doors (1)",
        "colours of balls (1)",
    )
    assert reading.said == ()


@pytest.mark.parametrize(("pair", "letter"), [("KG", "l"), ("LG", "L")])
def test_an_initial_of_two_colours_is_said(pair, letter):
    reading = read(f"WGWGWGWG\nWG>>{pair}WG\nWGWGWGWG")
    assert reading.maze == Maze([[1, 1]], objects={(0, 0): "S", (0, 1): letter})
    assert reading.said == (
        "the G of keys and locked doors is read as green, though it may also stand for grey",
    )


def test_grids_are_recognised():
    guessed = read_maze(GRID, "maze", None, Choices())
    assert guessed.maze == read(GRID).maze
    assert guessed.said == ("read as a grid of MiniGrid, because WG stands for its walls",)


def test_cells_that_walls_cut_off_are_not_floor():
    assert read("WGWGWGWGWG\nWGVVWG  WG\nWGWGWGWGWG").maze == Maze([[1]], objects={(0, 0): "S"})


@pytest.mark.parametrize(
    ("text", "line", "column", "sentence"),
    [
        ("WGWG\nWGXX", 2, 3, "'XX' is not a cell of MiniGrid; pprint_grid writes two characters"),
        ("WGWG\nWG>>\nWG<<", 3, 3, "this is a second agent"),
        ("WGWG\n  WG", 1, 1, "there is no agent"),
        ("WGWG\nWG>", 2, 3, "'>' is not a cell"),
    ],
)
def test_errors_name_line_and_column(text, line, column, sentence):
    assert_mistake(text, line, column, sentence, "minigrid")


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    ["Empty-5x5", "LavaGapS6", "DoorKey-5x5", "FourRooms", "UnlockPickup", "KeyCorridorS3R2"],
)
def test_grids_of_environments(name):
    gymnasium = pytest.importorskip("gymnasium")
    pytest.importorskip("minigrid")
    env = gymnasium.make(f"MiniGrid-{name}-v0")
    env.reset(seed=1)
    maze = read(env.unwrapped.pprint_grid()).maze
    world = gridemp.from_minigrid(env)
    assert maze.shape == world.maze.shape
    assert (maze.floor == world.maze.floor).all()
    expected = {cell: "T" if each == "G" else each for cell, each in world.maze.objects.items()}
    assert maze.objects == expected


def test_mutated_grids_are_read_or_refused():
    read_count, refused = assert_refused_or_read([GRID], 300, "minigrid")
    assert read_count
    assert refused
