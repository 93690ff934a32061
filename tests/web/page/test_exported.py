"""An exported page shows each horizon and what cells reach."""

import io

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from PIL import Image
from support.browsers import SIZE, assert_dots, cell, corner, layout
from support.command_line import run

import gridemp
from gridemp.render.layout.style import ABSORBING_COLOR

TRAPS = {(2, 8), (0, 3), (1, 3), (2, 3), (9, 3)}  # of the maze `trap`, as x and y
pytestmark = pytest.mark.ci


def test_a_finger_leaves_the_cell_it_pointed_at(browser, exported):
    context = browser.new_context(viewport=SIZE, has_touch=True)
    page = context.new_page()
    page.goto(f"file://{exported[0]}")
    page.wait_for_function("() => document.getElementById('peak').textContent !== ''")
    page.touchscreen.tap(*cell(page, 5, 5))
    world = gridemp.World.from_maze(gridemp.load_maze("klyubin"))
    emap = gridemp.empowerment(world, 10)
    count = emap.outcomes[45]
    told = f"x = 5, y = 5: {count} different end cells → log₂ {count} = {emap.bits[45]:.2f} bits"
    page.locator("#horizon").fill("9")
    assert page.locator("#here").text_content() == told
    page.touchscreen.tap(*cell(page, 4, 5))
    assert page.locator("#here").text_content().startswith("x = 4, y = 5: ")
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
        cells = f"{outcomes} different end cells → log₂ {outcomes}"
        assert told == f"x = 5, y = 5: {cells} = {emap.bits[45]:.2f} bits"
        assert_dots(page, outcomes)
    assert wrong == []
    context.close()


def test_it_opens_with_structure_and_plays_through_the_horizons(browser, exported):
    page = browser.new_page(viewport=SIZE)
    page.clock.install()
    page.goto(exported[0].as_uri())
    shown, play = page.locator("output[for=horizon]"), page.locator("#play")
    expect = lambda horizon: page.wait_for_function(  # noqa: E731
        "(n) => document.querySelector('output[for=horizon]').textContent === n", arg=str(horizon)
    )
    expect(4)
    assert "next 4 steps" in page.locator("#about").text_content()
    assert play.text_content() == "Play"
    play.click()
    assert play.text_content() == "Pause"
    for horizon in range(5, 11):
        page.clock.run_for(1000)
        expect(horizon)
    assert play.text_content() == "Play"  # the last map stays
    page.locator("#board").focus()
    page.keyboard.press(" ")
    expect(1)
    page.keyboard.press(" ")
    page.clock.run_for(5000)
    assert shown.text_content() == "1"
    page.emulate_media(reduced_motion="reduce")
    page.wait_for_function("() => document.getElementById('play').textContent === 'Next'")
    play.click()
    page.clock.run_for(5000)
    assert shown.text_content() == "2"
    page.close()


@pytest.mark.parametrize("width", [390, 320])
def test_a_phone_shows_it_without_scrolling_sideways_and_a_finger_moves_the_pointer(
    browser, exported, width
):
    context = browser.new_context(
        viewport={"width": width, "height": 700}, is_mobile=True, has_touch=True
    )
    page = context.new_page()
    page.goto(exported[0].as_uri() + "?lang=de")
    page.wait_for_function("() => document.getElementById('peak').textContent !== ''")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate("document.documentElement.lang") == "de"
    session = context.new_cdp_session(page)
    for kind, x in [("touchStart", 5), ("touchMove", 6), ("touchMove", 7), ("touchEnd", None)]:
        across, down = cell(page, x or 0, 5)
        points = [] if x is None else [{"x": across, "y": down}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    assert page.locator("#here").text_content().startswith("x = 7, y = 5: ")
    assert page.evaluate("[scrollX, scrollY]") == [0, 0]
    context.close()


def test_a_noisy_world_and_boxes_are_told_apart_from_end_cells(browser, tmp_path):
    page = browser.new_page(viewport=SIZE)

    def told(maze, *words):
        path = tmp_path / "page.html"
        assert run("export", maze, *words, "--output", path).exit_code == 0
        page.goto(path.as_uri())
        page.locator("#board").focus()
        for key in ("ArrowRight", "ArrowRight", "ArrowUp"):
            page.keyboard.press(key)
        return page.locator("#here").text_content(), page.locator("#caption").text_content()

    path = tmp_path / "boxed.txt"
    path.write_text("....\n..$.\n....\n")
    emap = gridemp.empowerment(gridemp.World.from_maze(gridemp.load_maze(path)), 3).one_per_cell()
    count = int(emap.grid(emap.outcomes.astype(float))[1, 1])
    sentence, _ = told(path, "--horizon", 3)
    assert sentence.startswith(f"x = 1, y = 1: {count} different end states → log₂ {count} = ")
    assert sentence.endswith(" cells where it can end up.")
    slippery, caption = told("klyubin", "--horizon", 2, "--slip", 0.2)
    world = gridemp.World.from_maze(gridemp.load_maze("klyubin"), slip=0.2)
    bits = gridemp.empowerment(world, 2).bits[81]
    start = f"x = 1, y = 1: {bits:.2f} bits, as much as if {2**bits:.1f} of the "
    assert slippery.startswith(start)
    assert slippery.endswith(" possible outcomes could be chosen without noise")
    assert caption.startswith("klyubin, 2 steps, slip 0.2, certified to 10⁻")
    page.close()


def test_absorbing_cells_have_the_colour_of_the_figures(browser, tmp_path):
    path = tmp_path / "trap.html"
    assert run("export", "trap", "--horizon", 3, "--output", path).exit_code == 0
    context = browser.new_context(viewport=SIZE, offline=True)
    page = context.new_page()
    page.goto(f"file://{path}")
    page.wait_for_function("() => document.getElementById('peak').textContent !== ''")
    screen = np.array(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))
    due = tuple(round(255 * part) for part in to_rgb(ABSORBING_COLOR))
    left, top, size = layout(page)
    for row in range(11):
        for col in range(11):
            begin = int(top + row * size), int(left + col * size)
            seen = screen[begin[0] : begin[0] + size, begin[1] : begin[1] + size].reshape(-1, 3)
            share = (seen == due).all(axis=1).mean()
            assert (share > 0.3) == ((col, 10 - row) in TRAPS), (row, col, share)
    context.close()
