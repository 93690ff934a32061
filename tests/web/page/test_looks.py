"""Arrows of a policy, what the last edit changed, and the best door."""

import numpy as np
import pytest
from support.browsers import cell, choose_maze, corner, dark, drag, idle, painted, pixels, tool
from support.delays import Delay

import gridemp
from gridemp.analysis import sensitivity

pytestmark = pytest.mark.ci
KLYUBIN = gridemp.load_maze("klyubin")


def white(page):
    """Mask of the cells that are nearly white."""
    return (pixels(page, 0.3) > 240).all(axis=1)


def test_arrows_point_where_an_agent_goes(page):
    assert not dark(page).any()
    page.get_by_label("Arrows", exact=True).select_option("greedy")
    idle(page)
    world = gridemp.World.from_maze(KLYUBIN)
    agent = gridemp.agents.Agent(world, 5)
    alone = agent.preferred_actions(np.arange(100)).sum(axis=1) == 1
    peak = 4 * 10 + 5  # there, the agent stays
    found = dark(page)
    assert found[alone & (np.arange(100) != peak)].all()
    assert not found[peak]
    page.wait_for_function("() => location.hash.includes('arrows=greedy')")
    page.locator("#reveal-play").click()  # the player shows one way instead
    idle(page)
    assert not dark(page).any()
    page.locator("#reveal-close").click()
    idle(page)
    assert dark(page).any()
    page.get_by_label("Arrows", exact=True).select_option("")
    idle(page)
    assert not dark(page).any()


def test_arrows_leave_objects_free(page):
    objects = ("Conveyor", 1), ("Box", 3), ("Fixed box", 5)
    for name, x in objects:
        tool(page, name)
        page.mouse.click(*cell(page, x, 8))
    tool(page, "Point")
    page.mouse.move(5, 400)
    idle(page)
    cells = [10 + x for _, x in objects]
    before = pixels(page, 0.5)[cells]
    page.get_by_label("Arrows", exact=True).select_option("greedy")
    idle(page)
    assert dark(page).any()
    assert (pixels(page, 0.5)[cells] == before).all()


def test_the_best_door_is_marked_and_then_opened(page):
    page.get_by_role("button", name="Mark the best").click()
    effects = sensitivity(KLYUBIN, 5)
    best = max(np.nanmax(effects.right), np.nanmax(effects.below))
    page.wait_for_selector("#door:text('Open it')")
    assert f"by +{best:.2f} bits" in page.locator("#door-words").text_content()
    before = page.locator("#peak").text_content()
    page.get_by_role("button", name="Open it").click()
    idle(page)
    assert page.locator("#peak").text_content() != before
    assert page.locator("#door").text_content() == "Mark the best"
    page.get_by_label("Last edit", exact=True).check()
    page.wait_for_function(
        "() => /mean changes/.test(document.getElementById('difference-words').textContent)"
    )
    assert (
        f"The mean changes by +{best:.2f} bits" in page.locator("#difference-words").text_content()
    )


def test_the_last_edit_is_blue_where_it_takes_futures(page):
    toggle = page.get_by_label("Last edit", exact=True)
    assert toggle.is_disabled()
    tool(page, "Thin wall")
    drag(page, corner(page, 7, 3), corner(page, 7, 6))
    toggle.check()
    page.wait_for_function(
        "() => /mean changes/.test(document.getElementById('difference-words').textContent)"
    )
    painted(page)
    red, _, blue = pixels(page, 0.3).T.astype(int)
    assert (blue >= red - 1).all()  # no cell gains
    assert (blue > red + 20).any()
    assert white(page).any()  # cells that have not changed
    maps = Delay(page, "map")
    page.get_by_label("Horizon", exact=True).fill("4")
    maps.wait()
    maps.answer()
    maps.wait()  # the map before the edit
    painted(page)
    assert not white(page).any()
    maps.end()
    idle(page)
    assert white(page).any()
    page.get_by_label("Name", exact=True).fill("renamed")
    page.keyboard.press("Tab")
    idle(page)
    told = page.locator("#difference-words").text_content()
    assert told == "The last edit changes nothing."
    page.get_by_label("Width in cells").fill("9")
    page.keyboard.press("Enter")
    idle(page)
    assert toggle.is_disabled()  # the maze before has other cells
    for _ in range(2):
        page.get_by_role("button", name="Undo").click()
        idle(page)
    toggle.check()
    page.get_by_role("button", name="Undo").click()
    idle(page)
    assert page.evaluate("document.activeElement.id") == "redo"  # as there is nothing more to undo
    assert not toggle.is_checked()
    assert toggle.is_disabled()
    assert page.locator("#difference-words").text_content() == "Change the maze first."


def test_late_answers_are_about_the_map_that_is_shown(page):
    tool(page, "Thin wall")
    drag(page, corner(page, 7, 3), corner(page, 7, 6))
    maps = Delay(page, "map")
    page.get_by_label("Last edit", exact=True).check()
    maps.wait()
    told = page.locator("#difference-words").text_content()
    page.get_by_label("Horizon", exact=True).fill("1")
    maps.wait(2)
    maps.routes.pop(1).continue_()
    maps.wait(2)  # the map before the edit, of both horizons
    with page.expect_response("**/map"):
        maps.routes.pop(0).continue_()
    page.wait_for_timeout(50)
    assert page.locator("#difference-words").text_content() == told
    maps.end()
    idle(page)
    assert "mean changes" in page.locator("#difference-words").text_content()
    page.get_by_label("Arrows", exact=True).select_option("greedy")
    idle(page)
    assert dark(page).any()
    arrows = Delay(page, "arrows")
    page.get_by_role("button", name="Undo").click()
    arrows.wait()
    painted(page)
    assert not dark(page).any()
    arrows.end()


def test_a_second_press_during_the_search_for_a_door_goes_on_telling_of_it(page):
    doors = Delay(page, "doors")
    button = page.get_by_role("button", name="Mark the best")
    button.click()
    doors.wait()
    button.click()
    doors.wait(2)
    page.wait_for_timeout(50)
    assert page.locator("#door-words").text_content() == "trying every wall…"
    page.get_by_label("Horizon", exact=True).fill("1")
    idle(page)
    assert page.locator("#door-words").text_content() == ""
    doors.end()
    page.wait_for_timeout(300)
    assert page.locator("#door").text_content() == "Mark the best"
    choose_maze(page, "room")
    button.click()
    page.wait_for_function(
        "() => /^No single thin wall/.test(document.getElementById('door-words').textContent)"
    )
