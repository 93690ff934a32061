"""Lessons in a browser, and learners who use them."""

from support.browsers import cell, corner, idle, tool

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


def act(page, rows, kind, *words):
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
