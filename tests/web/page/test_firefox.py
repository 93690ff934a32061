"""The essential paths in Firefox, as the other tests have them in Chromium."""

import numpy as np
import pytest
from support import browsers
from support.addresses import maze_in_address
from support.browser_core import answers_of, core_page, difference, python_answer
from support.browsers import SIZE, assert_dots, cell, corner, drag, here, idle, tool
from support.exports import try_live
from support.lesson_pages import LESSONS, play
from support.random_questions import random_question

import gridemp

pytestmark = pytest.mark.ci


@pytest.fixture(scope="module")
def firefox(playwright, tmp_path_factory):
    """Stock Firefox; ended with its module."""
    with browsers.firefox(playwright, tmp_path_factory.mktemp("firefox")) as running:
        yield running


@pytest.fixture
def pages(firefox):
    """A function that opens a page; what its console says is an error."""
    context = firefox.new_context(viewport=SIZE)
    wrong = []

    def opened(address):
        page = context.new_page()
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(address)
        return page

    yield opened
    context.close()
    # Playwright hides the text cursor in its screenshots by a style, which the page refuses.
    assert [text for text in wrong if "inline style" not in text] == []


def says(text, bits, outcomes):
    return f"{bits:.2f}" in text and str(outcomes) in text


def test_a_lesson(pages, address):
    page = pages(f"{address}#lesson=dead-ends")
    idle(page)
    play(page, "dead-ends")
    assert page.locator("#lesson-title").text_content() == LESSONS["horizon"]["title"]


def test_drawing_pinning_and_links(pages, address):
    page = pages(address)
    idle(page)
    klyubin = gridemp.load_maze("klyubin")
    emap = gridemp.empowerment(gridemp.World.from_maze(klyubin), 5)
    assert says(here(page, 5, 5), emap.bits[45], emap.outcomes[45])
    tool(page, "Thin wall")
    drag(page, corner(page, 0.4, 1), corner(page, 9.6, 1))
    page.wait_for_function("() => location.hash.startsWith('#drawing')")
    maze = maze_in_address(page)
    assert maze.wall_below[0].all()
    emap = gridemp.empowerment(gridemp.World.from_maze(maze), 5)
    assert says(page.locator("#peak").text_content(), emap.bits.max(), emap.outcomes.max())
    tool(page, "Point")
    page.mouse.click(*cell(page, 5, 4))
    page.wait_for_function("() => location.hash.includes('pin=5')")
    page.wait_for_selector("#curve:visible")
    idle(page)
    other = pages(page.url)
    idle(other)
    assert maze_in_address(other) == maze
    other.wait_for_selector("#curve:visible")
    assert_dots(other, int(emap.outcomes[55]))


def test_the_agent_climbs(pages, address):
    page = pages(address)
    idle(page)
    tool(page, "Agent")
    page.mouse.click(*cell(page, 0, 9))
    page.locator("#step").click()
    page.wait_for_function("() => document.getElementById('agent').textContent.includes('4.70')")


def test_a_task_of_a_lesson(pages, address):
    page = pages(f"{address}#lesson=trap&step=4")
    idle(page)
    for x, y in ((4, 4.5), (5, 4.5), (4.5, 4), (4.5, 5)):
        assert page.locator("#lesson-goal.reached").count() == 0
        page.mouse.click(*corner(page, x, y))
        idle(page)
    page.wait_for_selector("#lesson-goal.reached")
    page.locator("#lesson-next").click()
    idle(page)
    assert "4.68" in page.locator("#lesson-text").text_content()


def test_an_exported_page(pages, exported):
    path, title = exported
    page = pages(path.as_uri())
    page.wait_for_function("() => document.getElementById('peak').textContent !== ''")
    assert page.title() == title
    page.locator("#horizon").fill("4")
    page.mouse.move(*cell(page, 5, 5))
    page.mouse.move(*corner(page, 5.4, 4.6))
    assert says(page.locator("#here").text_content(), 5.52, 46)
    assert_dots(page, 46)


def test_the_whole_page_in_one_file(pages, live):
    try_live(pages(live.as_uri()))


def test_the_core_without_python_answers_as_python_does(firefox):
    rng = np.random.default_rng(3)
    questions = [("map", random_question(rng)[1]) for _ in range(40)]
    with core_page(firefox) as page:
        answers = answers_of(page, questions)
    for (kind, question), answer in zip(questions, answers, strict=True):
        assert difference(answer, python_answer(kind, question)) is None, question
