"""The exported page: its data are the maps, and no text in it can do anything."""

import base64
import json
import re
import zlib

import numpy as np
import pytest
from support.command_line import run

import gridemp
from gridemp.analysis.cell import cell_source
from gridemp.web import export
from gridemp.web.export import page
from gridemp.web.page_words import words

TRAPS = {(2, 8), (0, 3), (1, 3), (2, 3), (9, 3)}  # of the maze `trap`, as x and y
RING = ".....\n.###.\n....."


def data_of(text):
    return json.loads(re.search(r'id="data">(.*?)</script>', text, re.DOTALL).group(1))


def reach_of(data, maps, cells):
    """The cells reached from each cell on each map, unpacked: shape (maps, cells, cells)."""
    content = np.frombuffer(zlib.decompress(base64.b64decode(data["reach"])), dtype=np.uint8)
    content = np.unpackbits(content) if data["levels"] == 1 else content
    return content[: maps * cells**2].reshape(maps, cells, cells)


def solved(world, *horizons, heading="best"):
    return [emap.one_per_cell(heading) for emap in gridemp.horizon_sweep(world, horizons)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "heading"),
    [
        ({}, "best"),
        ({"torus": "x", "stay": False}, "best"),
        ({"slip": 0.2, "moves": "king"}, "best"),
        ({"moves": "turn", "sensor": "position"}, "north"),
        ({"moves": "turn", "sensor": "position"}, "best"),
    ],
)
def test_the_data_are_the_maps_and_what_cells_reach(options, heading):
    maze = gridemp.parse_maze(RING)
    world = gridemp.World.from_maze(maze, **options)
    emaps = solved(world, 1, 3, heading=heading)
    data = data_of(page(emaps, "ring", heading=heading))
    assert data["conditions"]["torus"] == options.get("torus", "")
    assert data["maze"]["cells"] == RING.split("\n")
    assert data["name"] == "maze"
    reach = reach_of(data, 2, 12)
    for emap, shown, own in zip(emaps, data["maps"], reach, strict=True):
        bits = np.array(shown["bits"], dtype=float)
        np.testing.assert_array_equal(bits, emap.grid().round(6))
        assert shown["horizon"] == emap.horizon
        assert shown["peak"] == emap.peak._asdict()
        for cell, (row, col) in enumerate(maze.cells.tolist()):
            x, y = maze.xy(row, col)
            grid = cell_source(world, x, y, emap.horizon, heading=heading).grid()[maze.floor]
            np.testing.assert_array_equal(own[cell] > 0, ~np.isnan(grid))
            shares = np.nan_to_num(grid / np.nanmax(grid)) * data["levels"]
            assert (own[cell] >= shares - 1e-6).all()
            assert (own[cell] < shares + 1).all()


def test_no_text_can_end_the_script_or_begin_a_comment():
    maze = gridemp.Maze([[1, 1]], name="</script><!--<script>alert(1)")
    text = page(solved(gridemp.World.from_maze(maze), 1), "</title><script>alert(2)</script>")
    assert text.count("<script") == text.count("</script>") == 3
    assert "<!--" not in text
    assert "alert(2)</script>" not in text
    assert data_of(text)["name"] == maze.name


def test_the_policy_allows_its_own_script_and_style_alone():
    text = page(solved(gridemp.World.from_maze(gridemp.load_maze("room")), 1), "room")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text).group(1)
    parts = dict(part.split(" ", 1) for part in policy.split("; "))
    assert parts.keys() == {"default-src", "script-src", "style-src"}
    assert parts["default-src"] == "'none'"
    for kind, pattern in (
        ("script", r'<script(?: type="module")?>(.*?)</script>'),
        ("style", r"<style>(.*?)</style>"),
    ):
        contents = re.findall(pattern, text, re.DOTALL)
        assert parts[f"{kind}-src"].split() == [f"'{export.sha256(each)}'" for each in contents]
    assert not re.search(r"https?://|\bimport\b|\bfetch\b", text)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("room --horizon 3 --moves turn --heading mean", "a mean of several states has no source"),
        ("- --horizon 14 --slip 0.1 --bounds", "these are bounds"),
        ("- --horizon 2 --slip 0.1", ""),
    ],
)
def test_what_a_page_leaves_out_it_says(tmp_path, typed, why):
    path = tmp_path / "page.html"
    result = run("export", *typed.split(), "--output", path, text="...\n.#.\n")
    assert result.exit_code == 0, result.stderr
    told = f"gridemp: what each cell can reach is left out, as {why}" if why else ""
    assert told in result.stderr
    data = data_of(path.read_text())
    assert (data["reach"] is None) == bool(why) == bool(data["left_out"])
    if why:
        assert words()["en"]["exported"][f"left_out_{data['left_out']}"] in path.read_text()


def test_what_is_too_much_for_a_page_is_left_out(monkeypatch):
    maps = solved(gridemp.World.from_maze(gridemp.load_maze("room")), 1, 2)
    assert export.without_reach(maps) == ""
    monkeypatch.setattr(export, "MAX_REACH", 2 * 121**2 // 8)
    assert export.without_reach(maps).endswith("too much for a page")
    monkeypatch.setattr(export, "MAX_REACH", 2 * 121**2 // 8 + 1)
    assert export.without_reach(maps) == ""


@pytest.mark.slow
def test_the_data_of_an_exported_page_are_the_maps(exported):
    data = data_of(exported[0].read_text())
    world = gridemp.World.from_maze(gridemp.load_maze("klyubin"))
    for shown, emap in zip(data["maps"], gridemp.horizon_sweep(world, range(1, 11)), strict=True):
        assert shown["bits"] == emap.grid().round(6).tolist()


def test_absorbing_cells_are_listed_and_do_not_stretch_the_range():
    world = gridemp.World.from_maze(gridemp.load_maze("trap"))
    emaps = solved(world, 1, 2)
    data = data_of(page(emaps, "traps", "gridemp export"))
    traps = sorted([x, y] for x, y in TRAPS)
    assert [sorted(each["absorbing"]) for each in data["maps"]] == [traps] * 2
    low, high = data["range"]
    assert low == emaps[0].bits[emaps[0].bits > 0].min()
    assert high == emaps[1].bits.max()


@pytest.mark.parametrize(
    ("name", "options", "horizons", "opened"),
    [
        ("klyubin", {}, range(1, 31), 4),  # the first single peak; from 27 on the map is flat
        ("room", {}, range(1, 21), 5),
        ("tunnel", {}, [30, 20, 3, 1], 3),
        ("box-fixed", {"torus": "xy"}, range(1, 21), 4),  # not 20, where it is nearly flat
    ],
)
def test_a_page_opens_with_few_peaks_and_not_with_a_flat_map(name, options, horizons, opened):
    world = gridemp.World.from_maze(gridemp.load_maze(name), **options)
    emaps = gridemp.horizon_sweep(world, horizons)
    assert emaps[export.opening(emaps)].horizon == opened


def test_maps_that_are_all_flat_open_with_the_first():
    world = gridemp.World.from_maze(gridemp.parse_maze("T"))
    assert export.opening(gridemp.horizon_sweep(world, [2, 1])) == 0


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ({}, "cells"),
        ({"moves": "turn"}, "states"),
        ({"moves": "turn", "sensor": "position"}, "cells"),
        ({"sensor": "row"}, "row"),
        ({"sensor": "walls"}, "walls"),
    ],
)
def test_outcomes_are_named_by_what_is_sensed(options, kind):
    world = gridemp.World.from_maze(gridemp.parse_maze("\n".join(["....."] * 5)), **options)
    assert export.outcome_kind(world) == kind
    labels = world.with_sensor([0] * len(world.cell), name="none")
    assert export.outcome_kind(labels) == "readings"
