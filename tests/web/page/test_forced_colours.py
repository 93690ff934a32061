"""In forced colours, such as Windows' contrast themes, the page shows what is chosen."""

import io

import numpy as np
import pytest
from PIL import Image
from support.browsers import SIZE, cell, idle, layout, tool

pytestmark = pytest.mark.ci


@pytest.fixture(params=["light", "dark"])
def forced(request, browser, address):
    context = browser.new_context(viewport=SIZE, forced_colors="active", color_scheme=request.param)
    page = context.new_page()
    page.goto(address)
    idle(page)
    yield page
    context.close()


def seen(page, **clip):
    picture = Image.open(io.BytesIO(page.screenshot(clip=clip or None)))
    return np.array(picture.convert("RGB")).astype(int)


def label(page, name):
    """Pixels of a tool, without its icon and its words."""
    box = page.locator(f'#tools label:has-text("{name}")').bounding_box()
    return seen(page, x=box["x"] + box["width"] - 8, y=box["y"] + 8, width=4, height=8)


def test_the_chosen_tool_the_focus_and_the_pin_can_be_seen(forced):
    page = forced
    tool(page, "Trap")
    page.mouse.move(5, 5)
    assert abs(label(page, "Trap") - label(page, "Ice")).max() > 100
    tool(page, "Ice")
    assert abs(label(page, "Ice") - label(page, "Trap")).max() > 100
    page.locator("#undo").evaluate("button => button.disabled = false")
    box = page.locator("#undo").bounding_box()
    around = {"x": box["x"] - 5, "y": box["y"] - 5, "width": box["width"] + 10, "height": 8}
    before = seen(page, **around)
    page.keyboard.press("Tab")
    while page.evaluate("() => document.activeElement.id") != "undo":
        page.keyboard.press("Tab")
    assert (abs(seen(page, **around) - before).max(axis=-1) > 100).sum() > 20
    tool(page, "Point")
    left, top, size = layout(page)
    frame = {"x": left + 3 * size, "y": top + 6 * size, "width": size, "height": size}
    plain = seen(page, **frame)
    page.mouse.click(*cell(page, 3, 3))
    page.mouse.move(5, 5)
    idle(page)
    pinned = seen(page, **frame)
    white = (pinned == 255).all(axis=-1).sum() - (plain == 255).all(axis=-1).sum()
    black = (pinned == 0).all(axis=-1).sum() - (plain == 0).all(axis=-1).sum()
    assert white > 2 * size
    assert black > 2 * size
