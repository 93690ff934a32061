"""The core of a page that needs no Python, in a browser, and answers compared with Python's."""

import json
import mimetypes
from contextlib import contextmanager

import msgspec
from support.questions import ANSWERS

from gridemp.web.bundle import PAGE
from gridemp.web.server import api

ORIGIN = "http://gridemp.example/"
START = """async (data) => {
  const { makeBrowserCore } = await import("./cores/browser.js");
  window.core = makeBrowserCore(JSON.parse(data));
}"""
ASK = """async (questions) => {
  const answers = [];
  for (const [kind, body] of JSON.parse(questions)) {
    const refused = ({ kind, field, facts }) => ({ refused: kind, field, facts });
    answers.push(await core.answer(kind, body).catch((error) => {
      if (!error.kind) throw error;
      return refused(error);
    }));
  }
  return JSON.stringify(answers);
}"""


@contextmanager
def core_page(browser, **data):
    """A page that holds nothing but the core; `data` replaces parts of what `start` answers."""
    page = browser.new_page()
    page.route(f"{ORIGIN}**", serve)
    page.goto(ORIGIN)
    page.evaluate(START, json.dumps(started() | data))
    yield page
    page.close()


def serve(route):
    """Answer a request for a module of the page, or with an empty page."""
    name = route.request.url.removeprefix(ORIGIN)
    if not name:
        return route.fulfill(body="<!doctype html>", content_type="text/html")
    body = (PAGE / name).read_text(encoding="utf-8")
    return route.fulfill(body=body, content_type=mimetypes.guess_type(name)[0])


def started():
    """What `start` answers in an explorer of the classic maze."""
    return json.loads(msgspec.json.encode(ANSWERS.start()))


def python_answer(kind, question):
    """The answer of the server's core to the same question."""
    decoded = api.decoded(msgspec.json.encode(question), api.KINDS[kind])
    answer = getattr(ANSWERS, kind)(decoded, lambda fraction: None)
    return json.loads(msgspec.json.encode(answer))


def answers_of(page, questions):
    """Answers of the core to pairs of a kind and a question; a refusal is a dict with `refused`."""
    return json.loads(page.evaluate(ASK, json.dumps(questions)))


def difference(got, expected, tolerance=1e-9, path=""):
    """The first place where two answers differ, with both values; None if they are the same."""
    if isinstance(got, dict) and isinstance(expected, dict):
        if got.keys() != expected.keys():
            return path, sorted(got), sorted(expected)
        pairs = [(got[key], expected[key], f"{path}.{key}") for key in got]
    elif isinstance(got, list) and isinstance(expected, list):
        if len(got) != len(expected):
            return path, got, expected
        pairs = [(*pair, f"{path}[{i}]") for i, pair in enumerate(zip(got, expected, strict=True))]
    else:
        numbers = all(isinstance(each, int | float) for each in (got, expected))
        same = abs(got - expected) <= tolerance if numbers else got == expected
        return None if same else (path, got, expected)
    found = (difference(one, other, tolerance, where) for one, other, where in pairs)
    return next(filter(None, found), None)


def refusals():
    """The English sentences of all refusals of the page, by their kinds."""
    return json.loads((PAGE / "words" / "en.json").read_text("utf-8"))["refusals"]
