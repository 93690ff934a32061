"""Work on the workers of an executor."""

import math
import os
import pickle
import time
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from multiprocessing import active_children

import pytest

import gridemp
from gridemp import GridempError
from gridemp.engine.processes import LostProcess, OnWorker, process_pool, shared_map
from gridemp.parallel import available_processors


def test_processes_return_every_result_with_its_number():
    with process_pool(2) as pool:
        with shared_map(math.sqrt, [9.0, 4.0, 1.0], pool) as results:
            assert sorted(results) == [(0, 3.0), (1, 2.0), (2, 1.0)]
        with shared_map(math.sqrt, [9.0], pool) as results:
            assert list(results) == [(0, 3.0)]


def test_a_single_process_is_this_one():
    with process_pool(1) as pool:
        assert pool is None
        with shared_map(lambda x: (x, os.getpid()), [3, 4], pool) as results:
            assert list(results) == [(0, (3, os.getpid())), (1, (4, os.getpid()))]


def test_processes_stop_in_the_middle_of_their_work():
    began = time.monotonic()
    items = [0.0, *[600.0] * 100]  # and without a traceback about those that never began
    with process_pool(2) as pool, shared_map(time.sleep, items, pool) as results:
        assert next(results)[0] == 0
    while any("Spawn" in process.name for process in active_children()):
        assert time.monotonic() - began < 60
        time.sleep(0.05)


def test_what_fails_in_a_process_is_raised():
    with (
        process_pool(2) as pool,
        shared_map(math.sqrt, [1.0, -1.0], pool) as results,
        pytest.raises(ValueError, match="math"),
    ):
        list(results)


def test_a_process_that_is_lost_is_reported():
    with (
        process_pool(2) as pool,
        shared_map(os._exit, [1, 1], pool) as results,
        pytest.raises(LostProcess, match="fewer"),
    ):
        list(results)


def test_there_must_be_a_process():
    with pytest.raises(gridemp.GridempError, match="1 or more"), process_pool(0):
        pass


class Waiting(Executor):
    """Executor that does the work only when it is asked to."""

    def __init__(self):
        self.futures = []
        self.most = 0

    def submit(self, function, item):
        future = Future()
        self.futures.append(future)
        waiting = [one for one in self.futures if not one.done()]
        self.most = max(self.most, len(waiting))
        if len(waiting) == 3:
            for one in waiting:
                one.set_result(None)
        return future


def test_few_items_are_submitted_at_a_time():
    pool = Waiting()
    taken = []
    items = (taken.append(i) or i for i in range(9))
    with shared_map(abs, items, pool, most=3) as results:
        next(results)
        assert taken == [0, 1, 2]
        assert len(list(results)) == 8
    assert pool.most == 3


def test_what_has_not_begun_is_cancelled():
    pool = Waiting()
    with shared_map(abs, range(5), pool, most=5) as results:
        next(results)
    assert [future.cancelled() for future in pool.futures] == [False] * 3 + [True] * 2


class KilledWorker(Exception):
    """An error of this name is raised by dask for a worker that has ended."""


def raise_killed(item):
    raise KilledWorker(item)


def test_a_worker_that_dask_has_lost_is_reported():
    with (
        ThreadPoolExecutor(1) as pool,
        shared_map(raise_killed, [1], pool) as results,
        pytest.raises(LostProcess, match="fewer"),
    ):
        list(results)


def test_a_worker_uses_one_processor_and_this_process_all():
    with ThreadPoolExecutor(1) as pool, shared_map(processors, [0], pool) as found:
        assert [result for _, result in found] == [1]
    with shared_map(processors, [0], None) as found:
        assert [result for _, result in found] == [available_processors()]


def processors(_):
    return available_processors()


def test_a_worker_of_another_version_is_refused():
    assert OnWorker(abs)(-1) == 1
    other = pickle.loads(pickle.dumps(OnWorker(abs, "0.0.1")))
    with pytest.raises(GridempError, match=r"version 0.* and this process 0\.0\.1; install"):
        other(-1)
