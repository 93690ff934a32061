"""The map that is shown, and what is told while it is computed."""

import pytest
from support.browsers import assert_dots, cell, dots, idle, painted, tool
from support.delays import Delay

pytestmark = pytest.mark.ci


def test_a_map_that_comes_just_in_time_is_not_said_to_be_computed(browser, address):
    context = browser.new_context()
    page = context.new_page()
    page.clock.install(time=0)
    page.clock.pause_at(1000)
    maps, cells = [], []
    page.route("**/map", lambda route: maps.append(route))
    page.route("**/cell", lambda route: cells.append(route))
    page.goto(f"{address}#pin=5,5")
    while not maps:
        page.wait_for_timeout(10)
    page.clock.run_for(290)
    maps.pop().continue_()
    while not cells:
        page.wait_for_timeout(10)
    page.clock.run_for(20)
    cells.pop().continue_()
    page.clock.resume()
    idle(page)
    assert "5.52" in page.locator("#pinned").text_content()
    assert "5.52" in page.locator("#peak").text_content()
    context.close()


def test_what_is_reached_belongs_to_the_map_that_is_shown(page):
    page.mouse.click(*cell(page, 5, 5))
    idle(page)
    assert dots(page) > 5
    cells = Delay(page, "cell")
    page.get_by_label("Horizon", exact=True).fill("2")
    cells.wait()
    assert_dots(page, 0)
    cells.end()
    idle(page)
    tool(page, "Thin wall")
    page.mouse.move(*cell(page, 5, 5))
    idle(page)
    assert "bits" in page.locator("#here").text_content()
    maps = Delay(page, "map")
    page.get_by_label("Horizon", exact=True).fill("3")
    page.wait_for_selector("body.waiting")
    assert page.locator("#here").text_content() == ""
    assert page.locator("#pinned").text_content() == "x = 5, y = 5"
    page.mouse.move(*cell(page, 4, 4))
    painted(page)
    assert page.locator("#here").text_content() == "x = 4, y = 4"
    maps.end()
    idle(page)
    assert "bits" in page.locator("#here").text_content()
