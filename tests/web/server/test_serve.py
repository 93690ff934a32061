"""The server as a process: where it listens, and that Ctrl-C ends it at any time."""

import json
import socket
import time
from contextlib import closing

import pytest
import uvicorn
from support.command_line import run
from support.explorers import assert_ends, started
from support.questions import KLYUBIN
from support.serving import LONG, begin_asking, walled

from gridemp import GridempError
from gridemp.web.server.answers import Answers
from gridemp.web.server.serve import serve


@pytest.mark.slow
@pytest.mark.parametrize("delay", [0.0, 0.1])
def test_ctrl_c_right_after_the_address(delay):
    with started("klyubin", "--no-open") as (process, _):
        time.sleep(delay)
        assert_ends(process)


@pytest.mark.slow
def test_ctrl_c_during_a_computation():
    with (
        started("klyubin", "--no-open") as (process, port),
        closing(begin_asking(port, "map", LONG)) as talk,
        talk.getresponse() as answer,
    ):
        assert "progress" in json.loads(answer.readline())
        assert_ends(process)


@pytest.mark.slow
def test_ctrl_c_while_a_figure_is_drawn():
    with started("klyubin", "--no-open") as (process, port):
        more = {"format": "pdf", "numbers": "bits", "horizon": 1}
        with closing(begin_asking(port, "figure", {"maze": walled(100)} | more)):
            time.sleep(1.5)
            assert_ends(process)


def test_answers_are_sent_at_once(monkeypatch):
    seen = []

    def interrupted(server, sockets):
        seen.append(sockets[0].getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        raise KeyboardInterrupt

    monkeypatch.setattr(uvicorn.Server, "run", interrupted)
    assert run("explore", "--no-open").exit_code == 0
    assert seen[0] != 0


def test_a_taken_port_is_said_plainly():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(GridempError) as caught:
            serve(Answers(KLYUBIN, ["klyubin"]), port, open_browser=False, say=print)
    assert str(caught.value) == (
        f"cannot serve on port {port}: Address already in use; choose another `port`, or none"
    )
