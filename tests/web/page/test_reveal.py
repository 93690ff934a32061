"""The player reveals step by step what a cell can reach, and one way to go."""

import pytest
from support.browsers import assert_dots, cell, follow, idle, painted, pixels
from support.delays import Delay

import gridemp
from gridemp.analysis.cell import cell_source

pytestmark = pytest.mark.ci

FRESH = (0xFF, 0xD2, 0x3F)  # dots that the last step has added
STAYED = "No step yet: the agent stands at x = {}, y = {}."


def words(page):
    painted(page)
    return page.locator("#reveal-words").text_content()


def opened(page, fragment=""):
    """Open the player, and stop it before the first step."""
    follow(page, fragment)
    page.get_by_role("button", name="Reveal the futures").click()
    page.locator("#reveal-play").click()
    idle(page)
    page.get_by_label("Steps taken").fill("0")


def test_the_futures_of_the_brightest_cell_step_by_step(page):
    opened(page, "#maze=klyubin")
    assert words(page) == STAYED.format(5, 5)
    assert page.get_by_role("button", name="Back").get_attribute("aria-disabled") == "true"
    world = gridemp.World.from_maze(gridemp.load_maze("klyubin"))
    for emap in gridemp.horizon_sweep(world, range(1, 6)):
        page.get_by_role("button", name="Forward").click()
        count, bits = int(emap.grid(emap.outcomes.astype(float))[4, 5]), emap.grid()[4, 5]
        steps = f"After {emap.horizon} step{'s' * (emap.horizon > 1)}"
        outcomes = f"{count} different end cells → log₂ {count} = {bits:.2f} bits"
        assert words(page) == f"{steps}: {outcomes}"
        if emap.horizon == 1:
            new = (pixels(page, 0.5, aside=2) == FRESH).all(axis=1)
            assert new.sum() == 3  # the agent's mark is on the fourth
    assert page.get_by_role("button", name="Forward").get_attribute("aria-disabled") == "true"
    assert page.evaluate("document.activeElement.id") == "reveal-forward"
    assert len(page.locator("#reveal-walk").get_attribute("aria-label").split(", ")) == 5
    page.get_by_label("Steps taken").press("ArrowLeft")
    assert words(page).startswith("After 4 steps")
    assert page.locator("#reveal-walk .taken").count() == 4


def test_the_player_follows_the_settings_and_is_closed(page):
    opened(page, "#maze=klyubin&pin=0,0&horizon=3")
    page.get_by_label("Steps taken").fill("3")
    assert words(page).startswith("After 3 steps: 7 different")
    page.get_by_label("Horizon", exact=True).fill("2")
    idle(page)
    assert words(page).startswith("After 2 steps: 5 different")
    assert page.locator("#reveal-at").text_content() == "2 of 2"
    page.get_by_label("Steps taken").press("Escape")
    assert page.locator("#reveal-step").is_hidden()
    assert page.get_by_role("button", name="Reveal the futures").is_visible()
    assert words(page) == ""
    assert page.evaluate("document.activeElement.id") == "reveal-play"


def test_playing_takes_one_step_after_another(page):
    opened(page, "#maze=klyubin&pin=0,0&horizon=2")
    page.locator("#reveal-play").click()
    page.wait_for_function("() => document.getElementById('reveal-at').textContent === '2 of 2'")
    assert page.locator("#reveal-play").text_content() == "Play"
    page.locator("#reveal-play").click()  # once more, from the start
    assert page.locator("#reveal-at").text_content() == "0 of 2"
    assert page.locator("#reveal-play").text_content() == "Pause"
    page.get_by_label("Steps taken").fill("1")
    assert page.locator("#reveal-at").text_content() == "1 of 2"
    assert page.locator("#reveal-play").text_content() == "Play"


def test_boxes_make_more_futures_than_cells(page):
    opened(page, "#maze=box&torus=xy&pin=9,10&horizon=3")
    page.get_by_label("Steps taken").fill("3")
    world = gridemp.World.from_maze(gridemp.load_maze("box"), torus="xy", within=3)
    source = cell_source(world, 9, 10, 3)
    cells = int((source.grid() > 0).sum())
    assert words(page).endswith(f"; {cells} cells, told apart also by where the box is")
    assert f"{source.outcomes} different end states" in words(page)


def test_noise_has_first_actions_a_likeliest_sequence_and_its_outcomes(page):
    opened(page, "#maze=klyubin&slip=0.1&horizon=2&pin=5,5")
    source = cell_source(gridemp.World.from_maze(gridemp.load_maze("klyubin"), slip=0.1), 5, 5, 2)
    likely = max(zip(source.first_actions, source.world.actions, strict=True))
    assert f"{likely[1]} {likely[0]:.0%}" in words(page)
    page.get_by_label("Steps taken").fill("2")
    assert words(page).startswith(f"After 2 steps: {source.bits:.2f} bits, as much as")
    actions, probability = source.likeliest
    assert f"({probability:.1%})" in page.locator("#reveal-way").text_content()
    named = ", ".join(source.world.actions[action] for action in actions)
    assert page.locator("#reveal-walk").get_attribute("aria-label") == named
    page.get_by_label("only where this one ends").check()
    assert "of all cases; in the others, noise makes it end elsewhere" in words(page)
    follow(page, "maze=trap&slip=0.1&horizon=1&pin=2,8")
    page.get_by_label("only where this one ends").uncheck()  # in a trap, one outcome is sure
    assert words(page) == "After 1 step: 1 end cell → log₂ 1 = 0.00 bits"
    page.mouse.move(*cell(page, 2, 8, rows=11))
    idle(page)
    told = page.locator("#here").text_content()
    assert told == "x = 2, y = 8, trap: 1 end cell → log₂ 1 = 0.00 bits"


def test_who_wants_no_motion_steps_by_hand(page):
    page.emulate_media(reduced_motion="reduce")
    page.get_by_role("button", name="Reveal the futures").click()
    page.wait_for_timeout(1500)
    assert words(page) == STAYED.format(5, 5)
    assert page.locator("#reveal-play").is_hidden()
    assert page.evaluate("document.activeElement.id") == "reveal-forward"
    page.get_by_role("button", name="Forward").click()
    assert words(page).startswith("After 1 step: 5 different end cells")


def test_the_player_shows_no_answer_about_another_map(page):
    opened(page, "#maze=klyubin&pin=0,0&horizon=3")
    page.get_by_label("Steps taken").fill("3")
    reveals = Delay(page, "reveal")
    page.get_by_label("Horizon", exact=True).fill("2")
    reveals.wait()
    page.wait_for_function(
        "() => document.getElementById('reveal-words').textContent === 'computing…'"
    )
    page.locator("#reveal-forward").dispatch_event("click")
    assert words(page) == "computing…"
    assert page.locator("#reveal-walk").is_hidden()
    assert_dots(page, 5)  # what is reached from the pinned cell
    reveals.end()
    idle(page)
    assert words(page).startswith("After 2 steps: 5 different")
    maps = Delay(page, "map")
    page.get_by_label("Slip", exact=True).fill("0.1")
    page.get_by_role("button", name="Cancel").press("Enter")
    idle(page)
    assert words(page).startswith("Cancelled.")
    assert page.evaluate("document.activeElement.id") == "board"
    assert page.locator("#curve").is_hidden()
    maps.end()
    page.get_by_label("Slip", exact=True).fill("0")
    idle(page)
    assert words(page).startswith("After 2 steps: 5 different")
    assert page.locator("#curve").is_visible()


def test_a_board_may_shrink_while_boxes_are_shown_in_the_player(page):
    opened(page, "#maze=box&torus=xy&pin=9,1&horizon=3")
    page.get_by_label("Steps taken").fill("3")
    maps = Delay(page, "map")
    page.get_by_label("Height in cells").fill("2")
    page.get_by_label("Height in cells").press("Enter")
    maps.wait()
    painted(page)  # an error would be found at the end
    maps.end()
    idle(page)
