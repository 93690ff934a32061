import pytest
from support.formats import assert_mistake

import gridemp
from gridemp.mazes.literal import drawing_in, is_literal


@pytest.mark.parametrize(
    "text",
    [
        '["S.T", "..S"]',
        "lake = [\n  'S.T',\n  '..S',  \n]\n",
        '("S.T", "..S")',
        "[['S', '.', 'T'], ['.', '.', 'S']]",
        "[[b'S' b'.' b'T']\n [b'.' b'.' b'S']]",
        "array([['S', '.', 'T'],\n       ['.', '.', 'S']], dtype='<U1')",
        '["\\x53.T", "..S"]',
        '    "S.T",\n    "..S",\n',
        "'S.T'\n\n'..S'",
    ],
)
def test_a_list_of_strings_holds_a_drawing(text):
    assert drawing_in(text) == "S.T\n..S"
    assert gridemp.parse_maze(text) == gridemp.parse_maze("S.T\n..S")


@pytest.mark.parametrize(
    "text", ["#.#", "+-+\n| |\n+-+", "[[1, 0]]", "[['ab', 'c']]", "[1]", '"1","0"']
)
def test_any_other_text_is_left_as_it_is(text):
    assert drawing_in(text) is text


def test_a_list_can_be_read_in_any_format():
    lake = gridemp.parse_maze('["SFFF", "FHFG"]', format="frozenlake")
    assert lake == gridemp.parse_maze("SFFF\nFHFG", format="frozenlake")


@pytest.mark.parametrize(
    ("text", "line", "column", "sentence"),
    [
        ("[[1, 0],\n [0, 1]", 2, None, "the list is not closed; add a closing bracket"),
        ("[[1, 0],\n [0, !]]", 2, 6, "'!' is not part of a list; write numbers or strings"),
        ("[[1 1 ... 1]\n [1 0 ... 1]]", 1, 7, "NumPy left out values here; print with"),
        ("[[[1, 0]]]", 1, 3, "this list is nested more than 2 levels deep; write a list of rows"),
        ("[" * 100_000, 1, 3, "this list is nested more than 2 levels deep; write a list of rows"),
        ("[[1, 0]]\n[[0, 0]]", 2, 1, "the list ends before this text; remove the text"),
        ("[]", 1, None, "this list is empty; write a list of rows"),
        ("[1, 0]", 1, 2, "this is a list of single values; write a list of rows"),
        ("[[1, 0], [0]]", 1, None, "the length of row 2 is 1, and that of row 1 is 2; write one"),
        ("[[1, 0], [0, 0.5]]", 1, 14, "0.5 is not a whole number; compare the array with a"),
        ("[[print(1)]]", 1, 8, "this list is nested more than 2 levels deep"),
    ],
)
def test_mistakes_are_located(text, line, column, sentence):
    assert_mistake(text, line, column, sentence)


def test_a_drawing_is_no_list():
    assert not any(map(is_literal, ["#####", "+---+", ".[.", "S>G", "", " ____"]))


def test_long_lists_are_refused(monkeypatch):
    monkeypatch.setattr("gridemp.mazes.literal.MAX_ITEMS", 5)
    assert_mistake("[[0, 0],\n [0, 0],\n [0, 1]]", 3, 6, "this list has more than 5 values; save")
