import math
import os
import time
from multiprocessing import active_children

import pytest

import gridemp
from gridemp.engine.processes import LostProcess, process_map


def test_processes_return_every_result_with_its_number():
    with process_map(math.sqrt, [9.0, 4.0, 1.0], 2) as results:
        assert sorted(results) == [(0, 3.0), (1, 2.0), (2, 1.0)]
    with process_map(math.sqrt, [9.0], 8) as results:
        assert list(results) == [(0, 3.0)]


def test_processes_stop_in_the_middle_of_their_work():
    began = time.monotonic()
    with process_map(time.sleep, [0.0, 600.0], 2) as results:
        assert next(results)[0] == 0
    while any("Spawn" in process.name for process in active_children()):
        assert time.monotonic() - began < 60
        time.sleep(0.05)


def test_what_fails_in_a_process_is_raised():
    with process_map(math.sqrt, [1.0, -1.0], 2) as results, pytest.raises(ValueError, match="math"):
        list(results)


def test_a_process_that_is_lost_is_reported():
    with process_map(os._exit, [1, 1], 2) as results, pytest.raises(LostProcess, match="fewer"):
        list(results)


def test_there_must_be_a_process():
    with pytest.raises(gridemp.GridempError, match="1 or more"):
        process_map(math.sqrt, [1.0], 0)
