"""Everything can be reached on phones, on small and on enlarged screens."""

import pytest
from support.browsers import cell, corner, follow, idle

from gridemp.web.page_words import words

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
SPEAK = """async (language) => {
  const { fillIn, speak } = await import("./words.js");
  speak(language, await (await fetch(`words/${language}.json`)).json());
  fillIn();
}"""
# Texts of the bar above that are wider than their places
CUT_SHORT = """() => [...document.querySelectorAll("body > header :is(button, select)")]
  .filter((each) => each.scrollWidth > each.clientWidth)
  .map((each) => each.id)"""
SMALL = """(least) => [...document.querySelectorAll("button, #tools label, select, summary")]
  .filter((each) => each.checkVisibility())
  .filter((each) => {
    const {width, height} = each.getBoundingClientRect();
    return Math.min(width, height) < (each.matches(".why") ? 28 : least);
  })
  .map((each) => each.outerHTML)"""


@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_is_cut_off_and_fingers_find_what_they_touch(browser, address, screen):
    context = browser.new_context(**SCREENS[screen])
    page = context.new_page()
    page.goto(f"{address}?lang={LANGUAGE}#pin=5,5")
    idle(page)
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    if page.evaluate("matchMedia('(pointer: coarse)').matches"):
        assert page.evaluate(SMALL, 40) == []
        page.evaluate("scrollTo(0, 0)")
        assert cell(page, 1, 0)[0] - cell(page, 0, 0)[0] >= 32
    if "phone" in screen:
        header = page.locator("body > header")
        for language in ("en", "de", LANGUAGE):
            page.evaluate(SPEAK, language)
            for name in ("undo", "redo", "help"):  # of which only a sign is seen
                label = words()[language]["header"][name]
                assert header.get_by_role("button", name=label, exact=True).count() == 1
            assert page.evaluate(CUT_SHORT) == []
            assert header.bounding_box()["height"] < 2.6 * 40  # two rows
    for large in (False, True):
        if large:
            page.locator("#presentation").click()
            idle(page)
        width, inner = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert width <= inner == page.viewport_size["width"]
        assert page.evaluate(CUT_OFF) == []
        assert page.locator("#board").bounding_box()["height"] >= 200
        assert page.locator("#curve").bounding_box()["width"] > 200
    context.close()


@pytest.mark.parametrize("screen", ["small phone", "phone on its side", "150 % of 1280 x 800"])
def test_lessons_have_room(browser, address, screen):
    context = browser.new_context(**SCREENS[screen])
    page = context.new_page()
    page.goto(f"{address}?lang={LANGUAGE}")
    idle(page)
    for step in ("noise", "noise&step=5", "dead-ends&step=3", "open-options&step=2"):
        follow(page, f"lesson={step}")
        if page.evaluate("matchMedia('(pointer: coarse)').matches"):
            assert page.evaluate(SMALL, 40) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.evaluate(CUT_OFF) == []
        assert page.locator("#board").bounding_box()["height"] >= 200
    context.close()


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_signs_leave_the_map_and_the_colourbar_free(browser, address, screen):
    context = browser.new_context(**SCREENS[screen])
    page = context.new_page()
    page.goto(f"{address}?lang={LANGUAGE}")
    idle(page)
    assert page.locator("#first-lesson").is_visible()
    sign = page.locator("#invitation").bounding_box()
    assert sign["x"] > corner(page, 6, 0)[0]
    assert sign["x"] + sign["width"] < corner(page, 10, 0)[0]
    assert sign["height"] < 48
    if screen == "phone":
        assert sign["height"] < 24
        page.locator("#first-lesson").click()
        idle(page)
        assert page.locator("#veil").bounding_box()["y"] > corner(page, 0, 11)[1]
    else:  # the bar below keeps to one line
        page.set_viewport_size({"width": 1024, "height": 768})
        idle(page)
        page.mouse.click(*corner(page, 6, 3.5))
        page.locator("#first").wait_for()
        assert page.locator("footer").bounding_box()["height"] < 60
    context.close()
