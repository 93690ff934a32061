"""Settings change the map, and mazes come in by several ways."""

import pytest
from support.browsers import bring, choose_maze, expected, here, idle, layout, maze_of

import gridemp

pytestmark = pytest.mark.ci


def test_settings_change_the_map(page):
    maze = gridemp.load_maze("klyubin")
    page.get_by_label("Horizon", exact=True).fill("3")
    idle(page)
    assert here(page, 2, 2) == expected(maze, 2, 2, 3)
    page.get_by_label("Slip", exact=True).fill("0.1")
    idle(page)
    assert here(page, 2, 2).startswith(expected(maze, 2, 2, 3, slip=0.1))
    page.get_by_label("Moves", exact=True).select_option("king")
    page.get_by_label("Stay", exact=True).uncheck()
    page.get_by_label("Torus", exact=True).select_option("x")
    page.get_by_label("Sensor", exact=True).select_option("row")
    page.get_by_label("Horizon", exact=True).fill("2")
    idle(page)
    options = {"moves": "king", "stay": False, "torus": "x", "sensor": "row", "slip": 0.1}
    assert here(page, 2, 2).startswith(expected(maze, 2, 2, 2, **options))
    words = "--slip 0.1 --moves king --no-stay --torus-x --sensor row"
    page.wait_for_function(
        "words => document.getElementById('command').textContent === words",
        arg=f"gridemp heatmap klyubin --horizon 2 {words}",
    )


def test_mazes_are_loaded_pasted_dropped_resized_and_renamed(page):
    choose_maze(page, "warehouse")
    assert maze_of(page) == gridemp.load_maze("warehouse")
    page.get_by_label("Name", exact=True).fill("my own")
    page.get_by_label("Name", exact=True).press("Enter")
    idle(page)
    assert page.locator("#board").get_attribute("aria-label").startswith("Maze my own, ")
    for event, name, text in (
        ("paste", "pasted", "###\n#.#\n###\n"),
        ("drop", "dropped", "+-+-+\n|   |\n+-+-+\n"),
    ):
        bring(page, event, text)
        page.wait_for_function("name => document.getElementById('name').value === name", arg=name)
        idle(page)
        assert maze_of(page) == gridemp.parse_maze(text)
    page.get_by_label("Height in cells", exact=True).fill("3")
    page.get_by_label("Height in cells", exact=True).press("Enter")
    idle(page)
    assert maze_of(page).shape == (3, 2)
    bring(page, "drop", "XXXXX\nX. .X\nXXXXX\n")
    page.wait_for_function(
        "told => document.getElementById('told').textContent === told",
        arg="X is read as # (wall, as in the frame)",
    )
    idle(page)
    assert maze_of(page).shape == (1, 3)
    bring(page, "paste", "##\n#")
    page.wait_for_selector("[data-refusal~=maze]:visible")
    assert page.locator("[data-refusal~=maze]").text_content().startswith("pasted.txt, line 2")
    assert maze_of(page).shape == (1, 3)


def test_a_file_that_is_no_text_is_refused(page):
    before = maze_of(page)
    for content in ("[0x89, 0x50, 0x4e, 0x47]", "[0x23, 0x00, 0x2e, 0x00]"):
        page.evaluate(
            f"""() => {{
              const data = new DataTransfer();
              data.items.add(new File([new Uint8Array({content})], "picture.png"));
              const how = {{dataTransfer: data, bubbles: true}};
              document.body.dispatchEvent(new DragEvent("drop", how));
            }}"""
        )
        page.wait_for_selector("text=picture.png is not UTF-8 text")
        page.keyboard.press("Escape")
    assert maze_of(page) == before


def test_a_size_that_is_none_is_refused_and_a_name_follows_its_maze(page):
    page.get_by_label("Width in cells", exact=True).fill("0")
    page.keyboard.press("Tab")
    assert (
        page.locator("[data-refusal~=maze]").text_content().startswith("A side must have 1 to 200")
    )
    assert page.get_by_label("Width in cells", exact=True).input_value() == "10"
    page.get_by_label("Name", exact=True).fill("a/b")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-refusal~=name]:visible")
    page.evaluate("location.hash = 'maze=spiral'")
    page.wait_for_function("() => document.getElementById('name').value === 'spiral'")
    idle(page)
    assert page.locator("[data-refusal~=name]").is_hidden()
    assert maze_of(page) == gridemp.load_maze("spiral")


def test_everything_that_can_be_used_has_a_name_and_is_reached_by_tab(page):
    unnamed = page.evaluate(
        """() => [...document.querySelectorAll("button, input, select, canvas[tabindex]")]
          .filter((each) => !(each.labels?.length || each.ariaLabel || each.textContent.trim()))
          .map((each) => each.outerHTML)"""
    )
    assert unnamed == []
    seen = set()
    for _ in range(90):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("() => document.activeElement.id || document.activeElement.name"))
    usable = page.evaluate(
        """() => [...document.querySelectorAll("button, input, select, canvas[tabindex]")]
          .filter((each) => each.id && !each.disabled && each.tabIndex >= 0)
          .filter((each) => each.checkVisibility())
          .map((each) => each.id)"""
    )
    assert set(usable) <= seen


def test_no_maze_comes_into_a_lesson_or_behind_a_dialog(page, opened):
    asked = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    board = page.locator("#board")

    def bring_both():
        for event in ("paste", "drop"):
            bring(page, event, "...\n...\n")

    page.get_by_label("Name", exact=True).fill("edited")
    page.get_by_label("Name", exact=True).press("Enter")
    idle(page)
    page.get_by_role("button", name="Help", exact=True).click()
    bring_both()
    page.keyboard.press("Control+z")
    page.wait_for_timeout(200)
    assert board.get_attribute("aria-label").startswith("Maze edited, ")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+z")
    idle(page)
    assert board.get_attribute("aria-label").startswith("Maze klyubin, ")
    opened("horizon")
    bring_both()
    page.wait_for_timeout(200)
    assert "map" in asked
    assert "read" not in asked


def test_reset_all_resets_how_the_page_looks_too(page):
    page.get_by_label("Name", exact=True).fill("edited")
    page.get_by_label("Name", exact=True).press("Enter")
    idle(page)
    whole = layout(page)
    page.get_by_role("button", name="Large").click()
    page.get_by_role("button", name="Zoom in").click()
    page.locator("#difference").check()
    page.get_by_role("button", name="Reset all").click()
    idle(page)
    assert maze_of(page) == gridemp.load_maze("klyubin")
    assert layout(page) == whole
    assert page.locator("#presentation").get_attribute("aria-pressed") == "false"
    assert not page.locator("#difference").is_checked()
