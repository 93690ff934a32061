"""Requests that are begun and not finished do not keep a connection open."""

import pytest
from support.serving import SHORT, ask, assert_lives_on, raw

BEGUN = b"POST /api/2/map HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
WHOLE = b"GET /look.css HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr("gridemp.web.server.connections.PATIENCE", 0.2)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET / HT",
        BEGUN,
        BEGUN + b'Content-Length: 100\r\n\r\n{"maze"',
        BEGUN + b"Transfer-Encoding: chunked\r\n\r\n5\r\n[",
        WHOLE + b"GET / HT",
    ],
)
def test_a_request_that_does_not_arrive_is_given_up(port, sent):
    answer = raw(port, sent)  # which returns when the connection is closed
    assert answer.startswith(b"HTTP/1.1 200 OK" if sent.startswith(WHOLE) else b"")
    assert answer.count(b"HTTP/1.1") == sent.startswith(WHOLE)
    assert_lives_on(port)


def test_an_answer_may_take_longer(port):
    assert ask(port, "map", SHORT)["horizon"] == SHORT["horizon"]
