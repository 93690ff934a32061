"""Lessons on the page: what their steps show, allow and say."""

import pytest
from support.browsers import cell, follow, idle
from support.delays import Delay
from support.lesson_pages import (
    LESSONS,
    act,
    enter_lesson,
    goal,
    press,
    visible,
    wait_until_reached,
)

pytestmark = pytest.mark.ci


def test_a_link_opens_a_step_with_exactly_its_controls(opened):
    page = opened("horizon", 6)
    assert page.locator("#lesson-kind").text_content() == "Try it"
    names = visible(page, "#controls :is(input, select, textarea)").evaluate_all(
        "all => all.map(({ id }) => id)"
    )
    assert names == ["horizon"]
    for hidden in ("#tools", "#story", "footer", "#mazes", "#reset", "#play", "#curve", "#pinned"):
        assert not visible(page, hidden).count(), hidden
    page.wait_for_function("() => location.hash === '#lesson=horizon&step=6'")
    follow(page, "lesson=middle&step=6")
    tools = visible(page, "#tools label").all_text_contents()
    assert tools == ["Point", "Thin wall"]
    assert page.get_by_role("radio", name="Thin wall").is_checked()
    assert not visible(page, "#controls").count()
    assert not visible(page, "#reveal").count()
    follow(page, "lesson=middle&step=2")
    assert visible(page, "#reveal-play").count()


def test_a_list_of_values_is_all_that_a_control_has(opened):
    page = opened("noise", 5)
    for name, values in (("slip", [0, 0.1, 0.2, 0.3, 0.4, 0.5]), ("horizon", [1, 2, 3])):
        slider = page.locator(f"#{name}")
        slider.press("Home")
        for value in [*values, values[-1]]:
            idle(page)
            said = slider.get_attribute("aria-valuetext")
            assert said == page.locator(f"output[for={name}]").text_content()
            assert float(said) == value
            slider.press("ArrowRight")
    follow(page, "lesson=box&step=5")
    shown = page.locator("#sensor option").evaluate_all(
        "all => all.filter(({ hidden }) => !hidden).map(({ value }) => value)"
    )
    assert shown == ["state", "position"]


def test_a_button_says_whether_the_board_shows_the_answer(opened):
    page = opened("noise", 4)
    assert page.locator("#lesson-next").text_content() == "See what happens"
    follow(page, "lesson=noise&step=6")
    assert page.locator("#lesson-next").text_content() == "See the answer"


def test_nothing_is_told_before_a_prediction(opened):
    page = opened("middle")
    page.mouse.move(*cell(page, 4, 4, 11))
    idle(page)
    assert page.locator("#here").text_content() == "x = 4, y = 4"
    assert page.locator("#peak").text_content() == ""
    assert "61" not in page.locator("#board").get_attribute("aria-label")
    assert page.locator("#veil").text_content() == "Click a cell"
    assert page.locator("#reveal").is_hidden()
    page.mouse.click(*cell(page, 5, 5, 11))
    assert page.locator("#veil").is_hidden()
    press(page, "next")
    assert (
        page.locator("#lesson-before").text_content() == "✓ Right: it is (5, 5), with 61 futures."
    )
    assert "61" in page.locator("#peak").text_content()


def test_a_wrong_prediction_is_compared_with_the_truth(opened):
    page = opened("middle")
    page.mouse.click(*cell(page, 3, 5, 11))
    press(page, "next")
    assert page.locator("#lesson-before").text_content() == (
        "✗ You chose (3, 5), with 57 futures. The brightest cell is (5, 5), with 61 futures."
    )
    follow(page, "lesson=horizon")
    page.locator("#lesson-choices input").first.check()
    press(page, "next")
    assert page.locator("#lesson-before").text_content() == (
        "✗ You said: Better than any other cell. The answer is: As bad as a corner."
    )


def test_a_pinned_cell_takes_the_place_of_the_prediction(opened):
    page = opened("middle")
    page.mouse.click(*cell(page, 3, 5, 11))
    press(page, "next")
    legend = page.locator("#legend")
    assert "your prediction" in legend.text_content()
    page.mouse.click(*cell(page, 8, 8, 11))
    idle(page)
    assert "your prediction" not in legend.text_content()
    assert "pinned cell" in legend.text_content()
    assert page.locator("#lesson-before").text_content().startswith("✗ You chose (3, 5)")


def test_a_task_says_how_far_one_is(opened):
    page = opened("dead-ends", 3)
    assert goal(page) == "0 walls opened"
    act(page, 5, "wall", 7, 0, "east")
    page.wait_for_function(
        "() => /risen by 0/.test(document.getElementById('lesson-goal').textContent)"
    )
    assert goal(page) == (
        "The mean has risen by 0.15 bits, but another wall would raise it by 0.24 bits."
    )
    press(page, "again")
    assert page.locator("#undo").is_disabled()
    assert goal(page) == "0 walls opened"
    act(page, 5, "wall", 7, 2, "east")
    wait_until_reached(page)
    follow(page, "lesson=dead-ends&step=5")
    act(page, 5, "wall", 7, 3, "north")
    assert goal(page).startswith("0 walls built")
    press(page, "again")
    act(page, 5, "wall", 3, 4, "east")
    assert goal(page) == "So far, it has fallen by 0.15 bits."


def test_a_hint_is_offered_after_a_while(tab, opened):
    tab.clock.install()
    page = opened("horizon")
    assert page.locator("#lesson-ask").is_hidden()
    page.clock.fast_forward(20_000)
    page.locator("#lesson-ask").click()
    assert page.locator("#lesson-hint").text_content() == LESSONS["horizon"]["steps"][0]["hint"]


def test_no_hint_is_offered_any_more_in_another_step(tab, opened):
    tab.clock.install()
    page = opened("horizon")
    page.clock.fast_forward(10_000)
    page.locator("#lesson-choices input").first.check()
    press(page, "next")
    assert "hint" not in LESSONS["horizon"]["steps"][1]
    page.clock.fast_forward(20_000)
    assert page.locator("#lesson-ask").is_hidden()


def test_an_answer_belongs_to_its_lesson(opened):
    page = opened("horizon")
    page.locator("#lesson-choices input").first.check()
    enter_lesson(page, "On slippery ground")
    assert LESSONS["noise"]["steps"][0]["kind"] == "predict"
    assert not page.locator("#lesson-choices input:checked").count()
    assert page.locator("#lesson-next").is_disabled()


def test_a_goal_is_recognised_after_an_edit_before_the_first_map(tab, address):
    page = tab
    maps, doors = Delay(page, "map"), Delay(page, "doors")
    page.goto(f"{address}#lesson=dead-ends&step=3")
    maps.wait()
    page.unroute(maps.address)  # the first map never comes
    act(page, 5, "wall", 7, 2, "east")
    doors.wait()
    assert goal(page) == "The goal of this task is still being computed…"
    doors.end()
    wait_until_reached(page)


def test_what_a_lesson_asks_for_is_called_off_with_it(tab, opened):
    doors = Delay(tab, "doors")
    page = opened("dead-ends", 3)
    doors.wait()
    press(page, "leave")
    assert doors.routes[0].request.failure is not None
    assert not page.locator(".refusal:visible").count()


def test_dots_and_back_lead_to_other_steps_as_they_begin(opened):
    page = opened("senses", 5)
    act(page, 11, "wall", 5, 5, "east")
    press(page, "back")
    assert page.locator("#undo").is_disabled()
    page.get_by_role("button", name="Step 1 of 6: Predict").click()
    idle(page)
    assert page.locator("#sensor").input_value() == "row"
    assert page.locator("#lesson-back").is_disabled()


def test_a_step_comes_back_as_the_learner_left_it(opened):
    page = opened("dead-ends", 3)
    act(page, 5, "wall", 7, 0, "east")
    told = goal(page)
    assert told.startswith("The mean has risen by 0.15 bits")

    def reload():
        page.reload()
        idle(page)

    reload()
    page.wait_for_function(
        "(told) => document.getElementById('lesson-goal').textContent === told", arg=told
    )
    act(page, 5, "pin", 2, 2)
    page.locator("#undo").click()
    idle(page)
    assert goal(page) == "0 walls opened"
    assert page.locator("#undo").is_disabled()
    assert "pinned cell" in page.locator("#legend").text_content()  # it is newer than the wall
    act(page, 5, "wall", 7, 2, "east")
    wait_until_reached(page)
    press(page, "next")
    peak = page.locator("#peak").text_content()
    reload()
    assert page.locator("#peak").text_content() == peak  # of the maze that the task has left
    assert page.locator("#undo").is_disabled()
    page.go_back()
    wait_until_reached(page)
    opened("middle")
    page.mouse.click(*cell(page, 3, 5, 11))
    press(page, "next")
    reload()
    assert page.locator("#lesson-before").text_content().startswith("✗ You chose (3, 5)")
    press(page, "back")
    assert page.locator("#lesson-next").is_enabled()


def test_the_newest_answer_is_kept_as_soon_as_it_is_given(opened):
    page = opened("horizon")
    page.wait_for_function("() => history.state")  # of the step without an answer
    choices = page.locator("#lesson-choices input")
    for choice in (0, 1):
        choices.nth(choice).check()
        page.wait_for_function(
            "(number) => history.state.answers[0]?.[1] === number", arg=choice + 1
        )
        press(page, "next")
        if choice == 0:
            press(page, "back")
    for _ in range(3):
        page.go_back()
        idle(page)
    assert page.url.endswith("#lesson=horizon")
    assert choices.nth(1).is_checked()


def test_a_step_of_another_lesson_or_of_a_link_begins_as_its_file_has_it(opened):
    page = opened("dead-ends", 3)
    act(page, 5, "wall", 7, 0, "east")
    other = "{ ...history.state, lesson: { name: 'dead-ends' } }"
    page.add_init_script(f"if (history.state) history.replaceState({other}, '', '')")
    page.reload()
    idle(page)
    assert goal(page) == "0 walls opened"
    act(page, 5, "wall", 7, 0, "east")
    opened("dead-ends", 3)
    assert goal(page) == "0 walls opened"


def test_a_lesson_that_does_not_exist_is_named(opened):
    page = opened("none")
    assert page.get_by_role("alert").filter(visible=True).text_content() == (
        "There is no lesson none."
    )


def test_a_lesson_is_played_with_the_keyboard_alone(opened):
    page = opened("middle")
    assert page.evaluate("() => document.activeElement.id") == "lesson-text"
    page.locator("#board").focus()
    for _ in range(5):
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    page.locator("#lesson-next").press("Enter")
    idle(page)
    assert page.locator("#lesson-before").text_content().startswith("✓ Right: it is (5, 5)")
    assert page.evaluate("() => document.activeElement.id") == "lesson-text"
    page.locator("#lesson-next").press("Enter")
    idle(page)
    page.locator("#board").focus()
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    wait_until_reached(page)
    follow(page, "lesson=horizon")
    page.locator("#lesson-choices input").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.locator("#lesson-next").press("Enter")
    idle(page)
    assert page.locator("#lesson-before").text_content().startswith("✓")
