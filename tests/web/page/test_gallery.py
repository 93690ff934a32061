"""The gallery of mazes: pictures, descriptions, and the settings that a maze needs."""

import pytest
from support.accessibility import assert_accessible
from support.browsers import cell, choose_maze, idle, maze_of, tool
from support.delays import Delay

import gridemp
from gridemp.mazes.bundled import bundled_mazes, description

pytestmark = pytest.mark.ci


def test_a_maze_comes_with_its_settings_and_without_the_agent(page):
    tool(page, "Agent")
    page.mouse.click(*cell(page, 0, 0))
    page.get_by_label("Slip", exact=True).fill("0.1")
    choose_maze(page, "box-fixed")
    assert maze_of(page) == gridemp.load_maze("box-fixed")
    torus = page.locator("#torus")
    assert torus.input_value() == "xy"
    assert "Place an agent" in page.locator("#agent").text_content()
    choose_maze(page, "tunnel")
    assert maze_of(page) == gridemp.load_maze("tunnel")
    assert torus.input_value() == ""
    assert page.locator("#slip").input_value() == "0.1"  # no maze needs another one
    page.get_by_role("button", name="Undo").click()
    idle(page)
    assert maze_of(page) == gridemp.load_maze("box-fixed")
    assert torus.input_value() == "xy"
    page.get_by_role("button", name="Redo").click()
    idle(page)
    assert torus.input_value() == ""


def test_it_shows_every_maze_and_works_by_keyboard(page):
    opener = page.locator("#mazes")
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Mazes")
    dialog.wait_for()
    cards = dialog.locator("li button")
    files = bundled_mazes()
    assert [card.get_attribute("name") for card in cards.all()] == list(files)
    for name, card in zip(files, cards.all(), strict=True):
        assert description(files[name]) in card.text_content()
    assert dialog.locator("[aria-current]").get_attribute("name") == "klyubin"
    assert dialog.get_by_role("button", name="box-fixed").locator(".needs").text_content() == (
        "Torus: all edges joined"
    )
    colors = """(picture) => {
      const copy = new OffscreenCanvas(picture.width, picture.height);
      const context = copy.getContext("2d", { willReadFrequently: true });
      context.drawImage(picture, 0, 0);
      const { data } = context.getImageData(0, 0, copy.width, copy.height);
      const seen = new Set();
      for (let i = 0; i < data.length; i += 4) seen.add(data.slice(i, i + 3).join());
      return seen.size;
    }"""
    assert_accessible(page)
    for name in ("klyubin", "warehouse"):
        picture = dialog.locator(f"button[name={name}] canvas")
        for _ in range(100):
            if picture.evaluate(colors) > 15:
                break
            page.wait_for_timeout(100)
        assert picture.evaluate(colors) > 15
    page.keyboard.press("Escape")
    assert dialog.is_hidden()
    assert page.evaluate("document.activeElement.id") == "mazes"
    page.keyboard.press("Enter")
    dialog.locator("button[name=room]").focus()
    page.keyboard.press("Enter")
    idle(page)
    assert maze_of(page) == gridemp.load_maze("room")


def test_it_fits_on_a_phone(browser, address):
    page = browser.new_page(viewport={"width": 320, "height": 640})
    page.goto(address)
    idle(page)
    page.locator("#mazes").click()
    box = page.locator("#gallery").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert page.evaluate("document.getElementById('gallery').scrollWidth") <= box["width"]
    page.close()


def test_maps_are_asked_for_once_although_the_gallery_is_opened_twice(page):
    maps = Delay(page, "map")
    for _ in range(2):
        page.locator("#mazes").click()
        page.get_by_role("dialog", name="Mazes").wait_for()
        page.keyboard.press("Escape")
    page.wait_for_timeout(100)
    assert len(maps.routes) == 1
    maps.end()
