"""The list of lessons, and the ticks of those that are finished."""

import pytest
from support.browsers import idle
from support.lesson_pages import LESSONS, press, visible

pytestmark = pytest.mark.ci


def test_finished_lessons_stay_ticked_until_the_ticks_are_removed(page, opened, address):
    def ticked():
        page.get_by_role("button", name="Lessons").click()
        return visible(page, "#lesson-entries button:has(.tick) strong").all_text_contents()

    forget = page.get_by_role("button", name="Remove the ticks")
    assert ticked() == []
    assert not forget.count()
    other = page.context.new_page()
    other.goto(f"{address}#lesson=box&step=6")
    idle(other)
    opened("trap", 5)
    press(page, "next")
    assert ticked() == ["The trap"]
    press(other, "next")
    other.close()
    page.reload()
    idle(page)
    assert ticked() == ["The box", "The trap"]
    forget.click()
    assert page.evaluate("document.activeElement.id") == "lesson-list-close"
    assert not visible(page, ".tick").count()
    assert not forget.count()
    page.reload()
    idle(page)
    assert ticked() == []
    # Where the page may not store anything, ticks last until it is loaded again.
    refusal = "get() { throw new DOMException('', 'SecurityError'); }"
    page.add_init_script(f"Object.defineProperty(window, 'localStorage', {{ {refusal} }})")
    opened("trap", 5)
    press(page, "next")
    assert ticked() == ["The trap"]


def test_the_list_has_all_lessons_and_the_sandbox_last(page):
    page.get_by_role("button", name="Lessons").click()
    titles = page.locator("#lesson-entries strong").all_text_contents()
    assert titles == [*(lesson["title"] for lesson in LESSONS.values()), "Sandbox"]
    page.get_by_role("button", name="The trap").click()
    idle(page)
    assert page.locator("#lesson-title").text_content() == "The trap"
    page.get_by_role("button", name="Lessons").click()
    page.get_by_role("button", name="Sandbox All tools").click()
    idle(page)
    assert page.locator("#lesson").is_hidden()


def test_who_is_new_begins_with_the_first_lesson(page):
    page.get_by_role("button", name="New here?").click()
    idle(page)
    assert page.locator("#lesson-title").text_content() == LESSONS["middle"]["title"]
    assert page.locator("#story").is_hidden()
