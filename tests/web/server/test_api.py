"""Requests that are malformed are refused, and say which field is wrong."""

import ast
import json
import re
from importlib.resources import files

import pytest
from support.command_line import run
from support.questions import KLYUBIN, ask, on_the_page
from support.serving import ASKED, DRAWN, KINDS, post, refusal

from gridemp import GridempError, HorizonTooLarge, MazeError, load_maze, parse_maze
from gridemp.web.server.api import (
    INVALID,
    UNANSWERED,
    Refusal,
    as_refusal,
    concerning,
)

MORE = {"maze": DRAWN | {"color": "red"}, "horizon": 1}


@pytest.mark.parametrize(
    ("status", "body", "field"),
    [
        *(
            (400, body, "")
            for body in ("", "{", "nonsense", "{'maze': 1}", "\0", b"\xff\xfe", b"\xef\xbb\xbf{}")
        ),
        *((400, f'{{"slip": {n}}}', "") for n in ("NaN", "Infinity", "-Infinity", "01", "0x1")),
        (422, '{"slip": 1e999}', "slip"),
        (422, "{}{}", ""),
        (422, "[" * 200000, ""),
        (422, '{"maze": ' * 20000, "maze"),
        *((422, body, "") for body in ("1", "null", "[]", '"map"', "true", "{}")),
        *((422, ASKED | {"horizon": value}, "horizon") for value in (None, "2", 2.0, True, [2])),
        (422, f'{{"maze": {json.dumps(DRAWN)}, "horizon": {"9" * 5000}}}', "horizon"),
        *((422, ASKED | {"horizon": value}, "horizon") for value in (21, 10**30, 2**63)),
        *((422, ASKED | {"slip": value}, "slip") for value in ("0.1", None, [], True, 0.51, 1)),
        (422, ASKED | {"moves": "queen"}, "moves"),
        (422, ASKED | {"torus": "yx"}, "torus"),
        (422, ASKED | {"range": [1]}, "range"),
        (422, ASKED | {"range": [1, None]}, "range"),
        (422, ASKED | {"numbers": "bits"}, ""),
        (422, ASKED | {"stay": 1}, "stay"),
        (422, ASKED | {"speed": 1}, ""),
        (422, MORE, "maze"),
        (422, {"horizon": 1}, ""),
        (422, ASKED | {"maze": "room"}, "maze"),
        (422, ASKED | {"maze": DRAWN | {"name": "a" * 201}}, "name"),
        (422, ASKED | {"maze": DRAWN | {"cells": "..."}}, "maze"),
        (422, ASKED | {"maze": DRAWN | {"cells": ["." * 201]}}, "maze"),
        (422, ASKED | {"maze": DRAWN | {"cells": ["."] * 201}}, "maze"),
    ],
)
def test_what_is_no_question_is_refused_and_says_where(port, status, body, field):
    found, sentence, where = refusal(port, "map", body)
    assert (found, where) == (status, field)
    assert len(sentence) < 200
    assert "Traceback" not in sentence


@pytest.mark.parametrize("text", [b"\xed\xa0\x80", b"\\ud800", b"\\udc00x", b"\xc0\x80", b"\n"])
def test_what_is_no_text_is_not_read(port, text):
    assert refusal(port, "read", b'{"text": "' + text + b'", "file": "a.txt"}')[0] == 400


def test_the_last_of_equal_keys_counts(port):
    body = json.dumps(ASKED)[:-1] + ', "horizon": 1}'
    assert json.loads(post(port, "map", body)[1])["result"]["horizon"] == 1


def test_huge_numbers_are_not_echoed(port):
    maze = json.dumps({"name": "m", "cells": ["."], "right": [""], "below": []})
    for horizon, x in (("9" * 4000, "0"), ("1", "9" * 4000), ("-" + "9" * 4000, "0")):
        body = f'{{"maze": {maze}, "horizon": {horizon}, "x": {x}, "y": 0}}'
        status, sentence, _ = refusal(port, "cell", body)
        assert 400 <= status < 500
        assert len(sentence) < 200


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        (
            "make `vmin` lower than `vmax`",
            "make the lowest colour lower than the highest colour",
        ),
        ("leave out `slip_kind`", "leave out slip kind"),
        ("'`' is not part of a maze", "'`' is not part of a maze"),
    ],
)
def test_the_page_is_told_of_controls_not_of_arguments(message, shown):
    for error in (GridempError(message), MazeError(message)):
        assert str(as_refusal(error)) == shown


def kinds_in(node):
    """The kinds of refusals that a part of a module names."""
    match node:
        case (
            ast.keyword(arg="kind", value=text)
            | ast.Assign(targets=[ast.Name(id="kind")], value=text)
            | ast.Call(func=ast.Name(id="concerning"), args=[_, text, *_])
        ):
            branches = (text.body, text.orelse) if isinstance(text, ast.IfExp) else (text,)
            yield from (each.value for each in branches if isinstance(each, ast.Constant))


def test_the_reference_lists_the_kinds_of_refusals_and_no_others():
    """Those of Python, and among them those of the browser."""
    web = files("gridemp.web")
    python = {
        kind
        for path in (web / "server").iterdir()
        if path.name.endswith(".py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for kind in kinds_in(node)
    }
    assert python == KINDS
    refused = re.compile(r'refuse\(\s*"(\w+)"')
    engine = {
        kind
        for path in (web / "page" / "engine").iterdir()
        for kind in refused.findall(path.read_text(encoding="utf-8"))
    }
    own = {kind for kind in engine if kind.startswith("text_")} | {"format_needs_python"}
    assert engine - own <= KINDS
    assert "plan_states" in engine


def test_names_of_files_keep_their_backticks():
    error = MazeError("choose another `slip_kind`", 3, source="`slip_kind`.txt")
    shown = "`slip_kind`.txt, line 3: choose another slip kind"
    assert str(as_refusal(error)) == shown


def test_errors_belong_to_controls():
    with pytest.raises(Refusal) as caught, concerning("slip", "other", status=INVALID):
        raise GridempError("no")
    assert (caught.value.field, caught.value.status) == ("slip", INVALID)
    with pytest.raises(Refusal) as caught, concerning("slip", "other", status=INVALID):
        raise HorizonTooLarge("no")
    assert (caught.value.field, caught.value.status) == ("horizon", UNANSWERED)
    with pytest.raises(ZeroDivisionError), concerning("slip", "other"):
        raise ZeroDivisionError
    refusal = as_refusal(ZeroDivisionError("division by zero"))
    assert (str(refusal), refusal.status) == ("something went wrong here (ZeroDivisionError)", 500)
    assert as_refusal(MemoryError()).field == "horizon"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "fields", "field"),
    [
        (
            "heatmap - --horizon=2 --moves=turn --slip-kind=perpendicular",
            {"moves": "turn", "slip_kind": "perpendicular"},
            "slip_kind",
        ),
        (
            "heatmap - --horizon=2 --slip=0.1 --annotate=outcomes",
            {"slip": 0.1, "numbers": "outcomes"},
            "numbers",
        ),
        ("cell --horizon=2 - 9 0", {"x": 9, "y": 0}, "cell"),
        ("cell --horizon=2 - 3 2", {"x": 3, "y": 2}, "cell"),
        ("cell --horizon=2 -- - 0 -1", {"x": 0, "y": -1}, "cell"),
    ],
)
def test_what_the_command_line_refuses_is_refused_alike(words, fields, field):
    text = "...#\n.$$.\n....\n"
    refused = run(*words.split(), text=text)
    assert (refused.exit_code, refused.stdout) == (1, "")
    drawn = ["figure"] if "numbers" in fields else ["map", "figure"]
    for what in ["cell"] if "x" in fields else drawn:
        more = {"format": "png"} if what == "figure" else {}
        with pytest.raises(Refusal) as caught:
            ask(what, parse_maze(text, "stdin"), **fields, **more)
        assert on_the_page(refused.stderr.splitlines()[-1]) == f"gridemp: {caught.value}"
        assert caught.value.field == field


BOX = parse_maze("...#\n.$S.\n..T.\n")


@pytest.mark.parametrize(
    ("what", "fields", "kind", "facts"),
    [
        ("map", {"horizon": 0}, "horizon_limit", {"limit": 20}),
        ("map", {"horizon": 21}, "horizon_limit", {"limit": 20}),
        ("map", {"slip": -1e300}, "slip_limit", {"limit": 0.5}),
        ("map", {"slip": 0.6}, "slip_limit", {"limit": 0.5}),
        ("map", {"moves": "turn", "slip_kind": "perpendicular"}, "slip_kind", {}),
        ("map", {"horizon": 2.5}, "bad_field", {"field": "horizon"}),
        ("map", {"moves": "queen"}, "bad_field", {"field": "moves"}),
        ("map", {"speed": 1}, "unknown_field", {"field": "speed"}),
        ("cell", {"x": 1}, "missing_field", {"field": "y"}),
        ("map", {"range": [3, 1]}, "range", {"low": 3.0, "high": 1.0}),
        ("cell", {"x": 9, "y": 0}, "no_cell", {"x": 9, "y": 0}),
        ("curve", {"x": 0, "y": -1}, "no_cell", {"x": 0, "y": -1}),
        ("step", {"x": 3, "y": 2}, "solid_cell", {"x": 3, "y": 2}),
        ("reveal", {"x": 3, "y": 2}, "solid_cell", {"x": 3, "y": 2}),
        ("figure", {"slip": 0.1, "numbers": "outcomes", "format": "png"}, "numbers_outcomes", {}),
        ("map", {"horizon": 15, "slip": 0.1, "moves": "king"}, "too_many_sequences", ...),
    ],
)
def test_refusals_are_facts(what, fields, kind, facts):
    with pytest.raises(Refusal) as caught:
        ask(what, BOX, **fields)
    refused = caught.value
    assert (refused.kind, refused.field == "") == (
        kind,
        "field" in refused.facts and kind != "bad_field",
    )
    assert facts in (refused.facts, ...)
    assert kind in KINDS
    assert not re.search(r"--|`|10\^|Expected|Object", str(refused))


def test_a_step_that_would_not_fit_belongs_to_the_horizon():
    with pytest.raises(Refusal) as caught:
        ask("step", KLYUBIN, horizon=15, slip=0.1, x=0, y=0)
    assert caught.value.field == "horizon"


def test_a_range_that_is_none_is_refused_alike():
    refused = run("heatmap", "room", "--horizon=2", "--vmin=3", "--vmax=1")
    with pytest.raises(Refusal) as caught:
        ask("map", load_maze("room"), range=[3, 1])
    assert on_the_page(refused.stderr) == f"gridemp: {caught.value}\n"
    assert caught.value.field == "range"
