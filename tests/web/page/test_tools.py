"""Each tool changes the maze."""

import pytest
from support.browsers import cell, drag, idle, maze_of, peak, tool

import gridemp

pytestmark = pytest.mark.ci


def test_objects_are_placed_and_conveyors_follow_the_stroke(page):
    for i, name in enumerate(["Trap", "Box", "Fixed box", "Ice"]):
        tool(page, name)
        page.mouse.click(*cell(page, i, 0))
    tool(page, "Conveyor")
    drag(page, cell(page, 8, 9), cell(page, 8, 7))
    page.mouse.click(*cell(page, 0, 9))
    page.mouse.click(*cell(page, 0, 9))
    idle(page)
    maze = maze_of(page)
    assert dict(maze.objects) == {
        **{(9, 0): "T", (9, 1): "$", (9, 2): "B", (9, 3): "~"},
        **{(0, 8): "v", (1, 8): "v", (2, 8): "v", (0, 0): ">"},
    }
    assert page.locator("#peak").text_content() == peak(maze, 5, within=5)


def test_a_question_mark_says_what_each_tool_does(page):
    page.get_by_role("button", name="What is this? Tools").press("Enter")
    dialog = page.get_by_role("dialog", name="Tools")
    names = dialog.locator("dt").all_text_contents()
    assert names == page.locator("#tools label:visible").all_text_contents()
    words = dict(zip(names, dialog.locator("dd").all_text_contents(), strict=True))
    assert words["Box"] == "The agent can push it."
    page.keyboard.press("Escape")
    assert dialog.is_hidden()
    assert page.evaluate("() => document.activeElement.id") == "tools-help"
    page.get_by_role("button", name="What is this? Name").press("Enter")
    assert page.locator("#help-name").text_content().startswith("What the maze is called")


def test_space_applies_every_tool_and_one_that_draws_nothing_changes_nothing(page):
    page.get_by_role("button", name="Zoom in").click()
    page.get_by_role("radio", name="Move").wait_for()  # a tool only for mazes larger than the board
    drawn = {
        **{"Solid cell": "#", "Trap": "T", "Box": "$", "Fixed box": "B", "Ice": "~"},
        **{"Conveyor": "^", "Point": ".", "Agent": ".", "Move": "."},
    }
    names = page.locator("#tools label:visible").all_text_contents()
    assert {*drawn, "Thin wall"} == set(names)
    board = page.locator("#board")
    for name, letter in drawn.items():
        tool(page, name)
        board.focus()
        page.keyboard.press("Space")
        idle(page)
        maze = maze_of(page)
        there = maze.objects.get((9, 0), "." if maze.floor[9, 0] else "#")
        assert there == letter, name
        if letter != ".":
            page.keyboard.press("Control+z")
            idle(page)
    assert maze_of(page) == gridemp.load_maze("klyubin")
