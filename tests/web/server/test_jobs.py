"""Jobs are cancelled when nobody waits for them, and limited in time."""

import asyncio
import ctypes
import json
import select
import time
from itertools import count
from threading import Event

import numpy as np
import pytest
from support.serving import (
    LONG,
    SHORT,
    assert_lives_on,
    begin_asking,
    lines,
    post,
    refusal,
    walled,
)

from gridemp.web.server.jobs import Jobs
from gridemp.web.server.memory import _malloc_trim, give_back


@pytest.mark.slow
@pytest.mark.parametrize("asked", [["map"] * 2, ["cell", "curve", "step", "map", "figure"] * 4])
def test_who_hangs_up_frees_the_place_at_once(port, asked):
    """Each would take long, and two are worked on at a time."""
    more = {"map": {}, "figure": {"format": "png"}}
    talks = [begin_asking(port, what, LONG | more.get(what, {"x": 4, "y": 4})) for what in asked]
    time.sleep(0.5)
    for talk in talks:
        talk.close()
    assert_lives_on(port)


def test_who_hangs_up_while_progress_is_told_is_no_error(port):
    talk = begin_asking(port, "map", LONG)
    answer = talk.getresponse()
    assert "progress" in json.loads(answer.readline())
    answer.close()
    talk.close()


def test_figures_do_not_keep_maps_waiting(port):
    """Two figures whose maps take long; nobody has called them off."""
    asked = LONG | {"format": "png"}
    talks = [begin_asking(port, "figure", asked) for _ in range(2)]
    time.sleep(0.5)
    assert_lives_on(port)
    assert all(is_open_and_silent(talk.sock) for talk in talks)
    for talk in talks:
        talk.close()


def is_open_and_silent(sock):
    """True if a socket has nothing to read, not even its end."""
    return not select.select([sock], [], [], 0)[0]


@pytest.mark.slow
def test_lines_of_progress_show_the_cells_that_are_solved(port, monkeypatch):
    monkeypatch.setattr("gridemp.web.server.jobs.PARTIAL_INTERVAL", 0.0)
    monkeypatch.setattr("gridemp.web.server.jobs.INTERVAL", 0.0)
    *before, last = lines(post(port, "map", SHORT | {"maze": walled(7, seed=5)})[1])
    parts = [np.array(each["partial"]["bits"], float) for each in before if "partial" in each]
    known = [np.isfinite(part) for part in parts]
    whole = np.array(last["result"]["bits"])
    assert 0 < known[0].sum() < known[-1].sum()
    for part, there in zip(parts, known, strict=True):
        np.testing.assert_array_equal(part[there], whole[there])


def test_time_is_limited(port, monkeypatch):
    """By a clock on which 0.2 seconds pass from one reading to the next."""
    ticks = count()
    monkeypatch.setattr("gridemp.web.server.jobs.monotonic", lambda: 0.2 * next(ticks))
    monkeypatch.setattr("gridemp.web.server.jobs.SECONDS", 0.7)
    asked = LONG | {"maze": walled(seed=3)}
    status, content = post(port, "map", asked)
    *before, last = lines(content)
    assert status == 200
    assert before
    sentence = "this took more than the 0.7 seconds that the explorer gives it; lower the horizon"
    assert last["error"]["sentence"].startswith(sentence)
    assert last["error"]["field"] == "horizon"
    assert refusal(port, "figure", asked | {"format": "png"})[1].startswith(sentence)


def test_long_work_gives_back_its_memory(monkeypatch):
    """It does so with a result and after an error; quick work takes no time for it."""
    given = []
    monkeypatch.setattr("gridemp.web.server.jobs.give_back", lambda: given.append(give_back()))

    async def done(work):
        jobs = Jobs()
        entry = await jobs.begin(work).queue.get()
        await asyncio.to_thread(jobs.end_all)
        for pool in jobs._pools.values():
            pool.shutdown(wait=True)
        return entry

    monkeypatch.setattr("gridemp.web.server.jobs.LONG", 1e9)
    assert asyncio.run(done(lambda progress: 1)) == 1
    assert given == []
    monkeypatch.setattr("gridemp.web.server.jobs.LONG", -1.0)
    assert asyncio.run(done(lambda progress: 2)) == 2
    assert isinstance(asyncio.run(done(lambda progress: 1 / 0)), ZeroDivisionError)
    assert given == [None, None]


def test_without_a_c_library_no_memory_is_given_back(monkeypatch):
    def missing(name):
        raise OSError(name)

    monkeypatch.setattr(ctypes, "CDLL", missing)
    assert _malloc_trim.__wrapped__() is None


def test_a_job_that_ends_is_cancelled_at_its_next_report():
    begun, left = Event(), Event()

    def work(progress):
        try:
            begun.set()
            while True:
                progress(0.5)
        finally:
            left.set()

    async def begin_and_end():
        jobs = Jobs()
        job = jobs.begin(work)
        await asyncio.to_thread(begun.wait)
        jobs.end(job)
        await asyncio.to_thread(left.wait)
        entries = [await job.queue.get()]
        while entries[-1] is not None:
            entries.append(await job.queue.get())
        jobs.end_all()
        return entries

    *reports, last = asyncio.run(begin_and_end())
    assert last is None
    assert {report.progress for report in reports} <= {0.5}
