"""Newer questions call off older ones."""

import pytest
from support.browsers import idle, peak, tool

import gridemp

pytestmark = pytest.mark.ci


def test_long_work_shows_progress_and_a_newer_edit_calls_it_off(page):
    page.get_by_label("Slip", exact=True).fill("0.2")
    page.get_by_label("Horizon", exact=True).fill("8")
    page.wait_for_selector("#progress:visible")
    assert 0 <= page.locator("#progress").evaluate("bar => bar.value") < 1
    assert page.locator("#peak").text_content() == "computing…"
    tool(page, "Solid cell")  # the page is not frozen
    page.get_by_label("Horizon", exact=True).fill("1")
    idle(page)
    assert page.locator("#progress").is_hidden()
    assert page.locator("#peak").text_content() == peak(gridemp.load_maze("klyubin"), 1, slip=0.2)
