"""`gridemp explore`: it serves this machine alone until Ctrl-C, and refuses in one sentence."""

import json
import os
import signal
import socket
import sys
import webbrowser
from urllib.parse import urlsplit

import pytest
from support.command_line import run
from support.explorers import assert_ends, started
from support.lessons import SMALL, changed
from support.serving import (
    assert_lives_on,
    request,
)

from gridemp.errors import pip_command
from gridemp.web.lessons import bundled_lessons


@pytest.mark.slow
def test_the_command_serves_this_machine_alone_until_ctrl_c(tmp_path):
    env = os.environ | {"BROWSER": f"touch {tmp_path}/opened %s"}
    with started("klyubin", "--no-open", env=env) as (process, port):
        assert_lives_on(port)
        found = json.loads(request(port, "GET", "/api/2/start")[2])["result"]
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
        (["room", "--port", "x"], "--port must be a whole number, not 'x'"),
        (["room", "--port", "-1"], "--port must be a whole number from 0 to 65535, not -1"),
        (["room", "--port", "65536"], "--port must be a whole number from 0 to 65535, not 65536"),
        (["room", "--level", "2"], "there is no level 2; the format block has no levels"),
        (["room", "--format", "x"], "there is no format 'x'"),
        (
            ["https://example.org/#maze=room"],
            "'https://example.org/#maze=room' is not a link to the page of gridemp explore; copy",
        ),
        (["#maze=room", "--level", "2"], "a link already contains a maze; leave out --level"),
        (
            ["#maze=room", "--legend", "w=wall"],
            "a link already contains a maze; leave out --legend",
        ),
        (["room", "--legend", "#=wal"], "'wal' is not a meaning in --legend; did you mean 'wall'"),
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


@pytest.mark.slow
def test_lessons_of_your_own_are_on_the_page(folder, monkeypatch):
    served, links = [], []

    def serve(answers, port, *, link, **options):
        served.append(answers)
        links.append(link)

    monkeypatch.setattr("gridemp.web.server.serve.serve", serve)
    for name in ("one.toml", "two.toml"):
        (folder / name).write_text(SMALL, encoding="utf-8")
    result = run("explore", "--no-open", "--lesson", "one.toml", "--lesson", "two.toml")
    assert (result.exit_code, result.stderr) == (0, "")
    names = [lesson["name"] for lesson in served[0].start()["lessons"]]
    assert names == ["one", "two", *(lesson["name"] for lesson in bundled_lessons())]
    assert links == ["#lesson=one"]


def test_a_mistake_in_a_lesson_is_one_sentence(folder):
    (folder / "one.toml").write_text(changed("horizon = 3", "horizon = 30"), encoding="utf-8")
    result = run("explore", "--no-open", "--lesson", "one.toml")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "gridemp: one.toml, settings: 'horizon' must be from 1 to 20, not 30\n"
    )


@pytest.mark.parametrize("package", ["msgspec", "starlette", "uvicorn"])
def test_without_the_extra_it_is_the_pip_line(monkeypatch, package):
    monkeypatch.setattr("gridemp.web.server.serve.serve", lambda *_, **__: None)
    monkeypatch.setitem(sys.modules, package, None)
    result = run("explore", "room", "--no-open")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"gridemp: gridemp explore needs {package}; {pip_command('explore')}\n"
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
    assert seen == [result.stdout.removesuffix(" (press Ctrl-C to stop)\n"), 200]


def addresses(monkeypatch, *words):
    """The address that is told, the one that the browser opens, and where that one leads."""
    seen = []

    def browse(address):
        try:
            parts = urlsplit(address)
            status, headers, _ = request(parts.port, "GET", parts.path)
            seen.extend([address, headers.get("location", status)])
        finally:
            os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(webbrowser, "open", browse)
    result = run("explore", *words)
    assert (result.exit_code, result.stderr) == (0, "")
    return [result.stdout.removesuffix(" (press Ctrl-C to stop)\n"), *seen]


def test_the_page_has_the_same_port_each_time_or_the_next_free_one(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        monkeypatch.setattr("gridemp.web.server.serve.PORT", port)
        (told, opened, status) = addresses(monkeypatch)
        assert (told, status) == (opened, 200)
        assert port < urlsplit(told).port < port + 100
    for _ in range(2):
        assert addresses(monkeypatch)[0] == f"http://127.0.0.1:{port}/"


def test_a_link_is_opened_on_the_port_that_is_free(monkeypatch):
    """Browsers get a short address, as some systems cut long ones, and it leads to the link."""
    cells = "#maze=klyubin&horizon=8&pin=4%2C5"
    told, opened, leads = addresses(monkeypatch, f"http://127.0.0.1:1/{cells}", "--port", "0")
    port = urlsplit(told).port
    assert port > 1
    assert told == f"http://127.0.0.1:{port}/{cells}"
    assert opened == f"http://127.0.0.1:{port}/opened"
    assert leads == f"/{cells}"
