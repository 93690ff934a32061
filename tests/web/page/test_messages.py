"""Refusals stand beside their controls."""

import pytest
from support.browsers import idle, peak

import gridemp

pytestmark = pytest.mark.ci


def test_a_horizon_that_is_too_long_is_refused_beside_its_control(page):
    page.get_by_label("Slip", exact=True).fill("0.1")
    page.get_by_label("Horizon", exact=True).fill("12")
    idle(page)
    told = page.locator("[data-refusal=horizon]").text_content()
    assert told == (
        "There are too many sequences of 12 actions to try them all; lower the horizon to 8."
    )
    page.get_by_label("Horizon", exact=True).fill("2")
    idle(page)
    assert page.locator("[data-refusal=horizon]").is_hidden()
    assert page.locator("#peak").text_content() == peak(gridemp.load_maze("klyubin"), 2, slip=0.1)


def test_only_how_a_map_is_shown_may_be_refused_and_the_map_stays(page):
    page.get_by_label("Fixed colour range").check()
    idle(page)
    page.get_by_label("Lowest colour").fill("9")
    page.keyboard.press("Tab")
    idle(page)
    told = page.locator("[data-refusal=range]").text_content()
    assert told == (
        "Colours cannot go from 9 to 5.53 bits; make the lowest colour lower than the highest."
    )
    assert page.locator("#peak").text_content() == peak(gridemp.load_maze("klyubin"), 5)
    files = []
    page.on("download", lambda file: files.append(file))
    page.get_by_role("button", name="PNG").click()
    page.wait_for_timeout(500)
    assert files == []
    assert page.locator("[data-refusal=range]").text_content() == told
    page.get_by_label("Lowest colour").fill("1")
    page.keyboard.press("Tab")
    page.keyboard.type("8")
    page.keyboard.press("Tab")
    idle(page)
    ends = [page.locator(f"#{end}").input_value() for end in ("vmin", "vmax")]
    assert ends == ["1", "8"]
    page.get_by_label("Slip", exact=True).fill("0.1")
    page.get_by_label("Horizon", exact=True).fill("2")
    idle(page)
    assert page.locator("#numbers [value=outcomes]").is_disabled()


def test_a_refusal_is_dismissed_by_its_button_and_by_escape(page):
    page.locator("#board").focus()
    page.keyboard.press("Enter")
    idle(page)
    board = page.locator("#board").bounding_box()
    for dismiss in (
        lambda: page.get_by_role("button", name="Dismiss").click(),
        lambda: page.keyboard.press("Escape"),
    ):
        page.get_by_label("Width in cells").fill("0")
        page.get_by_label("Width in cells").press("Enter")
        refusal = page.locator("[data-refusal~=maze]")
        place = refusal.bounding_box()
        assert place["x"] >= board["x"] + board["width"]
        page.locator("#board").focus()
        dismiss()
        assert refusal.is_hidden()
        assert page.locator("#curve").is_visible()  # Escape has not unpinned the cell as well
    page.keyboard.press("Escape")
    assert page.locator("#curve").is_hidden()


def test_an_empty_name_changes_nothing(page):
    told = page.locator("#peak").text_content()
    page.get_by_label("Name", exact=True).fill("  ")
    page.keyboard.press("Tab")
    idle(page)
    assert page.get_by_label("Name", exact=True).input_value() == "klyubin"
    assert page.locator("#peak").text_content() == told
    assert page.locator("[data-refusal~=name]").is_hidden()
