"""Texts of mazes are read in a browser as gridemp reads them."""

import numpy as np
import pytest
from support.browser_core import answers_of, core_page, refusals
from support.random_questions import random_maze
from support.random_texts import block_lines, random_text

from gridemp import Maze
from gridemp.errors import MazeError
from gridemp.mazes.array_text import is_array
from gridemp.mazes.blank_columns import without_blank_columns
from gridemp.mazes.formats import DRAWINGS, FORMATS
from gridemp.mazes.guess import guess_format
from gridemp.mazes.protocol import Choices
from gridemp.mazes.reading import read_maze
from gridemp.mazes.text import numbered_rows
from gridemp.web.maze_json import lines_of

pytestmark = pytest.mark.ci

TEXTS = 800


@pytest.fixture(scope="module")
def core(browser):
    with core_page(browser) as page:
        yield page


def test_texts_are_read_as_gridemp_reads_them_and_mistakes_have_the_same_places(core):
    rng = np.random.default_rng(3)
    texts = [random_text(rng) for _ in range(TEXTS)]
    refused = left_out = assumed = 0
    for text, answer in zip(texts, read(core, texts), strict=True):
        maze, place = read_by_python(text)
        if is_assumed(text):  # the page reads only gridemp's own letters
            assert answer["refused"] in refusals(), text
            assumed += 1
        elif maze is None:
            assert answer["refused"] in refusals(), text
            facts = answer["facts"]
            assert (facts.get("line"), facts.get("column")) == place, text
            refused += 1
        else:
            assert answer["maze"] == {"name": "my maze", **lines_of(maze)}, text
            count = answer["outside"]
            expected = [f"cells outside the walls ({count})"] if count else []
            assert list(read_maze(text, "", None, Choices()).left_out) == expected, text
            left_out += count > 0
    assert min(refused, left_out, assumed, len(texts) - refused - assumed) > TEXTS / 20


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("", "text_empty"),
        ("; a comment", "text_empty"),
        ("#?#", "letter_needs_python"),
        ("this is no maze", "letter_needs_python"),
        (".#\t.", "text_tab"),
        ("###\n#.#\n####", "text_length"),
        (" ###\n #.#\n ###.", "text_length"),
        (" ###\n #.#\n ###", None),
        ("# # #\n# . #\n# # #", "format_needs_python"),
        ("+-", "text_posts"),
        ("+-+--+\n|  . |\n+----+", "text_pitch"),
        ("+-+-+\n|.| |", "text_rows"),
        ("+-+\n| |\n|-+", "text_pitch"),
        ("+-+\n|.|\n+|+", "text_cell"),
        ("+-+\n| |\n+|+", "text_edge"),
        ("+--+\n|  |\n+- +", "text_wall"),
        ("+-+\n- |\n+-+", "text_gap"),
        ("+--+\n|# |\n+--+", "text_cell"),
        ("###\n###", "no_floor"),
        ("." * 201, "maze_limit"),
    ],
)
def test_a_text_that_cannot_be_read_is_refused(core, text, refused):
    (answer,) = read(core, [text])
    assert answer.get("refused") == refused
    assert refused is None or refused in refusals()


def test_drawings_with_blanks_between_characters_need_python(core):
    rng = np.random.default_rng(4)
    mazes = [random_maze(rng) for _ in range(200)]
    blocks = [Maze(maze.floor, objects=maze.objects) for maze in mazes]
    texts = ["\n".join(map(" ".join, block_lines(rng, maze))) for maze in blocks]
    expected = [without_blank_columns(text) is not text for text in texts]
    refused = [answer.get("refused") for answer in read(core, texts)]
    assert [each == "format_needs_python" for each in refused] == expected
    assert 20 < sum(expected) < 180


def test_other_formats_need_python(core):
    suffixes = {suffix for each in FORMATS.values() for suffix in each.SUFFIXES} - {".txt"}
    assert suffixes
    for suffix in suffixes:
        (answer,) = answers_of(core, [("read", {"text": "#.#", "file": f"A{suffix.upper()}"})])
        assert answer["refused"] == "format_needs_python"
    assert "format_needs_python" in refusals()


def read_by_python(text):
    """The maze of a text, or None and the line and column of its mistake."""
    try:
        return read_maze(text, "my maze", None, Choices()).maze, None
    except MazeError as error:
        return None, (error.line, error.column)


def is_assumed(text):
    """True if Python takes a text for a table, or letters other than gridemp's own as known."""
    try:
        rows = numbered_rows(text)
    except MazeError:
        return False
    if is_array(text) or without_blank_columns(text) is not text:
        return True
    try:
        guess = guess_format(rows, Choices())
        return bool(guess.said or DRAWINGS[guess.format].translated(rows, Choices())[1])
    except MazeError:
        return True


def read(core, texts):
    return answers_of(core, [("read", {"text": text, "file": "my maze.txt"}) for text in texts])
