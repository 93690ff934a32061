"""The lessons that come with gridemp: their tasks can be solved, and all that they say is true."""

import math
import re
from pathlib import Path

import numpy as np
import pytest
from support.lesson_boards import (
    SOLUTIONS,
    Board,
    beginnings,
    end_of_walk,
    holds,
    maze_of,
    toggled,
)
from support.lessons import SMALL
from support.pages import ROOT, read

import gridemp
from gridemp import GridempError
from gridemp.analysis import cell_source, sensitivity
from gridemp.web.lessons import bundled_lessons, lessons_with

LESSONS = {lesson["name"]: lesson for lesson in bundled_lessons()}
TASKS = [
    (name, number)
    for name, lesson in LESSONS.items()
    for number, step in enumerate(lesson["steps"], 1)
    if step["kind"] == "do"
]
MAX_WORDS = 75


def board(name, number):
    return list(beginnings(LESSONS[name]))[number - 1]


def text(name, number):
    return LESSONS[name]["steps"][number - 1]["text"]


def answer(name, number):
    step = LESSONS[name]["steps"][number - 1]
    return step["choices"][step["correct"] - 1]


def counts(board):
    emap = board.map
    return emap.grid(emap.outcomes.astype(float))


def assert_brightest(board, *cells):
    emap = board.map
    rows, cols = np.nonzero(emap.grid() == emap.bits.max())
    found = {tuple(map(int, board.maze.xy(r, c))) for r, c in zip(rows, cols, strict=True)}
    assert found == set(cells)


def test_the_lessons_are_in_order():
    order = ["middle", "dead-ends", "horizon", "noise", "senses", "box", "trap", "open-options"]
    assert list(LESSONS) == order


def test_every_lesson_predicts_and_ends_with_what_was_learned():
    for name, lesson in LESSONS.items():
        kinds = [step["kind"] for step in lesson["steps"]]
        assert kinds[0] == "predict", name
        assert kinds[-1] == "check", name
        assert "do" in kinds, name
        assert 4 <= len(kinds) <= 8, name
        for step in lesson["steps"]:
            assert len(step["text"].split()) <= MAX_WORDS, step["text"]


@pytest.mark.parametrize(("name", "number"), TASKS)
def test_every_task_can_be_solved(name, number):
    before = board(name, number)
    goal = LESSONS[name]["steps"][number - 1]["goal"]
    after = before.after(SOLUTIONS[name, number])
    assert all(holds(condition, before, after) for condition in goal)


def test_there_is_no_solution_without_a_task():
    assert sorted(SOLUTIONS) == sorted(TASKS)


def test_all_but_one_are_without_noise():
    noisy = {name for name in LESSONS if any(b.settings["slip"] for b in beginnings(LESSONS[name]))}
    assert noisy == {"noise"}
    for step in LESSONS["noise"]["steps"]:  # few settings, and no edits: its maps can be exported
        assert all(isinstance(values, list) for values in step.get("controls", {}).values())
        assert step.get("tools", ["point"]) == ["point"]


def test_no_lesson_lets_the_learner_edit_a_maze_with_a_box_that_can_be_pushed():
    for step in LESSONS["box"]["steps"]:
        assert step.get("tools", ["point"]) == ["point"]
        assert all(isinstance(values, list) for values in step.get("controls", {}).values())


def test_the_middle():
    grid = counts(board("middle", 1))
    assert (grid[5, 5], grid[0, 0], grid[5, 0]) == (61, 21, 36)
    assert_brightest(board("middle", 1), (5, 5))
    assert [tuple(place) for place in np.argwhere(grid == 36)] == [(0, 5), (5, 0), (5, 10), (10, 5)]
    assert "there are 61" in text("middle", 2)
    assert "only 21" in text("middle", 2)
    assert answer("middle", 4) == f"{math.log2(64):g} bits"
    for count in (61, 21):
        assert f"log₂ {count} = {math.log2(count):.2f} bits" in text("middle", 5)


def test_dead_ends():
    plan = board("dead-ends", 1)
    grid = counts(plan)
    assert grid[plan.maze.rowcol(8, 0)] == grid.min() == 6
    assert (grid == 6).sum() == 1
    assert_brightest(plan, (3, 2))
    assert grid.max() == 38
    effects = sensitivity(plan.maze, 5)
    by_place = {change.cells: change.bits for change in effects.removals}
    assert [change.cells for change in effects.best_removals] == [((7, 2), (8, 2))]
    assert round(by_place[(7, 2), (8, 2)], 2) == 0.24
    assert round(by_place[(7, 0), (8, 0)], 2) == 0.15
    assert [change.cells for change in effects.worst_additions] == [((3, 2), (4, 2))]
    assert round(effects.additions[0].bits, 2) == -0.34
    assert effects.additions[1].bits > -0.3  # so there is a single solution
    assert board("dead-ends", 5).maze == plan.maze


def test_the_horizon():
    near, far = board("horizon", 1), board("horizon", 3)
    grid = counts(near)
    assert grid[2, 5] == grid[0, 0] == grid[4, 0] == np.nanmin(grid) == 3
    assert grid[2, 2] == 5
    assert answer("horizon", 1) == "As bad as a corner"
    assert_brightest(far, (5, 2))
    assert counts(far)[2, 5] == 39
    assert counts(far)[2, 2] == 30
    values = []
    for horizon in (13, 14, 20):
        bits = Board(near.maze, near.settings | {"horizon": horizon}).map.bits
        values.append((round(float(bits.min()), 6), round(float(bits.max()), 6)))
    assert values[0][0] < 5.67 < values[0][1]
    assert values[1] == values[2] == (round(math.log2(51), 6),) * 2
    assert "51 futures everywhere, log₂ 51 = 5.67 bits" in text("horizon", 7)
    assert answer("horizon", 5) == "All cells have the same colour"


def test_noise():
    room = board("noise", 1)

    def bits(horizon, slip):
        changed = Board(room.maze, room.settings | {"horizon": horizon, "slip": slip})
        return float(changed.map.grid()[3, 3])

    assert [round(bits(n, 0), 2) for n in (1, 2, 3)] == [2.32, 3.7, 4.64]
    assert [round(bits(n, 0.2), 2) for n in (1, 2, 3)] == [1.2, 1.76, 2.09]
    assert counts(Board(room.maze, room.settings | {"slip": 0}))[3, 3] == 5
    assert round(2 ** bits(1, 0.2), 1) == 2.3
    assert answer("noise", 1).startswith("1.2 bits")
    assert answer("noise", 4) == "Less than half: 2.09 bits"
    assert bits(3, 0.2) < bits(3, 0) / 2
    reached = cell_source(gridemp.World.from_maze(room.maze, slip=0.2), 3, 3, 1).readings
    assert len(reached) == 5  # "the same 5 places can still be reached"
    assert round(bits(1, 0.8), 9) == 0
    assert round(bits(1, 1.0), 2) == 0.32
    assert "In 80 of 100" in answer("noise", 6)
    shown = board("noise", 6)  # of a world that is on the way there
    assert (shown.settings["horizon"], shown.settings["slip"]) == (1, 0.5)
    assert f"{bits(1, 0.5):.2f} bits are left in the middle" in text("noise", 6)
    assert bits(1, 0.4) > 0.5 > bits(1, 0.5)


def test_what_is_sensed():
    row, walls = board("senses", 1), board("senses", 3)
    grid = counts(row)
    assert (grid == grid[:, :1]).all()
    assert grid[5, 5] == 11
    assert (round(math.log2(11), 2), round(math.log2(61), 2)) == (3.46, 5.93)
    felt = counts(walls)
    assert felt[0, 0] == felt.max() == 4
    assert felt[5, 5] == felt.min() == 1
    seeing = Board(walls.maze, walls.settings | {"sensor": "state"})
    assert counts(seeing)[5, 5] == 25
    one = Board(toggled(walls.maze, 5, 5, "east"), walls.settings)
    assert counts(one)[5, 5] == 3  # "two walls are enough", and one is not
    assert answer("senses", 1) == "Horizontal stripes"


def test_the_box():
    fixed, pushed, blind = board("box", 1), board("box", 3), board("box", 5)
    empty = {**LESSONS["box"]["maze"], "cells": ["." * 9] * 9}
    assert (counts(Board(maze_of(empty), fixed.settings)) == 41).all()
    assert counts(fixed)[4, 3] == counts(fixed)[3, 4] == counts(fixed).min() == 38
    assert counts(pushed)[4, 3] == counts(pushed)[3, 4] == 88
    assert_brightest(pushed, (4, 4))
    assert (counts(blind.after(SOLUTIONS["box", 5])) == 41).all()
    assert answer("box", 1) == "They have fewer futures"
    assert answer("box", 3) == "More than twice as many: 88"


def test_the_trap():
    room = board("trap", 1)
    assert_brightest(room, (3, 3), (3, 5), (5, 3), (5, 5))
    grid = counts(room)
    assert (grid.max(), grid[4, 4]) == (39, 1)
    without = {**LESSONS["trap"]["maze"], "cells": ["." * 9] * 9}
    assert_brightest(Board(maze_of(without), room.settings), (4, 4))
    fenced = room.after(SOLUTIONS["trap", 4])
    assert [round(b.map.bits.mean(), 2) for b in (room, fenced)] == [4.7, 4.68]
    assert counts(fenced)[4, 3] == 37
    assert grid[4, 3] == 38  # one future is lost
    assert answer("trap", 3) == "It falls"
    slipping = [Board(b.maze, b.settings | {"slip": 0.2}).map.bits.mean() for b in (room, fenced)]
    assert slipping[1] > slipping[0]


def test_open_options():
    plan = board("open-options", 1)
    end = plan.after(SOLUTIONS["open-options", 2]).agent
    assert end == (3, 2)
    assert (plan.of("outcomes", (8, 0)), plan.of("outcomes", end)) == (6, 38)
    assert answer("open-options", 1) == "At the doorway between the rooms"
    plain = board("dead-ends", 1).maze
    assert (plan.maze.wall_right == plain.wall_right).all()
    assert (plan.maze.wall_below == plain.wall_below).all()
    assert dict(plan.maze.objects) == {plan.maze.rowcol(8, 0): "S"}
    near = board("open-options", 4)
    assert (counts(near) == 5).sum() == 12
    assert counts(near).max() == 5
    ends = {end_of_walk(near, 8, 0, seed=seed) for seed in range(6)}
    assert len(ends) > 2  # "it wanders about"
    assert all(near.of("outcomes", end) == 5 for end in ends)


def test_lessons_of_a_teacher_come_first(folder):
    Path("corners.toml").write_text(SMALL, encoding="utf-8")
    names = [lesson["name"] for lesson in lessons_with(["corners.toml"])]
    assert names == ["corners", *LESSONS]


def test_two_lessons_do_not_share_a_name(folder):
    for name in ("9-middle.toml", "corners.toml", "1-corners.toml"):
        Path(name).write_text(SMALL, encoding="utf-8")
    with pytest.raises(GridempError, match=r"9-middle.toml: there is a lesson 'middle' already"):
        lessons_with(["9-middle.toml"])
    with pytest.raises(GridempError, match=r"1-corners.toml: there is a lesson 'corners' already"):
        lessons_with(["corners.toml", "1-corners.toml"])


def test_the_guide_names_all_lessons():
    page = ROOT / "docs" / "how-to" / "teach-with-the-page.md"
    if not page.is_file():
        pytest.skip("the site is not part of the source distribution")
    sentence = re.search(r"names of the lessons\s+are (.*?)\.", read(page), re.DOTALL)[1]
    assert re.findall(r"`([a-z-]+)`", sentence) == list(LESSONS)
