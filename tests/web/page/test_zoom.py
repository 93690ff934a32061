"""The board zooms and moves by wheel, buttons, keys, mouse and two fingers."""

import json
from contextlib import contextmanager

import pytest
from support.browsers import cell, corner, drag, idle, layout, maze_of, painted, settle, tool

import gridemp

pytestmark = pytest.mark.ci

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@contextmanager
def phone(browser, address):
    """The page on a phone, and a function that sends touches of fingers at places of the screen."""
    context = browser.new_context(**PHONE)
    page = context.new_page()
    page.goto(address)
    settle(page)
    session = context.new_cdp_session(page)

    def touch(kind, *places):
        points = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(places)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        painted(page)

    yield page, touch
    context.close()


def maze_above(page):
    """The maze on the page, which is scrolled back to the board after it has been saved."""
    maze = maze_of(page)
    page.evaluate("scrollTo(0, 0)")
    painted(page)
    return maze


def drawn(page):
    """Left, top and size of the maze on its canvas."""
    painted(page)
    return json.loads(page.locator("#board").get_attribute("data-layout"))


def test_the_wheel_zooms_at_the_pointer_and_tools_follow(page):
    left, top, size = layout(page)
    place = cell(page, 7, 8)
    page.mouse.move(*place)
    page.mouse.wheel(0, -250)
    painted(page)
    wider = layout(page)
    assert wider[2] > 1.5 * size
    now = cell(page, 7, 8)
    assert abs(now[0] - place[0]) <= 5
    assert abs(now[1] - place[1]) <= 5
    tool(page, "Solid cell")
    page.mouse.click(*cell(page, 7, 8))
    assert not maze_of(page).floor[1, 7]
    page.mouse.move(*place)
    for _ in range(3):
        page.mouse.wheel(0, 400)
    painted(page)
    assert layout(page) == (left, top, size)


def test_buttons_and_keys_zoom_and_the_cursor_stays_in_view(page):
    whole = drawn(page)
    for _ in range(3):
        page.get_by_role("button", name="Zoom in").click()
    assert drawn(page)[2] > 2 * whole[2]
    page.locator("#board").focus()
    box = page.locator("#board").bounding_box()
    for key in ["ArrowUp"] * 9 + ["ArrowRight"] * 9:
        page.keyboard.press(key)
    painted(page)
    x, y = cell(page, 9, 9)
    assert box["x"] < x < box["x"] + box["width"]
    assert box["y"] < y < box["y"] + box["height"]
    page.keyboard.press("-")
    smaller = drawn(page)[2]
    page.keyboard.press("+")
    assert drawn(page)[2] > smaller
    page.keyboard.press("0")
    assert drawn(page) == whole
    page.get_by_role("button", name="Zoom in").click()
    page.get_by_role("button", name="Show the whole maze").click()
    assert drawn(page) == whole


def test_the_middle_button_and_the_hand_move_the_maze(page):
    assert page.get_by_role("radio", name="Move").is_hidden()
    for _ in range(3):
        page.get_by_role("button", name="Zoom in").click()
    before = drawn(page)
    begin, end = corner(page, 5, 5), corner(page, 5.5, 5.3)
    page.mouse.move(*begin)
    page.mouse.down(button="middle")
    page.mouse.move(*end)
    page.mouse.up(button="middle")
    after = drawn(page)
    moved = [after[i] - before[i] for i in (0, 1)]
    assert moved == pytest.approx([end[0] - begin[0], end[1] - begin[1]], abs=1.5)
    tool(page, "Move")
    drag(page, end, begin)
    assert drawn(page) == pytest.approx(before, abs=1.5)
    drag(page, begin, (begin[0] + 5000, begin[1] + 5000))
    left, top, _ = drawn(page)
    assert (left, top) == (54, 10)  # no further than to the first cell
    assert maze_of(page) == gridemp.load_maze("klyubin")
    page.get_by_role("button", name="Show the whole maze").click()
    painted(page)
    assert page.get_by_role("radio", name="Point").is_checked()


def test_one_finger_draws_and_two_zoom_and_move(browser, address):
    with phone(browser, address) as (page, touch):
        assert drawn(page)[2] >= 32
        tool(page, "Solid cell")
        touch("touchStart", cell(page, 2, 8))
        touch("touchMove", cell(page, 2, 7))
        touch("touchMove", cell(page, 2, 6))
        touch("touchEnd")
        idle(page)
        solid = maze_above(page)
        assert not solid.floor[1:4, 2].any()
        page.get_by_role("button", name="Undo").click()
        empty = maze_above(page)
        before = drawn(page)
        # The second finger comes before or after the first one has begun to draw.
        for pause in (0, 300):
            touch("touchStart", cell(page, 5, 5))
            page.wait_for_timeout(pause)
            one, other = cell(page, 5, 5), cell(page, 6, 5)
            touch("touchStart", one, other)
            touch("touchMove", (one[0] - 40, one[1]), (other[0] + 40, other[1]))
            touch("touchEnd")
            idle(page)
            assert maze_above(page) == empty
        page.get_by_role("button", name="Redo").click()  # as if two fingers had drawn nothing
        assert maze_above(page) == solid
        assert drawn(page)[2] > 2 * before[2]
        left, top, _ = drawn(page)
        other = one[0] + 50, one[1] + 50
        touch("touchStart", one)
        touch("touchStart", one, other)
        touch("touchMove", (one[0] + 30, one[1] + 20), (other[0] + 30, other[1] + 20))
        touch("touchEnd")
        assert drawn(page)[:2] == pytest.approx([left + 30, top + 20], abs=1.5)


def test_a_finger_points_while_it_moves_and_a_tap_pins(browser, address):
    with phone(browser, address) as (page, touch):
        tool(page, "Point")
        touch("touchStart", cell(page, 2, 8))
        touch("touchMove", cell(page, 5, 5))
        idle(page)
        touch("touchEnd")
        idle(page)
        assert page.locator("#here").text_content().startswith("x = 5, y = 5: ")
        assert page.locator("#curve").is_hidden()
        touch("touchStart", cell(page, 5, 5))
        touch("touchEnd")
        idle(page)
        assert page.locator("#curve").is_visible()


def test_a_large_maze_begins_with_cells_that_a_finger_can_touch(browser, address):
    with phone(browser, address + "#maze=klyubin") as (page, _):
        page.get_by_label("Width in cells").fill("60")
        page.get_by_label("Width in cells").press("Enter")
        idle(page)
        assert drawn(page)[2] == 32
        page.get_by_role("button", name="Show the whole maze").click()
        assert drawn(page)[2] < 10
