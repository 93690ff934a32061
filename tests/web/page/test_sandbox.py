"""The sandbox keeps what was drawn while a lesson is open."""

import pytest
from support.addresses import wait_until_addressed
from support.browsers import cell, follow, idle, maze_of, tool
from support.lesson_pages import enter_lesson, press, visible

pytestmark = pytest.mark.ci


def test_the_sandbox_has_everything_again(opened):
    page = opened("noise", 5)
    before = page.locator("#slip").evaluate("({ max, step }) => [max, step]")
    page.locator("#slip").press("End")
    page.get_by_role("button", name="Open this in the sandbox").click()
    idle(page)
    assert page.locator("#lesson").is_hidden()
    assert page.evaluate("() => document.activeElement.id") == "board"
    assert visible(page, "#tools label").count() == 9
    for shown in ("footer", "#mazes", "#story", "#play"):
        assert visible(page, shown).count(), shown
    ends = page.locator("#slip").evaluate("({ max, step }) => [max, step]")
    assert (before, ends) == (["5", "1"], ["0.5", "0.01"])
    assert page.locator("#slip").input_value() == "0.5"
    assert page.locator("#horizon").input_value() == "3"  # the world is that of the lesson
    page.wait_for_function("() => !location.hash.includes('lesson')")
    follow(page, "lesson=box&step=5")
    assert visible(page, "#sensor").count()
    page.get_by_role("button", name="Open this in the sandbox").click()
    assert not visible(
        page, "#sensor"
    ).count()  # the part of the page that it is in is folded again


def draw(page):
    """Draw two solid cells, with another horizon."""
    page.locator("#horizon").fill("3")
    tool(page, "Solid cell")
    for place in (3, 4):
        page.mouse.click(*cell(page, place, place))
        idle(page)


def test_the_sandbox_comes_back_after_a_lesson(page):
    draw(page)
    drawn = maze_of(page)
    wait_until_addressed(page, drawn)
    url = page.url
    enter_lesson(page, "How far ahead?")
    assert page.locator("#undo").is_disabled()
    enter_lesson(page, "The trap")
    page.wait_for_function("() => location.hash === '#lesson=trap'")
    enter_lesson(page, "Sandbox All tools")
    assert (maze_of(page), page.locator("#horizon").input_value()) == (drawn, "3")
    page.wait_for_function("(url) => location.href === url", arg=url)
    page.evaluate("() => { location.hash = '#lesson=trap'; }")
    page.locator("#lesson-text").wait_for()
    page.go_back()
    page.locator("#lesson-text").wait_for(state="hidden")
    idle(page)
    assert (maze_of(page), page.locator("#horizon").input_value()) == (drawn, "3")
    page.locator("#undo").click()
    idle(page)
    assert maze_of(page) != drawn
    page.locator("#redo").click()
    idle(page)
    assert maze_of(page) == drawn


def test_the_maze_of_a_lesson_is_taken_along_as_one_edit(page):
    draw(page)
    drawn = maze_of(page)
    enter_lesson(page, "The trap")
    horizon = page.locator("#horizon").input_value()
    press(page, "leave")
    taken = maze_of(page)
    assert taken != drawn
    assert horizon != "3"
    for button, maze, steps in (("undo", drawn, "3"), ("redo", taken, horizon)):
        page.locator(f"#{button}").click()
        idle(page)
        assert (maze_of(page), page.locator("#horizon").input_value()) == (maze, steps)
    page.locator("#undo").click()
    idle(page)
    assert page.locator("#undo").is_enabled()  # what was drawn before
