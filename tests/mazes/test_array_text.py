import io

import numpy as np
import pytest
from support.formats import assert_mistake
from support.mutations import assert_refused_or_read

import gridemp
from gridemp import Maze
from gridemp.mazes.array_text import is_array

ROOM = np.array([[1, 1, 1, 1], [1, 0, 0, 1], [1, 0, 1, 1], [1, 1, 1, 1]])


def saved(**settings):
    stream = io.StringIO()
    np.savetxt(stream, ROOM, **settings)
    return stream.getvalue()


def rows(separator):
    return "\n".join(separator.join(map(str, row)) for row in ROOM)


TEXTS = {
    "digits": rows(""),
    "digits with a comment": "; room\n\n" + rows(""),
    "spaces": rows(" "),
    "commas": rows(","),
    "commas at the ends": "".join(f"{line},\r\n" for line in rows(",").splitlines()),
    "semicolons": rows(";"),
    "tabs": rows("\t"),
    "quoted": rows(",").replace("1", '"1"'),
    "decimal commas": rows(";").replace("1", "1,0"),
    "savetxt": saved(),
    "savetxt with commas": saved(delimiter=",", fmt="%d"),
    "list": str(ROOM.tolist()),
    "truth values": str(ROOM.astype(bool).tolist()),
    "JSON": str(ROOM.astype(bool).tolist()).lower(),
    "print": str(ROOM),
    "repr": repr(ROOM),
    "print of floats": str(ROOM.astype(float)),
    "assignment": f"maze = np.array({ROOM.tolist()}, dtype=np.int64);",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_all_ways_of_writing_an_array(text):
    with pytest.warns(gridemp.MazeWarning, match="is taken as wall, because the outer ring"):
        assert gridemp.parse_maze(text) == Maze(ROOM == 0)
    assert gridemp.parse_maze(text, wall=1) == Maze(ROOM == 0)
    assert gridemp.parse_maze(text, format="array", wall="0") == Maze(ROOM == 1)


def test_a_header_of_savetxt_is_left_out():
    text = saved(header="x\ny")
    assert gridemp.parse_maze(text, format="array", wall=1) == Maze(ROOM == 0)


def test_words_can_be_values():
    text = "[[1, 1, 1, 1],\n [1, 'r', 0, 1],\n [1, 1, 1, 1]]"
    with pytest.warns(gridemp.MazeWarning, match="and r and 0 as floor"):
        assert gridemp.parse_maze(text) == Maze([[0] * 4, [0, 1, 1, 0], [0] * 4])


@pytest.mark.parametrize(
    ("text", "line", "column", "sentence"),
    [
        ("4 3\n####\n#..#", 1, None, "these two numbers, perhaps the size, are not part of the"),
        ("a,b,c\n1,1,1\n1,0,1", 1, None, "this is a table with columns a, b, c, not a maze"),
        ("111\n11\n111", 2, None, "the length of row 2 is 2, and that of row 1 is 3; write"),
        ("1,1\n1,,\n", 2, 3, "a value is missing; write one value for each cell"),
        ("1 1\n1  0.5", 2, 4, "0.5 is not a whole number; compare the array with a threshold"),
        ("1;1\n1;0,5", 2, 3, "0.5 is not a whole number; compare the array with a threshold"),
        ("1,nan", 1, 3, "nan is not a whole number"),
        (f"1,{'9' * 50}", 1, 3, "'99999999999999999999'... is not a value of a cell"),
        ("time,action\n0.1,3\n0.2,1", 1, None, "this is a table with columns time, action, not a"),
        ("0,1,2\n1,1,1", 1, None, "this is a table with columns 0, 1, 2, not a maze"),
        (",0,1\n0,1,1\n1,1,0", 1, None, "this is a table with columns 0, 1, not a maze"),
        (",".join(map(str, range(5, 200))), 1, 301, "more than 100 different values"),
    ],
)
def test_mistakes_are_located(text, line, column, sentence):
    assert_mistake(text, line, column, sentence)


@pytest.mark.parametrize("text", ["#####\n#1..#", "11111\n1   1", ".", "1 # 1", "+-+", "S1F\nFFF"])
def test_a_drawing_is_no_array(text):
    assert not is_array(text)


def test_too_many_cells_are_refused(monkeypatch):
    monkeypatch.setattr("gridemp.mazes.text.MAX_CELLS", 5)
    assert_mistake("010\n000", None, None, "has 6 cells, more than the 5 allowed")


def test_mutated_texts_are_read_or_refused():
    read, refused = assert_refused_or_read(list(TEXTS.values()), 400)
    assert read > 20
    assert refused > 20
