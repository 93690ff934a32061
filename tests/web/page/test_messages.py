"""Refusals stand beside their controls."""

import json

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
    assert page.locator("#reveal-play").is_disabled()  # without a map, there is nothing to reveal
    page.get_by_label("Horizon", exact=True).fill("2")
    idle(page)
    assert page.locator("[data-refusal=horizon]").is_hidden()
    assert page.locator("#reveal-play").is_enabled()
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


def answered(page, kind, line):
    """Answer questions of a kind with a line."""
    body = json.dumps(line) + "\n"
    page.route(
        f"**/api/*/{kind}",
        lambda route: route.fulfill(body=body, content_type="application/x-ndjson"),
    )


def refused(page, kind, field, case, facts):
    """Refuse questions of a kind, ask for another map, and return the fields of what is told."""
    error = {"sentence": "", "field": field, "kind": case, "facts": facts}
    answered(page, kind, {"error": error})
    horizon = page.locator("#horizon")
    horizon.fill(str(5 - int(horizon.input_value())))  # 2 or 3
    idle(page)
    page.unroute(f"**/api/*/{kind}")
    return page.locator("[data-refusal]:visible").evaluate_all(
        "all => all.map(({ dataset }) => dataset.refusal)"
    )


def test_a_refusal_whose_place_is_left_out_of_a_lesson_is_told_above_the_board(opened):
    page = opened("horizon", 6)
    assert refused(page, "map", "sensor", "too_large", {"seconds": 99}) == [""]
    assert page.locator("[data-refusal='']").text_content().startswith("This would take about 99")


def test_every_control_has_a_place_for_refusals_and_fields_have_their_labels(page):
    page.locator("#horizon").fill("2")
    page.get_by_label("Arrows", exact=True).select_option("plan")
    idle(page)
    assert refused(page, "arrows", "policy", "plan_states", {"limit": 9}) == ["arrows"]
    error = {"sentence": "", "field": "horizon", "kind": "too_large", "facts": {"seconds": 99}}
    answered(page, "doors", {"error": error})
    page.locator("#door").click()
    page.locator("[data-refusal=horizon]").wait_for()
    assert page.locator("#door-words").text_content() == ""
    for field in ("torus", "stay"):
        assert refused(page, "map", field, "bad_field", {"field": field}) == [field]
    assert refused(page, "map", "", "bad_field", {"field": "slip_kind"}) == [""]
    told = page.locator("[data-refusal='']").text_content()
    assert told == "The page does not know this value of “Slips to”; choose another one."


def test_a_fault_of_the_page_is_told_and_the_page_does_not_stay_busy(browser, address):
    page = browser.new_page()
    page.goto(address)
    idle(page)
    answered(page, "map", {"result": {"bits": []}})
    page.locator("#horizon").fill("2")
    idle(page)
    told = page.locator("[data-refusal='']").text_content()
    assert told.startswith("Something went wrong in this page (")
    page.unroute("**/api/*/map")
    page.locator("#horizon").fill("3")
    idle(page)
    assert page.locator("[data-refusal='']").is_hidden()
    answered(page, "curve", {"result": {}})
    page.locator("#board").press("Enter")  # pins a cell
    page.locator("[data-refusal='']").wait_for()
    page.close()


def test_a_dismissed_refusal_passes_the_focus_to_its_control(page):
    page.get_by_label("Width in cells").fill("0")
    page.get_by_label("Width in cells").press("Enter")
    page.get_by_role("button", name="Dismiss").press("Enter")
    assert page.evaluate("document.activeElement.id") == "name"


# True once all that saves is able to, or none of it
SAVING = """(able) => [...document.querySelectorAll("#copy-command, #copy-text, #save-text")]
  .every(({ disabled }) => disabled !== able)"""


def test_what_has_a_bad_name_cannot_be_saved(page):
    saving = page.locator("#copy-command, #copy-text, #save-text")
    assert [saving.nth(i).is_enabled() for i in range(3)] == [True] * 3
    for name, able in (("a/b", False), ("ab", True)):
        page.get_by_label("Name", exact=True).fill(name)
        page.keyboard.press("Tab")
        idle(page)
        page.wait_for_function(SAVING, arg=able)
        assert [saving.nth(i).is_enabled() for i in range(3)] == [able] * 3
        assert page.locator("[data-refusal~=name]").is_visible() != able
