"""The server of the explorer: what it answers, and to whom it does not."""

import http.client
import json
import random
from importlib.resources import files

import pytest
from support.serving import (
    ASKED,
    DRAWN,
    JSON,
    MAP,
    begin_asking,
    lines,
    post,
    raw,
    refusal,
    request,
)

from gridemp.web.server.app import HEADERS


def test_the_page_and_its_files_are_served(port):
    folder = files("gridemp.web") / "page"
    assert request(port, "GET", "/")[2] == (folder / "explorer.html").read_bytes()
    kinds = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg"}
    for path in folder.iterdir():
        if path.name.startswith("exported"):
            assert request(port, "GET", f"/{path.name}")[0] == 404
            continue
        status, headers, content = request(port, "GET", f"/{path.name}")
        assert (status, content) == (200, path.read_bytes())
        assert headers["Content-Type"].startswith(kinds[path.name.rpartition(".")[2]])


@pytest.mark.parametrize(
    ("status", "method", "path", "body", "headers"),
    [
        (200, "GET", "/", None, {}),
        (200, "HEAD", "/", None, {}),
        (200, "GET", "/api/1/start", None, {}),
        (200, "POST", "/api/1/map", json.dumps(ASKED), JSON),
        (400, "POST", "/api/1/map", "{", JSON),
        (400, "GET", "/", None, {"Host": "foo.example"}),
        (403, "GET", "/api/1/start", None, {"Origin": "http://foo.example"}),
        (404, "GET", "/nothing", None, {}),
        (404, "GET", "/api/2/start", None, {}),
        (404, "POST", "/api/1/nothing", "{}", JSON),
        (405, "GET", "/api/1/map", None, {}),
        (405, "OPTIONS", "/api/1/map", None, {"Origin": "http://foo.example"}),
        (405, "POST", "/", "{}", JSON),
        (413, "POST", "/api/1/map", " " * (2**18 + 1), JSON),
        (415, "POST", "/api/1/map", json.dumps(ASKED), {}),
        (422, "POST", "/api/1/map", "{}", JSON),
        (500, "POST", "/api/1/step", json.dumps({**ASKED, "x": 0, "y": 0}), JSON),
    ],
)
def test_every_answer_has_the_headers(port, monkeypatch, status, method, path, body, headers):
    monkeypatch.setattr("gridemp.web.server.answers.climb", lambda *_, **__: 1 / 0)
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
        (200, {"Host": "LOCALHOST:1"}),
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
    assert request(port, "GET", "/api/1/start", None, headers)[0] == status
    assert post(port, "map", ASKED, JSON | headers)[0] == status


def test_a_host_must_be_named(port):
    assert raw(port, b"GET / HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 400 ")
    assert raw(port, b"GET / HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 400 ")
    two = b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: foo.example\r\nConnection: close\r\n\r\n"
    assert raw(port, two).startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize(
    "path",
    [
        *("/../pyproject.toml", "/..%2fserver.py", "/%2e%2e/%2e%2e/etc/passwd", "/..\\server.py"),
        *("//etc/passwd", "/%2fetc%2fpasswd", "/etc/passwd", "/file:///etc/passwd", "/__init__.py"),
        *("/explorer.html%00", "/%00", "/./explorer.html", "/explorer%2ehtml/.."),
        *("/C:%5cWindows%5cwin.ini", "/EXPLORER.HTML", "/%ff%fe", "/." * 999, "/" + "a" * 30000),
    ],
)
def test_no_path_leads_to_another_file(port, path):
    sent = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    head, _, content = raw(port, sent.encode()).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 404 ")
    assert json.loads(content)["error"]["sentence"].startswith("Not Found")


@pytest.mark.parametrize("kind", ["text/plain", "", "application/jsonp", "multipart/form-data"])
def test_a_body_is_json_and_says_so(port, kind):
    status, content = post(port, "map", ASKED, {"Content-Type": kind})
    assert (status, json.loads(content)["error"]["sentence"]) == (
        *(415, "the body must be application/json"),
    )
    assert post(port, "map", ASKED, {"Content-Type": "application/json; charset=utf-8"})[0] == 200


def test_a_body_has_a_limit_however_it_is_sent(port):
    body = json.dumps(ASKED).encode()
    assert post(port, "map", body.ljust(2**18))[0] == 200
    assert "262,144 bytes" in refusal(port, "map", body.ljust(2**18 + 1))[1]
    head = b"POST /api/1/map HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    head += b"Connection: close\r\n"
    junk = b"x" * (2**18 + 1)
    declared = raw(port, head + b"Content-Length: 999999999999\r\n\r\n" + junk)
    chunks = raw(port, head + b"Transfer-Encoding: chunked\r\n\r\n40001\r\n" + junk + b"\r\n")
    assert declared.startswith(b"HTTP/1.1 413 ")
    assert chunks.startswith(b"HTTP/1.1 413 ")


MORE = {"maze": DRAWN | {"color": "red"}, "horizon": 1}


@pytest.mark.parametrize(
    ("status", "body", "field"),
    [
        *(
            (400, body, "")
            for body in ("", "{", "nonsense", "{'maze': 1}", "\0", b"\xff\xfe", b"\xef\xbb\xbf{}")
        ),
        *((400, f'{{"slip": {n}}}', "") for n in ("NaN", "Infinity", "-Infinity", "01", "0x1")),
        (422, '{"slip": 1e999}', "slip"),
        (422, "{}{}", ""),
        (422, "[" * 200000, ""),
        (422, '{"maze": ' * 20000, "maze"),
        *((422, body, "") for body in ("1", "null", "[]", '"map"', "true", "{}")),
        *((422, ASKED | {"horizon": value}, "horizon") for value in (None, "2", 2.0, True, [2])),
        (422, f'{{"maze": {json.dumps(DRAWN)}, "horizon": {"9" * 5000}}}', "horizon"),
        *((422, ASKED | {"horizon": value}, "horizon") for value in (21, 10**30, 2**63)),
        *((422, ASKED | {"slip": value}, "slip") for value in ("0.1", None, [], True, 0.51, 1)),
        (422, ASKED | {"moves": "queen"}, "moves"),
        (422, ASKED | {"torus": "yx"}, "torus"),
        (422, ASKED | {"range": [1]}, "range"),
        (422, ASKED | {"range": [1, None]}, "range"),
        (422, ASKED | {"numbers": "all"}, "numbers"),
        (422, ASKED | {"stay": 1}, "stay"),
        (422, ASKED | {"speed": 1}, ""),
        (422, MORE, "maze"),
        (422, {"horizon": 1}, ""),
        (422, ASKED | {"maze": "room"}, "maze"),
        (422, ASKED | {"maze": DRAWN | {"cells": "..."}}, "maze"),
        (422, ASKED | {"maze": DRAWN | {"cells": ["." * 201]}}, "maze"),
        (422, ASKED | {"maze": DRAWN | {"cells": ["."] * 201}}, "maze"),
    ],
)
def test_what_is_no_question_is_refused_and_says_where(port, status, body, field):
    found, sentence, where = refusal(port, "map", body)
    assert (found, where) == (status, field)
    assert len(sentence) < 200
    assert "Traceback" not in sentence


def drawing(cells, right=None, below=None, name="m"):
    right = ["." * max(0, len(row) - 1) for row in cells] if right is None else right
    below = ["." * len(row) for row in cells[1:]] if below is None else below
    return {"name": name, "cells": cells, "right": right, "below": below}


@pytest.mark.parametrize(
    ("maze", "field"),
    [
        (drawing([""]), "maze"),
        (drawing(["..", "."]), "maze"),
        (drawing(["..", ".."], right=["."]), "maze"),
        (drawing(["..", ".."], below=[]), "maze"),
        (drawing(["..", ".."], below=["..", ".."]), "maze"),
        (drawing([".\u00e9"]), "maze"),
        (drawing([".\0"]), "maze"),
        (drawing([". "]), "maze"),
        (drawing([".."], right=["-"]), "maze"),
        (drawing(["##"]), "maze"),
        (drawing(["." * 200] * 51), "maze"),
        *(
            (drawing([".."], name=name), "name")
            for name in (
                "",
                " ",
                "a/b",
                "..",
                "../a",
                "a\\b",
                "C:",
                "a\nb",
                "a\0",
                ".a",
                "a.",
                "n" * 61,
            )
        ),
        (drawing([".."], name="n" * 201), "maze"),
    ],
)
def test_a_drawing_that_is_no_maze_is_refused(port, maze, field):
    for what, more in (("map", {}), ("describe", {}), ("figure", {"format": "svg"})):
        _, sentence, where = refusal(port, what, {"maze": maze, "horizon": 1} | more)
        assert where == field
        assert len(sentence) < 200


@pytest.mark.parametrize("text", [b"\xed\xa0\x80", b"\\ud800", b"\\udc00x", b"\xc0\x80", b"\n"])
def test_what_is_no_text_is_not_read(port, text):
    assert refusal(port, "read", b'{"text": "' + text + b'", "file": "a.txt"}')[0] == 400


def test_the_last_of_equal_keys_counts(port):
    body = json.dumps(ASKED)[:-1] + ', "horizon": 1}'
    assert json.loads(post(port, "map", body)[1])["result"]["horizon"] == 1


def test_a_thousand_malformed_requests(port):
    """Valid ones of all kinds with a few bytes changed, cut or put in."""
    rng = random.Random(5)
    cell = ASKED | {"x": 0, "y": 0}
    kinds = {"map": ASKED, "cell": cell, "curve": cell, "step": cell, "describe": ASKED}
    kinds |= {
        "figure": ASKED | {"format": "svg", "horizon": 0},
        "read": {"text": "..", "file": "a"},
    }
    seen, talk = [], http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for _ in range(1000):
        what = rng.choice(list(kinds))
        body = bytearray(json.dumps(kinds[what]).encode())
        for _ in range(rng.randint(1, 4)):
            at = rng.randrange(len(body))
            body[at : at + rng.choice([0, 1, 1, 9])] = rng.randbytes(rng.choice([0, 1, 1, 2]))
        talk.request("POST", f"/api/1/{what}", body, JSON)
        answer = talk.getresponse()
        seen.append(answer.status)
        assert (b'"error"' in answer.read()) or seen[-1] == 200
    talk.close()
    assert set(seen) == {200, 400, 422}
    assert sum(status >= 400 for status in seen) > 900


def test_what_is_not_even_http(port):
    rng = random.Random(6)
    start = b"POST /api/1/map HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    heads = [b"Content-Length: -1", b"Content-Length: x", b"Transfer-Encoding: x", b"a", b"\0: 1"]
    sent = [start + head + b"\r\n\r\n" for head in heads] + [b"\x16\x03\x01\r\n\r\n"]
    sent += [rng.randbytes(rng.randint(1, 99)) + b"\r\n\r\n" for _ in range(100)]
    for each in sent:
        assert raw(port, each).startswith(b"HTTP/1.1 400 ")


def test_two_hundred_at_once(port):
    """All are sent before the first answer is read."""
    talks = [begin_asking(port, "map", ASKED | {"horizon": 1 + i % 20}) for i in range(200)]
    for i, talk in enumerate(talks):
        result = lines(talk.getresponse().read())[-1]["result"]
        talk.close()
        assert result["horizon"] == 1 + i % 20
        assert i % 20 != 1 or result["bits"] == MAP
