"""Runs of sweeps: what they write, what they leave, and how they go on after an interruption."""

import errno
from concurrent.futures import (
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ThreadPoolExecutor,
)
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from support.extras import required
from support.sweeps import CORNER, CORRIDOR, chunks, grids, swept

import gridemp
from gridemp import GridempError, World
from gridemp.engine.processes import LostProcess, OtherVersion
from gridemp.engine.shared_world import Piece
from gridemp.sweeps import run as module
from gridemp.sweeps.prepare import prepare
from gridemp.sweeps.run import run
from gridemp.sweeps.store import Store
from gridemp.sweeps.summary import contents, rows
from gridemp.sweeps.task import _result as result_of

xarray = required("xarray")
required("zarr")
required("filelock")


class Calls(Executor):
    """Executor that computes when it is asked to, up to the call that fails."""

    def __init__(self, fails=None, error=None):
        self.count, self.fails, self.error = 0, fails, error
        self.batches = []

    def submit(self, function, batch):
        self.batches.append(batch)
        self.count += 1
        future = Future()
        if self.fails is not None and self.fails(self.count, batch):
            if isinstance(self.error, KeyboardInterrupt):
                raise self.error
            future.set_exception(self.error)
        else:
            future.set_result(function(batch))
        return future


@pytest.fixture
def single(monkeypatch):
    """Each task is a batch of its own."""
    monkeypatch.setattr("gridemp.sweeps.batches.MIN_SECONDS", 0.0)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "results.zarr"


@pytest.mark.slow
def test_the_store_holds_the_maps(path):
    settings = {"slip": [0.0, 0.2], "moves": ["nesw", "turn"], "torus": ["", "xy"]}
    result = swept(path, grids(CORNER.named("corner"), **settings))
    assert str(result).endswith("results.zarr: 16 maps computed")
    maps = xarray.open_zarr(path, group="corner").load()
    for moves in settings["moves"]:
        for slip in settings["slip"]:
            world = World.from_maze(CORNER, moves=moves, slip=slip, torus="xy")
            emap = gridemp.empowerment(world, 2).one_per_cell()
            one = maps.sel(moves=moves, torus="xy", sensor="state", slip=slip, horizon=2)
            np.testing.assert_array_equal(one.empowerment, emap.grid()[::-1])
            np.testing.assert_array_equal(one.gap, emap.grid(emap.gap)[::-1])
            assert np.isnan(one.outcomes).all() == (slip > 0)
            if not slip:
                np.testing.assert_array_equal(one.outcomes, emap.grid(emap.outcomes)[::-1])
    assert gridemp.parse_maze(maps.attrs["maze_text"]) == CORNER


def test_what_is_done_is_not_done_again(path):
    assert swept(path, grids(CORNER)).computed == 2
    before = chunks(path)
    again = swept(path, grids(CORNER))
    assert (again.computed, again.kept) == (0, 2)
    more = swept(path, grids(CORNER, CORRIDOR, horizons=[1, 2, 3], slip=[0.0, 0.1]))
    assert (more.computed, more.kept) == (3 + 3 + 4, 2)
    after = chunks(path)
    values = {name: data for name, data in before.items() if name.count(".") > 1}
    assert len(values) == 2 * 3
    assert values.items() <= after.items()
    swept(path.with_name("serial.zarr"), grids(CORNER, horizons=[1, 2, 3], slip=[0.0, 0.1]))
    serial = chunks(path.with_name("serial.zarr"))
    assert serial == {name: data for name, data in after.items() if name.startswith("maze/")}


def test_maps_that_several_lines_ask_for_are_computed_once(path):
    given = [*grids(CORNER), *grids(CORNER, horizons=[2, 5])]
    assert swept(path, given).computed == 3


def test_a_maze_has_a_group_under_each_of_its_names(path):
    assert swept(path, [*grids(CORNER.named("one")), *grids(CORNER.named("two"))]).computed == 4
    assert swept(path, grids(CORNER.named("three"))).computed == 2
    groups, _ = contents(path)
    assert [(group.name, group.done) for group in groups] == [("one", 2), ("three", 2), ("two", 2)]


def test_a_client_that_fails_leaves_what_another_one_has_done(path):
    given = grids(CORNER, slip=[0.1])
    late = prepare(given, Store(path))
    swept(path, given)
    lost = Calls(lambda count, batch: True, RuntimeError("lost"))
    assert len(run(late, lost).failures) == 2
    ((group,), _) = contents(path)
    assert (group.done, group.failed) == (2, {})
    assert swept(path, given).kept == 2


def with_mean(result, mean):
    return replace(result, numbers={**result.numbers, "mean": mean})


def test_a_newer_record_replaces_that_of_another_version(path, monkeypatch):
    for number, (name, mean) in enumerate([("0.0.1", 1.0), ("0.0.2", 2.0), ("0.0.3", 3.0)]):
        monkeypatch.setattr("gridemp.__version__", name)
        monkeypatch.setattr("time.strftime", lambda *_, day=number: f"2026-01-0{day + 1}T00:00:00Z")
        monkeypatch.setattr(
            "gridemp.sweeps.task._result",
            lambda emap, task, mean=mean: replace(
                result_of(emap, task), numbers={**result_of(emap, task).numbers, "mean": mean}
            ),
        )
        assert swept(path, grids(CORNER)).computed == 2
    assert [row["mean"] for row in rows(path)] == [3.0, 3.0]


@pytest.mark.usefixtures("single")
def test_an_interrupted_run_goes_on_where_it_was(path):
    given = grids(CORNER, CORRIDOR, slip=[0.0, 0.1, 0.2])
    stops = Calls(lambda count, batch: count == 4, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        swept(path, given, stops)
    done = len(list(Store(path).records()))
    assert done == 3
    rest = swept(path, given)
    assert rest.kept + rest.computed == 2 * 3 * 2
    assert rest.computed < 2 * 3 * 2
    swept(path.with_name("serial.zarr"), given)
    assert chunks(path) == chunks(path.with_name("serial.zarr"))


@pytest.mark.parametrize("damage", ["chunk", "record"])
def test_a_file_that_was_lost_with_the_machine_is_made_again(path, damage):
    swept(path, grids(CORNER))
    whole = chunks(path)
    lost = path.glob(".tasks/*.json" if damage == "record" else "*/gap/c.0.*")
    for file in lost:
        file.write_bytes(b"")
    assert swept(path, grids(CORNER)).computed == 2
    assert chunks(path) == whole


def test_values_are_written_before_their_record(path, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Store, "write_record", full)
    with pytest.raises(OSError, match="No space"):
        swept(path, grids(CORNER))
    assert len([name for name in chunks(path) if "/gap/" in name]) == 2
    monkeypatch.undo()
    assert swept(path, grids(CORNER)).computed == 2


@pytest.mark.usefixtures("single")
def test_a_task_that_ends_its_workers_fails_alone(path, monkeypatch):
    monkeypatch.setattr("gridemp.sweeps.batches.MIN_SECONDS", 0.3)  # all in one batch
    bad = 0.2

    def fails(count, batch):
        return any(task.condition.slip == bad for task in batch)

    calls = Calls(fails, RuntimeError("lost three workers"))
    result = swept(path, grids(slip=[0.1, bad, 0.3], horizons=[1]), calls)
    assert [len(batch) for batch in calls.batches] == [3, 1, 1, 1]
    assert result.computed == 2
    (failure,) = result.failures
    assert str(failure) == (
        "maze, moves nesw, torus none, sensor state, slip 0.2, horizon 1: "
        "RuntimeError: lost three workers"
    )
    assert swept(path, grids(slip=[0.1, bad, 0.3], horizons=[1])).computed == 1  # tried again


@pytest.mark.usefixtures("single")
def test_what_is_done_is_written_before_a_lost_executor_ends_the_run(path, monkeypatch):
    def all_at_once(futures, *_):
        return SimpleNamespace(done=set(futures))

    monkeypatch.setattr(
        module,
        "wait",
        lambda futures, timeout, when: (
            all_at_once(futures) if timeout is None else SimpleNamespace(done=set())
        ),
    )
    calls = Calls(lambda count, batch: count in (1, 3), BrokenExecutor())
    with pytest.raises(GridempError, match="run the same sweep again"):
        swept(path, grids(slip=[0.1, 0.2], horizons=[1, 2]), calls)
    assert len(Store(path).records()) == 2


def test_a_broken_executor_that_takes_no_calls_is_lost(path):
    class Broken(Executor):
        def submit(self, *_):
            raise BrokenExecutor

    with pytest.raises(GridempError, match="run the same sweep again"):
        swept(path, grids(), Broken())


def test_cancelled_pieces_of_a_shared_map_end_the_run(path, monkeypatch):
    monkeypatch.setattr(module, "MIN_SHARED", 0.0)
    with pytest.raises(GridempError, match="run the same sweep again"):
        swept(path, grids(slip=[0.1], horizons=[1]), Calls(lambda *_: True, CancelledError()))
    assert not Store(path).records()


def test_a_lost_executor_ends_the_run_with_a_sentence(path):
    calls = Calls(lambda count, batch: True, BrokenExecutor())
    with pytest.raises(GridempError, match="run the same sweep again to continue"):
        swept(path, grids(), calls)


class KilledWorker(Exception):
    """Dask raises an error of this name if several workers ended during a call."""


class NoWorkerError(Exception):
    """Dask raises an error of this name if there has been no worker for a while."""


@pytest.mark.usefixtures("single")
@pytest.mark.parametrize("shared", [False, True])
def test_a_map_that_ends_workers_fails_with_a_sentence(path, monkeypatch, shared):
    monkeypatch.setattr(module, "MIN_SHARED", 0.0 if shared else 60.0)
    calls = Calls(lambda count, batch: count == 1, KilledWorker("task", "tcp://10.0.0.1:1", 3))
    result = swept(path, grids(slip=[0.1], horizons=[1, 2]), calls)
    assert result.computed == 1
    (failure,) = result.failures
    assert failure.sentence == (
        "several workers ended while they computed this map, perhaps because memory ran out; use "
        "fewer workers, or workers with more memory"
    )


@pytest.mark.parametrize("shared", [False, True])
def test_a_cluster_that_has_no_workers_left_ends_the_run(path, monkeypatch, shared):
    monkeypatch.setattr(module, "MIN_SHARED", 0.0 if shared else 60.0)
    calls = Calls(lambda count, batch: True, NoWorkerError("task", 30.0))
    with pytest.raises(LostProcess, match="the worker processes ended before the sweep") as error:
        swept(path, grids(slip=[0.1]), calls)
    assert isinstance(error.value.__cause__, NoWorkerError)
    assert not Store(path).records()


@pytest.mark.usefixtures("single")
def test_the_cells_of_a_large_noisy_map_are_shared(path, monkeypatch):
    given = grids(CORNER, slip=[0.0, 0.1], horizons=[2, 3, 50])
    swept(path.with_name("serial.zarr"), given)
    monkeypatch.setattr(module, "MIN_SHARED", 0.0)
    submitted, fractions = [], []

    class Counting(ThreadPoolExecutor):
        def submit(self, function, item):
            submitted.append(item)
            return super().submit(function, item)

    with Counting(2) as executor:
        result = run(prepare(given, Store(path)), executor, fractions.append)
    pieces = [item for item in submitted if isinstance(item, Piece)]
    assert len(pieces) == 2 * 2 * 5  # at both horizons, the channel of each cell and its capacity
    assert len(submitted) == len(pieces) + 1  # and a batch without noise
    assert fractions == sorted(fractions)
    assert fractions[-1] == pytest.approx(1)
    assert result.computed == 5
    assert "lower the horizon to" in result.failures[0].sentence
    assert chunks(path) == chunks(path.with_name("serial.zarr"))


def test_a_lost_executor_ends_a_shared_map_with_a_sentence(path, monkeypatch):
    monkeypatch.setattr(module, "MIN_SHARED", 0.0)
    calls = Calls(lambda count, batch: True, BrokenExecutor())
    with pytest.raises(GridempError, match="run the same sweep again to continue"):
        swept(path, grids(slip=[0.1]), calls)
    assert not list(Store(path).records())


def test_failures_do_not_stop_the_rest(path):
    result = swept(path, grids(CORNER, slip=[0.1], horizons=[1, 50, 2]))
    assert result.computed == 2
    assert [failure.place[-1] for failure in result.failures] == [50]
    assert "lower the horizon to" in result.failures[0].sentence
    assert str(result).endswith("2 maps computed, 1 failed")


@pytest.mark.usefixtures("single")
def test_few_batches_are_pending_at_a_time(path, monkeypatch):
    monkeypatch.setattr(module, "MAX_PENDING", 3)
    pending, most = set(), []

    class Slow(ThreadPoolExecutor):
        def submit(self, function, batch):
            future = super().submit(function, batch)
            pending.add(future)
            most.append(sum(not one.done() for one in pending))
            return future

    with Slow(2) as executor:
        swept(path, grids(slip=np.linspace(0.1, 0.5, 20).tolist()), executor)
    assert len(most) == 40
    assert max(most) <= 3


def test_two_clients_share_a_store(path):
    first = grids(CORNER, slip=[0.0, 0.1])
    second = grids(CORNER, CORRIDOR, slip=[0.1, 0.3], horizons=[2, 3])
    with ThreadPoolExecutor(2) as clients:
        list(clients.map(lambda given: swept(path, given), [first, second]))
    left = swept(path, [*first, *second])
    assert left.computed == 0
    maps = xarray.open_zarr(path, group="maze")
    assert sorted(maps.slip.values.tolist()) == [0.0, 0.1, 0.3]


def test_a_worker_of_another_version_ends_the_run_and_no_map_fails(path):
    calls = Calls(lambda count, batch: True, OtherVersion("a worker has version 9"))
    with pytest.raises(GridempError, match="a worker has version 9"):
        swept(path, grids(), calls)
    assert rows(path) == []
    assert contents(path)[0][0].failed == {}


def test_a_store_that_cannot_be_written_ends_the_run_with_a_sentence(path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    work = prepare(grids(), Store(path))
    monkeypatch.setattr("os.replace", full)
    with pytest.raises(GridempError, match=r"cannot write .*results\.zarr.*: No space left on dev"):
        run(work)
    assert not list(path.rglob("*.tmp"))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"heading": "north"}, "no heading 'north' in this world; use one of best, mean"),
        ({"heading": "up", "moves": ["turn"]}, "no heading 'up'"),
        ({"holding": "k"}, "without hands cannot hold"),
        ({"holding": "#", "moves": ["turn"], "hands": True}, "`holding` must be the letter"),
    ],
)
def test_headings_and_holdings_are_checked_before_the_work(given, sentence):
    with pytest.raises(GridempError, match=sentence):
        grids(**given)
