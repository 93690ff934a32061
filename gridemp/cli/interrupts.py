"""Ctrl-C in a command that starts other processes: it interrupts the command once, and not them."""

import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from multiprocessing.resource_tracker import ensure_running
from typing import Any

HAS_MASKS = hasattr(signal, "pthread_sigmask")  # not on Windows


@contextmanager
def single_interrupt() -> Iterator[None]:
    """Let the first Ctrl-C interrupt a context; from then on, the process ignores all others.

    The command can then clean up and end undisturbed.
    """
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler:  # what runs in the background ignores Ctrl-C
        yield
        return

    def interrupt(*_: Any) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        raise KeyboardInterrupt

    with _handled_by(interrupt, before):
        yield


@contextmanager
def interrupts_held() -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """Hold Ctrl-C back until a context ends, but for a part of it.

    Threads and processes that start while it is held back, and all that these start in turn, never
    receive it, as a blocked signal is inherited. (On Windows, processes do.)

    Yields
    ------
    callable
        Returns a context in which Ctrl-C, also one that came before, interrupts as usual.
    """
    usual = signal.getsignal(signal.SIGINT)
    came: list[Any] = []

    def hold(*call: Any) -> None:
        came.append(call)

    @contextmanager
    def released() -> Iterator[None]:
        with _handled_by(usual, hold), _masked("SIG_UNBLOCK"):
            if came and callable(usual):
                usual(*came.pop())
            yield

    if not callable(usual):
        yield nullcontext
        return
    if HAS_MASKS:
        ensure_running()  # it would unblock the signal in the thread that starts a process first
    with _handled_by(hold, usual), _masked("SIG_BLOCK"):
        yield released
    if came:
        usual(*came.pop())


@contextmanager
def _handled_by(handler: Any, before: Any) -> Iterator[None]:
    """Handle Ctrl-C in another way within a context, unless it is ignored by then."""
    signal.signal(signal.SIGINT, handler)
    try:
        yield
    finally:
        if signal.getsignal(signal.SIGINT) is handler:
            signal.signal(signal.SIGINT, before)


@contextmanager
def _masked(how: str) -> Iterator[None]:
    if not HAS_MASKS:
        yield
        return
    before = signal.pthread_sigmask(getattr(signal, how), {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
