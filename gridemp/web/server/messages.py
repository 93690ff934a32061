"""Answers to the questions of a page that come as messages, as those of a notebook do."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import Any

import msgspec

from gridemp.progress import ignore
from gridemp.web.server.answers import Answers
from gridemp.web.server.api import KINDS, Refusal, as_refusal, decoded
from gridemp.web.server.jobs import Job, Jobs, Report, Work
from gridemp.web.server.lines import line, refusal_line, report_line

Address = tuple[str, int]  # of a question: the page that asks, and the number of its question
Send = Callable[[Mapping[str, Any], Sequence[bytes]], object]
Answered = Callable[[Mapping[str, Any], Any, Any], object]


class Messages:
    """Messages between pages and the answers to their questions.

    A question is `{"view": the page, "id": its number there, "kind": ..., "body": ...}`, and
    `{"view": ..., "id": ..., "kind": "cancel"}` cancels it. A reply has the same `view` and `id`
    and a `line`, as the server writes it; a file comes without a line, beside the reply.

    Parameters
    ----------
    answers : Answers
        The answers.
    send : callable
        Called with a reply and with the files beside it.
    answered : callable
        Called with a question as it came, as it was understood, and with its answer or the
        exception in its place, before that is sent.
    """

    def __init__(self, answers: Answers, send: Send, answered: Answered) -> None:
        self._answers = answers
        self._send = send
        self._answered = answered
        self._jobs = shared_jobs()
        self._ended = False
        self._running: dict[Address, Job] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def hear(self, message: Mapping[str, Any]) -> None:
        """Answer a question, in a job if there is an event loop, or cancel one."""
        address = message["view"], message["id"]
        if self._ended:
            return
        if message["kind"] == "cancel":
            if job := self._running.pop(address, None):
                job.cancel()
            return
        try:
            kind = message["kind"]
            question = decoded(msgspec.json.encode(message["body"]), KINDS[kind])
        except Refusal as refusal:
            self._reply(message, refusal_line(refusal))
            return
        work = partial(getattr(self._answers, kind), question)
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._conclude(message, question, result_of(work))
            return
        job = self._running[address] = self._jobs.begin(work, kind)
        task = loop.create_task(self._follow(message, question, job))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def end(self) -> None:
        """Cancel all jobs and ignore further messages."""
        self._ended = True
        for job in self._running.values():
            job.cancel()
        self._running.clear()

    async def _follow(self, message: Mapping[str, Any], question: Any, job: Job) -> None:
        """Report a job, and send its result, until it is cancelled."""
        address = message["view"], message["id"]
        try:
            while isinstance(entry := await job.queue.get(), Report):
                self._reply(message, report_line(entry))
            if entry is not None and self._running.get(address) is job:
                self._conclude(message, question, entry)
        finally:
            self._jobs.end(job)
            if self._running.get(address) is job:
                del self._running[address]

    def _conclude(self, message: Mapping[str, Any], question: Any, entry: Any) -> None:
        """Send a result, or the reason why there is none."""
        self._answered(message, question, entry)
        if isinstance(entry, Exception):
            self._reply(message, refusal_line(as_refusal(entry)))
        elif isinstance(entry, bytes):
            self._reply(message, b"", entry)
        else:
            self._reply(message, line(result=entry))

    def _reply(self, message: Mapping[str, Any], text: bytes, *files: bytes) -> None:
        reply = {"view": message["view"], "id": message["id"], "line": text.decode()}
        self._send(reply, files)


@cache
def shared_jobs() -> Jobs:
    """Return the jobs of all pages, so that a further page needs no further threads."""
    return Jobs()


def result_of(work: Work) -> Any:
    """Return what work returns, or the exception that it raises."""
    try:
        return work(ignore)
    except Exception as error:
        return error
