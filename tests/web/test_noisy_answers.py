"""What was computed in advance for a page without Python is what the server answers."""

import json

import msgspec
import pytest
from support.browser_core import ORIGIN, answers_of, difference, python_answer, serve, started
from support.questions import ANSWERS

import gridemp
from gridemp.analysis.cell import cell_source
from gridemp.web.noisy_answers import noisy_answers
from gridemp.web.server import questions, reveal
from gridemp.web.server.api import Question, Refusal
from gridemp.web.server.mazes import drawing_of

MAZE = msgspec.to_builtins(drawing_of(gridemp.parse_maze("..T.\n.#..\n...B", name="small")))
WORLDS = [
    {"maze": MAZE, "horizon": 3, "slip": 0.2},
    {"maze": MAZE, "horizon": 2, "slip": 0.1, "slip_kind": "perpendicular", "stay": False},
    {"maze": MAZE, "horizon": 2, "slip": 0.1, "moves": "king", "torus": "x", "sensor": "walls"},
]
ROUNDING = 6e-5  # of probabilities of cells; other numbers are closer
DEFAULTS = msgspec.to_builtins(msgspec.convert({"maze": MAZE, "horizon": 1}, Question))
BEGIN = """async ([start, records, maze]) => {
  const { makeBrowserCore } = await import("./cores/browser.js");
  const { makeNoisyAnswers } = await import("./cores/noisy.js");
  const noisy = makeNoisyAnswers(JSON.parse(records), 20, JSON.parse(maze));
  window.core = makeBrowserCore(JSON.parse(start), noisy);
}"""


@pytest.fixture(scope="module")
def records():
    worlds = [msgspec.convert(world, Question) for world in WORLDS]
    return noisy_answers(ANSWERS, worlds, lambda fraction: None)


@pytest.fixture(scope="module")
def ask(browser, records):
    """A function that asks the browser."""
    page = browser.new_page()
    page.route(f"{ORIGIN}**", serve)
    page.goto(ORIGIN)
    hold(page, records)

    def ask(kind, world, **fields):
        question = {**DEFAULTS, **world, **fields}
        return question, answers_of(page, [(kind, question)])[0]

    ask.page = page
    yield ask
    page.close()


def hold(page, records):
    """Begin a core on the page that has these records; its first maze is MAZE."""
    texts = json.dumps(started()), msgspec.json.encode(records).decode(), json.dumps(MAZE)
    page.evaluate(BEGIN, list(texts))


@pytest.mark.slow
def test_records_are_small_and_of_all_horizons(records):
    for record, world in zip(records, WORLDS, strict=True):
        assert [each["map"]["horizon"] for each in record["horizons"]] == [
            *range(1, world["horizon"] + 1)
        ]
        text = msgspec.json.encode(record).decode()
        assert "NaN" not in text
        assert len(text) < 60_000
    cells = [
        cell for record in records[:2] for each in record["horizons"] for cell in each["cells"]
    ]
    for cell in filter(None, cells):
        assert abs(sum(cell["reached"][1]) - 10_000) <= len(cell["reached"][1])


def test_each_cell_is_solved_once_for_each_horizon(monkeypatch):
    asked = []

    def counting(*args, **options):
        asked.append(args[1:4])
        return cell_source(*args, **options)

    monkeypatch.setattr(reveal, "cell_source", counting)
    maze = drawing_of(gridemp.parse_maze(".B"))
    noisy_answers(ANSWERS, [Question(maze, 3, slip=0.1)], lambda fraction: None)
    assert sorted(asked) == [(x, 0, steps) for x in (0, 1) for steps in (1, 2, 3)]


def test_what_cannot_be_answered_about_a_cell_is_refused(monkeypatch):
    monkeypatch.setattr(questions, "expected_channel_seconds", lambda world, steps: 1e6)
    monkeypatch.setattr(ANSWERS, "map", lambda question, progress: {})
    maze = drawing_of(gridemp.parse_maze(".."))
    with pytest.raises(Refusal, match="more than the 60 seconds"):
        noisy_answers(ANSWERS, [Question(maze, 1, slip=0.1)], lambda fraction: None)


@pytest.mark.ci
@pytest.mark.parametrize("world", WORLDS)
def test_the_browser_answers_as_the_server(ask, world):
    cells = [(x, y) for x in range(4) for y in range(3) if MAZE["cells"][2 - y][x] != "#"]
    kinds = ["map"] + [f"{policy} arrows" for policy in ("greedy", "plan")]
    bits = []  # of the cell (0, 0) for each horizon
    for horizon in range(1, world["horizon"] + 1):
        for kind in kinds:
            more = {"policy": kind.split()[0]} if " " in kind else {}
            question, got = ask(kind.split()[-1], world, horizon=horizon, **more)
            expected = python_answer(kind.split()[-1], question)
            assert difference(got, expected, ROUNDING) is None, kind
            if kind == "map":
                bits.append(expected["bits"][-1][0])
        for x, y in cells:
            for kind in ("cell", "reveal"):
                question, got = ask(kind, world, horizon=horizon, x=x, y=y)
                assert difference(got, python_answer(kind, question), ROUNDING) is None, (
                    kind,
                    x,
                    y,
                )
    _, got = ask("curve", world, x=0, y=0)
    assert got["horizons"] == [*range(1, world["horizon"] + 1)]
    assert got["bits"] == pytest.approx(bits, abs=1e-5)
    assert not got["complete"]
    _, got = ask("map", world, range=[0, 3])
    assert got["range"] == [0, 3]


@pytest.mark.ci
@pytest.mark.parametrize("world", WORLDS)
def test_steps_are_those_of_the_policy_and_of_the_noise(ask, world):
    after = set()
    for draw in range(25):
        question, got = ask("step", world, x=0, y=0, policy="greedy", draw=draw)
        expected = python_answer("step", question)
        assert got.keys() == expected.keys()
        assert got["action"] == expected["action"]
        assert got["expected"] == pytest.approx(expected["expected"], abs=1e-5)
        assert (got["settled"], got["deterministic"]) == (expected["settled"], False)
        after.add((got["x"], got["y"]))
        assert got["moved"] == ((got["x"], got["y"]) != (0, 0))
    assert len(after) > 1
    assert after <= {(0, 0), (1, 0), (0, 1), (3, 0), (3, 1), (1, 1), (3, 2)}


@pytest.mark.ci
def test_what_was_not_exported_is_refused_with_what_there_is(ask):
    world = WORLDS[0]
    _, got = ask("map", world, slip=0.3)
    assert got == {"refused": "slip_not_exported", "field": "slip", "facts": {"slips": "0 and 0.2"}}
    _, got = ask("map", world, horizon=4)
    facts = {"slip": 0.2, "count": 3}
    assert got == {"refused": "horizon_not_exported", "field": "horizon", "facts": facts}
    for changed in ({"stay": False}, {"maze": {**MAZE, "cells": ["....", ".#..", "...B"]}}):
        assert ask("map", world, **changed)[1]["refused"] == "noise_elsewhere"
    assert ask("map", world, maze={**MAZE, "name": "other"})[1]["horizon"] == 3
    assert ask("doors", world)[1]["refused"] == "needs_python"
    assert ask("cell", world, x=1, y=1)[1]["refused"] == "solid_cell"
    for place in ({"x": 4, "y": 0}, {"x": 0, "y": 3}, {"x": 0.5, "y": 0}):
        assert ask("cell", world, **place)[1]["refused"] == "no_cell"
        assert ask("step", world, **place)[1]["refused"] == "no_cell"


@pytest.mark.ci
@pytest.mark.parametrize(
    ("kind", "fields", "refused", "field"),
    [
        ("map", {"horizon": 0}, "horizon_limit", "horizon"),
        ("curve", {"x": 0, "y": 0, "horizon": 21}, "horizon_limit", "horizon"),
        ("map", {"slip": 0.6}, "slip_limit", "slip"),
        ("map", {"slip": -0.1}, "slip_limit", "slip"),
        ("map", {"range": [5, 1]}, "range", "range"),
        ("map", {"sensor": "foo"}, "bad_field", "sensor"),
        ("arrows", {"policy": "foo"}, "bad_field", "policy"),
    ],
)
def test_invalid_questions_are_refused_as_by_the_server(ask, kind, fields, refused, field):
    question, got = ask(kind, WORLDS[0], **fields)
    assert (got["refused"], got["field"]) == (refused, field)
    with pytest.raises(Refusal) as caught:
        python_answer(kind, question)
    assert got == {"refused": refused, "field": field, "facts": caught.value.facts}


@pytest.mark.ci
def test_a_page_without_noisy_maps_does_not_ask_to_undo_changes(ask, records):
    hold(ask.page, [])
    _, got = ask("map", WORLDS[0])
    hold(ask.page, records)
    assert (got["refused"], got["field"]) == ("noise_nowhere", "slip")
    assert ask("map", WORLDS[0])[1]["horizon"] == 3
