"""The source of a cell in words and characters."""

from dataclasses import replace

import numpy as np
import pytest
from support.worlds import world_of

from gridemp import Maze, World
from gridemp.analysis.cell import cell_source
from gridemp.report.cell_text import describe, drawing
from gridemp.report.rounding import rounded_up
from gridemp.worlds.conditions import Conditions


def test_the_drawing_of_a_corner():
    world = World.from_maze(Maze([[1, 1, 0], [1, 1, 1]], wall_below=[[True, False, False]]))
    assert drawing(cell_source(world, 0, 0, 2)).splitlines() == [
        "  +------+------+------+",
        "1 |  .     25.0 |######|",
        "  +------+      +------+",
        "0 |[25.0]  25.0   25.0 |",
        "  +------+------+------+",
        "     0      1      2",
        "(percent; [ ] is the start)",
    ]


def test_the_drawing_is_cropped_to_what_is_reached():
    lines = drawing(cell_source(world_of("room"), 5, 5, 1)).splitlines()
    assert lines[1].split() == ["6", ".", "20.0", "."]
    assert lines[3].split() == ["5", "20.0", "[20.0]", "20.0"]
    assert lines[-2].split() == ["4", "5", "6"]
    assert "|" not in "".join(lines)


def test_a_wide_drawing_has_one_character_a_cell():
    world = World.from_maze(Maze(np.ones((30, 41))))
    lines = drawing(cell_source(world, 20, 15, 12)).splitlines()
    row = next(line for line in lines if line.startswith("15 "))
    assert row.split()[1:] == ["9"] * 12 + ["@"] + ["9"] * 12
    assert max(map(len, lines)) <= 100
    huge = World.from_maze(Maze(np.ones((3, 200))))
    assert "101 x 3 cells, too many" in drawing(cell_source(huge, 100, 1, 50))


@pytest.mark.parametrize(("y", "widest"), [(10, True), (100, False)])
def test_percentages_fill_a_hundred_characters(y, widest):
    floor = np.zeros((101, 16))
    floor[[0, 90]] = 1
    lines = drawing(cell_source(World.from_maze(Maze(floor)), 7, y, 8)).splitlines()
    assert (max(map(len, lines)) == 100) == widest
    assert lines[-1].startswith("(percent" if widest else "(each digit")


def test_what_the_terminal_says():
    text = describe(cell_source(world_of("klyubin"), 5, 5, 5))
    assert text.startswith("klyubin, x = 5, y = 5, horizon 5, no noise\n")
    assert "5.5236 bits = log2 46" in text
    assert "outcomes: 46, each with probability 1/46 = 2.17%" in text
    assert "first action: east 25.03%, north 22.45%, west 22.13%, south 17.62%, stay" in text
    assert "certified" not in text
    noisy = replace(cell_source(world_of("klyubin", slip=0.1), 5, 5, 3), gap=1.01e-7)
    text = describe(noisy)
    assert f"{noisy.bits:.4f} bits, certified to {rounded_up(1.01e-7)} bits\n" in text
    estimated = replace(noisy.world, conditions=Conditions(noise="own", samples=9))
    text = describe(replace(noisy, world=estimated))
    assert f"certified to {rounded_up(1.01e-7)} bits for the estimated noise\n" in text
    assert "optimal sources" not in text
    x, y = 5, 6
    assert f"({x}, {y}) {noisy.grid()[world_of('klyubin').maze.rowcol(x, y)]:.2%}" in text
