"""The ASGI application of the explorer, which serves its page and the JSON interface.

It answers only this machine and its own page: Host and Origin are checked, bodies are limited in
size, files are served from a list that is read at the start, and no answer lets the page load
anything from elsewhere or be framed.
"""

import asyncio
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from functools import partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gridemp.web.server.answers import Answers
from gridemp.web.server.api import (
    BAD_REQUEST,
    KINDS,
    MAX_BYTES,
    VERSION,
    Refusal,
    as_refusal,
    decoded,
)
from gridemp.web.server.jobs import Job, Jobs, Report
from gridemp.web.server.lines import line, refusal_line, report_line

LOCAL = ("127.0.0.1", "localhost")
PAGE = "explorer.html"
OPENED = "opened"  # leads to the page as a link shows it: browsers are given no long addresses
ELSEWHERE = {"exported", "standalone", "notebook"}  # names of files that other pages use
SVG = "image/svg+xml"
TYPES = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "json": "application/json",
    "svg": SVG,
}
LINES = "application/x-ndjson"
FIGURES = {"png": "image/png", "pdf": "application/pdf", "svg": SVG}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-cache",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def application(
    answers: Answers, jobs: Jobs, ready: Callable[[], object] = lambda: None, link: str = ""
) -> Starlette:
    """Return the ASGI application of one explorer.

    Parameters
    ----------
    answers : Answers
        Answers to requests.
    jobs : Jobs
        Jobs in which answers are computed.
    ready : callable
        Called without arguments when the application starts.
    link : str
        Query and fragment with which the page is opened.
    """
    page = dict(files_in(files("gridemp.web") / "page"))

    async def file(request: Request) -> Response:
        content, kind = page[request.url.path.lstrip("/") or PAGE]
        return Response(content, media_type=kind)

    async def opened(request: Request) -> Response:
        return Response(status_code=307, headers={"location": f"/{link}"})

    async def start(request: Request) -> Response:
        check_origin(request)
        return Response(line(result=answers.start()), media_type=LINES)

    def endpoint(name: str, kind: type[Any]) -> Callable[..., Any]:
        async def reply(request: Request) -> Any:
            check_origin(request)
            question = decoded(await body_of(request), kind)
            job = jobs.begin(partial(getattr(answers, name), question), name)
            return Reply(job, jobs.end, getattr(question, "format", None))

        return reply

    @asynccontextmanager
    async def lifespan(app: Starlette) -> Any:
        ready()
        yield
        jobs.end_all()

    root = f"/api/{VERSION}"
    return Starlette(
        routes=[
            *(Route(f"/{name}", file) for name in ("", *page)),
            Route(f"/{OPENED}", opened),
            Route(f"{root}/start", start),
            *(
                Route(f"{root}/{name}", endpoint(name, kind), methods=["POST"])
                for name, kind in KINDS.items()
            ),
        ],
        middleware=[
            Middleware(WithHeaders, headers=HEADERS),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(LOCAL), www_redirect=False),
        ],
        exception_handlers={
            Refusal: refused,
            HTTPException: refused,
            ClientDisconnect: refused,
        },
        lifespan=lifespan,
    )


def files_in(folder: Traversable, within: str = "") -> Iterator[tuple[str, tuple[bytes, str]]]:
    """Path, content and type of each file of the page, in a folder and the folders in it."""
    for path in folder.iterdir():
        name = within + path.name
        if path.is_dir():
            yield from files_in(path, f"{name}/")
            continue
        *parts, suffix = re.split(r"[/.]", name)
        if suffix in TYPES and ELSEWHERE.isdisjoint(parts):
            yield name, (path.read_bytes(), TYPES[suffix])


def check_origin(request: Request) -> None:
    """Raise a Refusal if a request comes from another site."""
    headers = request.headers
    own = f"http://{headers.get('host')}"
    if headers.get("origin", own) != own or headers.get("sec-fetch-site", "none") not in (
        "none",
        "same-origin",
    ):
        sentence = "only the explorer's own page may send this request"
        raise Refusal(sentence, status=403, kind="other_site")


async def body_of(request: Request) -> bytes:
    """Return the body of a request, or raise a Refusal if it is not JSON or too long."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise Refusal("the body must be application/json", status=415, kind="not_json")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BYTES:
            sentence = f"the body is longer than the {MAX_BYTES:,} bytes allowed"
            raise Refusal(sentence, status=413, kind="body_limit", facts={"limit": MAX_BYTES})
    return bytes(body)


def refused(request: Request, error: Exception) -> Response:
    """Return the response to an error."""
    headers = None
    if isinstance(error, HTTPException):
        headers = error.headers
        sentence = f"{error.detail}: {request.url.path[:80]}"
        error = Refusal(sentence, status=error.status_code, kind="no_page")
    if isinstance(error, ClientDisconnect):
        error = Refusal("the request ended too early", status=BAD_REQUEST, kind="cut_off")
    refusal = as_refusal(error)
    return Response(refusal_line(refusal), refusal.status, headers, media_type=LINES)


class Reply:
    """Response with the result of a job, preceded by lines that report progress if it takes long.

    A client that disconnects cancels the job. Figures come without reports.

    Parameters
    ----------
    job : Job
        Job that was begun.
    end : callable
        Called with the job when its result is no longer needed.
    format : str, optional
        Format of the figure, if the result is one.
    """

    def __init__(self, job: Job, end: Callable[[Job], object], format: str | None) -> None:
        self._job = job
        self._end = end
        self._format = format

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the response through ASGI."""
        watch = asyncio.create_task(self._watch(receive))
        try:
            entry = await self._job.queue.get()
            while self._format and isinstance(entry, Report):
                entry = await self._job.queue.get()
            if isinstance(entry, Report):
                await self._lines(entry, send)
            elif entry is not None:
                await self._whole(entry)(scope, receive, send)
        finally:
            watch.cancel()
            self._end(self._job)

    def _whole(self, entry: Any) -> Response:
        if isinstance(entry, Exception):
            refusal = as_refusal(entry)
            return Response(refusal_line(refusal), refusal.status, media_type=LINES)
        if self._format:
            return Response(entry, media_type=FIGURES[self._format])
        return Response(line(result=entry), media_type=LINES)

    async def _lines(self, entry: Any, send: Send) -> None:
        headers = [(b"content-type", LINES.encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        while isinstance(entry, Report):
            part = report_line(entry)
            await send({"type": "http.response.body", "body": part, "more_body": True})
            entry = await self._job.queue.get()
        if entry is not None:
            failed = isinstance(entry, Exception)
            body = refusal_line(as_refusal(entry)) if failed else line(result=entry)
            await send({"type": "http.response.body", "body": body})

    async def _watch(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self._job.cancel()


class WithHeaders:
    """Middleware that adds headers to all answers."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        self._app = app
        self._headers = [(name.lower().encode(), text.encode()) for name, text in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on through ASGI."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", []), *self._headers]}
            await send(message)

        await self._app(scope, receive, with_headers)
