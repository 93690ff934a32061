"""Serving the explorer on this machine until it is interrupted."""

import socket
import threading
import warnings
import webbrowser
from collections.abc import Callable

import uvicorn

from gridemp.errors import ConvergenceWarning, GridempError
from gridemp.explorer.answers import Answers
from gridemp.explorer.server import application

HOST = "127.0.0.1"


def serve(answers: Answers, port: int, *, open_browser: bool, say: Callable[[str], object]) -> None:
    """Serve an explorer and say where it is; return when it is interrupted.

    Parameters
    ----------
    answers : Answers
        Of the maze that was opened.
    port : int
        0 for any that is free.
    open_browser : bool
        Whether to show the page.
    say : callable
        Told the address once it can be opened.

    Raises
    ------
    GridempError
        If the port is taken.
    """
    try:
        listener = socket.create_server((HOST, port))
    except (OSError, OverflowError) as error:
        reason = error.strerror if isinstance(error, OSError) else "there is no such port"
        raise GridempError(
            f"cannot serve on port {port}: {reason}; choose another --port, or none"
        ) from None
    warnings.simplefilter("ignore", ConvergenceWarning)  # an answer carries its gap
    config = uvicorn.Config(
        application(answers),
        log_level="error",
        access_log=False,
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    address = f"http://{HOST}:{listener.getsockname()[1]}/"
    say(address)
    if open_browser:  # it may take long, and waits until it is answered
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    try:
        uvicorn.Server(config).run(sockets=[listener])
    except KeyboardInterrupt:
        return
    finally:
        listener.close()
