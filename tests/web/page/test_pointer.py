"""Drawing with mouse, finger and keyboard: the numbers are exactly those of the library."""

import pytest
from support.browsers import (
    SIZE,
    cell,
    corner,
    drag,
    expected,
    here,
    idle,
    maze_of,
    peak,
    settle,
    tool,
)

import gridemp

pytestmark = pytest.mark.ci


def test_a_drawn_wall_changes_the_number_to_the_exact_value(page):
    assert here(page, 5, 5) == "x = 5, y = 5: 46 different end cells → log₂ 46 = 5.52 bits"
    tool(page, "Thin wall")
    page.mouse.click(*corner(page, 6, 4.5))
    idle(page)
    maze = maze_of(page)
    assert maze.wall_right[4, 5]
    assert maze != gridemp.load_maze("klyubin")
    assert here(page, 5, 5) == expected(maze, 5, 5, 5)
    assert here(page, 5, 5) != "x = 5, y = 5: 46 different end cells → log₂ 46 = 5.52 bits"


def test_dragging_paints_walls_and_cells_and_one_undo_takes_a_stroke_back(page):
    tool(page, "Thin wall")
    drag(page, corner(page, 6.5, 7), corner(page, 9.5, 7))
    walls = maze_of(page)
    assert walls.wall_below[6, 6:].all()
    tool(page, "Solid cell")
    drag(page, cell(page, 0, 9), cell(page, 0, 6), cell(page, 2, 6))
    solid = maze_of(page)
    assert not solid.floor[0:4, 0].any()
    assert not solid.floor[3, 0:3].any()
    assert (~solid.floor).sum() == 6
    assert page.locator("#peak").text_content() == peak(solid, 5)
    page.keyboard.press("Control+z")
    idle(page)
    assert maze_of(page) == walls
    page.get_by_role("button", name="Undo").click()
    idle(page)
    assert maze_of(page) == gridemp.load_maze("klyubin")
    assert page.get_by_role("button", name="Undo").is_disabled()
    for _ in range(2):
        page.get_by_role("button", name="Redo").click()
    idle(page)
    assert maze_of(page) == solid
    tool(page, "Solid cell")
    drag(page, cell(page, 0, 9), cell(page, 0, 6))
    assert maze_of(page).floor[0:4, 0].all()


def test_a_wall_may_begin_just_outside_the_border(page):
    tool(page, "Thin wall")
    drag(page, corner(page, -0.2, 3.1), corner(page, 2.9, 2.8))
    before = gridemp.load_maze("klyubin")
    maze = maze_of(page)
    assert maze.wall_below[2, :3].all()
    assert maze.wall_below.sum() == before.wall_below.sum() + (~before.wall_below[2, :3]).sum()
    assert (maze.wall_right == before.wall_right).all()


def test_a_finger_paints(browser, address):
    context = browser.new_context(viewport=SIZE, has_touch=True)
    page = context.new_page()
    page.goto(address)
    settle(page)
    tool(page, "Solid cell")
    page.touchscreen.tap(*cell(page, 3, 3))
    idle(page)
    assert not maze_of(page).floor[6, 3]
    context.close()


def test_the_keyboard_alone_is_enough(page):
    for _ in range(90):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.name") == "tool":
            break
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("() => document.activeElement.value") == "wall"
    for focused in ("first-lesson", "board"):
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.id") == focused
    for key in ["ArrowRight"] * 5 + ["ArrowUp"] * 5:
        page.keyboard.press(key)
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Space")
    idle(page)
    maze = maze_of(page)
    assert maze.wall_right[4, 5]
    page.locator("#board").focus()
    page.keyboard.press("Enter")
    idle(page)
    assert page.locator("#pinned").text_content() == expected(maze, 5, 5, 5)
    page.keyboard.press("ArrowLeft")
    told = expected(maze, 4, 5, 5) + ", wall north, at its west side"
    assert page.locator("#spoken").text_content() == told
    page.keyboard.press("Space")
    idle(page)
    told = expected(maze_of(page), 4, 5, 5) + ", wall north and west, at its west side"
    assert page.locator("#spoken").text_content() == told
    page.locator("#board").focus()
    page.keyboard.press("Escape")
    idle(page)
    assert page.locator("#curve").is_hidden()
    for _ in range(2):
        page.keyboard.press("Control+z")
    idle(page)
    assert maze_of(page) == gridemp.load_maze("klyubin")
