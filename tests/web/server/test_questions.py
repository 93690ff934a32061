"""Where the explorer's limits are: odd bodies, many boxes, ends in the middle, odd names."""

import json
import re
import shlex
import signal
import socket
import time
from contextlib import closing
from pathlib import Path

import pytest
import uvicorn
from support.explorers import run, started
from support.questions import KLYUBIN, ask
from support.serving import LONG, begin_asking, refusal, request, walled

from gridemp import World, load_maze, parse_maze
from gridemp.web.server.answers import Answers
from gridemp.web.server.api import Refusal


@pytest.mark.parametrize(
    "maze",
    [
        {"name": "m", "cells": [], "right": [], "below": []},
        {"name": "m", "cells": [""], "right": [""], "below": []},
    ],
)
def test_a_maze_without_cells_is_refused(port, maze):
    status, sentence, field = refusal(port, "map", {"maze": maze, "horizon": 1})
    assert (status < 500, field) == (True, "maze")
    assert "-1" not in sentence


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "//[", "http://]"])
def test_an_origin_that_is_none_is_refused(port, origin):
    status, headers, _ = request(port, "GET", "/api/1/start", None, {"Origin": origin})
    assert status == 403
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_who_hangs_up_in_the_middle_of_a_body_is_no_error(port):
    head = b"POST /api/1/map HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    for rest in (b"Content-Length: 1000\r\n\r\n{", b"Transfer-Encoding: chunked\r\n\r\n5\r\n{"):
        with socket.create_connection(("127.0.0.1", port)) as talk:
            talk.sendall(head + rest)
            time.sleep(0.1)
    time.sleep(0.1)


def test_huge_numbers_are_not_echoed(port):
    maze = json.dumps({"name": "m", "cells": ["."], "right": [""], "below": []})
    for horizon, x in (("9" * 4000, "0"), ("1", "9" * 4000), ("-" + "9" * 4000, "0")):
        body = f'{{"maze": {maze}, "horizon": {horizon}, "x": {x}, "y": 0}}'
        status, sentence, _ = refusal(port, "cell", body)
        assert 400 <= status < 500
        assert len(sentence) < 200


def test_a_path_is_not_echoed_at_length(port):
    assert len(request(port, "GET", "/" + "a" * 30000)[2]) < 500


def test_405_names_what_is_allowed(port):
    assert "POST" in (request(port, "GET", "/api/1/map")[1]["Allow"] or "")


def box_maze(*places):
    cells = [list("." * 14) for _ in range(14)]
    for row, col in places:
        cells[row][col] = "$"
    lines = ["".join(row) for row in cells]
    return {"name": "m", "cells": lines, "right": ["." * 13] * 14, "below": ["." * 14] * 13}


@pytest.mark.parametrize(
    ("places", "sentence", "field"),
    [
        ([(2, col) for col in range(14)] + [(4, col) for col in range(7)], "20 boxes", "maze"),
        ([(4, 4), (4, 9), (9, 4), (9, 9)], "more than 200,000 joint states", "horizon"),
    ],
)
def test_mazes_of_many_boxes_are_refused(port, places, sentence, field):
    refused = refusal(port, "map", {"maze": box_maze(*places), "horizon": 20})
    assert sentence in refused[1]
    assert refused[2] == field


def test_building_states_can_be_called_off():
    told = []

    def progress(share):
        told.append(share)
        if len(told) == 3:
            raise InterruptedError

    maze = parse_maze("." * 9 + "\n..$.$....\n" + "." * 9)
    with pytest.raises(InterruptedError):
        World.from_maze(maze, progress=progress)
    assert told == sorted(told)
    assert 0 < told[0] < told[-1] < 1


def assert_ends(process):
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 0
    assert (process.stdout.read(), process.stderr.read()) == ("", "")


@pytest.mark.parametrize("delay", [0.0, 0.02, 0.05, 0.1, 0.2])
def test_ctrl_c_right_after_the_address(delay):
    with started("klyubin", "--no-open") as (process, _):
        time.sleep(delay)
        assert_ends(process)


def test_ctrl_c_during_a_computation():
    with (
        started("klyubin", "--no-open") as (process, port),
        closing(begin_asking(port, "map", LONG)),
    ):
        time.sleep(1.0)
        assert_ends(process)


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
        taken = run("explore", "room", "--no-open", "--port", port)
    assert taken.stderr == (
        f"gridemp: cannot serve on port {port}: Address already in use; "
        "choose another --port, or none\n"
    )


def assert_reproduced(answers, maze, suffix="svg"):
    """Raise unless the command that is shown makes the figure that is downloaded."""
    told = ask("describe", maze, answers)
    if not told["known"]:
        Path(told["file"]).write_text(told["text"])
    printed = run(*shlex.split(told["command"])[1:], "-o", f"out.{suffix}")
    assert printed.exit_code == 0, printed.stderr
    figure = ask("figure", maze, answers, format=suffix)
    assert figure == Path(f"out.{suffix}").read_bytes()


@pytest.mark.parametrize("name", ["-x", "--help", "-"])
def test_a_name_that_begins_with_a_hyphen_is_no_option(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    answers = Answers(KLYUBIN, ["klyubin"])
    assert_reproduced(answers, parse_maze("..\n.T", name))


def test_a_maze_opened_by_its_full_path_gives_the_same_bytes(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("..\n.T\n")
    words = [str(tmp_path / "a.txt")]
    opened = load_maze(words[0])
    answers = Answers(opened, words)
    assert str(tmp_path).encode() not in ask("figure", opened, answers, format="svg")
    assert_reproduced(answers, opened)


@pytest.mark.parametrize("file", ["a,b.txt", "a:b.txt", "n" * 80 + ".txt", ".a", " a .txt"])
def test_a_maze_of_an_unusual_name_gives_the_same_bytes(tmp_path, monkeypatch, file):
    monkeypatch.chdir(tmp_path)
    Path(file).write_text("..\n.T\n")
    opened = load_maze(file)
    answers = Answers(opened, [file])
    assert not ask("describe", opened, answers)["known"]  # its figures have a plainer name
    assert_reproduced(answers, opened)


def test_what_came_through_a_pipe_has_a_command_that_can_be_typed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    piped = parse_maze("..\n.T", "stdin")
    assert " - " not in ask("describe", piped, Answers(piped, ["-"]))["command"]


def test_a_step_that_would_not_fit_belongs_to_the_horizon():
    with pytest.raises(Refusal) as caught:
        ask("step", KLYUBIN, horizon=15, slip=0.1, x=0, y=0)
    assert caught.value.field == "horizon"


def test_a_range_that_is_none_is_refused_alike():
    refused = run("heatmap", "room", "--horizon=2", "--vmin=3", "--vmax=1")
    with pytest.raises(Refusal) as caught:
        ask("map", load_maze("room"), range=[3, 1])
    assert refused.stderr == f"gridemp: {caught.value}\n"
    assert caught.value.field == "range"


def test_nothing_is_said_before_it_is_refused():
    refused = run("cell", "room", "0", "0", "--horizon=15", "--slip=0.1")
    assert re.fullmatch(r"gridemp: the noisy channel .*\n", refused.stderr)
