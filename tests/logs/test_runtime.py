from itertools import chain, repeat
from threading import Barrier

import numpy as np
import pytest

from gridemp.logs import EstimateSettings, Trial, Windows, measure, runtime
from gridemp.logs.runtime import expected_measure_seconds


def windows(*counts, context=False):
    rng = np.random.default_rng(0)
    trials = tuple(
        Trial("", str(i), *rng.normal(size=(2, n, 1)), rng.normal(size=(n, 1)) if context else None)
        for i, n in enumerate(counts)
    )
    return Windows("log", trials, ("a",), ("e",), ("c",) if context else (), "trial")


@pytest.fixture
def clock(monkeypatch):
    """A clock on which a half takes 1 s, five null estimates 15 s and five of a pair 30 s."""
    calls = {"<lambda>": 1.0, "nulls": 15.0, "pairs": 30.0}

    def seconds_of(work, threads):
        work(threads - 1)
        return calls[work.__name__]

    monkeypatch.setattr(runtime, "seconds_of", seconds_of)
    monkeypatch.setattr(runtime, "available_processors", lambda: 2)


@pytest.mark.parametrize("context", [False, True])
@pytest.mark.parametrize("estimator", ["ksg", "copula"])
def test_the_time_is_that_of_all_estimates(clock, estimator, context):
    settings = EstimateSettings(estimator, shuffles=19)
    one = 70 * 1.0 + 19 * 3.0 + (19 * 6.0 if context else 0)  # with a context, also in pairs
    assert expected_measure_seconds(windows(40, context=context), settings) == one
    others = {"ksg": 1 / 4, "copula": 1 / 2}[estimator]
    expected = one * (1 + 2 * others) / 2
    assert expected_measure_seconds(windows(20, 40, 20, context=context), settings) == expected


@pytest.mark.parametrize(("null", "nulls"), [("shift", 39), ("shuffle", 100)])
def test_each_shift_is_used_once(clock, null, nulls):
    settings = EstimateSettings(shuffles=100, null=null)
    assert expected_measure_seconds(windows(40), settings) == 70 * 1.0 + nulls * 3.0


def test_the_time_of_a_call_leaves_out_the_first(monkeypatch):
    now = [0.0]
    lasting = chain([9.0], repeat(0.04))

    def work(thread):
        assert thread == 0
        now[0] += next(lasting)

    monkeypatch.setattr(runtime, "perf_counter", lambda: now[0])
    assert runtime.seconds_of(work, threads=1) == pytest.approx(0.04)
    assert now[0] == pytest.approx(9 + 3 * 0.04)


def test_several_threads_are_timed_at_once(monkeypatch):
    """Each waits for the others, which would last for ever if one came after the other."""
    monkeypatch.setattr(runtime, "MAX_CALLS", 1)
    together, threads = Barrier(3, timeout=30), []

    def work(thread):
        threads.append(thread)
        if len(threads) > 1:  # the first call is made alone
            together.wait()

    assert runtime.seconds_of(work, threads=3) >= 0
    assert sorted(threads) == [0, 0, 1, 2]


def test_a_trial_in_which_nothing_changes_takes_no_time():
    trial = Trial("", "1", np.ones((40, 1)), np.ones((40, 1)), None)
    still = Windows("log", (trial,), ("a",), ("e",), (), "trial")
    assert expected_measure_seconds(still, EstimateSettings()) == 0


def test_the_time_is_announced_and_each_estimate_reported():
    announced, reported = [], []
    settings = EstimateSettings("copula", shuffles=19)
    log = windows(40, 40)
    curve = measure(log, settings, announce=announced.append, progress=reported.append)
    assert len(announced) == 1
    assert announced[0] > 0
    assert len(reported) == 2 * (70 + 19)
    assert reported == sorted(reported)
    assert reported[-1] == 1
    again = measure(log, settings)
    assert [trial.bits for trial in again.trials] == [trial.bits for trial in curve.trials]
