"""Values of maps as JSON, CSV and NPZ."""

import csv
import io
import json
import os
import tracemalloc
from dataclasses import replace

import numpy as np
import pytest

from gridemp import EmpowermentMap, Maze, World, empowerment, empowerment_bounds, parse_maze
from gridemp.engine.given_source import information_map
from gridemp.report.tables import (
    column_names,
    described,
    rows,
    save_table,
    save_values,
    told_apart,
    write_csv,
    write_json,
)
from gridemp.worlds.conditions import Conditions

CELLS = [(0, 0), (2, 0), (0, 1), (1, 1), (2, 1)]  # of the maze below, by y, then x


def room(**options):
    return World.from_maze(parse_maze("...\n.#.").named("room"), **options)


def as_json(emap):
    stream = io.StringIO()
    write_json(emap, stream)
    assert stream.getvalue().endswith("}\n")
    return json.loads(stream.getvalue())


def test_rows_are_ordered_by_y_then_x():
    assert [row[:2] for row in rows(empowerment(room(), 1))] == CELLS


def cell_by_cell(emap):
    """The rows of a table, from the grids of a map."""
    one = emap.one_per_cell()
    bits, gap = one.grid(), one.grid(one.gap)
    height, width = bits.shape
    cells = [(x, y, height - 1 - y) for y in range(height) for x in range(width)]
    return [
        [x, y, float(bits[row, x]), float(gap[row, x])]
        for x, y, row in cells
        if not np.isnan(bits[row, x])
    ]


def as_dict(emap):
    """The content of a JSON file of one map."""
    cells = [dict(zip(column_names(emap), row, strict=True)) for row in cell_by_cell(emap)]
    return described(emap) | {"cells": cells}


def empowerment_of(text, name, horizon, **options):
    return empowerment(World.from_maze(parse_maze(text).named(name), **options), horizon)


MAPS = {
    "without noise": lambda: empowerment(room(), 2),
    "noisy": lambda: empowerment(room(slip=0.1), 2, 1e-3),
    "of bounds": lambda: empowerment_bounds(room(slip=0.1), 2),
    "of a source": lambda: information_map(room(slip=0.1), 2),
    "of headings": lambda: empowerment(room(moves="turn", slip=0.2), 1),
    "of whole numbers": lambda: replace(empowerment(room(), 1), bits=np.arange(5)),
    "of some cells": lambda: EmpowermentMap(
        room(), 1, np.array([1.5, 2.5]), np.array([0, 0.25]), states=np.array([3, 1])
    ),
    "of a name": lambda: empowerment_of(".", '50 %s, {"é",\t"\u2028"}', 1),
    "of a table": lambda: empowerment(World.from_transitions(np.full((3, 2, 3), 1 / 3)), 1),
}


@pytest.mark.parametrize("block", [1, 2, 1000])
@pytest.mark.parametrize("kind", MAPS)
def test_files_of_a_map_have_the_bytes_of_simple_writers(kind, block, monkeypatch, tmp_path):
    monkeypatch.setattr("gridemp.report.tables.BLOCK", block)
    emap = MAPS[kind]()
    for suffix in ("csv", "json"):
        save_values(emap, tmp_path / f"map.{suffix}")
    table = [",".join(map(repr, row)) + "\n" for row in cell_by_cell(emap)]
    header = ",".join(column_names(emap)) + "\n"
    assert (tmp_path / "map.csv").read_bytes().decode() == header + "".join(table)
    assert (tmp_path / "map.json").read_bytes().decode() == json.dumps(
        as_dict(emap), indent=1
    ) + "\n"


@pytest.mark.parametrize("block", [1, 2, 1000])
def test_files_of_several_maps_have_the_bytes_of_simple_writers(block, monkeypatch, tmp_path):
    monkeypatch.setattr("gridemp.report.tables.BLOCK", block)
    emaps = [
        empowerment_of(text, name, horizon, slip=slip)
        for text, name in (("..", 'a "quoted", name'), (".#.\n...", "é\u2028%s{}"))
        for slip in (0, 0.1)
        for horizon in (1, 2)
    ]
    for suffix in ("csv", "json"):
        save_table(emaps, tmp_path / f"maps.{suffix}")
    different = told_apart(emaps)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["maze", "slip", "horizon", *column_names(emaps[0])])
    for emap, values in zip(emaps, different, strict=True):
        for row in cell_by_cell(emap):
            writer.writerow([*values.values(), *row])
    maps = [one | as_dict(emap) for one, emap in zip(different, emaps, strict=True)]
    assert (tmp_path / "maps.csv").read_bytes().decode() == stream.getvalue()
    content = json.dumps({"maps": maps}, indent=1) + "\n"
    assert (tmp_path / "maps.json").read_bytes().decode() == content


@pytest.mark.parametrize("write", [write_csv, write_json])
def test_the_cells_of_a_large_map_are_not_in_memory_as_python_numbers(write, monkeypatch):
    monkeypatch.setattr("gridemp.report.tables.BLOCK", 1000)
    emap = empowerment(World.from_maze(Maze(np.ones((100, 100)))), 1)
    with open(os.devnull, "w", encoding="utf-8") as stream:
        write(emap, stream)
        tracemalloc.start()
        try:
            write(emap, stream)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak < 160 * 100 * 100  # bytes; a row of Python's numbers alone takes more than that


def test_a_json_file_describes_its_map():
    emap = empowerment(room(moves="king", slip=0.25), 2)
    content = as_json(emap)
    cells = content.pop("cells")
    assert content == {
        "maze": "room",
        "horizon": 2,
        "actions": list(emap.world.actions),
        "slip": 0.25,
        "conditions": "king moves, slip 0.25",
        "source": "optimal",
        "shown": "",
        "unit": "bits",
    }
    assert [tuple(cell.values()) for cell in cells] == list(rows(emap))
    assert list(cells[0]) == ["x", "y", "empowerment", "gap"]


def test_a_json_file_names_the_source():
    assert as_json(empowerment(room(), 1))["source"] == "optimal"
    uniform = information_map(room(), 1)
    assert as_json(uniform)["source"] == uniform.source == "uniform source"


@pytest.mark.parametrize(
    ("probabilities", "slip"), [([[[0.5, 0.5]], [[0, 1]]], None), ([[[0, 1]], [[1, 0]]], 0)]
)
def test_a_json_file_gives_no_slip_to_noise_of_another_kind(probabilities, slip):
    world = World.from_transitions(np.array(probabilities))
    assert as_json(empowerment(world, 1))["slip"] == slip


def test_a_csv_file_holds_every_digit():
    emap = empowerment(room(slip=0.1), 1)
    stream = io.StringIO()
    write_csv(emap, stream)
    header, *lines = csv.reader(io.StringIO(stream.getvalue()))
    assert header == ["x", "y", "empowerment", "gap"]
    assert [(int(x), int(y), float(bits), float(gap)) for x, y, bits, gap in lines] == list(
        rows(emap)
    )


@pytest.mark.parametrize("name", ["values.npz", "VALUES.NPZ"])
def test_an_npz_file_holds_arrays_with_nan_on_walls(name, tmp_path):
    emap = empowerment(room(), 1)
    save_values(emap, tmp_path / name)
    with np.load(tmp_path / name) as arrays:
        assert {"empowerment", "gap"} <= set(arrays)
        np.testing.assert_array_equal(arrays["empowerment"], emap.grid())
    assert np.argwhere(np.isnan(emap.grid())).shape == (1, 2)


def test_a_world_built_by_hand_without_noise_has_no_slip():
    world = replace(room(), conditions=Conditions())
    assert as_json(empowerment(world, 1))["slip"] == 0
