"""axe-core finds nothing to object to, in any state of the pages."""

import pytest
from support.accessibility import assert_accessible, violations
from support.browsers import SIZE, cell, idle, tool
from support.exports import export_klyubin

pytestmark = pytest.mark.ci

LOOKS = {
    "light": {"viewport": SIZE},
    "dark": {"viewport": SIZE, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
    "forced": {"viewport": SIZE, "forced_colors": "active"},
}


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    return export_klyubin(tmp_path_factory.mktemp("exported"))[0].as_uri()


@pytest.fixture(params=LOOKS)
def looking(request, browser):
    """An empty page in one of the looks."""
    context = browser.new_context(**LOOKS[request.param])
    yield context.new_page()
    context.close()


def open_all(page):
    """Open all parts of the page that are folded, and all explanations."""
    page.locator("summary, button.why[aria-expanded]").evaluate_all(
        "all => all.forEach((each) => each.click())"
    )


def test_the_explorer(looking, address):
    page = looking
    page.goto(f"{address}#pin=5,5")
    idle(page)
    assert page.locator("#curve").is_visible()
    assert_accessible(page)
    tool(page, "Agent")
    page.locator("#board").click()
    page.locator("#slip").fill("0.2")
    page.locator("#horizon").fill("20")
    idle(page)
    assert page.locator("[data-refusal=horizon]").is_visible()
    assert_accessible(page)
    open_all(page)
    assert_accessible(page)
    for opener in ("help", "tools-help", "mazes", "lessons"):
        page.locator(f"#{opener}").dispatch_event("click")
        assert page.get_by_role("dialog").is_visible()
        assert_accessible(page)
        page.keyboard.press("Escape")


def test_lessons(looking, address):
    page = looking
    for step in ("middle", "middle&step=6", "horizon", "box&step=5", "open-options&step=2"):
        page.goto("about:blank")
        page.goto(f"{address}#lesson={step}")
        idle(page)
        assert page.locator("#lesson-text").is_visible()
        assert_accessible(page)
    page.goto("about:blank")
    page.goto(f"{address}#lesson=horizon")
    idle(page)
    page.locator("#lesson-choices input").first.check()
    page.locator("#lesson-next").click()
    page.locator("#lesson-before").wait_for()
    assert_accessible(page)
    page.locator("#lessons").click()
    assert page.get_by_role("dialog").is_visible()
    assert_accessible(page)


def test_an_exported_page(looking, exported):
    page = looking
    page.goto(exported)
    page.wait_for_function("() => document.getElementById('peak').textContent !== ''")
    page.mouse.move(*cell(page, 5, 5))
    assert_accessible(page)


def test_what_breaks_rules_is_found(browser):
    page = browser.new_page()
    page.set_content("<img src='x'><p style='color: #bbb; background: #fff'>pale</p>")
    assert {"image-alt", "color-contrast"} <= set(violations(page))
    with pytest.raises(AssertionError, match="image-alt"):
        assert_accessible(page)
    page.close()
