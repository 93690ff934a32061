"""An exported page shows each horizon and what cells reach."""

import io

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from PIL import Image
from support.browsers import SIZE, assert_dots, cell, corner, layout
from support.command_line import run
from support.exports import export_klyubin

import gridemp
from gridemp.render.layout.style import ABSORBING_COLOR

TRAPS = {(2, 8), (0, 3), (1, 3), (2, 3), (9, 3)}  # of the maze `trap`, as x and y
pytestmark = pytest.mark.ci


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    return export_klyubin(tmp_path_factory.mktemp("exported"))


def test_a_finger_leaves_the_cell_it_pointed_at(browser, exported):
    context = browser.new_context(viewport=SIZE, has_touch=True)
    page = context.new_page()
    page.goto(f"file://{exported[0]}")
    page.wait_for_function("() => document.getElementById('peak').textContent !== ''")
    page.touchscreen.tap(*cell(page, 5, 5))
    bits = gridemp.empowerment(gridemp.World.from_maze(gridemp.load_maze("klyubin")), 10).bits[45]
    assert page.locator("#here").text_content().startswith(f"x = 5, y = 5: {bits:.2f} bits")
    context.close()


def test_the_exported_page_shows_each_horizon_and_what_is_pointed_at(browser, exported):
    path, title = exported
    assert path.stat().st_size < 1_000_000
    context = browser.new_context(viewport=SIZE, offline=True)
    page = context.new_page()
    wrong = []
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: wrong.append(dialog.message))
    page.goto(f"file://{path}")
    page.wait_for_function("() => document.getElementById('peak').textContent !== ''")
    assert page.title() == title == page.locator("h1").text_content()
    assert page.locator("b, img").count() == 0
    world = gridemp.World.from_maze(gridemp.load_maze("klyubin"))
    for emap in gridemp.horizon_sweep(world, range(1, 11)):
        page.locator("#horizon").fill(str(emap.horizon - 1))
        page.mouse.move(*cell(page, 5, 5))
        page.mouse.move(*corner(page, 5.4, 4.6))
        told = page.locator("#here").text_content()
        outcomes = emap.outcomes[45]
        assert told == f"x = 5, y = 5: {emap.bits[45]:.2f} bits, {outcomes} outcomes"
        assert_dots(page, outcomes)
    assert wrong == []
    context.close()


def test_absorbing_cells_have_the_colour_of_the_figures(browser, tmp_path):
    path = tmp_path / "trap.html"
    assert run("export", "trap", "--horizon", 3, "--output", path).exit_code == 0
    context = browser.new_context(viewport=SIZE, offline=True)
    page = context.new_page()
    page.goto(f"file://{path}")
    page.wait_for_function("() => document.getElementById('peak').textContent !== ''")
    screen = np.array(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))
    due = tuple(round(255 * part) for part in to_rgb(ABSORBING_COLOR))
    left, top, size = layout(page, 11, 11)
    for row in range(11):
        for col in range(11):
            begin = int(top + row * size), int(left + col * size)
            seen = screen[begin[0] : begin[0] + size, begin[1] : begin[1] + size].reshape(-1, 3)
            share = (seen == due).all(axis=1).mean()
            assert (share > 0.3) == ((col, 10 - row) in TRAPS), (row, col, share)
    context.close()
