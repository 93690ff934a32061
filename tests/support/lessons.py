"""The smallest lesson, and changes of it."""

from gridemp.web.lessons import load_lesson

SMALL = """
title = "Corners"
summary = "A corner has few futures."
maze = "room"

[settings]
horizon = 3

[[steps]]
predict = "Which cell is the best one?"
cell = "brightest"

[[steps]]
check = "Why."

[[steps]]
do = "Build a wall."
goal = [{ fact = "built", at_least = 1 }]

[[steps]]
check = "Walls take futures away."
"""


def load(folder, text, name="corners.toml"):
    """The lesson that a text makes as a file of a folder."""
    (folder / name).write_text(text, encoding="utf-8")
    return load_lesson(folder / name)


def changed(old, new):
    """The text of the smallest lesson with one part changed."""
    assert SMALL.count(old) == 1
    return SMALL.replace(old, new)
