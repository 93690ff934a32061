"""Serving of the explorer on this machine, until it is interrupted."""

import os
import socket
import threading
import warnings
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

import uvicorn

from gridemp.errors import ConvergenceWarning, GridempError
from gridemp.web.server.answers import Answers
from gridemp.web.server.app import OPENED, application
from gridemp.web.server.connections import Connection
from gridemp.web.server.jobs import Jobs
from gridemp.web.server.links import PORT

HOST = "127.0.0.1"
TRIED = 100  # ports, before any free one is taken


class Server(uvicorn.Server):
    """A server that cancels its jobs as soon as a signal tells it to stop."""

    def __init__(self, config: uvicorn.Config, jobs: Jobs) -> None:
        super().__init__(config)
        self._jobs = jobs

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop because of a signal."""
        self._jobs.end_all()
        super().handle_exit(sig, frame)


def serve(
    answers: Answers,
    port: int | None = None,
    *,
    link: str = "",
    open_browser: bool,
    say: Callable[[str], object],
) -> None:
    """Serve an explorer until it is interrupted.

    Parameters
    ----------
    answers : Answers
        Answers for the maze that was opened.
    port : int, optional
        Port of 127.0.0.1 to listen on; 0 for any free one. By default 8617, or the next free one.
    link : str
        Query and fragment with which the page is opened.
    open_browser : bool
        True to open the page in the browser.
    say : callable
        Called with the address, and the link in it, once it can be opened.

    Raises
    ------
    GridempError
        If the port is taken or does not exist.
    """
    listener = listener_on(port)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # or answers wait 40 ms
    warnings.simplefilter("ignore", ConvergenceWarning)  # an answer carries its gap
    address = f"http://{HOST}:{listener.getsockname()[1]}/"

    def ready() -> None:
        say(address + link)
        if open_browser:  # in a thread, as a browser may return only when its page has loaded
            short = address + (OPENED if link else "")
            threading.Thread(target=webbrowser.open, args=(short,), daemon=True).start()

    try:
        server(answers, ready, link).run(sockets=[listener])
    except KeyboardInterrupt:
        return
    finally:
        listener.close()


def listener_on(port: int | None) -> socket.socket:
    """Return a socket that listens on a port, or raise a GridempError; see `serve`."""
    if port is None:
        for each in range(PORT, PORT + TRIED):
            with suppress(OSError):
                return socket.create_server((HOST, each))
    try:
        return socket.create_server((HOST, port or 0))
    except (OSError, OverflowError) as error:
        reason = os.strerror(error.errno or 0) if isinstance(error, OSError) else "no such port"
        raise GridempError(
            f"cannot serve on port {port}: {reason}; choose another `port`, or none"
        ) from None


def server(answers: Answers, ready: Callable[[], object] = lambda: None, link: str = "") -> Server:
    """Return a server of an explorer, set up the same way whatever other packages are installed.

    Parameters
    ----------
    answers : Answers
        Answers for the maze that was opened.
    ready : callable
        Called without arguments when the server starts.
    link : str
        Query and fragment of the page that the browser opens.

    Returns
    -------
    Server
    """
    jobs = Jobs()
    config = uvicorn.Config(
        application(answers, jobs, ready, link),
        http=Connection,
        loop="asyncio",
        ws="none",
        lifespan="on",
        log_level="critical",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
    )
    return Server(config, jobs)
