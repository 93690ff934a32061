"""Everything can be reached on phones, on small and on enlarged screens."""

import pytest
from support.browsers import cell, idle

pytestmark = pytest.mark.ci

PHONE = {"has_touch": True, "is_mobile": True}
SCREENS = {
    "phone": {"viewport": {"width": 390, "height": 844}, **PHONE},
    "small phone": {"viewport": {"width": 320, "height": 568}, **PHONE},
    "phone on its side": {"viewport": {"width": 844, "height": 390}, **PHONE},
    "150 % of 1280 x 800": {"viewport": {"width": 853, "height": 533}},
    "desktop": {"viewport": {"width": 1280, "height": 800}},
}
LANGUAGE = "fr"  # its words are long
# Controls that stay beyond the edges of the window even if one scrolls to them
CUT_OFF = """() => [...document.querySelectorAll("button, input, select, #curve, summary")]
  .filter((each) => each.checkVisibility() && !each.matches(".hidden"))
  .filter((each) => {
    each.scrollIntoView({block: "center", inline: "center"});
    const box = each.closest("#tools label") ?? each;
    const {left, top, right, bottom} = box.getBoundingClientRect();
    return left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1;
  })
  .map((each) => each.id || each.name || each.outerHTML)"""
SMALL = """(least) => [...document.querySelectorAll("button, #tools label, select, summary")]
  .filter((each) => each.checkVisibility())
  .filter((each) => {
    const {width, height} = each.getBoundingClientRect();
    return Math.min(width, height) < (each.matches(".why") ? 28 : least);
  })
  .map((each) => each.outerHTML)"""


@pytest.fixture(params=SCREENS)
def screen(request, browser, address):
    """The page on a screen, with a pinned cell and all groups of controls open."""
    context = browser.new_context(**SCREENS[request.param])
    page = context.new_page()
    page.goto(f"{address}?lang={LANGUAGE}#pin=5,5")
    idle(page)
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    page.locator("[name=tool][value=point]").check(force=True)
    idle(page)
    yield page
    context.close()


def test_nothing_is_cut_off(screen):
    page = screen
    for large in (False, True):
        if large:
            page.locator("#presentation").click()
            idle(page)
        width, inner = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert width <= inner == page.viewport_size["width"]
        assert page.evaluate(CUT_OFF) == []
        board = page.locator("#board").bounding_box()
        assert board["height"] >= 200
        assert page.locator("#curve").bounding_box()["width"] > 200


def test_fingers_find_what_they_touch(screen):
    page = screen
    if not page.evaluate("matchMedia('(pointer: coarse)').matches"):
        pytest.skip("a screen without fingers")
    assert page.evaluate(SMALL, 40) == []
    page.evaluate("scrollTo(0, 0)")
    page.locator("#board").scroll_into_view_if_needed()
    assert cell(page, 1, 0)[0] - cell(page, 0, 0)[0] >= 32
