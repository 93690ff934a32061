"""Ctrl-C in commands that start other processes."""

import os
import signal
import threading

import pytest

from gridemp.cli.interrupts import interrupts_held, single_interrupt

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")


@pytest.fixture(autouse=True)
def as_in_a_terminal():
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def press():
    # To this thread, as another one, which does not hold it back, could take a while to hand it on.
    signal.pthread_kill(threading.get_ident(), signal.SIGINT)


def steps(at):
    """Steps that a command does if interrupts are sent after some of them."""
    done = []

    def do(step):
        done.append(step)
        if step in at:
            press()

    with pytest.raises(KeyboardInterrupt):
        command(do)
    return done


def command(do):
    with single_interrupt(), interrupts_held() as released:
        do("begin")
        do("connect")
        try:
            with released():
                do("work")
                do("more work")
        finally:
            do("clean up")
            do("end")


@pytest.mark.parametrize(
    ("at", "done"),
    [
        (["begin"], ["begin", "connect", "clean up", "end"]),
        (["work"], ["begin", "connect", "work", "clean up", "end"]),
        (["work", "clean up", "end"], ["begin", "connect", "work", "clean up", "end"]),
        (["clean up"], ["begin", "connect", "work", "more work", "clean up", "end"]),
    ],
)
def test_an_interrupt_counts_once_and_only_during_the_work(at, done):
    assert steps(at) == done
    press()  # is ignored by now


def test_without_an_interrupt_all_is_as_before():
    with single_interrupt(), interrupts_held() as released, released():
        pass
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert not signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_a_process_that_ignores_interrupts_goes_on_to_ignore_them():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with single_interrupt(), interrupts_held() as released:
        press()
        with released():
            press()
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
