"""Every lesson can be played through to its end, and those without noise need no Python."""

import pytest
from support.browser_core import answers_of, core_page, difference, python_answer
from support.lesson_boards import SOLUTIONS, beginnings
from support.lesson_pages import LESSONS, play

from gridemp.web.lessons.board import WORLD
from gridemp.web.maze_json import lines_of

pytestmark = pytest.mark.ci


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_can_be_played_through_to_its_end(opened, name):
    page = opened(name)
    play(page, name)
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
