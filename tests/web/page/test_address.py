"""Links bring back maze and settings."""

import pytest
from support.browsers import cell, idle, maze_of, peak, tool

import gridemp

pytestmark = pytest.mark.ci


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
        each.wait_for_function(
            "() => document.getElementById('pinned').textContent.startsWith('x = 7, y = 7: ')"
        )


@pytest.mark.parametrize("fragment", ["#maze=nothing", "#drawing=!!", "#drawing=AAAA", "#pin=a"])
def test_a_broken_link_says_so_and_opens_the_maze_of_the_start(page, address, fragment):
    page.goto("about:blank")
    page.goto(address + fragment)
    idle(page)
    told = page.locator("[data-refusal~=maze]").text_content()
    assert told == "this link cannot be read; the page shows klyubin"
    assert maze_of(page) == gridemp.load_maze("klyubin")
