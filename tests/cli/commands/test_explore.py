"""The explorer at work: long computations, and the command that starts and ends it."""

import json
import os
import signal
import socket
import sys
import time
import webbrowser
from urllib.parse import urlsplit

import pytest
from support.explorers import run, started
from support.serving import (
    JSON,
    LONG,
    assert_lives_on,
    begin_asking,
    lines,
    post,
    refusal,
    request,
    walled,
)

import gridemp
from gridemp import Maze, World, empowerment
from gridemp.mazes.bundled import bundled_mazes
from gridemp.mazes.maze import OBJECTS

SHORT = LONG | {"maze": walled(7), "horizon": 6}  # about a second


def test_the_page_begins_with_what_was_opened_and_what_is_bundled(port):
    status, _, content = request(port, "GET", "/api/1/start")
    found = json.loads(content)["result"]
    assert (status, found["version"], found["gridemp"]) == (200, 1, gridemp.__version__)
    assert found["maze"]["name"] == "room"
    assert found["maze"]["cells"] == ["." * 11] * 11
    assert found["objects"] == OBJECTS
    assert [each["maze"]["name"] for each in found["mazes"]] == list(bundled_mazes())
    assert found["limits"] == {
        **{"horizon": 20, "slip": 0.5, "cells": 10000, "side": 200, "seconds": 60.0}
    }


def test_what_takes_longer_says_how_far_it_is(port):
    status, headers, content = request(port, "POST", "/api/1/map", json.dumps(SHORT), JSON)
    *before, last = lines(content)
    told = [line["progress"] for line in before]
    assert (status, headers["Content-Type"]) == (200, "application/x-ndjson")
    assert len(told) > 1
    assert told == sorted(told)
    assert 0 <= told[0] < told[-1] <= 1
    assert all(list(line) == ["progress"] for line in before)
    maze = Maze(
        [[1] * 7] * 7,
        *([[c in "|-" for c in row] for row in SHORT["maze"][side]] for side in ("right", "below")),
    )
    assert last["result"]["bits"] == empowerment(World.from_maze(maze, slip=0.1), 6).grid().tolist()


def test_a_figure_that_takes_longer_is_a_figure_all_the_same(port):
    asked = SHORT | {"maze": walled(6, seed=2), "format": "svg"}
    status, headers, content = request(port, "POST", "/api/1/figure", json.dumps(asked), JSON)
    assert (status, headers["Content-Type"]) == (200, "image/svg+xml")
    assert content.startswith(b"<?xml")


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


def test_time_is_limited(port, monkeypatch):
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


def test_what_would_take_too_long_is_not_begun(port):
    _, sentence, field = refusal(port, "map", LONG | {"horizon": 11})
    assert "more than the 60 seconds that the explorer gives it" in sentence
    assert field == "horizon"


def assert_ends(process):
    """Raise unless Ctrl-C ends it soon, without a word."""
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 0
    assert (process.stdout.read(), process.stderr.read()) == ("", "")


def test_the_command_serves_this_machine_alone_until_ctrl_c(tmp_path):
    env = os.environ | {"BROWSER": f"touch {tmp_path}/opened %s"}
    with started("klyubin", "--no-open", env=env) as (process, port):
        assert_lives_on(port)
        found = json.loads(request(port, "GET", "/api/1/start")[2])["result"]
        assert found["maze"]["name"] == "klyubin"
        others = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), 0)} - {
            "127.0.0.1"
        }
        for address in {"127.0.0.2", "::1", *others}:
            with pytest.raises(OSError):  # noqa: PT011
                socket.create_connection((address, port), timeout=1)
        taken = run("explore", "room", "--no-open", "--port", port)
        assert (taken.exit_code, taken.stdout) == (1, "")
        assert taken.stderr.startswith(f"gridemp: cannot serve on port {port}: Address already")
        assert taken.stderr.endswith("; choose another --port, or none\n")
        assert_ends(process)
    assert not (tmp_path / "opened").exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ["rom"],
            "there is no file and no bundled maze 'rom'; did you mean the bundled maze 'room'?",
        ),
        (["-"], "standard input, line 1, column 2: '?' is not part of a maze"),
        (["room", "--port", "x"], "--port needs a whole number, not 'x'"),
        (["room", "--port", "-1"], "--port needs a whole number from 0 to 65535, not -1"),
        (["room", "--port", "65536"], "--port needs a whole number from 0 to 65535, not 65536"),
        (["room", "--level", "2"], "there is no level 2; a block text holds one maze"),
        (["room", "--format", "x"], "there is no format 'x'"),
        (
            ["large.txt"],
            "the explorer takes mazes of up to 10,000 cells and 200 a side, and this one is",
        ),
    ],
)
def test_mistakes_are_one_sentence(tmp_path, monkeypatch, words, sentence):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("gridemp.web.server.serve.serve", lambda *_, **__: None)
    (tmp_path / "large.txt").write_text("." * 201)
    result = run("explore", "--no-open", *words, text=".?\n")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"gridemp: {sentence}")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("package", ["msgspec", "starlette", "uvicorn"])
def test_without_the_extra_it_is_the_pip_line(monkeypatch, package):
    monkeypatch.setattr("gridemp.web.server.serve.serve", lambda *_, **__: None)
    monkeypatch.setitem(sys.modules, package, None)
    result = run("explore", "room", "--no-open")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f'gridemp: gridemp explore needs {package}; pip install "gridemp[explore]"\n'
    )


def test_a_browser_is_shown_the_page(monkeypatch):
    seen = []

    def browse(address):
        try:
            seen.append(address)
            seen.append(request(urlsplit(address).port, "GET", "/")[0])
        finally:
            os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(webbrowser, "open", browse)
    result = run("explore", "-", text="..\n")
    assert (result.exit_code, result.stderr) == (0, "")
    assert seen == [result.stdout.removesuffix(" (Ctrl-C ends it)\n"), 200]
