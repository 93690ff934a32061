"""axe-core finds nothing to object to, in any state of the pages."""

import pytest
from support.accessibility import assert_accessible, assert_colours_accessible, violations
from support.browsers import SIZE, cell, follow, idle, tool

pytestmark = pytest.mark.ci

SCREENS = {
    "desktop": {"viewport": SIZE},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
}


@pytest.fixture(params=SCREENS)
def looking(request, browser):
    """An empty page on one of the screens, and what is to be checked in each of its states."""
    context = browser.new_context(**SCREENS[request.param])
    page = context.new_page()

    def check():
        assert_accessible(page)
        if request.param == "desktop":  # on a phone, colours are the same
            assert_colours_accessible(page)

    yield page, check
    context.close()


def open_all(page):
    """Open all parts of the page that are folded, and all explanations."""
    page.locator("summary, button.why[aria-expanded]").evaluate_all(
        "all => all.forEach((each) => each.click())"
    )


def test_the_explorer(looking, address):
    page, check = looking
    page.goto(f"{address}#pin=5,5")
    idle(page)
    assert page.locator("#curve").is_visible()
    check()
    tool(page, "Agent")
    page.locator("#board").click()
    page.locator("#slip").fill("0.2")
    page.locator("#horizon").fill("20")
    idle(page)
    assert page.locator("[data-refusal=horizon]").is_visible()
    check()
    open_all(page)
    check()
    for opener in ("help", "tools-help", "mazes", "lessons"):
        page.locator(f"#{opener}").dispatch_event("click")
        assert page.get_by_role("dialog").is_visible()
        check()
        page.keyboard.press("Escape")


def test_lessons(looking, address):
    page, check = looking
    page.goto(f"{address}#lesson=middle")
    idle(page)
    check()
    for step in ("middle&step=6", "box&step=5", "open-options&step=2", "horizon"):
        follow(page, f"lesson={step}")
        assert page.locator("#lesson-text").is_visible()
        check()
    page.locator("#lesson-choices input").first.check()
    page.locator("#lesson-next").click()
    page.locator("#lesson-before").wait_for()
    check()
    page.locator("#lessons").click()
    assert page.get_by_role("dialog").is_visible()
    check()


def test_an_exported_page(looking, exported):
    page, check = looking
    page.goto(exported[0].as_uri())
    page.wait_for_function("() => document.getElementById('peak').textContent !== ''")
    page.mouse.move(*cell(page, 5, 5))
    check()


def test_what_breaks_rules_is_found(browser):
    page = browser.new_page()
    page.set_content("<img src='x'><p style='color: #bbb; background: #fff'>pale</p>")
    assert {"image-alt", "color-contrast"} <= set(violations(page))
    with pytest.raises(AssertionError, match="image-alt"):
        assert_accessible(page)
    page.close()
