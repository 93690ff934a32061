"""Mazes and maps as text in a terminal and as pictures in a notebook."""

import io

import matplotlib
import numpy as np
import pytest
from PIL import Image

from gridemp import Maze, World, empowerment, parse_maze

MAZE = parse_maze("..#\n...", name='<b>"m"')
EMAP = empowerment(World.from_maze(MAZE), 1)


def test_a_maze_prints_as_its_text():
    assert parse_maze(str(MAZE)) == MAZE
    large = Maze(np.ones((41, 3)))
    assert str(large) == repr(large)


def test_a_map_prints_its_numbers_where_they_stand():
    lines = str(EMAP).splitlines()
    assert lines[0] == '<b>"m", horizon 1, no noise, in bits'
    assert [line.split() for line in lines[1:]] == [["1.58", "1.58", "#"], ["1.58", "2.00", "1.00"]]
    assert str(empowerment(World.from_maze(Maze(np.ones((41, 3)))), 1)).startswith(
        "EmpowermentMap("
    )


@pytest.mark.parametrize("shown", [MAZE, EMAP])
def test_both_are_pictures_in_a_notebook(shown):
    picture = Image.open(io.BytesIO(shown._repr_png_()))
    assert min(picture.size) > 100
    assert len(picture.convert("RGB").getcolors(10**6)) > 2


def test_the_html_of_a_map_says_what_it_shows_and_escapes_names():
    text = EMAP._repr_html_()
    assert "the peak is 2.00 bits at x = 1, y = 0" in text
    assert "<b>" not in text
    assert "&lt;b&gt;&quot;m&quot;" in text


@pytest.mark.parametrize(
    "show", [MAZE._repr_png_, EMAP._repr_png_, EMAP._repr_html_], ids=["maze", "map", "html"]
)
def test_settings_of_the_user_do_not_change_a_picture(show):
    plain = show()
    with matplotlib.rc_context({"font.size": 30, "savefig.facecolor": "red", "axes.grid": True}):
        assert show() == plain
