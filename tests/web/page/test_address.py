"""Links bring back maze and settings."""

import base64
import json
import random
import zlib
from difflib import get_close_matches

import pytest
from support.browsers import cell, choose_maze, follow, idle, maze_of, peak, settle, tool
from support.delays import Delay
from support.lesson_pages import LESSONS
from support.serving import serving

import gridemp
from gridemp.mazes.bundled import bundled_mazes
from gridemp.mazes.objects import OBJECTS
from gridemp.web.page_words import words
from gridemp.web.server.links import MAX_LINK, after_address

pytestmark = pytest.mark.ci


def test_a_link_brings_back_maze_and_settings(page, browser):
    tool(page, "Solid cell")
    page.mouse.click(*cell(page, 3, 3))
    page.get_by_label("Horizon", exact=True).fill("4")
    page.get_by_label("Torus", exact=True).select_option("xy")
    page.get_by_label("Fixed colour range").check()
    tool(page, "Point")
    page.mouse.click(*cell(page, 7, 7))
    page.wait_for_function("() => location.hash.includes('pin=7')")
    idle(page)
    told, maze = page.locator("#peak").text_content(), maze_of(page)
    shown = page.locator("#vmin").input_value(), page.locator("#vmax").input_value()
    page.reload()
    settle(page)
    other = page.context.new_page()
    other.goto(page.url)
    settle(other)
    for each in (page, other):
        assert each.locator("#peak").text_content() == told == peak(maze, 4, torus="xy")
        assert maze_of(each) == maze
        assert each.get_by_label("Torus", exact=True).input_value() == "xy"
        assert (each.locator("#vmin").input_value(), each.locator("#vmax").input_value()) == shown
        each.wait_for_function(
            "() => document.getElementById('pinned').textContent.startsWith('x = 7, y = 7: ')"
        )


def link(name):
    """A link to a maze of one cell with some name."""
    drawing = {"name": name, "cells": ["."], "right": [""], "below": []}
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    packed = packer.compress(json.dumps(drawing).encode()) + packer.flush()
    return "#drawing=" + base64.urlsafe_b64encode(packed).decode().rstrip("=")


BROKEN = ["#maze=klyubin&pin=a", "#drawing=!!", "#drawing=AAAA", "#pin=a", link("a" * 200_000)]


def refusals_of_links(page, address, fragments):
    """What the page says of each of these links, of which it is loaded with the first."""
    page.goto(address + fragments[0])
    settle(page)
    for fragment in fragments:
        if fragment != fragments[0]:
            follow(page, fragment)
        told = page.locator("[data-refusal='']")
        assert told.is_visible(), fragment[:80]
        yield told.text_content()
        assert maze_of(page) == gridemp.load_maze("klyubin"), fragment[:80]
        page.keyboard.press("Escape")
        assert told.is_hidden()


def test_a_broken_link_says_so_and_opens_the_maze_of_the_start(tab, address):
    for told in refusals_of_links(tab, address, BROKEN):
        assert told == "This link cannot be read; the page shows klyubin."


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_a_link_with_a_misspelt_maze_names_the_right_one(tab, address, language):
    page = tab
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}?lang={language}")
    for asked in ("klyubn", "Klyubin"):
        follow(page, f"#maze={asked}")
        told = page.locator("[data-refusal='']")
        sentence = words()[language]["refusals"]["no_maze_near"]
        assert told.text_content() == sentence.format(asked=asked, near="klyubin", name="klyubin")
        box = told.bounding_box()
        assert 0 <= box["y"] < box["y"] + box["height"] <= 844  # it is seen without scrolling
        assert told.evaluate(LEFT) == page.locator("#story").evaluate(LEFT)


# Where the content of an element begins
LEFT = "each => each.getBoundingClientRect().x + parseFloat(getComputedStyle(each).paddingLeft)"


def test_a_link_with_a_maze_that_is_like_none_says_so(tab, address):
    asked = ["nothing", "x" * 1000]
    fragments = [f"#maze={each}" for each in asked]
    for each, told in zip(asked, refusals_of_links(tab, address, fragments), strict=True):
        assert told == f"There is no maze {each[:60]}; the page shows klyubin."


def test_misspelt_names_are_understood_as_on_the_command_line(bare):
    """The names are those of the bundled mazes, with letters left out, added and exchanged."""
    names, rng = [*bundled_mazes()], random.Random(1)
    misspelt = []
    for name in names * 20:
        letters = [*name]
        for _ in range(rng.randint(1, 5)):
            place = rng.randrange(len(letters) + 1)
            letters[place : place + rng.randint(0, 1)] = rng.choice(["", "a", "e", "-", name])
        misspelt.append("".join(letters))
    found = bare.evaluate(
        """async ([words, names]) => {
          const { nearest } = await import("/spelling.js");
          return words.map((word) => nearest(word, names));
        }""",
        [misspelt, names],
    )
    assert found == [next(iter(get_close_matches(word, names, n=1)), None) for word in misspelt]
    assert None in found
    assert len(set(found)) == len(names) + 1


def test_a_pin_outside_the_maze_is_dropped(tab, address):
    for pin in ("3,40", "-1,2", "2.5,3"):
        tab.goto(f"{address}#maze=klyubin&pin={pin}&slip=0.3&horizon=8")
        tab.wait_for_selector("#progress:visible")  # the page goes on
        tab.wait_for_function("() => !location.hash.includes('pin')")
        assert "horizon=8" in tab.url
        assert tab.locator(".refusal:visible").count() == 0


def test_the_longest_link_can_be_opened_by_the_command(bare):
    """A maze of 10,000 cells with all kinds of objects, which hardly can be compressed."""
    rng = random.Random(1)

    def lines(letters, rows, cols):
        return ["".join(rng.choices(letters, k=cols)) for _ in range(rows)]

    objects = ".#" + "".join(OBJECTS).replace("$", "")
    walls = {"right": lines("|.", 100, 99), "below": lines("-.", 99, 100)}
    link = bare.evaluate(
        """async (drawn) => {
          const { toFragment } = await import("/address.js");
          return toFragment(drawn, { horizon: 1 }, []);
        }""",
        {"name": "long", "cells": lines(objects, 100, 100), **walls},
    )
    assert 8_000 < len(link) < MAX_LINK / 2
    with serving("room", after_address(link)) as (port, _):
        bare.goto(f"http://127.0.0.1:{port}/opened")
        idle(bare)
        assert bare.url == f"http://127.0.0.1:{port}/{link}"
        assert bare.get_by_label("Name", exact=True).input_value() == "long"


# Drawings of links are unpacked only once `go` has been called.
HELD = """() => {
  const Unpacking = DecompressionStream;
  const gone = new Promise((done) => { window.go = done; });
  window.DecompressionStream = function (format) {
    const transform = (chunk, controller) => gone.then(() => controller.enqueue(chunk));
    const { readable, writable } = new TransformStream({ transform });
    return { writable, readable: readable.pipeThrough(new Unpacking(format)) };
  };
}"""


def test_a_link_that_is_read_late_makes_way_for_a_newer_one(page):
    page.evaluate(HELD)
    for newer in ("maze=spiral", "lesson=middle"):
        follow(page, link("late"))
        follow(page, newer)
        before = page.locator("#board").get_attribute("aria-label")
        page.evaluate("go()")
        page.wait_for_timeout(100)
        idle(page)
        assert page.locator("#board").get_attribute("aria-label") == before
        page.evaluate(HELD)


def test_a_link_that_is_being_read_stays_in_the_address(page):
    page.evaluate(HELD)
    page.locator("#horizon").fill("3")  # which the address would follow soon
    follow(page, link("late"))
    page.wait_for_timeout(500)
    assert page.evaluate("location.hash") == link("late")
    page.evaluate("go()")
    page.wait_for_function("() => document.getElementById('name').value === 'late'")


# A link is opened just before the address is written, while a busy page can do neither.
JUST_BEFORE = """(fragment) => new Promise((done) => {
  const until = performance.now() + 300;
  document.getElementById("slip").dispatchEvent(new Event("input", { bubbles: true }));
  setTimeout(() => { location.hash = fragment; }, 200);
  addEventListener("hashchange", () => done(), { once: true });
  while (performance.now() < until);
})"""


def test_a_link_is_read_though_the_address_was_to_be_written(page):
    page.evaluate(JUST_BEFORE, "maze=klyubin&horizon=2&slip=0.1")
    idle(page)
    assert page.evaluate("location.hash") == "#maze=klyubin&horizon=2&slip=0.1"
    assert page.get_by_label("Slip", exact=True).input_value() == "0.1"


def test_a_maze_that_is_opened_after_a_lesson_can_be_undone(opened):
    page = opened("noise", 1.5)
    assert page.locator("#lesson-text").text_content() == LESSONS["noise"]["steps"][0]["text"]
    assert page.get_by_role("button", name="Undo").is_disabled()
    follow(page, "maze=spiral&slip=0.2&numbers=outcomes&horizon=1")
    settle(page)
    assert maze_of(page) == gridemp.load_maze("spiral")
    assert page.locator("#numbers").input_value() == "bits"  # there are no outcomes under noise
    page.get_by_role("button", name="Undo").click()  # back to the sandbox before the lesson
    idle(page)
    assert maze_of(page) == gridemp.load_maze("klyubin")
    assert page.get_by_label("Horizon", exact=True).input_value() == "5"


def test_forward_returns_to_a_lesson_though_the_map_before_it_takes_long(page):
    page.evaluate("location.hash = 'lesson=trap'")
    idle(page)
    maps = Delay(page, "map")
    page.go_back()
    maps.wait()
    page.wait_for_timeout(500)  # by then, the address is written
    maps.end()
    idle(page)
    page.go_forward()
    page.wait_for_function("() => location.hash === '#lesson=trap'")


def test_back_returns_to_the_maze_and_to_the_step_of_a_lesson_before(page, address):
    def addressed(end):
        page.wait_for_function("(end) => location.href.endsWith(end)", arg=end)
        idle(page)

    tool(page, "Solid cell")
    page.mouse.click(*cell(page, 3, 3))
    page.wait_for_function("() => location.hash.startsWith('#drawing')")
    drawn = maze_of(page)
    choose_maze(page, "box")
    addressed("#maze=box&torus=xy")
    page.evaluate("location.hash = 'lesson=trap'")
    addressed("#lesson=trap")
    page.evaluate("location.hash = 'lesson=trap&step=2'")
    addressed("#lesson=trap&step=2")
    page.go_back()
    addressed("#lesson=trap")
    page.go_back()
    addressed("#maze=box&torus=xy")
    assert maze_of(page) == gridemp.load_maze("box")
    page.go_back()
    page.wait_for_function("() => location.hash.startsWith('#drawing')")
    idle(page)
    assert maze_of(page) == drawn
    page.go_forward()
    addressed("#maze=box&torus=xy")
    assert page.locator("#torus").input_value() == "xy"
