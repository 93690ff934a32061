"""The store of a sweep is read by xarray, grows without a loss, and keeps mazes apart."""

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from support.extras import required

from gridemp.errors import GridempError
from gridemp.sweeps.layout import encoded
from gridemp.sweeps.store import MAX_CONSOLIDATED, Store, groups
from gridemp.sweeps.whole_files import write_whole

xarray = required("xarray")
required("zarr")
required("filelock")

VALUES = {
    "moves": ["nesw"],
    "torus": ["none"],
    "sensor": ["state"],
    "slip": [0.1, 0.0],
    "horizon": [1, 2],
}
GRID = np.array([[0.0, 1.5, np.nan], [3.25, 4.0, 5.0]])
PLACE = ("nesw", "none", "state", 0.1, 2)


def group_of(store, name="room", maze_hash="1", **values):
    attributes = {"maze": name, "maze_hash": maze_hash, "stay": True, "date": "today"}
    with store.changing():
        return store.group(name, GRID.shape, attributes, ["maze_hash", "stay"], VALUES | values)


def read(path, group, place=PLACE):
    with xarray.open_zarr(path, group=group) as dataset:
        where = dict(zip(VALUES, place, strict=True))
        return dataset.sel(where).empowerment.load()


def test_values_are_read_back(tmp_path):
    store = Store(tmp_path / "results.zarr")
    group = group_of(store)
    store.write(group, PLACE, encoded({"empowerment": GRID, "gap": GRID * 0}), durable=False)
    with xarray.open_zarr(store.path, group="room") as dataset:
        assert dataset.empowerment.dims == (*VALUES, "y", "x")
        assert dataset.empowerment.attrs["units"] == "bits"
        assert dataset.attrs["maze"] == "room"
        for name, values in VALUES.items():
            assert dataset[name].values.tolist() == values
        np.testing.assert_array_equal(dataset.y, [0, 1])
        assert int(np.isfinite(dataset.empowerment).sum()) == 5  # of four maps, one
        assert not np.isfinite(dataset.outcomes).any()
    np.testing.assert_array_equal(read(store.path, "room"), GRID)
    assert read(store.path, "room").sel(x=0, y=1) == 3.25


def test_more_values_are_appended_and_what_is_done_stays(tmp_path):
    store = Store(tmp_path / "results.zarr")
    store.write(group_of(store), PLACE, encoded({"empowerment": GRID}), durable=True)
    more = group_of(store, moves=["king", "nesw"], slip=[0.05], horizon=[7, *range(2, 200)])
    place = ("king", "none", "state", 0.05, 199)
    store.write(more, place, encoded({"empowerment": GRID + 1}), durable=False)
    np.testing.assert_array_equal(read(store.path, "room"), GRID)
    np.testing.assert_array_equal(read(store.path, "room", place), GRID + 1)
    with xarray.open_zarr(store.path, group="room") as dataset:
        assert dataset.moves.values.tolist() == ["nesw", "king"]
        assert dataset.slip.values.tolist() == [0.1, 0.0, 0.05]
        assert sorted(dataset.horizon.values.tolist()) == list(range(1, 200))


@pytest.mark.parametrize("written", [0, 4, 8, 12, 17])
def test_a_group_whose_growth_was_interrupted_is_as_before_and_can_grow(
    tmp_path, monkeypatch, written
):
    store = Store(tmp_path / "results.zarr")
    store.write(group_of(store), PLACE, encoded({"empowerment": GRID}), durable=False)
    left = iter(range(written))

    def stops(path, data, *, durable):
        if next(left, None) is None:
            raise KeyboardInterrupt
        write_whole(path, data, durable=durable)

    monkeypatch.setattr("gridemp.sweeps.group.write_whole", stops)
    with pytest.raises(KeyboardInterrupt):
        group_of(store, slip=[0.2], horizon=[3])
    monkeypatch.undo()
    with xarray.open_zarr(store.path, group="room") as dataset:
        assert {name: dataset[name].values.tolist() for name in VALUES} == VALUES
    np.testing.assert_array_equal(read(store.path, "room"), GRID)
    group_of(store, slip=[0.3])
    with xarray.open_zarr(store.path, group="room") as dataset:
        assert dataset.slip.values.tolist() == [0.1, 0.0, 0.3]
        assert dataset.horizon.values.tolist() == [1, 2]


def test_two_mazes_of_one_name_have_a_group_each(tmp_path):
    store = Store(tmp_path / "results.zarr")
    names = [group_of(store, maze_hash=text).name for text in "1213"]
    assert names[0] == names[2] == "room"
    assert len(set(names)) == 3
    assert list(groups(store.path)) == sorted(set(names))
    assert Store(store.path).path == store.path  # a store is opened again
    assert group_of(store, "../a maze/№1").name == "a-maze-1"


def test_many_groups_are_read(tmp_path):
    store = Store(tmp_path / "results.zarr")
    attributes = {"maze_hash": "1"}
    with store.changing():
        for number in range(MAX_CONSOLIDATED + 1):
            store.group(f"m{number}", GRID.shape, attributes, ["maze_hash"], VALUES)
    with pytest.warns(RuntimeWarning), xarray.open_zarr(store.path, group="m100") as dataset:
        assert dataset.sizes["horizon"] == 2
    with xarray.open_zarr(store.path / "m100") as dataset:
        assert dataset.sizes["horizon"] == 2


def test_chunks_that_are_missing_or_cut_are_noticed(tmp_path):
    store = Store(tmp_path / "results.zarr")
    group = group_of(store)
    chunks = encoded({"empowerment": GRID})
    sizes = {name: len(data) for name, data in chunks.items()}
    assert not store.holds(group, PLACE, sizes)
    store.write(group, PLACE, chunks, durable=False)
    assert store.holds(group, PLACE, sizes)
    group.files(PLACE)["empowerment"].write_bytes(b"")
    assert not store.holds(group, PLACE, sizes)


def test_records_that_are_not_whole_are_left_out(tmp_path):
    store = Store(tmp_path / "results.zarr")
    store.write_record("b", {"done": 2})
    store.write_record("a", {"done": 1}, durable=True)
    (store.tasks / "c.json").write_text('{"done": ')
    assert list(store.records()) == [{"done": 1}, {"done": 2}]


def test_other_folders_are_refused(tmp_path):
    (tmp_path / "notes").write_text("mine")
    for path in (tmp_path, tmp_path / "notes"):
        with pytest.raises(GridempError, match="already holds other files; name a new folder"):
            Store(path)
    with pytest.raises(GridempError, match="is not a folder that gridemp sweep has written"):
        groups(tmp_path)


HOLD = """
import sys, time
from pathlib import Path
from gridemp.sweeps.store import Store
with Store(Path(sys.argv[1])).changing():
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_lock_of_a_killed_client_is_free(tmp_path):
    path = tmp_path / "results.zarr"
    arguments = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"held\n"
        holder.kill()
        holder.wait()
    store = Store(path)
    assert group_of(store).name == "room"


def test_groups_of_others_are_left_alone(tmp_path):
    store = Store(tmp_path / "results.zarr")
    group_of(store)
    own = xarray.Dataset({"mean": ("x", [1.0])})
    own.to_zarr(store.path, group="analysis", consolidated=False)
    group_of(store, name="trap", maze_hash="2")
    assert list(groups(store.path)) == ["room", "trap"]


@pytest.mark.parametrize("name", ["zarr.json", "horizon/c.0"])
def test_a_damaged_group_is_named_and_hinders_no_other(tmp_path, name):
    store = Store(tmp_path / "results.zarr")
    group_of(store)
    (store.path / "room" / name).write_bytes(b"")
    group_of(store, name="trap", maze_hash="2")
    with pytest.raises(GridempError, match=r"cannot read .*room.*; delete this folder"):
        group_of(store, horizon=[3])
    shutil.rmtree(store.path / "room")
    group_of(store)
    assert list(groups(store.path)) == ["room", "trap"]


def test_threads_write_whole_files(tmp_path):
    file = tmp_path / "file"
    contents = [bytes([n]) * 100_000 for n in range(8)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: write_whole(file, contents[n % 8]), range(400)))
    assert file.read_bytes() in contents
    assert [each.name for each in tmp_path.iterdir()] == ["file"]
