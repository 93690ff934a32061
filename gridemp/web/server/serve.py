"""Serving of the explorer on this machine, until it is interrupted."""

import os
import socket
import threading
import warnings
import webbrowser
from collections.abc import Callable
from types import FrameType

import uvicorn

from gridemp.errors import ConvergenceWarning, GridempError
from gridemp.web.server.answers import Answers
from gridemp.web.server.app import application
from gridemp.web.server.jobs import Jobs

HOST = "127.0.0.1"


class Server(uvicorn.Server):
    """A server that cancels its jobs as soon as a signal tells it to stop."""

    def __init__(self, config: uvicorn.Config, jobs: Jobs) -> None:
        super().__init__(config)
        self._jobs = jobs

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop because of a signal."""
        self._jobs.end_all()
        super().handle_exit(sig, frame)


def serve(answers: Answers, port: int, *, open_browser: bool, say: Callable[[str], object]) -> None:
    """Serve an explorer until it is interrupted.

    Parameters
    ----------
    answers : Answers
        Answers for the maze that was opened.
    port : int
        Port of 127.0.0.1 to listen on; 0 for any free one.
    open_browser : bool
        True to open the page in the browser.
    say : callable
        Called with the address once it can be opened.

    Raises
    ------
    GridempError
        If the port is taken or does not exist.
    """
    try:
        listener = socket.create_server((HOST, port))
    except (OSError, OverflowError) as error:
        reason = os.strerror(error.errno or 0) if isinstance(error, OSError) else "no such port"
        raise GridempError(
            f"cannot serve on port {port}: {reason}; choose another `port`, or none"
        ) from None
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # or answers wait 40 ms
    warnings.simplefilter("ignore", ConvergenceWarning)  # an answer carries its gap
    address = f"http://{HOST}:{listener.getsockname()[1]}/"

    def ready() -> None:
        say(address)
        if open_browser:  # in a thread, as a browser may return only when its page has loaded
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    try:
        server(answers, ready).run(sockets=[listener])
    except KeyboardInterrupt:
        return
    finally:
        listener.close()


def server(answers: Answers, ready: Callable[[], object] = lambda: None) -> Server:
    """Return a server of an explorer, set up the same way whatever other packages are installed.

    Parameters
    ----------
    answers : Answers
        Answers for the maze that was opened.
    ready : callable
        Called without arguments when the server starts.

    Returns
    -------
    Server
    """
    jobs = Jobs()
    config = uvicorn.Config(
        application(answers, jobs, ready),
        http="h11",
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
