import json
from collections import Counter
from itertools import product

import numpy as np
import pytest
from support.command_line import files, run

import gridemp


def test_values_as_csv():
    lines = run("values", "klyubin", "--horizon", 5).stdout.splitlines()
    assert lines[0] == "x,y,empowerment,gap"
    rows = [line.split(",") for line in lines[1:]]
    assert [(int(y), int(x)) for x, y, *_ in rows] == [(y, x) for y in range(10) for x in range(10)]
    world = gridemp.World.from_maze(gridemp.load_maze("klyubin"))
    grid = gridemp.empowerment(world, 5).grid()
    assert all(float(bits) == grid[9 - int(y), int(x)] for x, y, bits, _ in rows)
    assert {gap for *_, gap in rows} == {"0.0"}


def test_values_leave_walls_out():
    lines = run("values", "-", "--horizon", 1, text=".#.\n...\n").stdout.splitlines()
    assert [line.rsplit(",", 2)[0] for line in lines[1:]] == ["0,0", "1,0", "2,0", "0,1", "2,1"]


def test_values_in_files_agree(empty_folder):
    options = ["values", "-", "--horizon", 2, "--slip", 0.1, "--tol", 1e-3]
    text = "..#\n...\n"
    printed = run(*options, text=text).stdout
    for suffix in ("csv", "json", "npz"):
        assert run(*options, "--output", f"v.{suffix}", text=text).stdout == f"v.{suffix}\n"
    assert files(empty_folder) == ["v.csv", "v.json", "v.npz"]
    assert (empty_folder / "v.csv").read_text() == printed
    rows = [[float(v) for v in line.split(",")] for line in printed.splitlines()[1:]]
    content = json.loads((empty_folder / "v.json").read_text())
    assert [list(cell.values()) for cell in content["cells"]] == rows
    assert {k: content[k] for k in ("maze", "horizon", "slip", "unit")} == {
        "maze": "stdin",
        "horizon": 2,
        "slip": 0.1,
        "unit": "bits",
    }
    with np.load(empty_folder / "v.npz") as file:
        arrays = dict(file)
    assert np.isnan(arrays["empowerment"]).tolist() == [[False, False, True], [False] * 3]
    for x, y, bits, gap in rows:
        cell = 1 - int(y), int(x)
        assert (arrays["empowerment"][cell], arrays["gap"][cell]) == (bits, gap)
        assert 0 <= gap <= 1e-3
    emap = gridemp.load_map(empty_folder / "v.npz")
    assert (emap.world.maze.name, emap.world.conditions.slip) == ("stdin", 0.1)


def test_a_link_is_followed_and_upper_case_suffixes_are_known(empty_folder):
    (empty_folder / "link.NPZ").symlink_to("target")
    assert run("values", "room", "--horizon", 1, "--output", "link.NPZ").exit_code == 0
    assert files(empty_folder) == ["link.NPZ", "target"]
    with np.load(empty_folder / "target") as file:
        assert file["empowerment"].shape == (11, 11)


@pytest.mark.slow
def test_lists_make_one_table_with_what_varies_first(empty_folder):
    options = ["values", "room", "--horizon", "1..2", "--slip", "0,0.1", "--sensor", "state,row"]
    printed = run(*options).stdout
    header, *lines = printed.splitlines()
    assert header == "sensor,slip,horizon,x,y,empowerment,gap"
    expected = [
        f"{sensor},{slip},{horizon},{line}"
        for sensor, slip, horizon in product(("state", "row"), ("0.0", "0.1"), (1, 2))
        for line in run(
            "values", "room", "--horizon", horizon, "--slip", slip, "--sensor", sensor
        ).stdout.splitlines()[1:]
    ]
    assert lines == expected
    assert run(*options, "-o", "v.csv").stdout == "v.csv\n"
    assert (empty_folder / "v.csv").read_text() == printed


def test_a_list_of_one_is_one_map():
    assert run("values", "room", "-n", "2..2").stdout == run("values", "room", "-n", 2).stdout


def test_several_mazes_are_told_apart(empty_folder):
    for folder, text in (("a", "..."), ("b", "....")):
        (empty_folder / folder).mkdir()
        (empty_folder / folder / "m.txt").write_text(text)
    lines = run("values", "a/m.txt", "dead-end", "b/m.txt", "a/m.txt", "-n", 1).stdout.splitlines()
    assert lines[0] == "maze,x,y,empowerment,gap"
    cells = Counter(line.partition(",")[0] for line in lines[1:])
    dead_end = int(gridemp.load_maze("dead-end").floor.sum())
    assert cells == {"a/m.txt": 3, "dead-end": dead_end, "b/m.txt": 4, "a/m.txt (2)": 3}


def test_the_json_of_several_maps_lists_them(empty_folder):
    run("values", "room", "-n", 1, "--sensor", "state,row", "-o", "v.json")
    maps = json.loads((empty_folder / "v.json").read_text())["maps"]
    assert [emap["sensor"] for emap in maps] == ["state", "row"]
    for emap in maps:
        sensor = emap.pop("sensor")
        run("values", "room", "-n", 1, "--sensor", sensor, "-o", "one.json")
        assert json.loads((empty_folder / "one.json").read_text()) == emap


def test_an_npz_file_holds_one_map(empty_folder):
    result = run("values", "room", "-n", "1,2", "-o", "v.npz")
    assert result.stderr == (
        "gridemp: an .npz file holds one map, but there are 2; write .csv or .json, or a file for "
        "each\n"
    )
    assert result.exit_code == 1
    assert files(empty_folder) == []
