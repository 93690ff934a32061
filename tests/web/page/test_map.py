"""The map that is shown, and what is told while it is computed."""

import pytest
from support.browsers import idle

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
