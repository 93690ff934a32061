import threading
import time

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


def test_an_interrupt_drops_the_calls_that_have_not_begun():
    begun = []

    def work(item):
        begun.append(item)
        time.sleep(0.02)  # so that most calls still wait when the third is interrupted
        if item == 2:
            raise KeyboardInterrupt
        return item

    with pytest.raises(KeyboardInterrupt):
        parallel_map(work, range(100), threads=2)
    assert len(begun) < 100


def test_there_is_at_least_one_processor():
    assert available_processors() >= 1
