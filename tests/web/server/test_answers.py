"""Answers of the explorer, against the library called directly and the command line."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.command_line import run
from support.questions import KLYUBIN, ask, on_the_page
from support.serving import request
from support.strategies import furnished, options
from support.texts import LAYOUT, MAP, MICROBAN

import gridemp
from gridemp import World, empowerment, format_maze, horizon_sweep, parse_maze
from gridemp.analysis.cell import cell_source
from gridemp.mazes.bundled import bundled_mazes
from gridemp.mazes.objects import OBJECTS
from gridemp.web.server.answers import Answers
from gridemp.web.server.api import Drawing, Refusal
from gridemp.web.server.mazes import maze_of


@st.composite
def sensed(draw):
    """Options of a world, its sensor among them."""
    sensors = ("state", "position", "row", "column", "walls")
    return draw(options((0.0, 0.2))) | {"sensor": draw(st.sampled_from(sensors))}


def typed(horizon, options):
    """Options as words of a command."""
    words = ["--horizon", horizon, "--stay" if options["stay"] else "--no-stay"]
    words += [f"--torus-{axis}" for axis in options["torus"]]
    for name in ("moves", "slip", "slip_kind", "sensor"):
        words += [f"--{name.replace('_', '-')}", options[name]]
    return words


def test_the_page_begins_with_what_was_opened_and_what_is_bundled(port):
    status, _, content = request(port, "GET", "/api/2/start")
    found = json.loads(content)["result"]
    assert (status, found["version"], found["gridemp"]) == (200, 2, gridemp.__version__)
    assert found["maze"]["name"] == "room"
    assert found["maze"]["cells"] == ["." * 11] * 11
    assert found["objects"] == OBJECTS
    assert [each["maze"]["name"] for each in found["mazes"]] == list(bundled_mazes())
    needed = {each["maze"]["name"]: each["settings"] for each in found["mazes"]}
    assert needed["box"] == needed["box-fixed"] == {"torus": "xy"}
    assert needed["klyubin"] == {}
    assert found["limits"] == {
        **{"horizon": 20, "slip": 0.5, "cells": 10000, "side": 200, "seconds": 60.0}
    }


@pytest.mark.slow
@settings(max_examples=20)
@given(furnished(max_side=4), sensed(), st.integers(1, 2))
def test_a_map_is_what_values_prints(maze, options, horizon):
    found = ask("map", maze, horizon=horizon, **options)
    printed = run("values", "-", *typed(horizon, options), text=format_maze(maze)).stdout
    grid = np.full(maze.shape, None)
    gaps = []
    for line in printed.splitlines()[1:]:
        x, y, bits, gap = map(float, line.split(","))
        grid[maze.rowcol(int(x), int(y))] = bits
        gaps.append(gap)
    assert found["bits"] == grid.tolist()
    assert found["gap"] == max(gaps)
    if options["slip"]:
        assert found["outcomes"] is None
    else:
        bits = np.log2(np.array(found["outcomes"], dtype=float))
        np.testing.assert_array_equal(bits, grid.astype(float))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "text", "lost"),
    [
        ("a.txt", "..T\n#.$\n", []),
        ("a.txt", "+-+\n| |\n+-+\n", []),
        ("a.xsb", MICROBAN, ["goals under boxes (1)"]),
        ("A.MAP", MAP, None),
        ("a.lay", LAYOUT, None),
        ("a.txt", "....\n...\n", None),
        ("a.txt", "..\n.?\n", None),
        ("", "##\n##", None),
        ("a.map", "type octile\nheight 2\n", None),
        ("a.xsb", "####\n#@x#\n####\n", None),
        ("a.lay", "%%%\n%Q%\n%%%\n", None),
        ("a.txt", "\1\n", None),
        ("a.txt", "", None),
    ],
)
def test_a_text_is_read_or_refused_as_on_the_command_line(tmp_path, monkeypatch, file, text, lost):
    monkeypatch.chdir(tmp_path)
    Path(file or "the text").write_text(text)
    converted = run("convert", file or "the text", "-")
    if converted.exit_code:
        with pytest.raises(Refusal) as caught:
            ask("read", text=text, file=file)
        assert on_the_page(converted.stderr) == f"gridemp: {caught.value}\n"
        assert caught.value.field == "maze"
        return
    found = ask("read", text=text, file=file)
    maze = maze_of(msgspec.convert(found["maze"], Drawing))
    assert (maze.name, format_maze(maze)) == (Path(file).stem, converted.stdout)
    told = f"gridemp: left out: {', '.join(found['left_out'])}\n" if found["left_out"] else ""
    assert converted.stderr == told
    assert found["left_out"] == lost or lost is None


def test_what_is_assumed_about_a_text_is_said():
    found = ask("read", text="XXXX\nXA.X\nXXXX", file="a.txt")
    assert found["said"] == ["X is read as # (wall, as in the frame); A is read as S (the agent)"]
    assert found["maze"]["cells"] == ["S."]
    (sentence,) = ask("read", text="111\n101\n111", file="a.txt")["said"]
    assert sentence.endswith("; set wall to change this")


def test_what_stands_beside_a_map():
    maze = parse_maze("...#\n.##.\n....", "mine")
    found = ask("map", maze, horizon=3, slip=0.1)
    emap = empowerment(World.from_maze(maze, slip=0.1), 3)
    assert found["range"] == [emap.bits.min(), emap.bits.max()]
    assert found["horizon"] == 3
    assert found["deterministic"] is False
    assert (found["mean"], found["gap"]) == (emap.bits.mean(), emap.gap.max())
    assert found["peak"] == emap.peak._asdict()
    assert found["per_cell"] is None
    assert [emap.peak.x, emap.peak.y] in found["ringed"]
    assert found["peak"] == emap.peak._asdict()
    assert found["mean"] == emap.bits.mean()
    assert (found["deterministic"], found["per_cell"]) == (False, None)
    assert ask("map", maze, moves="turn")["per_cell"] == "best"
    assert ask("map", maze)["deterministic"]
    assert ask("map", maze, range=[1, 9])["range"] == [1, 9]
    assert ask("map", maze, moves="turn")["per_cell"] == "best"


def test_absorbing_cells_are_listed_and_do_not_stretch_the_range():
    maze = parse_maze("T..\n...")
    found = ask("map", maze, horizon=2)
    emap = empowerment(World.from_maze(maze), 2)
    assert found["absorbing"] == [[0, 1]]
    assert found["range"] == [emap.bits[1:].min(), emap.bits.max()]
    assert ask("map", parse_maze("..."), horizon=2)["absorbing"] == []


@pytest.mark.slow
@settings(max_examples=20)
@given(furnished(max_side=4), sensed(), st.integers(1, 2), st.data())
def test_a_cell_and_its_curve_are_those_of_the_core(maze, options, horizon, data):
    x, y = maze.xy(*data.draw(st.sampled_from(maze.cells.tolist())))
    world = World.from_maze(maze, **options, within=horizon)
    source = cell_source(world, x, y, horizon)
    found = ask("cell", maze, horizon=horizon, x=x, y=y, **options)
    reached = [[None if p != p else p for p in row] for row in source.grid().tolist()]
    assert (found["bits"], found["gap"], found["reached"]) == (source.bits, source.gap, reached)
    assert found["outcomes"] == len(source.readings)
    assert found["deterministic"] == world.deterministic == (options["slip"] == 0)
    assert found["first_actions"] == dict(zip(world.actions, source.first_actions, strict=True))
    assert sum(found["first_actions"].values()) == pytest.approx(1)
    row, col = maze.rowcol(x, y)
    on_map = ask("map", maze, horizon=horizon, **options)["bits"][row][col]
    assert on_map == pytest.approx(found["bits"], abs=2e-6)
    if not options["slip"]:
        curve = ask("curve", maze, horizon=horizon, x=x, y=y, **options)
        emaps = horizon_sweep(World.from_maze(maze, **options), range(1, 21))
        assert curve["horizons"] == list(range(1, 21))
        assert curve["bits"] == [emap.grid()[row, col] for emap in emaps]
        assert (curve["gap"], curve["complete"]) == (0.0, True)


@pytest.mark.slow
def test_a_curve_goes_as_far_as_that_is_quick(monkeypatch):
    clock = iter(range(0, 10**6, 11))
    monkeypatch.setattr("gridemp.web.server.answers.CURVE_SECONDS", 0.05)
    monkeypatch.setattr("gridemp.web.server.answers.monotonic", lambda: 0)
    found = ask("curve", KLYUBIN, slip=0.1, x=5, y=5)
    emaps = horizon_sweep(World.from_maze(KLYUBIN, slip=0.1), [1, 2, 3])
    np.testing.assert_allclose(found["bits"][:3], [e.grid()[4, 5] for e in emaps], atol=1e-6)
    assert 4 <= len(found["horizons"]) == len(found["bits"]) < 12
    assert not found["complete"]
    monkeypatch.setattr("gridemp.web.server.answers.monotonic", lambda: next(clock))
    assert ask("curve", KLYUBIN, slip=0.1, x=5, y=5)["horizons"] == [1]  # took eleven seconds
    monkeypatch.setattr("gridemp.worlds.states.MAX_STATES", 20)
    boxes = parse_maze("....\n.$$.\n....")
    short = ask("curve", boxes, horizon=1, x=0, y=0)
    assert (short["horizons"], short["bits"], short["complete"]) == ([1], [np.log2(3)], False)


@pytest.mark.slow
def test_answers_do_not_depend_on_what_was_asked_before():
    """Noisy channels are kept from one edit to the next, and the last few maps."""
    texts = ["..", "...#\n.~..", "....\n.~..", "....\n.~.#"]
    plain = {"horizon": 2, "slip": 0.1}
    changes = [
        {},
        {"horizon": 3},
        {"slip": 0.2},
        {"slip": 0.0},
        {"sensor": "row"},
        {"stay": False},
        {"slip_kind": "perpendicular"},
        {"torus": "xy"},
        {"moves": "turn"},
    ]
    asked = [(parse_maze(text), plain | change) for text in texts for change in changes]
    once = Answers(KLYUBIN, ["klyubin"])
    found = [ask("map", maze, once, **chosen) for maze, chosen in asked]
    for (maze, chosen), answer in zip(asked, found, strict=True):
        rest = {name: value for name, value in chosen.items() if name != "horizon"}
        emap = empowerment(World.from_maze(maze, **rest), chosen["horizon"]).one_per_cell()
        np.testing.assert_array_equal(np.array(answer["bits"], dtype=float), emap.grid())
        assert answer["gap"] == emap.gap.max()
    with ThreadPoolExecutor(4) as pool:
        later = [*asked[-3:], *asked[::-1]]
        again = list(pool.map(lambda each: ask("map", each[0], once, **each[1]), later))
    assert again == [*found[-3:], *found[::-1]]
