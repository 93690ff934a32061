"""The application: what it serves, and to whom."""

import http.client
import json
import random
import re
import socket
import time
from importlib.resources import as_file, files

import pytest
from support.serving import (
    ASKED,
    JSON,
    MAP,
    SHORT,
    begin_asking,
    lines,
    post,
    raw,
    refusal,
    request,
    walled,
)

from gridemp import Maze, World, empowerment
from gridemp.web.server.app import HEADERS


def test_the_page_and_its_files_are_served(port):
    folder = files("gridemp.web") / "page"
    assert request(port, "GET", "/")[2] == (folder / "explorer.html").read_bytes()
    kinds = {
        "html": "text/html",
        "css": "text/css",
        "js": "text/javascript",
        "json": "application/json",
        "svg": "image/svg",
    }
    with as_file(folder) as root:
        paths = [path for path in root.rglob("*.*") if path.is_file()]
    assert any(path.parent.name == "words" for path in paths)
    for path in paths:
        address = f"/{path.relative_to(root).as_posix()}"
        if {"exported", "standalone", "notebook"} & {*re.split(r"[/.]", address)}:
            assert request(port, "GET", address)[0] == 404
            continue
        status, headers, content = request(port, "GET", address)
        assert (status, content) == (200, path.read_bytes())
        assert headers["Content-Type"].startswith(kinds[path.name.rpartition(".")[2]])


@pytest.mark.parametrize(
    ("status", "method", "path", "body", "headers"),
    [
        (200, "GET", "/", None, {}),
        (200, "HEAD", "/", None, {}),
        (200, "GET", "/api/2/start", None, {}),
        (200, "POST", "/api/2/map", json.dumps(ASKED), JSON),
        (400, "POST", "/api/2/map", "{", JSON),
        (400, "GET", "/", None, {"Host": "foo.example"}),
        (403, "GET", "/api/2/start", None, {"Origin": "http://foo.example"}),
        (404, "GET", "/nothing", None, {}),
        (404, "GET", "/api/3/start", None, {}),
        (404, "POST", "/api/2/nothing", "{}", JSON),
        (405, "GET", "/api/2/map", None, {}),
        (405, "OPTIONS", "/api/2/map", None, {"Origin": "http://foo.example"}),
        (405, "POST", "/", "{}", JSON),
        (413, "POST", "/api/2/map", " " * (2**18 + 1), JSON),
        (415, "POST", "/api/2/map", json.dumps(ASKED), {}),
        (422, "POST", "/api/2/map", "{}", JSON),
        (500, "POST", "/api/2/step", json.dumps({**ASKED, "x": 0, "y": 0}), JSON),
    ],
)
def test_every_answer_has_the_headers(port, monkeypatch, status, method, path, body, headers):
    monkeypatch.setattr("gridemp.web.server.agent.greedy", lambda *_, **__: 1 / 0)
    found, told, content = request(port, method, path, body, headers)
    assert found == status
    assert {name: told[name] for name in HEADERS} == HEADERS
    policy = dict(part.split(" ", 1) for part in told["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == "'self'"
    assert "Access-Control-Allow-Origin" not in told
    if status == 500:
        assert b"(ZeroDivisionError)" in content
        assert b"division by" not in content


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (200, {"Host": "127.0.0.1"}),
        (200, {"Host": "localhost:1"}),
        *((400, {"Host": f"{name}foo.example"}) for name in ("", "127.0.0.1.", "127.0.0.1@")),
        *((400, {"Host": name}) for name in ("foo.example:80", "0.0.0.0", "127.1", "")),
        (200, {"Origin": "http://127.0.0.1:{}"}),
        *((403, {"Origin": f"http://{name}"}) for name in ("localhost:{}", "127.0.0.1", "a:1")),
        *((403, {"Origin": name}) for name in ("https://127.0.0.1:{}", "null", "127.0.0.1:{}")),
        (200, {"Sec-Fetch-Site": "same-origin"}),
        (200, {"Sec-Fetch-Site": "none"}),
        (403, {"Sec-Fetch-Site": "same-site"}),
        (403, {"Sec-Fetch-Site": "cross-site"}),
        (403, {"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:{}"}),
    ],
)
def test_no_other_site_may_ask(port, status, headers):
    headers = {name: text.format(port) for name, text in headers.items()}
    assert request(port, "GET", "/api/2/start", None, headers)[0] == status
    assert post(port, "map", ASKED, JSON | headers)[0] == status


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "//[", "http://]"])
def test_an_origin_that_is_none_is_refused(port, origin):
    status, headers, _ = request(port, "GET", "/api/2/start", None, {"Origin": origin})
    assert status == 403
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_host_must_be_named(port):
    assert raw(port, b"GET / HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 400 ")
    assert raw(port, b"GET / HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 400 ")
    two = b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: foo.example\r\nConnection: close\r\n\r\n"
    assert raw(port, two).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize(
    "path",
    [
        "/../pyproject.toml",
        "/..%2fexport.py",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..\\export.py",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/etc/passwd",
        "/file:///etc/passwd",
        "/__init__.py",
        "/explorer.html%00",
        "/%00",
        "/./explorer.html",
        "/explorer%2ehtml/..",
        "/C:%5cWindows%5cwin.ini",
        "/EXPLORER.HTML",
        "/%ff%fe",
        "/." * 999,
        "/" + "a" * 30000,
    ],
)
def test_no_path_leads_to_another_file(port, path):
    sent = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    head, _, content = raw(port, sent.encode()).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 404 ")
    assert json.loads(content)["error"]["sentence"].startswith("Not Found")


def test_a_path_is_not_echoed_at_length(port):
    assert len(request(port, "GET", "/" + "a" * 30000)[2]) < 500


def test_405_names_what_is_allowed(port):
    assert "POST" in (request(port, "GET", "/api/2/map")[1]["Allow"] or "")


@pytest.mark.parametrize("kind", ["text/plain", "", "application/jsonp", "multipart/form-data"])
def test_a_body_is_json_and_says_so(port, kind):
    status, content = post(port, "map", ASKED, {"Content-Type": kind})
    assert status == 415
    assert json.loads(content)["error"]["sentence"] == "the body must be application/json"
    assert post(port, "map", ASKED, {"Content-Type": "application/json; charset=utf-8"})[0] == 200


def test_a_body_has_a_limit_however_it_is_sent(port):
    body = json.dumps(ASKED).encode()
    assert post(port, "map", body.ljust(2**18))[0] == 200
    assert "262,144 bytes" in refusal(port, "map", body.ljust(2**18 + 1))[1]
    head = b"POST /api/2/map HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    head += b"Connection: close\r\n"
    junk = b"x" * (2**18 + 1)
    declared = raw(port, head + b"Content-Length: 999999999999\r\n\r\n" + junk)
    chunks = raw(port, head + b"Transfer-Encoding: chunked\r\n\r\n40001\r\n" + junk + b"\r\n")
    assert declared.startswith(b"HTTP/1.1 413 ")
    assert chunks.startswith(b"HTTP/1.1 413 ")


def test_who_hangs_up_in_the_middle_of_a_body_is_no_error(port):
    head = b"POST /api/2/map HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    for rest in (b"Content-Length: 1000\r\n\r\n{", b"Transfer-Encoding: chunked\r\n\r\n5\r\n{"):
        with socket.create_connection(("127.0.0.1", port)) as talk:
            talk.sendall(head + rest)
            time.sleep(0.1)
    time.sleep(0.1)


@pytest.mark.slow
def test_what_takes_longer_says_how_far_it_is(port, monkeypatch):
    monkeypatch.setattr("gridemp.web.server.jobs.INTERVAL", -1)  # every report is sent
    status, headers, content = request(port, "POST", "/api/2/map", json.dumps(SHORT), JSON)
    *before, last = lines(content)
    told = [line["progress"] for line in before]
    assert (status, headers["Content-Type"]) == (200, "application/x-ndjson")
    assert len(told) > 1
    assert told == sorted(told)
    assert 0 <= told[0] < told[-1] <= 1
    assert all(line.keys() <= {"progress", "partial"} for line in before)
    maze = Maze(
        [[1] * 7] * 7,
        *([[c in "|-" for c in row] for row in SHORT["maze"][side]] for side in ("right", "below")),
    )
    assert last["result"]["bits"] == empowerment(World.from_maze(maze, slip=0.1), 6).grid().tolist()


@pytest.mark.slow
def test_a_figure_that_takes_longer_is_a_figure_all_the_same(port, monkeypatch):
    monkeypatch.setattr("gridemp.web.server.jobs.INTERVAL", -1)  # every report is sent
    asked = SHORT | {"maze": walled(6, seed=2), "format": "svg"}
    status, headers, content = request(port, "POST", "/api/2/figure", json.dumps(asked), JSON)
    assert (status, headers["Content-Type"]) == (200, "image/svg+xml")
    assert content.startswith(b"<?xml")


@pytest.mark.parametrize(("number", "seed"), [(40, 1), pytest.param(1000, 5, marks=pytest.mark.ci)])
def test_malformed_requests_are_refused(port, number, seed):
    """Valid ones of all kinds with a few bytes changed, cut or put in."""
    rng = random.Random(seed)
    cell = ASKED | {"x": 0, "y": 0}
    kinds = {"map": ASKED, "cell": cell, "curve": cell, "step": cell, "describe": ASKED}
    kinds |= {
        "figure": ASKED | {"format": "svg", "horizon": 0},
        "read": {"text": "..", "file": "a"},
    }
    seen, talk = [], http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for _ in range(number):
        kind = rng.choice(list(kinds))
        body = bytearray(json.dumps(kinds[kind]).encode())
        for _ in range(rng.randint(1, 4)):
            at = rng.randrange(len(body))
            body[at : at + rng.choice([0, 1, 1, 9])] = rng.randbytes(rng.choice([0, 1, 1, 2]))
        talk.request("POST", f"/api/2/{kind}", body, JSON)
        answer = talk.getresponse()
        seen.append(answer.status)
        assert (b'"error"' in answer.read()) or seen[-1] == 200
    talk.close()
    assert set(seen) == {200, 400, 422}
    assert sum(status >= 400 for status in seen) > 0.9 * number


def test_what_is_not_even_http(port):
    rng = random.Random(6)
    start = b"POST /api/2/map HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    heads = [b"Content-Length: -1", b"Content-Length: x", b"Transfer-Encoding: x", b"a", b"\0: 1"]
    sent = [start + head + b"\r\n\r\n" for head in heads] + [b"\x16\x03\x01\r\n\r\n"]
    sent += [rng.randbytes(rng.randint(1, 99)) + b"\r\n\r\n" for _ in range(100)]
    for each in sent:
        assert raw(port, each).startswith(b"HTTP/1.1 400 ")


@pytest.mark.slow
def test_two_hundred_at_once(port):
    """All are sent before the first answer is read."""
    talks = [begin_asking(port, "map", ASKED | {"horizon": 1 + i % 20}) for i in range(200)]
    for i, talk in enumerate(talks):
        result = lines(talk.getresponse().read())[-1]["result"]
        talk.close()
        assert result["horizon"] == 1 + i % 20
        assert i % 20 != 1 or result["bits"] == MAP
