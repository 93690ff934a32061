"""Drawing in the explorer, in a real browser: the numbers are exactly those of the core."""

import re

from support.browsers import cell, corner, dots, drag, expected, here, idle, maze_of, peak, tool
from typer.testing import CliRunner

import gridemp
from gridemp.cli.main import app


def test_a_drawn_wall_changes_the_number_to_the_exact_value(page):
    assert here(page, 5, 5) == "x = 5, y = 5: 5.52 bits, 46 outcomes"
    tool(page, "Thin wall")
    page.mouse.click(*corner(page, 6, 4.5))
    idle(page)
    maze = maze_of(page)
    assert maze.wall_right[4, 5]
    assert maze != gridemp.load_maze("klyubin")
    assert here(page, 5, 5) == expected(maze, 5, 5, 5)
    assert here(page, 5, 5) != "x = 5, y = 5: 5.52 bits, 46 outcomes"


def test_dragging_paints_walls_and_cells_and_one_undo_takes_a_stroke_back(page):
    tool(page, "Thin wall")
    drag(page, corner(page, 6.5, 7), corner(page, 9.5, 7))
    walls = maze_of(page)
    assert walls.wall_below[6, 6:].all()
    tool(page, "Solid cell")
    drag(page, cell(page, 0, 9), cell(page, 0, 6), cell(page, 2, 6))
    solid = maze_of(page)
    assert not solid.floor[0:4, 0].any()
    assert not solid.floor[3, 0:3].any()
    assert (~solid.floor).sum() == 6
    assert page.locator("#peak").text_content() == peak(solid, 5)
    page.keyboard.press("Control+z")
    idle(page)
    assert maze_of(page) == walls
    page.get_by_role("button", name="Undo").click()
    idle(page)
    assert maze_of(page) == gridemp.load_maze("klyubin")
    assert page.get_by_role("button", name="Undo").is_disabled()
    for _ in range(2):
        page.get_by_role("button", name="Redo").click()
    idle(page)
    assert maze_of(page) == solid
    tool(page, "Solid cell")
    drag(page, cell(page, 0, 9), cell(page, 0, 6))
    assert maze_of(page).floor[0:4, 0].all()


def test_objects_are_placed_and_conveyors_follow_the_stroke(page):
    for i, name in enumerate(["Trap", "Box", "Fixed box", "Ice"]):
        tool(page, name)
        page.mouse.click(*cell(page, i, 0))
    tool(page, "Conveyor")
    drag(page, cell(page, 8, 9), cell(page, 8, 7))
    page.mouse.click(*cell(page, 0, 9))
    page.mouse.click(*cell(page, 0, 9))
    idle(page)
    maze = maze_of(page)
    assert dict(maze.objects) == {
        **{(9, 0): "T", (9, 1): "$", (9, 2): "B", (9, 3): "~"},
        **{(0, 8): "v", (1, 8): "v", (2, 8): "v", (0, 0): ">"},
    }
    assert page.locator("#peak").text_content() == peak(maze, 5, within=5)


def test_settings_change_the_map(page):
    maze = gridemp.load_maze("klyubin")
    page.get_by_label("Horizon", exact=True).fill("3")
    idle(page)
    assert here(page, 2, 2) == expected(maze, 2, 2, 3)
    page.get_by_label("Slip", exact=True).fill("0.1")
    idle(page)
    assert here(page, 2, 2).startswith(expected(maze, 2, 2, 3, slip=0.1))
    page.get_by_label("Moves").select_option("king")
    page.get_by_label("Stay").uncheck()
    page.get_by_label("Torus").select_option("x")
    page.get_by_label("Sensor").select_option("row")
    page.get_by_label("Horizon", exact=True).fill("2")
    idle(page)
    options = {"moves": "king", "stay": False, "torus": "x", "sensor": "row", "slip": 0.1}
    assert here(page, 2, 2).startswith(expected(maze, 2, 2, 2, **options))
    words = "--slip 0.1 --moves king --no-stay --torus-x --sensor row"
    page.wait_for_function(
        "words => document.getElementById('command').textContent === words",
        arg=f"gridemp heatmap klyubin --horizon 2 {words}",
    )


def test_what_the_command_line_refuses_is_refused_beside_its_control(page):
    page.get_by_label("Slip", exact=True).fill("0.1")
    page.get_by_label("Horizon", exact=True).fill("12")
    idle(page)
    told = page.locator("[data-refusal=horizon]").text_content()
    typed = ["heatmap", "klyubin", "--horizon", "12", "--slip", "0.1"]
    assert CliRunner().invoke(app, typed).stderr == f"gridemp: {told}\n"
    page.get_by_label("Horizon", exact=True).fill("2")
    idle(page)
    assert page.locator("[data-refusal=horizon]").is_hidden()
    assert page.locator("#peak").text_content() == peak(gridemp.load_maze("klyubin"), 2, slip=0.1)


def test_only_how_a_map_is_shown_may_be_refused_and_the_map_stays(page):
    page.get_by_label("Fixed colour range").check()
    idle(page)
    page.get_by_label("Lowest colour").fill("9")
    page.keyboard.press("Tab")
    idle(page)
    told = page.locator("[data-refusal=range]").text_content()
    assert told == "colours cannot go from 9 to 5.53 bits; let vmin be lower"
    assert page.locator("#peak").text_content() == peak(gridemp.load_maze("klyubin"), 5)
    files = []
    page.on("download", lambda file: files.append(file))
    page.get_by_role("button", name="PNG").click()
    page.wait_for_timeout(500)
    assert files == []
    assert page.locator("[data-refusal=range]").text_content() == told
    page.get_by_label("Lowest colour").fill("1")
    page.keyboard.press("Tab")
    page.keyboard.type("8")
    page.keyboard.press("Tab")
    idle(page)
    ends = [page.locator(f"#{end}").input_value() for end in ("vmin", "vmax")]
    assert ends == ["1", "8"]
    page.get_by_label("Slip", exact=True).fill("0.1")
    page.get_by_label("Horizon", exact=True).fill("2")
    idle(page)
    assert page.locator("#numbers [value=outcomes]").is_disabled()


def test_long_work_shows_progress_and_a_newer_edit_calls_it_off(page):
    page.get_by_label("Slip", exact=True).fill("0.2")
    page.get_by_label("Horizon", exact=True).fill("8")
    page.wait_for_selector("#progress:visible")
    assert 0 <= page.locator("#progress").evaluate("bar => bar.value") < 1
    assert page.locator("#peak").text_content() == "computing…"
    tool(page, "Solid cell")  # the page is not frozen
    page.get_by_label("Horizon", exact=True).fill("1")
    idle(page)
    assert page.locator("#progress").is_hidden()
    assert page.locator("#peak").text_content() == peak(gridemp.load_maze("klyubin"), 1, slip=0.2)


def test_a_pinned_cell_has_a_curve_and_what_it_reaches(page):
    page.mouse.click(*cell(page, 5, 5))
    idle(page)
    page.wait_for_selector("#curve:visible")
    label = page.locator("#curve").get_attribute("aria-label")
    world = gridemp.World.from_maze(gridemp.load_maze("klyubin"))
    maps = gridemp.horizon_sweep(world, range(1, 21))
    bits = [f"{emap.horizon}: {emap.grid()[4, 5]:.2f}" for emap in maps]
    assert label == f"Bits by horizon: {', '.join(bits)}"
    page.mouse.move(5, 400)
    idle(page)
    assert dots(page) == 46
    page.mouse.click(*cell(page, 5, 5))  # again, and it is let go
    page.mouse.move(5, 400)
    idle(page)
    assert dots(page) == 0
    assert page.locator("#curve").is_hidden()


def test_the_agent_climbs_step_by_step_and_playing(page):
    tool(page, "Agent")
    page.mouse.click(*cell(page, 0, 9))
    page.get_by_role("button", name="Step").click()
    page.wait_for_function("() => /x = /.test(document.getElementById('agent').textContent)")
    assert page.locator("#agent").text_content() == "east to x = 1, y = 9, 4.70 bits"
    page.get_by_role("button", name="Play").click()
    page.wait_for_function(
        "() => document.getElementById('agent').textContent.startsWith('stays')", timeout=15_000
    )
    assert page.locator("#play").text_content() == "Play"
    told = page.locator("#agent").text_content()
    x, y = map(int, re.search(r"x = (\d+), y = (\d+)", told).groups())
    grid = gridemp.empowerment(gridemp.World.from_maze(gridemp.load_maze("klyubin")), 5).grid()
    assert f"{grid[9 - y, x]:.2f} bits" in told
    assert grid[9 - y, x] > grid[0, 0]


def test_an_agent_pushes_a_box_and_the_map_follows(page):
    page.get_by_label("Load a bundled maze").select_option("dead-end")
    idle(page)
    page.get_by_label("Width in cells").fill("5")
    page.get_by_label("Width in cells").press("Enter")
    page.get_by_label("Height in cells").fill("1")
    page.get_by_label("Height in cells").press("Enter")
    page.get_by_role("button", name="Clear").click()
    idle(page)
    page.get_by_label("Horizon", exact=True).fill("1")
    tool(page, "Box")
    page.mouse.click(*cell(page, 1, 0, 1, 5))
    tool(page, "Agent")
    page.mouse.click(*cell(page, 0, 0, 1, 5))
    page.get_by_role("button", name="Step").click()
    page.wait_for_function("() => /x = /.test(document.getElementById('agent').textContent)")
    idle(page)
    assert dict(maze_of(page).objects) == {(0, 2): "$"}


def test_the_keyboard_alone_is_enough(page):
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.name") == "tool":
            break
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("() => document.activeElement.value") == "wall"
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.id") == "board"
    for key in ["ArrowRight"] * 5 + ["ArrowUp"] * 5:
        page.keyboard.press(key)
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Space")
    idle(page)
    maze = maze_of(page)
    assert maze.wall_right[4, 5]
    page.locator("#board").focus()
    page.keyboard.press("Enter")
    idle(page)
    assert page.locator("#pinned").text_content() == expected(maze, 5, 5, 5)
    page.keyboard.press("ArrowLeft")
    told = expected(maze, 4, 5, 5) + ", wall north, at its west side"
    assert page.locator("#spoken").text_content() == told
    page.keyboard.press("Space")
    idle(page)
    told = expected(maze_of(page), 4, 5, 5) + ", wall north and west, at its west side"
    assert page.locator("#spoken").text_content() == told
    page.locator("#board").focus()
    page.keyboard.press("Escape")
    idle(page)
    assert page.locator("#curve").is_hidden()
    for _ in range(2):
        page.keyboard.press("Control+z")
    idle(page)
    assert maze_of(page) == gridemp.load_maze("klyubin")


def test_everything_that_can_be_used_has_a_name_and_is_reached_by_tab(page):
    unnamed = page.evaluate(
        """() => [...document.querySelectorAll("button, input, select, canvas[tabindex]")]
          .filter((each) => !(each.labels?.length || each.ariaLabel || each.textContent.trim()))
          .map((each) => each.outerHTML)"""
    )
    assert unnamed == []
    seen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("() => document.activeElement.id || document.activeElement.name"))
    usable = page.evaluate(
        """() => [...document.querySelectorAll("button, input, select, canvas[tabindex]")]
          .filter((each) => each.id && !each.disabled && each.tabIndex >= 0)
          .filter((each) => each.checkVisibility())
          .map((each) => each.id)"""
    )
    assert set(usable) <= seen
