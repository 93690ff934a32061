import sys

import pytest

from gridemp.errors import MazeError, MissingExtra, import_extra


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ({}, "draw it"),
        ({"line": 3}, "line 3: draw it"),
        ({"line": 3, "column": 2}, "line 3, column 2: draw it"),
        ({"line": 3, "column": 2, "source": "a.txt"}, "a.txt, line 3, column 2: draw it"),
        ({"source": "a.txt"}, "a.txt: draw it"),
    ],
)
def test_a_maze_error_names_the_place(place, text):
    error = MazeError("draw it", **place)
    assert str(error) == text
    assert (error.problem, error.line) == ("draw it", place.get("line"))


def test_a_package_of_an_extra_is_imported_or_its_pip_command_given(monkeypatch):
    assert import_extra("sys", "this", "logs") is sys
    monkeypatch.setitem(sys.modules, "scipy", None)
    with pytest.raises(MissingExtra, match=r'^mi needs scipy; pip install "gridemp\[logs\]"$'):
        import_extra("scipy", "mi", "logs")
