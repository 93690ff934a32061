"""A server of the explorer in a thread, and requests to it through sockets."""

import http.client
import json
import logging
import math
import random
import re
import socket
import threading
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from gridemp import load_maze
from gridemp.web.server.answers import Answers
from gridemp.web.server.serve import server

DRAWN = {"name": "m", "cells": ["...", ".T."], "right": ["..", ".|"], "below": ["..-"]}
ASKED = {"maze": DRAWN, "horizon": 2}
JSON = {"Content-Type": "application/json"}
LINES, PLAIN = "application/x-ndjson", "text/plain; charset=utf-8"


def walled(side=8, seed=1):
    """A maze with walls here and there, so that hardly two cells are alike."""
    rng = random.Random(seed)
    right = ["".join(rng.choice("|...") for _ in range(side - 1)) for _ in range(side)]
    below = ["".join(rng.choice("-...") for _ in range(side)) for _ in range(side - 1)]
    return {"name": "walled", "cells": ["." * side] * side, "right": right, "below": below}


LONG = {"maze": walled(), "horizon": 8, "slip": 0.1}  # over ten seconds
SHORT = {"maze": walled(7), "horizon": 6, "slip": 0.1}  # about a second


class Messages(logging.Handler):
    """A handler that keeps messages in a list."""

    def __init__(self):
        super().__init__()
        self.written = []

    def emit(self, record):
        self.written.append(record.getMessage())


@contextmanager
def serving(name="room", link=""):
    """The port of a server that was opened on a bundled maze, and the messages of its log."""
    handler = Messages()
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # as `serve` does
    running = server(Answers(load_maze(name), [name]), link=link)
    log = logging.getLogger("uvicorn.error")
    log.setLevel(logging.ERROR)
    log.addHandler(handler)
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1], handler.written
    finally:
        running.should_exit = True
        thread.join(120)
        log.removeHandler(handler)
        assert not thread.is_alive()


def assert_lives_on(port):
    """Raise unless the server answers a valid question correctly."""
    np.testing.assert_equal(ask(port, "map", ASKED)["bits"], MAP)


MAP = [[math.log2(5), math.log2(5), 2.0], [2.0, 0.0, 0.0]]


def begin(port, method, path, body=None, headers=()):
    """A connection over which a request was sent."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(method, path, body, dict(headers))
    return connection


def request(port, method, path, body=None, headers=()):
    """Status, headers and body of the answer to a request."""
    connection = begin(port, method, path, body, headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, answer.headers, content


def begin_asking(port, kind, body):
    """A connection over which a question was sent."""
    return begin(port, "POST", f"/api/2/{kind}", json.dumps(body), JSON)


def post(port, kind, body, headers=None):
    """Status and body of the answer to a question."""
    body = json.dumps(body) if isinstance(body, dict) else body
    headers = JSON if headers is None else headers
    status, _, content = request(port, "POST", f"/api/2/{kind}", body, headers)
    return status, content


def lines(content):
    """The objects of an answer, one a line."""
    return [json.loads(line) for line in content.splitlines()]


def ask(port, kind, body):
    """The result of a question."""
    status, content = post(port, kind, body)
    assert status == 200
    return lines(content)[-1]["result"]


def documented_kinds():
    """The kinds of refusals that the reference lists."""
    page = (Path(__file__).parents[2] / "docs/reference/explorer.md").read_text(encoding="utf-8")
    table = page.partition("### Refusals\n")[2].partition("\n### ")[0].partition("\n## ")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("|")]
    return set(re.findall(r"`(\w+)`", "".join(rows)))


KINDS = documented_kinds()


def refusal(port, kind, body):
    """Status, sentence and field of a refusal."""
    status, content = post(port, kind, body)
    error = lines(content)[-1]["error"]
    assert error["sentence"]
    assert not re.search(r"--|`|10\^|Expected|Object", error["sentence"])
    assert error["kind"] in KINDS
    assert isinstance(error["facts"], dict)
    return status, error["sentence"], error["field"]


def raw(port, sent):
    """All bytes that the server answers to bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as talk:
        talk.sendall(sent)
        answer = b""
        while part := talk.recv(65536):
            answer += part
    return answer
