"""The agent climbs the map and pushes boxes."""

import re

import pytest
from support.browsers import cell, choose_maze, idle, maze_of, painted, tool
from support.delays import Delay

import gridemp

pytestmark = pytest.mark.ci


def test_the_agent_climbs_step_by_step_and_playing(page):
    tool(page, "Agent")
    page.mouse.click(*cell(page, 0, 9))
    page.get_by_role("button", name="Step").click()
    page.wait_for_function("() => /x = /.test(document.getElementById('agent').textContent)")
    assert page.locator("#agent").text_content() == "east → x = 1, y = 9, 4.70 bits"
    page.get_by_role("button", name="Play").click()
    page.wait_for_function(
        "() => document.getElementById('agent').textContent.startsWith('It stays')", timeout=60_000
    )
    assert page.locator("#play").text_content() == "Play"
    told = page.locator("#agent").text_content()
    x, y = map(int, re.search(r"x = (\d+), y = (\d+)", told).groups())
    grid = gridemp.empowerment(gridemp.World.from_maze(gridemp.load_maze("klyubin")), 5).grid()
    assert f"{grid[9 - y, x]:.2f} bits" in told
    assert grid[9 - y, x] > grid[0, 0]
    page.get_by_label("Horizon", exact=True).fill("2")  # the sentence was about another map
    idle(page)
    told = page.locator("#agent").text_content()
    assert told == f"The agent is at x = {x}, y = {y}. Step and Play let it go on."


def test_an_agent_pushes_a_box_and_the_map_follows(page):
    choose_maze(page, "dead-end")
    page.get_by_label("Width in cells", exact=True).fill("5")
    page.get_by_label("Width in cells", exact=True).press("Enter")
    page.get_by_label("Height in cells", exact=True).fill("1")
    page.get_by_label("Height in cells", exact=True).press("Enter")
    page.get_by_role("button", name="Clear").click()
    idle(page)
    page.get_by_label("Horizon", exact=True).fill("1")
    tool(page, "Box")
    page.mouse.click(*cell(page, 1, 0, rows=1))
    tool(page, "Agent")
    page.mouse.click(*cell(page, 0, 0, rows=1))
    page.get_by_role("button", name="Step").click()
    page.wait_for_function("() => /x = /.test(document.getElementById('agent').textContent)")
    idle(page)
    assert dict(maze_of(page).objects) == {(0, 2): "$"}


def test_a_step_that_is_answered_late_belongs_to_its_agent_and_its_run(page):
    told = page.locator("#agent")
    delay = Delay(page, "step")
    tool(page, "Agent")
    page.mouse.click(*cell(page, 0, 9))
    page.get_by_role("button", name="Step").click()
    delay.wait()
    page.mouse.click(*cell(page, 9, 0))
    with page.expect_response("**/step"):
        delay.answer()
    painted(page)
    assert told.text_content() == "The agent is placed. Step and Play let it move."
    for name in ("Play", "Pause", "Play"):
        page.get_by_role("button", name=name, exact=True).click()
    delay.wait(2)
    page.wait_for_timeout(500)  # more than a step takes
    assert len(delay.routes) == 2
    delay.end()
    page.get_by_role("button", name="Pause", exact=True).click()
    choose_maze(page, "field")  # has a floor cell wherever the agent may be
    assert told.text_content().startswith("Place an agent with the Agent tool")


# Colours of the trail of a step from one end of a row of five cells to the other: in the middle of
# the row, and at the end where the step began
TRAIL = """async (torus) => {
  const { drawTrail } = await import("/marks.js");
  const context = new OffscreenCanvas(100, 20).getContext("2d", { willReadFrequently: true });
  const agent = { row: 0, col: 0, trail: [{ row: 0, col: 4 }] };
  drawTrail(context, { left: 0, top: 0, size: 20, rows: 1, cols: 5 }, { torus, agent });
  return [50, 98].map((x) => context.getImageData(x, 10, 1, 1).data[0]);
}"""


def test_the_trail_is_whole_on_ice_and_leaves_the_maze_on_a_torus(bare):
    assert bare.evaluate(TRAIL, "") == [255, 0]
    assert bare.evaluate(TRAIL, "xy") == [0, 255]
