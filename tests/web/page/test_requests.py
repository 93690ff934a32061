"""Newer questions call off older ones."""

import io
import json
from itertools import product

import pytest
from PIL import Image
from support.browsers import corner, dark, idle, peak, tool

import gridemp

NOT_JSON = "This is not an answer of gridemp (status 502); is another program on its port?"
GONE = "gridemp does not answer; start it again with gridemp explore --port "

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


def test_long_work_can_be_cancelled(page):
    shown = page.locator("#peak").text_content()
    page.get_by_role("button", name="Mark the best").click()
    page.wait_for_selector("#door:text('Open it')")
    page.get_by_label("Slip", exact=True).fill("0.2")
    page.get_by_label("Horizon", exact=True).fill("8")
    page.get_by_role("button", name="Cancel").click()
    idle(page)
    assert page.locator("#working").is_hidden()
    assert page.locator("#peak").text_content().startswith("Cancelled.")
    assert page.locator("#door").text_content() == "Mark the best"
    assert page.locator("#door-words").text_content() == ""
    page.get_by_label("Slip", exact=True).fill("0")
    page.get_by_label("Horizon", exact=True).fill("5")
    idle(page)
    assert page.locator("#peak").text_content() == shown


def said(page, kind, answer):
    """The message of what is thrown when the page asks a question that is answered so, or not."""

    def respond(route):
        return route.fulfill(**answer) if answer else route.abort()

    page.route(f"**/api/*/{kind}", respond)
    return page.evaluate(
        """async (kind) => {
          const { makeServerCore } = await import("./cores/server.js");
          const { inWords } = await import("./messages.js");
          const asked = makeServerCore().answer(kind, {});
          return asked.then(() => "an answer", inWords);
        }""",
        kind,
    )


def test_only_a_connection_that_fails_is_no_answer(browser, address):
    page = browser.new_page()
    page.goto(address)
    idle(page)
    failed = json.dumps({"error": {"sentence": "something went wrong", "field": ""}}) + "\n"
    lines = {"content_type": "application/x-ndjson"}
    answers = [
        ({"status": 500, "body": failed, **lines}, "something went wrong"),
        ({"status": 200, "body": failed, **lines}, "something went wrong"),
        ({"status": 502, "body": "<h1>Bad gateway</h1>", "content_type": "text/html"}, NOT_JSON),
        ({"status": 200, "body": '{"progress": 0.5}\n', **lines}, GONE),
        ({"status": 200, "body": "", **lines}, GONE),
        (None, GONE),
    ]
    for kind, (answer, sentence) in product(("cell", "figure"), answers):
        assert said(page, kind, answer).startswith(sentence), (kind, answer)
    page.close()


def test_cells_are_coloured_as_they_are_solved(page):
    tool(page, "Thin wall")
    page.mouse.click(*corner(page, 6, 3.5))
    page.get_by_label("Arrows", exact=True).select_option("greedy")
    idle(page)
    assert dark(page).any()
    page.get_by_label("Last edit", exact=True).check()
    page.get_by_label("Slip", exact=True).fill("0.2")
    page.get_by_label("Horizon", exact=True).fill("8")
    page.wait_for_selector("body.partial.waiting")
    page.wait_for_function("() => getComputedStyle(document.getElementById('board')).opacity == 1")
    assert not dark(page).any()  # neither arrows nor the last edit hide the cells
    few = colours(page)
    while colours(page) <= few:
        page.wait_for_timeout(200)
    page.get_by_role("button", name="Cancel").click()
    page.wait_for_selector("body:not(.waiting):not(.partial)")
    idle(page)
    assert dark(page).any()  # the map before is back, with its arrows


def colours(page):
    """The number of different colours on the board."""
    shot = Image.open(io.BytesIO(page.locator("#board").screenshot()))
    return len(shot.getcolors(shot.width * shot.height))


def test_an_answer_that_was_called_off_is_none_even_if_its_core_goes_on(bare):
    answers = bare.evaluate(
        """async () => {
          const { makeRequests } = await import("/requests.js");
          const waiting = [];
          const core = { answer: () => new Promise((...ends) => waiting.push(ends)) };
          const { ask, callOff } = makeRequests(core);
          const asked = [ask("map"), ask("map"), ask("map"), ask("cell"), ask("map")];
          callOff("cell");
          waiting.forEach(([answer, refuse], i) => (i === 1 ? refuse(Error("late")) : answer(i)));
          return Promise.all(asked);
        }"""
    )
    assert answers == [None, None, None, None, 4]
