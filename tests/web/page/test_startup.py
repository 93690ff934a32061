"""A start that fails says so in a sentence, and hides the page that would do nothing."""

import json
from importlib.resources import files

import pytest
from support.browsers import idle

import gridemp
from gridemp.web.export import page as exported_page

pytestmark = pytest.mark.ci

SILENT = "gridemp does not answer."
BROKEN = "This page could not start."
OLD = "This browser is too old for this page."
THROWS = {"content_type": "text/javascript", "body": "throw new Error('a fault');"}
UNREADABLE = {"content_type": "text/javascript", "body": "let let = 1;"}

FAULTS = {
    "no answer": ("**/start", lambda route: route.abort(), SILENT),
    "another program": ("**/start", lambda route: route.fulfill(body=""), BROKEN),
    "a missing file": ("**/board.js", lambda route: route.fulfill(status=404), SILENT),
    "a fault": ("**/served.js", lambda route: route.fulfill(**THROWS), BROKEN),
    "new syntax": ("**/board.js", lambda route: route.fulfill(**UNREADABLE), OLD),
}
FEATURES = ("window.DecompressionStream", "Array.prototype.with", "window.HTMLDialogElement")


@pytest.fixture
def fresh(browser):
    """A page of its own, empty."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """The address of an exported page of maps."""
    path = tmp_path_factory.mktemp("exported") / "page.html"
    world = gridemp.World.from_maze(gridemp.load_maze("room"))
    path.write_text(exported_page([gridemp.empowerment(world, 1)]), encoding="utf-8")
    return path.as_uri()


def assert_fails(page, sentence):
    page.locator("#failed").wait_for()
    assert page.locator("#failed").inner_text().startswith(sentence)
    assert page.locator("main").is_hidden()


@pytest.mark.parametrize(("files", "answer", "sentence"), FAULTS.values(), ids=FAULTS)
def test_a_failed_start_says_why(fresh, address, files, answer, sentence):
    fresh.route(files, answer)
    fresh.goto(address)
    assert_fails(fresh, sentence)


@pytest.mark.parametrize("feature", FEATURES)
def test_an_old_browser_is_told_so(fresh, address, feature):
    fresh.add_init_script(f"delete {feature}")
    fresh.goto(address)
    assert_fails(fresh, OLD)


def test_an_old_browser_is_told_so_by_an_exported_page(fresh, exported):
    fresh.add_init_script("delete window.DecompressionStream")
    fresh.goto(exported)
    assert_fails(fresh, OLD)


def test_an_exported_page_says_that_it_is_broken(fresh, exported):
    fault = "() => { throw new Error('a fault'); }"
    fresh.add_init_script(f"HTMLCanvasElement.prototype.getContext = {fault}")
    fresh.goto(exported)
    assert_fails(fresh, BROKEN)
    assert "a fault" in fresh.locator("#failed-details").text_content()


def test_an_exported_page_starts_without_what_only_the_explorer_needs(fresh, exported):
    fresh.add_init_script("delete Array.prototype.with; delete window.HTMLDialogElement")
    fresh.goto(exported)
    fresh.wait_for_function("() => document.getElementById('peak').textContent !== ''")
    assert fresh.locator("#failed").is_hidden()
    assert fresh.locator("main").is_visible()


def test_a_late_start_takes_back_that_there_was_no_answer(fresh, address):
    held = []
    fresh.route("**/start", lambda route: held.append(route))
    fresh.clock.install()
    fresh.goto(address)
    fresh.wait_for_function("() => document.readyState === 'complete'")
    assert fresh.locator("#failed").is_hidden()
    fresh.clock.fast_forward(10_000)
    assert_fails(fresh, SILENT)
    held[0].continue_()
    fresh.clock.resume()
    idle(fresh)
    assert fresh.locator("#failed").is_hidden()
    assert fresh.locator("main").is_visible()


@pytest.mark.parametrize("kind", ["address", "exported"])
def test_without_scripts_the_page_says_that_it_needs_them(browser, request, kind):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(request.getfixturevalue(kind))
    told = page.locator("noscript p")
    assert told.is_visible()
    assert told.inner_text().startswith("This page needs JavaScript")
    assert page.locator("main").is_hidden()
    context.close()


def test_the_sentences_of_the_page_are_those_of_its_words(fresh, address):
    fresh.route("**/words/*", lambda route: route.abort())
    fresh.goto(address)
    assert_fails(fresh, BROKEN)
    words = json.loads((files("gridemp.web") / "page/words/en.json").read_text("utf-8"))
    for reason in ("old", "silent", "broken"):
        place = fresh.locator(f"[data-failed={reason}]")
        assert place.text_content() == words["failed"][reason]


def test_the_sentences_of_an_exported_page_are_those_of_its_words():
    text = (files("gridemp.web") / "page/exported.html").read_text("utf-8")
    words = json.loads((files("gridemp.web") / "page/words/en.json").read_text("utf-8"))
    for reason in ("old", "broken"):
        assert f">{words['failed'][reason]}</p>" in text


def test_a_refused_start_is_told_in_words(fresh, address):
    fresh.route("**/start", lambda route: route.fulfill(status=502, body=""))
    fresh.goto(address)
    assert_fails(fresh, BROKEN)
    told = fresh.locator("#failed-details").text_content()
    assert told == "This is not an answer of gridemp (status 502); is another program on its port?"
