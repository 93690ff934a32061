"""Lessons on the page: each can be played through to its end, with only what its steps allow."""

import pytest
from support.browsers import cell, corner, idle, tool
from support.lesson_boards import SOLUTIONS, beginnings

from gridemp.web.lessons import bundled_lessons

pytestmark = pytest.mark.ci
LESSONS = {lesson["name"]: lesson for lesson in bundled_lessons()}
TOOLS = {"point": "Point", "wall": "Thin wall", "agent": "Agent"}


@pytest.fixture
def opened(page, address):
    """A function that opens a step of a lesson."""

    def open_step(name, step=1):
        page.goto("about:blank")
        page.goto(f"{address}#lesson={name}" + (f"&step={step}" if step > 1 else ""))
        idle(page)

    return open_step


def press(page, name):
    page.locator(f"#lesson-{name}").click()
    idle(page)


def goal(page):
    return page.locator("#lesson-goal").text_content()


def wait_until_reached(page):
    page.wait_for_selector("#lesson-goal.reached", timeout=60_000)


def act(page, size, kind, *words):
    """Do what a solution says, with the mouse and the controls."""
    if kind == "set":
        name, value = words
        control = page.locator(f"#{name}")
        if control.get_attribute("type") == "range":
            control.fill(str(value))
        else:
            control.select_option(value)
    elif kind == "wall":
        x, y, side = words
        tool(page, "Thin wall")
        across, down = {"north": (0, -0.5), "east": (0.5, 0), "south": (0, 0.5), "west": (-0.5, 0)}[
            side
        ]
        at = corner(page, x + 0.5 + across, size[0] - y - 0.5 + down, *size)
        page.mouse.click(*at)
    else:
        if kind == "agent":
            tool(page, "Agent")
        elif page.locator("#tools label:visible").count():
            tool(page, "Point")
        page.mouse.click(*cell(page, *words, *size))
        if kind == "agent":
            page.get_by_role("button", name="Play").click()
    idle(page)


def a_wrong_cell(board, which):
    """A cell that is not the brightest or not the darkest."""
    emap = board.map
    extreme = emap.bits.max() if which == "brightest" else emap.bits.min()
    number = next(i for i, bits in enumerate(emap.bits) if bits != extreme)
    return board.maze.xy(*board.maze.cells[emap.cell[number]].tolist())


def predict(page, step, board):
    """Choose the right answer, or a wrong cell."""
    assert page.locator("#lesson-next").is_disabled()
    if "choices" in step:
        page.locator("#lesson-choices input").nth(step["correct"] - 1).check()
    else:
        page.mouse.click(*cell(page, *a_wrong_cell(board, step["cell"]), *board.maze.shape))
    assert page.locator("#lesson-next").is_enabled()


def predicted(steps):
    """The mark of the prediction that comes before an explanation, nothing without one."""
    while steps and steps[-1]["kind"] == "do":
        steps = steps[:-1]
    if not steps or steps[-1]["kind"] == "check":
        return ""
    return "✗" if "cell" in steps[-1] else "✓"


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_can_be_played_through_to_its_end(page, opened, name):
    opened(name)
    steps, boards = LESSONS[name]["steps"], beginnings(LESSONS[name])
    for number, (step, board) in enumerate(zip(steps, boards, strict=True), 1):
        assert page.locator("#lesson-text").text_content() == step["text"]
        assert page.locator(".dot[aria-current]").count() == 1
        if step["kind"] == "predict":
            predict(page, step, board)
        elif step["kind"] == "check":
            before = page.locator("#lesson-before").text_content()
            assert before[:1] == predicted(steps[: number - 1])
        else:
            assert not page.locator("#lesson-goal.reached").count()
            for action in SOLUTIONS[name, number]:
                act(page, board.maze.shape, *action)
            wait_until_reached(page)
        press(page, "next")
    following = [*LESSONS, None][[*LESSONS].index(name) + 1]
    if following:
        assert page.locator("#lesson-title").text_content() == LESSONS[following]["title"]
    else:
        assert page.locator("#lesson").is_hidden()
