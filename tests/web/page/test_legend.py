"""The legend explains the marks on the board, and no others."""

import pytest
from support.browsers import cell, idle, tool

pytestmark = pytest.mark.ci


def legend(page):
    idle(page)
    return page.locator("#legend li").all_text_contents()


def test_the_legend_follows_what_is_seen(page):
    assert legend(page) == ["brightest"]
    page.mouse.click(*cell(page, 5, 5))
    idle(page)  # the answer about a cell is shown while it is pointed at
    page.mouse.move(5, 400)
    assert legend(page) == ["brightest", "can be reached in 5 steps", "out of reach", "pinned cell"]
    page.locator("#board").focus()
    page.keyboard.press("Escape")
    for i, name in enumerate(["Trap", "Fixed box", "Conveyor", "Solid cell", "Agent"]):
        tool(page, name)
        page.mouse.click(*cell(page, 2 * i, 9))
    page.mouse.move(5, 400)
    assert legend(page) == [
        *("brightest", "agent", "solid cell", "trap", "fixed box", "conveyor"),
        "nothing can be changed from here: 0 bits",
    ]


def test_with_noise_dots_are_likelihoods(page):
    page.get_by_label("Horizon", exact=True).fill("2")
    page.get_by_label("Slip", exact=True).fill("0.1")
    page.mouse.click(*cell(page, 5, 5))
    assert "where it may end up: the larger, the likelier" in legend(page)
