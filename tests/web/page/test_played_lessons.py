"""Every lesson can be played through to its end, and those without noise need no Python."""

import pytest
from support.browser_core import answers_of, core_page, difference, python_answer
from support.browsers import cell
from support.lesson_boards import SOLUTIONS, beginnings
from support.lesson_pages import LESSONS, act, press, wait_until_reached

from gridemp.web.lessons.board import WORLD
from gridemp.web.maze_json import lines_of

pytestmark = pytest.mark.ci


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
        page.mouse.click(*cell(page, *a_wrong_cell(board, step["cell"]), board.maze.shape[0]))
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
                act(page, board.maze.shape[0], *action)
            wait_until_reached(page)
        press(page, "next")
    following = [*LESSONS, None][[*LESSONS].index(name) + 1]
    if following:
        assert page.locator("#lesson-title").text_content() == LESSONS[following]["title"]
    else:
        assert page.locator("#lesson").is_hidden()


def test_without_noise_lessons_need_no_python(browser):
    questions = []
    for name, lesson in LESSONS.items():
        for number, board in enumerate(beginnings(lesson), 1):
            after = board.after(SOLUTIONS.get((name, number), []))
            for each in (board, after):
                question = {option: each.settings[option] for option in WORLD}
                question["maze"] = {"name": each.maze.name, **lines_of(each.maze)}
                if not each.settings["slip"]:
                    questions.append(("map", question))
            goals = lesson["steps"][number - 1].get("goal", [])
            if any("best" in condition for condition in goals):
                questions.append(("doors", questions[-2][1]))
    assert {kind for kind, _ in questions} == {"map", "doors"}
    with core_page(browser) as core:
        for question, answer in zip(questions, answers_of(core, questions), strict=True):
            assert difference(answer, python_answer(*question)) is None
