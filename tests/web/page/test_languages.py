"""The page in other languages: no English is left, numbers have commas, and nothing overflows."""

import re
from functools import cache

import pytest
from support.browsers import SIZE, bring, cell, idle

from gridemp.mazes.bundled import bundled_mazes, description
from gridemp.web.lessons import bundled_lessons
from gridemp.web.page_words import words

pytestmark = pytest.mark.ci

OTHERS = ("de", "fr")
# Every text that the page shows or tells: text nodes, and attributes that are read aloud or shown.
TEXTS = """() => {
  for (const each of document.querySelectorAll("details")) each.open = true;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [document.title];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (parent.closest("script, style, noscript, #failed, #language, #command, #gallery strong")) {
      continue;
    }
    found.push(walker.currentNode.textContent);
  }
  for (const each of document.body.querySelectorAll("*")) {
    if (each.closest("noscript, #failed")) continue;
    for (const name of ["aria-label", "title", "placeholder", "aria-valuetext", "alt"]) {
      if (each.hasAttribute(name)) found.push(each.getAttribute(name));
    }
  }
  return found.map((text) => text.trim()).filter(Boolean);
}"""


def phrases(part):
    for value in part.values():
        yield from phrases(value) if isinstance(value, dict) else [value]


@cache
def english_only(language):
    """A pattern of the English texts that are not texts of another language, too."""
    own = set(phrases(words()[language]))
    texts = [text for text in phrases(words()["en"]) if text not in own]
    texts += [description(path) for path in bundled_mazes().values()]
    for lesson in bundled_lessons():
        texts += [lesson["title"], lesson["summary"], *(step["text"] for step in lesson["steps"])]
    parts = [re.split(r"\{\w+\}", text) for text in texts]
    parts = [
        each for each in parts if len(each) == 1 or len(re.findall("[a-z]+", " ".join(each))) > 2
    ]
    return re.compile("|".join(".+".join(map(re.escape, each)) for each in parts), re.DOTALL)


def assert_no_english(page, language):
    pattern = english_only(language)
    assert [text for text in page.evaluate(TEXTS) if pattern.fullmatch(text)] == []


@pytest.fixture(params=OTHERS)
def spoken(request, browser, address):
    """A language, and a function that opens an address of the page in it."""
    context = browser.new_context(viewport=SIZE)

    def start(fragment=""):
        page = context.new_page()
        page.goto(f"{address}?lang={request.param}{fragment}")
        idle(page)
        return page

    yield request.param, start
    context.close()


def test_no_english_is_left_on_the_page_and_nothing_overflows(spoken):
    language, start = spoken
    page = start("#pin=5,5&slip=0.1&horizon=3")
    page.evaluate(TEXTS)  # opens all that is folded
    for width in (390, 320, SIZE["width"]):
        page.set_viewport_size({"width": width, "height": SIZE["height"]})
        idle(page)
        for part in ("document.documentElement", "document.getElementById('controls')"):
            wide = page.evaluate(f"{part}.scrollWidth - {part}.clientWidth")
            assert wide <= 0, (width, part)
    assert page.evaluate("document.documentElement.lang") == language
    assert page.locator("#language").input_value() == language
    assert_no_english(page, language)
    page.locator("#tools [value=agent]").check(force=True)
    page.mouse.click(*cell(page, 2, 2))
    page.locator("#step").click()
    page.wait_for_function("() => document.getElementById('agent').textContent.includes('x = ')")
    page.locator("#board").focus()
    page.keyboard.press("ArrowUp")
    idle(page)
    assert re.search(r"\d,\d\d\sbits?\b", page.locator("#here").text_content(), re.IGNORECASE)
    assert not re.search(r"\d\.\d", page.locator("#here").text_content())
    page.locator("#name").fill("a/b")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-refusal~=name]:visible")
    assert_no_english(page, language)


def test_no_english_is_left_in_lessons(spoken):
    language, start = spoken
    page = start()
    page.locator("#lessons").click()
    page.locator("#lesson-entries button").first.click()
    idle(page)
    assert_no_english(page, language)
    page.mouse.click(*cell(page, 5, 5))
    page.locator("#lesson-next").click()
    idle(page)
    assert_no_english(page, language)


AMOUNTS = {  # of bits; in French, all that is less than 2 is singular
    "en": ["0.00 bits", "1.00 bits", "1.20 bits", "1.99 bits", "2.00 bits", "2.00 bits"],
    "de": ["0,00 Bit", "1,00 Bit", "1,20 Bit", "1,99 Bit", "2,00 Bit", "2,00 Bit"],
    "fr": ["0,00 bit", "1,00 bit", "1,20 bit", "1,99 bit", "2,00 bits", "2,00 bits"],
}


@pytest.mark.parametrize("language", AMOUNTS)
def test_bits_are_singular_and_plural_as_they_are_written(tab, address, language):
    page = tab
    page.goto(f"{address}?lang={language}#horizon=1&slip=0.2")
    idle(page)
    said = page.evaluate(
        """async () => {
          const { inBits } = await import("./words.js");
          return [0, 1, 1.2, 1.994, 1.996, 2].map((bits) => inBits(bits));
        }"""
    )
    assert said == AMOUNTS[language]
    assert re.search(rf"{AMOUNTS[language][2]}\b", page.locator("#peak").text_content())


MISTAKES = {
    "###\n#.#\n####": ("text_length", {"line": 3, "column": 4, "length": 4, "first": 3}),
    "###\n#?#\n###": ("text_letter", {"line": 2, "column": 2, "letter": "?"}),
    "+-+\n| |\n+|+": ("text_edge", {"line": 3, "column": 2}),
    "###\n###\n###": ("no_floor", {}),
}


def test_mistakes_in_texts_are_told_in_the_language_of_the_page(spoken):
    language, start = spoken
    page = start()
    told = page.locator("[data-refusal~=maze]")
    for text, (kind, facts) in MISTAKES.items():
        bring(page, "paste", text)
        told.wait_for()
        assert told.text_content() == words()[language]["refusals"][kind].format(**facts)
        page.keyboard.press("Escape")
        told.wait_for(state="hidden")
    bring(page, "drop", "###\n#.#\n###", "level.sok")  # only Python reads this format
    told.wait_for()
    assert told.text_content().endswith("this level has no player; draw one with @")


def test_the_language_of_the_browser_is_used_and_can_be_changed(browser, address):
    context = browser.new_context(viewport=SIZE, locale="fr-CH")
    page = context.new_page()
    page.goto(f"{address}#horizon=3")
    idle(page)
    assert page.evaluate("document.documentElement.lang") == "fr"
    page.locator("#language").select_option("de")
    page.wait_for_function("() => document.documentElement.lang === 'de'")
    idle(page)
    assert page.locator("#horizon").input_value() == "3"
    assert page.locator("#help").text_content() == words()["de"]["header"]["help"]
    page.goto(f"{address}?lang=xx")
    idle(page)
    assert page.evaluate("document.documentElement.lang") == "fr"
    context.close()
