"""What goes into the explorer and comes out of it, how it looks, and the exported page."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from support.browsers import SIZE, cell, corner, dots, idle, maze_of, peak, pixels, tool
from typer.testing import CliRunner

import gridemp
from gridemp.cli.main import app


def test_a_link_brings_back_maze_and_settings(page, browser):
    tool(page, "Solid cell")
    page.mouse.click(*cell(page, 3, 3))
    page.get_by_label("Horizon", exact=True).fill("4")
    page.get_by_label("Torus").select_option("xy")
    page.get_by_label("Fixed colour range").check()
    tool(page, "Point")
    page.mouse.click(*cell(page, 7, 7))
    page.wait_for_function("() => location.hash.includes('pin=7')")
    idle(page)
    told, maze = page.locator("#peak").text_content(), maze_of(page)
    shown = page.locator("#vmin").input_value(), page.locator("#vmax").input_value()
    page.reload()
    idle(page)
    other = page.context.new_page()
    other.goto(page.url)
    idle(other)
    for each in (page, other):
        assert each.locator("#peak").text_content() == told == peak(maze, 4, torus="xy")
        assert maze_of(each) == maze
        assert each.get_by_label("Torus").input_value() == "xy"
        assert (each.locator("#vmin").input_value(), each.locator("#vmax").input_value()) == shown
        assert each.locator("#pinned").text_content().startswith("x = 7, y = 7: ")


@pytest.mark.parametrize("fragment", ["#maze=nothing", "#drawing=!!", "#drawing=AAAA", "#pin=a"])
def test_a_broken_link_says_so_and_opens_the_maze_of_the_start(page, address, fragment):
    page.goto("about:blank")
    page.goto(address + fragment)
    idle(page)
    told = page.locator("[data-refusal~=maze]").text_content()
    assert told == "this link cannot be read; here is klyubin"
    assert maze_of(page) == gridemp.load_maze("klyubin")


def test_downloads_are_those_of_the_command_line(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    tool(page, "Solid cell")
    page.mouse.click(*cell(page, 8, 8))
    page.get_by_label("Numbers").select_option("bits")
    page.get_by_label("Horizon", exact=True).fill("3")
    idle(page)
    with page.expect_download() as text:
        page.get_by_role("button", name="Save text").click()
    text.value.save_as(tmp_path / text.value.suggested_filename)
    assert CliRunner().invoke(app, ["convert", "klyubin.txt", "again.txt"]).exit_code == 0
    assert Path("again.txt").read_text() == Path("klyubin.txt").read_text()
    page.get_by_role("button", name="Copy command").click()
    page.wait_for_function("() => document.getElementById('told').textContent !== ''")
    words = page.evaluate("() => navigator.clipboard.readText()").split()
    assert words == ["gridemp", "heatmap", "klyubin.txt", "--horizon", "3", "--annotate", "bits"]
    for suffix in ("png", "pdf", "svg"):
        with page.expect_download() as figure:
            page.get_by_role("button", name=suffix.upper()).click()
        assert figure.value.suggested_filename == f"klyubin-h3.{suffix}"
        made = CliRunner().invoke(app, [*words[1:], "--output", f"own.{suffix}"])
        assert made.exit_code == 0
        assert Path(figure.value.path()).read_bytes() == Path(f"own.{suffix}").read_bytes()


def test_mazes_are_loaded_pasted_dropped_resized_and_renamed(page):
    page.get_by_label("Load a bundled maze").select_option("warehouse")
    idle(page)
    assert maze_of(page) == gridemp.load_maze("warehouse")
    page.get_by_label("Name of the maze").fill("my own")
    page.get_by_label("Name of the maze").press("Enter")
    idle(page)
    assert page.locator("#board").get_attribute("aria-label").startswith("Maze my own, ")
    for event, make in (
        ("paste", "new ClipboardEvent('paste', {clipboardData: data, bubbles: true})"),
        ("drop", "new DragEvent('drop', {dataTransfer: data, bubbles: true})"),
    ):
        text = {"paste": "###\n#.#\n###\n", "drop": "+-+-+\n|   |\n+-+-+\n"}[event]
        page.evaluate(
            f"""(text) => {{
              const data = new DataTransfer();
              if ({event == "paste":d}) data.setData("text", text);
              else data.items.add(new File([text], "dropped.txt"));
              document.body.dispatchEvent({make});
            }}""",
            text,
        )
        idle(page)
        page.wait_for_timeout(100)
        idle(page)
        assert maze_of(page) == gridemp.parse_maze(text)
    page.get_by_label("Height in cells").fill("3")
    page.get_by_label("Height in cells").press("Enter")
    idle(page)
    assert maze_of(page).shape == (3, 2)
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.setData("text", "##\\n#");
          const how = {clipboardData: data, bubbles: true};
          document.body.dispatchEvent(new ClipboardEvent("paste", how));
        }"""
    )
    page.wait_for_selector("[data-refusal~=maze]:visible")
    assert page.locator("[data-refusal~=maze]").text_content().startswith("pasted.txt, line 2")
    assert maze_of(page).shape == (3, 2)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_one_screen(browser, address, scheme):
    context = browser.new_context(viewport=SIZE, color_scheme=scheme)
    page = context.new_page()
    page.goto(address)
    idle(page)
    tall, wide = page.evaluate(
        "() => [document.documentElement.scrollHeight, document.documentElement.scrollWidth]"
    )
    assert (wide, tall) == (1024, 768)
    ground = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    light = sum(map(int, re.findall(r"\d+", ground)[:3])) / 3
    assert light > 200 if scheme == "light" else light < 50
    context.close()


def test_a_finger_paints(browser, address):
    context = browser.new_context(viewport=SIZE, has_touch=True)
    page = context.new_page()
    page.goto(address)
    idle(page)
    tool(page, "Solid cell")
    page.touchscreen.tap(*cell(page, 3, 3))
    idle(page)
    assert not maze_of(page).floor[6, 3]
    context.close()


def test_colours_are_those_of_the_figures(page):
    emap = gridemp.empowerment(gridemp.World.from_maze(gridemp.load_maze("klyubin")), 5)
    page.mouse.move(5, 400)
    idle(page)
    mesh = gridemp.heatmap(emap).collections[0]
    mesh.update_scalarmappable()
    due = np.rint(255 * mesh.get_facecolor()[:, :3])
    np.testing.assert_array_equal(pixels(page, 0.75), due)


def test_a_finger_leaves_the_cell_it_pointed_at(browser, exported):
    context = browser.new_context(viewport=SIZE, has_touch=True)
    page = context.new_page()
    page.goto(f"file://{exported[0]}")
    page.wait_for_function("() => document.getElementById('peak').textContent !== ''")
    page.touchscreen.tap(*cell(page, 5, 5))
    bits = gridemp.empowerment(gridemp.World.from_maze(gridemp.load_maze("klyubin")), 10).bits[45]
    assert page.locator("#here").text_content().startswith(f"x = 5, y = 5: {bits:.2f} bits")
    context.close()


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """A page of the classic maze, its text and title full of markup."""
    folder = tmp_path_factory.mktemp("exported")
    name = "</script><img src=x onerror=alert(1)>.txt".replace("/", "-")
    (folder / name).write_text(gridemp.format_maze(gridemp.load_maze("klyubin")))
    title = "</title></script><script>document.title = 'wrong'</script><b>&amp;"
    words = ["export", str(folder / name), "--horizon", "1..10", "--title", title]
    result = CliRunner().invoke(app, [*words, "--output", str(folder / "page.html")])
    assert result.exit_code == 0, result.stderr
    return folder / "page.html", title


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
        assert dots(page) == outcomes
    assert wrong == []
    context.close()


def test_the_data_of_the_exported_page_is_the_map(exported):
    text = exported[0].read_text()
    data = json.loads(re.search(r'id="data">(.*?)</script>', text, re.DOTALL).group(1))
    world = gridemp.World.from_maze(gridemp.load_maze("klyubin"))
    for shown, emap in zip(data["maps"], gridemp.horizon_sweep(world, range(1, 11)), strict=True):
        assert shown["bits"] == emap.grid().round(6).tolist()


def test_a_size_that_is_none_is_refused_and_a_name_follows_its_maze(page):
    page.get_by_label("Width in cells").fill("0")
    page.keyboard.press("Tab")
    assert page.locator("[data-refusal~=maze]").text_content().startswith("a side has 1 to 200")
    assert page.get_by_label("Width in cells").input_value() == "10"
    page.get_by_label("Name of the maze").fill("a/b")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-refusal~=name]:visible")
    page.evaluate("location.hash = 'maze=spiral'")
    page.wait_for_function("() => document.getElementById('name').value === 'spiral'")
    idle(page)
    assert page.locator("[data-refusal~=name]").is_hidden()
    assert maze_of(page) == gridemp.load_maze("spiral")
