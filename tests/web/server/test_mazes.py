"""Drawings become mazes and mazes drawings, or are refused."""

import msgspec
import pytest
from hypothesis import given, settings
from support.command_line import run
from support.questions import ask
from support.serving import refusal
from support.strategies import furnished

from gridemp.web.server import api
from gridemp.web.server.api import decoded
from gridemp.web.server.mazes import drawing_of, maze_of


@pytest.mark.slow
@settings(max_examples=25)
@given(furnished(max_side=5, boxes=5))
def test_a_drawing_keeps_all_of_a_maze_and_its_text_too(maze):
    drawn = drawing_of(maze)
    assert maze_of(drawn) == maze
    assert decoded(msgspec.json.encode(drawn), api.Drawing) == drawn
    found = ask("describe", maze)
    assert found["text"] == run("convert", "-", "-", text=found["text"]).stdout
    again = ask("read", text=found["text"], file=found["file"])
    assert again == {"maze": msgspec.to_builtins(drawn), "said": [], "left_out": []}


def drawing(cells, right=None, below=None, name="m"):
    right = ["." * max(0, len(row) - 1) for row in cells] if right is None else right
    below = ["." * len(row) for row in cells[1:]] if below is None else below
    return {"name": name, "cells": cells, "right": right, "below": below}


@pytest.mark.parametrize(
    ("maze", "field"),
    [
        (drawing([""]), "maze"),
        (drawing(["..", "."]), "maze"),
        (drawing(["..", ".."], right=["."]), "maze"),
        (drawing(["..", ".."], below=[]), "maze"),
        (drawing(["..", ".."], below=["..", ".."]), "maze"),
        (drawing([".\u00e9"]), "maze"),
        (drawing([".\0"]), "maze"),
        (drawing([". "]), "maze"),
        (drawing([".."], right=["-"]), "maze"),
        (drawing(["##"]), "maze"),
        (drawing(["." * 200] * 51), "maze"),
        *(
            (drawing([".."], name=name), "name")
            for name in (
                "",
                " ",
                "a/b",
                "..",
                "../a",
                "a\\b",
                "C:",
                "a\nb",
                "a\0",
                ".a",
                "a.",
                "n" * 61,
            )
        ),
        (drawing([".."], name="n" * 201), "name"),
    ],
)
def test_a_drawing_that_is_no_maze_is_refused(port, maze, field):
    for what, more in (("map", {}), ("describe", {}), ("figure", {"format": "svg"})):
        _, sentence, where = refusal(port, what, {"maze": maze, "horizon": 1} | more)
        assert where == field
        assert len(sentence) < 200


@pytest.mark.parametrize(
    "maze",
    [
        {"name": "m", "cells": [], "right": [], "below": []},
        {"name": "m", "cells": [""], "right": [""], "below": []},
    ],
)
def test_a_maze_without_cells_is_refused(port, maze):
    status, sentence, field = refusal(port, "map", {"maze": maze, "horizon": 1})
    assert (status < 500, field) == (True, "maze")
    assert "-1" not in sentence
