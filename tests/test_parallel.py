import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from gridemp.parallel import available_processors, parallel_map


@pytest.mark.parametrize("threads", [None, 1, 3])
def test_results_come_in_the_order_of_the_items(threads):
    fractions = []
    assert parallel_map(abs, range(-4, 0), fractions.append, threads) == [4, 3, 2, 1]
    assert fractions == [0.25, 0.5, 0.75, 1]


@pytest.mark.parametrize(("items", "threads"), [(range(3), 1), (range(1), 3)])
def test_one_thread_or_one_item_needs_no_pool(items, threads):
    here = threading.current_thread()
    assert set(parallel_map(lambda _: threading.current_thread(), items, threads=threads)) == {here}


def test_several_threads_run_at_once():
    meeting = threading.Barrier(2, timeout=60)
    parallel_map(lambda _: meeting.wait(), range(2), threads=2)


def test_an_interrupt_drops_the_calls_that_have_not_begun(monkeypatch):
    begun, dropped, shutdown = [], threading.Event(), ThreadPoolExecutor.shutdown

    def shutdown_and_go_on(pool, **options):
        shutdown(pool, wait=False, **options)
        dropped.set()
        shutdown(pool)

    def work(item):
        begun.append(item)
        if item == 2:
            raise KeyboardInterrupt
        if item > 2:  # both threads wait, so that the other calls cannot begin
            dropped.wait(60)

    monkeypatch.setattr(ThreadPoolExecutor, "shutdown", shutdown_and_go_on)
    with pytest.raises(KeyboardInterrupt):
        parallel_map(work, range(100), threads=2)
    assert dropped.is_set()
    assert len(begun) <= 5


def test_there_is_at_least_one_processor():
    assert available_processors() >= 1
