"""The core of the page without Python gives the answers of the Python core, in a browser."""

import json

import msgspec
import numpy as np
import pytest
from support.browser_core import answers_of, core_page, difference, python_answer, refusals
from support.random_questions import random_cell, random_question
from support.toggles import FEW_READINGS

import gridemp
from gridemp.web.server.api import Refusal
from gridemp.web.server.mazes import drawing_of

pytestmark = pytest.mark.ci

WORLDS = 500
HORIZONS = (1, 2, 3, 5, 8)


def drawn(*cells):
    """A drawing of a maze without thin walls."""
    height, width = len(cells), len(cells[0])
    right, below = ["." * (width - 1)] * height, ["." * width] * (height - 1)
    return {"name": "maze", "cells": list(cells), "right": right, "below": below}


ASKED = {"maze": drawn(*["." * 10] * 10), "horizon": 2}
LONG = {"maze": drawn(*["." * 60] * 60), "horizon": 10}
WIDE = {"maze": drawn(*["." * 100] * 100), "horizon": 20, "moves": "turn", "x": 50, "y": 50}
TWO_BOXES = drawn(*["." * 5] * 2, ".$.$.", *["." * 5] * 2)
BOXES = drawn(*["." * 9] * 3, "$.$.$.$.$", *["." * 9] * 3)
ONTO_ICE = drawn(".$~", "#.#")
OWN_REFUSALS = ("not_exported", "too_long", "needs_python")
CANCEL = """async (question) => {
  const controller = new AbortController();
  let breaths = 0;
  const clock = setInterval(() => breaths++, 1);
  const told = [];
  const report = (fraction) => {
    told.push(fraction);
    if (breaths > 3) controller.abort();
  };
  const ended = await core.answer("doors", question, { signal: controller.signal, report })
    .then(() => "answered", (error) => error.name);
  clearInterval(clock);
  return { ended, told };
}"""

# By its clock, every piece of work takes longer than a slice, so that it pauses wherever it can.
CANCEL_LATE = """async ([kind, question]) => {
  const controller = new AbortController();
  const report = (fraction) => fraction > 0.5 && controller.abort();
  let ticks = 0;
  performance.now = () => 100 * ticks++;
  return core.answer(kind, question, { signal: controller.signal, report })
    .then(() => "answered", (error) => error.name)
    .finally(() => delete performance.now);
}"""
AT_ONCE = """async (asked) => {
  const answers = await Promise.all(asked.map(([kind, question]) => core.answer(kind, question)));
  return answers.map((answer) => JSON.stringify(answer));
}"""


@pytest.fixture(scope="module")
def core(browser):
    with core_page(browser) as page:
        yield page


def test_counts_are_those_of_the_python_core_in_thousands_of_maps(core):
    rng = np.random.default_rng(1)
    questions, expected = [], []
    for _ in range(WORLDS):
        maze, question = random_question(rng)
        options = {name: question[name] for name in ("moves", "stay", "torus", "sensor")}
        horizons = HORIZONS[:3] if "$" in maze.objects.values() else HORIZONS
        world = gridemp.World.from_maze(maze, **options, within=max(horizons))
        for emap in gridemp.horizon_sweep(world, horizons):
            best = emap.one_per_cell()
            counts = best.grid(best.outcomes.astype(float)).tolist()
            questions.append(("map", question | {"horizon": emap.horizon}))
            expected.append([[None if n != n else int(n) for n in row] for row in counts])
    assert len(questions) > 2000
    for question, answer, counts in zip(
        questions, answers_of(core, questions), expected, strict=True
    ):
        assert answer["outcomes"] == counts, question


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("map", 200),
        ("cell", 100),
        ("curve", 80),
        ("reveal", 60),
        ("arrows", 100),
        ("step", 60),
        ("doors", 25),
        ("describe", 100),
    ],
)
def test_answers_are_those_of_the_python_core(core, kind, number):
    rng = np.random.default_rng(2)
    questions = [(kind, asked(rng, kind)) for _ in range(number)]
    for (_, question), answer in zip(questions, answers_of(core, questions), strict=True):
        assert difference(answer, python_answer(kind, question)) is None, question


def asked(rng, kind):
    """A random question of a kind."""
    maze, question = random_question(rng, 4 if kind == "doors" else 7)
    if kind in ("cell", "curve", "reveal", "step"):
        question |= random_cell(rng, maze)
    if kind in ("arrows", "step"):
        question["policy"] = str(rng.choice(("greedy", "plan")))
    if kind == "step":
        heading = str(rng.choice(("north", "east", "south", "west")))
        question |= {"heading": heading, "draw": int(rng.integers(2**31))}
    if kind in ("map", "describe") and rng.random() < 0.2:
        question["range"] = sorted(rng.uniform(0, 7, 2).round(2).tolist())
    if kind == "describe":
        question["numbers"] = rng.choice((None, "bits", "outcomes"))
        question["slip"] = float(rng.choice((0.0, 0.1)))
        question["maze"]["name"] = str(rng.choice(("maze", "klyubin", "two rooms", "größe (2)")))
    return question


def test_the_best_walls_to_open_and_to_build_are_both_found(core):
    maze = drawing_of(gridemp.parse_maze(FEW_READINGS))
    question = ASKED | {"maze": msgspec.to_builtins(maze), "stay": False, "sensor": "walls"}
    (answer,) = answers_of(core, [("doors", question)])
    assert difference(answer, python_answer("doors", question)) is None
    assert {door["wall"] for door in answer["best"]} == {False, True}


def test_long_work_lets_the_page_breathe_and_ends_when_it_is_called_off(core):
    outcome = core.evaluate(CANCEL, LONG)
    assert outcome["ended"] == "AbortError"
    assert outcome["told"] == sorted(outcome["told"])
    assert 0 <= outcome["told"][-1] < 1


@pytest.mark.parametrize(
    ("kind", "question"),
    [
        ("curve", {"maze": TWO_BOXES, "horizon": 5, "x": 2, "y": 1}),
        ("reveal", WIDE | {"maze": drawn(*["." * 30] * 30), "x": 15, "y": 15}),
    ],
)
def test_what_follows_the_making_of_a_world_can_be_called_off(core, kind, question):
    assert core.evaluate(CANCEL_LATE, [kind, question]) == "AbortError"


def test_questions_answered_in_the_pauses_of_others_disturb_none(core):
    places = [{"x": 50, "y": 50}, {"x": 0, "y": 0}, {"x": 30, "y": 70}]
    asked = [(kind, WIDE | place) for kind in ("reveal", "curve") for place in places]
    alone = answers_of(core, asked)  # and now the worlds are known
    assert [json.loads(answer) for answer in core.evaluate(AT_ONCE, asked)] == alone


@pytest.mark.parametrize(
    ("kind", "fields", "refused", "field"),
    [
        ("map", {"horizon": 0}, "horizon_limit", "horizon"),
        ("map", {"horizon": 21}, "horizon_limit", "horizon"),
        ("map", {"slip": 0.1}, "not_exported", "slip"),
        ("map", {"slip": -0.1}, "slip_limit", "slip"),
        ("map", {"slip_kind": "diagonal"}, "bad_field", "slip_kind"),
        ("map", {"moves": "foo"}, "bad_field", "moves"),
        ("cell", {"x": 0, "y": 0, "stay": "yes"}, "bad_field", "stay"),
        ("doors", {"torus": "foo"}, "bad_field", "torus"),
        ("reveal", {"x": 0, "y": 0, "sensor": "foo"}, "bad_field", "sensor"),
        ("arrows", {"policy": "foo"}, "bad_field", "policy"),
        ("step", {"x": 0, "y": 0, "heading": "up"}, "bad_field", "heading"),
        ("describe", {"numbers": "foo"}, "bad_field", "numbers"),
        ("map", {"range": [2, 1]}, "range", "range"),
        ("map", {"maze": drawn("..") | {"name": " "}}, "maze_name", "name"),
        ("map", {"maze": drawn("##")}, "no_floor", "maze"),
        ("map", {"maze": drawn(".?")}, "maze_letter", "maze"),
        ("map", {"maze": drawn(*["." * 101] * 100)}, "maze_limit", "maze"),
        ("map", {"maze": drawn("$" * 21 + ".")}, "too_many_boxes", "maze"),
        ("map", {"maze": BOXES, "horizon": 20}, "too_many_states", "horizon"),
        ("arrows", {"maze": BOXES, "policy": "plan"}, "plan_states", "policy"),
        ("cell", {"x": 10, "y": 0}, "no_cell", "cell"),
        ("cell", {"x": 1, "y": 0, "maze": drawn(".#.")}, "solid_cell", "cell"),
        ("step", {"x": 0, "y": 10}, "no_cell", "agent"),
        ("step", {"x": 0, "y": 1, "horizon": 1, "maze": ONTO_ICE}, "pushed_onto", "agent"),
        ("doors", LONG | {"horizon": 20, "moves": "turn"}, "too_long", "horizon"),
        ("figure", {"format": "pdf"}, "needs_python", ""),
    ],
)
def test_refusals_name_the_case_and_the_control(core, kind, fields, refused, field):
    (answer,) = answers_of(core, [(kind, ASKED | fields)])
    assert (answer["refused"], answer["field"]) == (refused, field)
    assert refused in refusals()
    if refused not in OWN_REFUSALS:
        with pytest.raises(Refusal) as caught:
            python_answer(kind, ASKED | fields)
        error = caught.value
        assert answer == {"refused": error.kind, "field": error.field, "facts": error.facts}
