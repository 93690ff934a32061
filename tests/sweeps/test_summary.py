"""Summaries of stores: a row for each map, and what is missing or failed."""

import csv
from pathlib import Path

import pytest
from support.extras import required
from support.sweeps import CORNER, CORRIDOR, grids, swept

import gridemp
from gridemp import GridempError, World
from gridemp.sweeps.store import Store
from gridemp.sweeps.summary import contents, rows, write_summary

required("zarr")
required("filelock")


@pytest.fixture
def path(tmp_path):
    given = grids(CORNER.named("corner"), CORRIDOR.named("corridor"), horizons=[2, 1, 90])
    swept(
        tmp_path / "results.zarr",
        [*given, *grids(CORNER.named("corner"), slip=[0.1], horizons=[1, 80, 90])],
    )
    return tmp_path / "results.zarr"


def test_a_row_for_each_map_in_order(path):
    table = rows(path)
    assert [(row["group"], row["slip"], row["horizon"]) for row in table] == [
        ("corner", 0.0, 1),
        ("corner", 0.0, 2),
        ("corner", 0.0, 90),
        ("corner", 0.1, 1),
        *(("corridor", 0.0, horizon) for horizon in (1, 2, 90)),
    ]
    emap = gridemp.empowerment(World.from_maze(CORNER, slip=0.1), 1)
    row = table[3]
    assert (row["min"], row["mean"], row["max"]) == (
        emap.bits.min(),
        emap.bits.mean(),
        emap.bits.max(),
    )
    assert (row["peak_x"], row["peak_y"], row["gap"]) == (*emap.peak[:2], emap.gap.max())
    assert (row["cells"], row["stay"], row["tol"]) == (5, True, 1e-6)


def test_the_file_has_the_rows(path, tmp_path):
    write_summary(path, tmp_path / "summary.csv")
    with (tmp_path / "summary.csv").open(newline="") as stream:
        table = list(csv.DictReader(stream))
    assert [row["max"] for row in table] == [str(row["max"]) for row in rows(path)]
    assert list(table[0])[:6] == ["group", "moves", "torus", "sensor", "slip", "horizon"]


def test_contents_say_what_is_missing_and_what_failed(path):
    Store(path).write_unread({"nope": "there is no maze nope"})
    (corner, corridor), unread = contents(path)
    assert (corner.name, corner.shape, corner.done, corner.missing) == ("corner", (2, 3), 4, 2)
    assert corner.sizes == {"moves": 1, "torus": 1, "sensor": 1, "slip": 2, "horizon": 4}
    assert list(corner.failed) == [
        ("nesw", "none", "state", 0.1, 80),
        ("nesw", "none", "state", 0.1, 90),
    ]
    assert all("lower the horizon" in reason for reason in corner.failed.values())
    assert (corridor.done, corridor.missing, corridor.failed) == (3, 0, {})
    assert unread == {"nope": "there is no maze nope"}
    Store(path).write_unread({})
    assert contents(path)[1] == {}


def test_other_folders_have_no_contents(tmp_path):
    with pytest.raises(GridempError, match="is not a folder that gridemp sweep has written"):
        contents(tmp_path)


@pytest.mark.parametrize("method", ["read_bytes", "is_file"])
def test_what_must_not_be_read_is_not_called_damaged(path, monkeypatch, method):
    usual = getattr(Path, method)

    def checked(file):
        if file == path / "corner" / "zarr.json":
            raise PermissionError(13, "Permission denied", str(file))
        return usual(file)

    monkeypatch.setattr(Path, method, checked)
    with pytest.raises(GridempError, match=r"zarr\.json: permission denied; ask its owner"):
        contents(path)
