"""The page recognises a goal exactly when it is reached."""

import json
from dataclasses import replace

import pytest
from support.browser_core import core_page, python_answer
from support.lesson_boards import SOLUTIONS, beginnings, holds
from support.lessons import SMALL, load

from gridemp.web.lessons import bundled_lessons
from gridemp.web.lessons.board import WORLD
from gridemp.web.lessons.goals import COMPARISONS, FACTS
from gridemp.web.maze_json import lines_of

pytestmark = pytest.mark.ci

LESSONS = {lesson["name"]: lesson for lesson in bundled_lessons()}
# With the solutions of both tasks of "Dead ends and doorways", each of these holds for one of them.
CONDITIONS = """
{ fact = "mean", rises_by = 0.2 }
{ fact = "mean", falls_by = 0.3 }
{ fact = "mean", at_least = 4.5 }
{ fact = "mean", at_most = 4.1 }
{ fact = "mean", best = "open" }
{ fact = "peak", falls_by = 0.5 }
{ fact = "lowest", rises_by = 0.1 }
{ fact = "bits", cell = [8, 0], at_least = 2.8 }
{ fact = "outcomes", cell = [8, 0], is = 6 }
{ fact = "outcomes", cell = [8, 0], rises_by = 1 }
{ fact = "outcomes", cell = "pinned", at_most = 22 }
{ fact = "outcomes", cell = "agent", at_least = 30 }
{ fact = "opened", is = 1 }
{ fact = "built", at_least = 1 }
{ fact = "pinned", is = [3, 2] }
{ fact = "pinned", is = "darkest" }
{ fact = "agent", is = "brightest" }
{ fact = "horizon", at_most = 4 }
{ fact = "horizon", is = 5 }
{ fact = "sensor", is = "row" }
{ fact = "torus", is = "" }
{ fact = "stay", is = true }
"""
OTHER = {"horizon": 4, "sensor": "row", "torus": "x", "stay": False}
HOLDS = """async ([conditions, now, begun, best]) => {
  const { holds } = await import("./lessons/goals.js");
  return conditions.map((condition) => holds(condition, now, begun, best));
}"""


def question(board):
    maze = {"name": board.maze.name, **lines_of(board.maze)}
    return {"maze": maze} | {option: board.settings[option] for option in WORLD}


def facts(board):
    agent = board.agent and {"x": board.agent[0], "y": board.agent[1]}
    asked = question(board)
    answer = python_answer("map", asked)
    return {"maze": asked["maze"], "map": answer, "settings": board.settings, "agent": agent}


def test_a_condition_holds_on_the_page_exactly_if_it_does_in_the_library(browser, folder):
    goal = ", ".join(CONDITIONS.split("\n")[1:-1])
    text = SMALL.replace('maze = "room"', "drawing = '''\n" + drawing() + "'''")
    text = text.replace('[{ fact = "built", at_least = 1 }]', f"[{goal}]")
    conditions = load(folder, text)["steps"][2]["goal"]
    assert {condition["fact"] for condition in conditions} >= {*FACTS} - {
        *("slip", "slip_kind", "moves")
    }
    assert {name for condition in conditions for name in condition} >= {*COMPARISONS}
    before = next(beginnings(LESSONS["dead-ends"]))
    doors = python_answer("doors", question(before))["best"]
    best = next(door["gain"] for door in doors if not door["wall"])
    boards = [
        replace(before.after(SOLUTIONS["dead-ends", 3]), agent=(3, 2)).after([("pin", 8, 0)]),
        replace(before.after(SOLUTIONS["dead-ends", 5]), agent=(8, 1)).after([("pin", 3, 2)]),
        before.after([("wall", 7, 0, "east")]),  # good, but not the best
        before.after([("set", name, value) for name, value in OTHER.items()]),
        before,
    ]
    found = []
    with core_page(browser) as page:
        for board in boards:
            asked = [conditions, facts(board), facts(before), best]
            found.append(page.evaluate(HOLDS, json.loads(json.dumps(asked))))
    expected = [[holds(condition, before, board) for condition in conditions] for board in boards]
    assert found == expected
    always = [
        condition
        for condition, answers in zip(conditions, zip(*found, strict=True), strict=True)
        if len(set(answers)) == 1
    ]
    assert always == []  # each holds on some boards, and not on others


def drawing():
    """The drawing of the maze, as its file has it."""
    from importlib.resources import files

    text = (files("gridemp.web") / "lessons/2-dead-ends.toml").read_text("utf-8")
    return text.split('"""')[1].lstrip("\n")
