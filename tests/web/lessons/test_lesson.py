"""A lesson is read from its file, or one sentence says where the mistake is."""

import pytest
from support.lesson_boards import beginnings, holds
from support.lessons import SMALL, changed, load
from support.pages import ROOT, blocks, read

from gridemp import GridempError
from gridemp.web.lessons import load_lesson

PAGE = ROOT / "docs" / "how-to" / "write-a-lesson.md"


def test_a_lesson_is_what_its_file_says(folder):
    lesson = load(folder, SMALL, "03-corners.toml")
    assert {key: lesson[key] for key in lesson if key not in ("maze", "steps")} == {
        "name": "corners",
        "title": "Corners",
        "summary": "A corner has few futures.",
        "settings": {"horizon": 3},
        "tools": ["point"],
        "show": [],
        "controls": {},
    }
    assert lesson["maze"]["name"] == "room"
    assert lesson["maze"]["cells"] == ["." * 11] * 11
    assert lesson["steps"] == [
        {
            "kind": "predict",
            "text": "Which cell is the best one?",
            "veiled": True,
            "cell": "brightest",
        },
        {"kind": "check", "text": "Why."},
        {"kind": "do", "text": "Build a wall.", "goal": [{"fact": "built", "at_least": 1}]},
        {"kind": "check", "text": "Walls take futures away."},
    ]


def test_lines_of_a_text_are_joined(folder):
    lesson = load(folder, changed('"Build a wall."', '"""\nBuild\n  a wall."""'))
    assert lesson["steps"][2]["text"] == "Build a wall."


def test_a_step_may_have_a_maze_of_its_own_and_later_ones_restore_it(folder):
    own = '"Build a wall."\ndrawing = "...\\n..."'
    restored = '"Walls take futures away."\nrestore = true'
    text = changed('"Build a wall."', own).replace('"Walls take futures away."', restored)
    steps = load(folder, text)["steps"]
    assert "maze" not in steps[0]
    drawn = {"name": "corners", "cells": ["...", "..."], "right": ["..", ".."], "below": ["..."]}
    assert steps[2]["maze"] == steps[3]["maze"] == drawn


def test_a_new_maze_has_no_pinned_cell(folder):
    text = changed("horizon = 3", "pin = [9, 9]")
    load(folder, text.replace('"Build a wall."', '"Build a wall."\ndrawing = ".."'))
    with pytest.raises(GridempError, match=r"step 3: 'pin' is \[9, 9\], outside the maze of 2 x 1"):
        load(
            folder,
            text.replace(
                '"Build a wall."',
                '"Build a wall."\ndrawing = ".."\nsettings = { pin = [9, 9] }',
            ),
        )


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('"Corners"', "Corners", "this is not TOML: Invalid value (at line 2, column 9)"),
        ('title = "Corners"', "", "'title' is missing; add it, a text in quotes"),
        ('"Corners"', "3", "'title' must be a text in quotes, not 3"),
        ('"Corners"', '" "', "'title' is empty; write something"),
        ("title", 'titel = "x"\ntitle', "there is no 'titel' here; did you mean 'title'?"),
        ('maze = "room"', "", "a lesson needs the name of a bundled 'maze', or a 'drawing' of one"),
        ("[[steps]]\ndo", "[[steps]]\ndon", "step 3: a step is exactly one of 'predict', 'do', "),
        ("do =", 'hnt = "x"\ndo =', "step 3: there is no 'hnt' here; did you mean 'hint'?"),
        ('cell = "brightest"', 'choises = ["a", "b"]', "no 'choises' here; did you mean 'choices'"),
        ("do =", 'check = "x"\ndo =', "this one has 'do' and 'check'"),
        (
            '[[steps]]\ncheck = "Walls',
            '[[steps]]\nhint = "x"\ncheck = "Walls',
            "step 4: there is no 'hint' here",
        ),
        (
            'cell = "brightest"',
            "",
            "step 1: a prediction needs either 'choices' and the 'correct' one, or 'cell'",
        ),
        ('cell = "brightest"', 'cell = "peak"', "step 1: 'cell' cannot be 'peak'; use 'bright"),
        (
            'cell = "brightest"',
            'choices = ["a"]\ncorrect = 1',
            "step 1: 'choices' must be 2 to 6 texts, not 1",
        ),
        (
            'cell = "brightest"',
            'choices = ["a", "b"]\ncorrect = 3',
            "step 1: 'correct' is 3, but there are 2 choices; give the number of the right one",
        ),
        (
            'cell = "brightest"',
            'choices = ["a", "a "]\ncorrect = 1',
            "step 1: 'choices' names something twice",
        ),
        ('cell = "brightest"', "choices = [1, 2]\ncorrect = 1", "step 1: 'choices' must be a list"),
        (
            '[[steps]]\ncheck = "Walls take futures away."',
            '[[steps]]\ncheck = "Walls."\nrestore = true\nmaze = "room"',
            "step 4: a step with a maze of its own has nothing to restore",
        ),
    ],
)
def test_a_mistake_is_one_sentence_with_its_place(folder, old, new, sentence):
    with pytest.raises(GridempError) as error:
        load(folder, changed(old, new))
    assert str(error.value).startswith(f"{folder / 'corners.toml'}")
    assert sentence in str(error.value)
    assert "\n" not in str(error.value)


def test_a_lesson_has_steps(folder):
    with pytest.raises(GridempError, match="'steps' is missing; add it, a list in brackets"):
        load(folder, SMALL[: SMALL.index("[[steps]]")])
    with pytest.raises(GridempError, match="'steps' must be a list of one or more tables"):
        load(folder, "steps = []\n" + SMALL[: SMALL.index("[[steps]]")])


@pytest.mark.parametrize("name", ["Corners.toml", "my corners.toml", "corners.txt", "3.toml.bak"])
def test_the_name_of_a_file_is_one_for_a_link(folder, name):
    with pytest.raises(GridempError, match=r"needs a name such as dead-ends\.toml"):
        load(folder, SMALL, name)


def test_a_file_that_cannot_be_read_is_named(folder):
    with pytest.raises(GridempError, match=r"cannot read none\.toml: No such file"):
        load_lesson("none.toml")
    (folder / "latin.toml").write_bytes('title = "Räume"'.encode("latin-1"))
    with pytest.raises(GridempError, match=r"latin\.toml: this is not UTF-8 text; save it as UTF"):
        load_lesson("latin.toml")
    (folder / "long.toml").write_bytes(b"#" * 2**18 + b"#")
    with pytest.raises(GridempError, match=r"long\.toml: a lesson may have at most 262,144 bytes"):
        load_lesson("long.toml")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (f"title = {'9' * 5000}", "a number has thousands of digits; shorten it"),
        (f"title = 0x{'f' * 5000}", "'title' must be a text in quotes, not that"),
        (f"title = {'[' * 5000}", "there are too many lists or tables within one another"),
        (f"title.{'a.' * 5000}b = 1", "'title' must be a text in quotes, not "),
    ],
)
def test_numbers_and_tables_without_end_are_mistakes(folder, line, sentence):
    with pytest.raises(GridempError) as error:
        load(folder, changed('title = "Corners"', line))
    assert f"corners.toml: {sentence}" in str(error.value)


def test_the_lesson_in_the_documentation_is_one(folder):
    if not PAGE.is_file():
        pytest.skip("the site is not part of the source distribution")
    example, goal = (block for block in blocks(read(PAGE)) if block.kind == "toml")
    lesson = load(folder, example.text, example.file)
    assert [step["kind"] for step in lesson["steps"]] == ["predict", "check", "do", "check"]
    board = next(beginnings(lesson))
    assert (board.of("outcomes", (0, 0)), board.of("outcomes", (5, 5))) == (10, 25)
    (condition,) = lesson["steps"][2]["goal"]
    walls = [("wall", 0, y, "east") for y in range(4)]
    assert holds(condition, board, board.after(walls))
    assert not holds(condition, board, board)
    load(folder, changed('goal = [{ fact = "built", at_least = 1 }]', goal.text))


def test_what_a_cell_was_is_explained_at_once(folder):
    with pytest.raises(GridempError, match="step 2: after a step that asks for a cell comes one"):
        load(folder, changed('[[steps]]\ncheck = "Why."\n\n', ""))
    with pytest.raises(GridempError, match="toml: step 1 asks for a cell; add a step with 'check'"):
        load(folder, SMALL[: SMALL.index('[[steps]]\ncheck = "Why."')])
