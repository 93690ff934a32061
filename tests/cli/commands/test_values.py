import json

import numpy as np
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
    assert sorted(arrays) == ["empowerment", "gap"]
    assert np.isnan(arrays["empowerment"]).tolist() == [[False, False, True], [False] * 3]
    for x, y, bits, gap in rows:
        cell = 1 - int(y), int(x)
        assert (arrays["empowerment"][cell], arrays["gap"][cell]) == (bits, gap)
        assert 0 <= gap <= 1e-3


def test_a_link_is_followed_and_upper_case_suffixes_are_known(empty_folder):
    (empty_folder / "link.NPZ").symlink_to("target")
    assert run("values", "room", "--horizon", 1, "--output", "link.NPZ").exit_code == 0
    assert files(empty_folder) == ["link.NPZ", "target"]
    with np.load(empty_folder / "target") as file:
        assert file["empowerment"].shape == (11, 11)
