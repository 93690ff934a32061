import pytest
from support.formats import assert_mistake

from gridemp import MazeError
from gridemp.mazes.text import Row, numbered_rows


def test_comments_and_blank_lines_around_a_drawing_do_not_count():
    rows = numbered_rows("\ufeff; a comment\n\n#.\r\n; another\r.#\n\n")
    assert rows == [Row(3, "#."), Row(5, ".#")]


@pytest.mark.parametrize("text", ["", "\n\n", "  \n  ", "; only a comment"])
def test_an_empty_text_is_refused(text):
    assert_mistake(text, None, None, "empty")


def test_too_many_lines_are_refused(monkeypatch):
    monkeypatch.setattr("gridemp.mazes.text.MAX_LINES", 2)
    with pytest.raises(MazeError, match="this has 3 lines, more than the 2 allowed"):
        numbered_rows("..\n..\n..")
