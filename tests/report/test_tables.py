"""Values of maps as JSON, CSV and NPZ."""

import csv
import io
import json
from dataclasses import replace

import numpy as np
import pytest

from gridemp import World, empowerment, parse_maze
from gridemp.engine.given_source import information_map
from gridemp.report.tables import rows, save_values, write_csv, write_json
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
    assert [tuple(cell.values()) for cell in cells] == rows(emap)
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
    assert [(int(x), int(y), float(bits), float(gap)) for x, y, bits, gap in lines] == rows(emap)


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
