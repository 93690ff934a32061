"""Lessons in a browser, and learners who use them."""

from support.browsers import cell, corner, idle, tool
from support.lesson_boards import SOLUTIONS, beginnings

from gridemp.web.lessons import bundled_lessons

LESSONS = {lesson["name"]: lesson for lesson in bundled_lessons()}
# Of the sides of a cell, from its upper left corner.
MIDDLES = {"north": (0.5, 0), "east": (1, 0.5), "south": (0.5, 1), "west": (0, 0.5)}


def press(page, name):
    """Press a button of the lesson."""
    page.locator(f"#lesson-{name}").click()
    idle(page)


def goal(page):
    """What the page says about the way to the goal."""
    return page.locator("#lesson-goal").text_content()


def wait_until_reached(page):
    """Wait until the page says that the goal is reached."""
    page.wait_for_selector("#lesson-goal.reached", timeout=60_000)


def slide(page, name, value):
    """Move a slider to a value with the keyboard, which also reaches every value before it."""
    page.locator(f"#{name}").press("Home")
    for _ in range(100):
        if float(page.locator(f"output[for={name}]").text_content()) == value:
            return
        page.locator(f"#{name}").press("ArrowRight")
    raise AssertionError(f"{name} cannot be {value}")


def act(page, rows, kind, *words):
    """Do what a solution says, with the mouse and the controls."""
    if kind == "set":
        name, value = words
        control = page.locator(f"#{name}")
        if control.get_attribute("type") == "range":
            slide(page, name, value)
        else:
            control.select_option(value)
    elif kind == "wall":
        x, y, side = words
        tool(page, "Thin wall")
        across, down = MIDDLES[side]
        page.mouse.click(*corner(page, x + across, rows - 1 - y + down))
    else:
        if kind == "agent":
            tool(page, "Agent")
        elif page.locator("#tools label:visible").count():
            tool(page, "Point")
        page.mouse.click(*cell(page, *words, rows))
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
        page.mouse.click(*cell(page, *a_wrong_cell(board, step["cell"]), board.maze.shape[0]))
    assert page.locator("#lesson-next").is_enabled()


def predicted(steps):
    """The mark of the prediction that comes before an explanation, nothing without one."""
    while steps and steps[-1]["kind"] == "do":
        steps = steps[:-1]
    if not steps or steps[-1]["kind"] == "check":
        return ""
    return "✗" if "cell" in steps[-1] else "✓"


def play(page, name):
    """Play a lesson that was opened, to its end; what it shows and says on the way is checked."""
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


def visible(page, selector):
    """What a selector finds, as far as it can be seen."""
    return page.locator(f"{selector}:visible")


def enter_lesson(page, title):
    page.get_by_role("button", name="Lessons").click()
    page.get_by_role("button", name=title).click()
    idle(page)
