"""Questions that come as messages are answered as those that the server gets."""

import asyncio
import json
import threading
from threading import Event

import msgspec
import pytest
from support.questions import KLYUBIN, ask

from gridemp import parse_maze
from gridemp.web.server.answers import Answers
from gridemp.web.server.jobs import LANES
from gridemp.web.server.mazes import drawing_of
from gridemp.web.server.messages import Messages

MAZE = parse_maze("...\n...")
ASKED = {"maze": msgspec.to_builtins(drawing_of(MAZE)), "horizon": 2}


class Kernel:
    """Messages with a record of what they send and say."""

    def __init__(self):
        self.answers = Answers(KLYUBIN, [])
        self.sent, self.answered = [], []
        self.messages = Messages(
            self.answers,
            lambda message, files: self.sent.append((message, files)),
            lambda *what: self.answered.append(what),
        )

    def hear(self, kind, number=1, **body):
        self.messages.hear({"view": "v", "id": number, "kind": kind, "body": {**ASKED, **body}})

    def lines(self, number=1):
        """The lines of the replies to a question."""
        return [
            json.loads(message["line"])
            for message, _ in self.sent
            if (message["view"], message["id"]) == ("v", number)
        ]


async def until(done):
    while not done():
        await asyncio.sleep(0.01)


def run(kernel, *questions):
    """Ask within an event loop, as in a notebook, until everything is answered."""

    async def talk():
        for question in questions:
            kernel.hear(*question)
        await asyncio.wait_for(until(lambda: len(kernel.answered) == len(questions)), 60)

    asyncio.run(talk())


@pytest.mark.parametrize("loop", [True, False])
def test_a_question_is_answered_as_by_the_server(loop):
    kernel = Kernel()
    if loop:
        run(kernel, ("map",), ("describe", 2))
    else:
        kernel.hear("map")
        kernel.hear("describe", 2)
    assert kernel.lines()[-1] == {"result": ask("map", MAZE)}
    assert kernel.lines(2) == [{"result": ask("describe", MAZE)}]
    message, question, answer = next(each for each in kernel.answered if each[0]["kind"] == "map")
    assert message["id"] == 1
    assert question.horizon == 2
    assert answer["horizon"] == 2


@pytest.mark.parametrize(
    "body", [{"horizon": 21}, {"horizon": "two"}, {"slip": 0.4, "moves": "up"}]
)
def test_a_refusal_is_sent_with_its_field(body):
    kernel = Kernel()
    kernel.hear("map", **body)
    (line,) = kernel.lines()
    assert line["error"]["sentence"]
    assert line["error"]["field"] in body


def test_a_file_comes_beside_its_reply():
    kernel = Kernel()
    kernel.hear("figure", format="png")
    ((message, files),) = kernel.sent
    assert message["line"] == ""
    assert files[0].startswith(b"\x89PNG")


def test_work_reports_and_can_be_cancelled(monkeypatch):
    kernel = Kernel()
    ended, reported = Event(), []

    def endless(question, progress):
        try:
            while True:
                progress(0.5)
        finally:
            ended.set()

    monkeypatch.setattr(kernel.answers, "map", endless)

    async def talk():
        kernel.hear("map")
        await asyncio.wait_for(until(lambda: kernel.sent), 60)
        reported.extend(kernel.lines())
        kernel.messages.hear({"view": "v", "id": 1, "kind": "cancel"})
        await asyncio.wait_for(until(ended.is_set), 60)
        kernel.hear("describe", 2)
        await asyncio.wait_for(until(lambda: kernel.lines(2)), 60)

    asyncio.run(talk())
    assert reported[0] == {"progress": 0.5}
    assert all("progress" in line for line in kernel.lines())
    assert [message["kind"] for message, *_ in kernel.answered] == ["describe"]


def test_a_question_can_be_cancelled_before_its_work_begins():
    kernel = Kernel()

    async def talk():
        kernel.hear("map")
        kernel.messages.hear({"view": "v", "id": 1, "kind": "cancel"})
        kernel.hear("describe", 2)
        await asyncio.wait_for(until(lambda: not kernel.messages._tasks), 60)

    asyncio.run(talk())
    assert [message["kind"] for message, *_ in kernel.answered] == ["describe"]
    assert kernel.lines() == []


def test_pages_share_their_threads():
    kernels = [Kernel() for _ in range(4)]
    before = threading.active_count()
    for kernel in kernels:
        run(kernel, ("map",))
    assert threading.active_count() <= before + LANES["maps"]


def test_after_the_end_nothing_is_answered_and_other_pages_are():
    ended, other = Kernel(), Kernel()

    async def talk():
        ended.hear("map")
        other.hear("map")
        ended.messages.end()
        ended.hear("map", 2)
        await asyncio.wait_for(until(lambda: other.lines()), 60)
        await asyncio.wait_for(until(lambda: not ended.messages._tasks), 60)

    asyncio.run(talk())
    ended.hear("map", 3)
    assert ended.sent == []
    assert "result" in other.lines()[-1]


def test_the_cancelling_of_what_is_over_does_nothing():
    kernel = Kernel()
    kernel.messages.hear({"view": "v", "id": 1, "kind": "cancel"})
    assert kernel.sent == []
