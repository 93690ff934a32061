"""Questions as the page asks them, and the answers as it gets them."""

import json
import re

import msgspec

from gridemp import load_maze
from gridemp.web.server import api
from gridemp.web.server.answers import Answers
from gridemp.web.server.mazes import drawing_of

KLYUBIN = load_maze("klyubin")
ANSWERS = Answers(KLYUBIN, ["klyubin"])


def ask(kind, maze=None, answers=ANSWERS, **fields):
    """An answer as the page gets it; a figure as bytes."""
    if maze is not None:
        fields = {"maze": drawing_of(maze), "horizon": 2} | fields
    question = api.decoded(msgspec.json.encode(fields), api.KINDS[kind])
    answer = getattr(answers, kind)(question, lambda fraction: None)
    return answer if kind == "figure" else json.loads(msgspec.json.encode(answer))


def on_the_page(message):
    """A message of the command line as the page has it, with controls in place of flags."""

    def control(flag):
        argument = flag[1].replace("-", "_")
        return api.CONTROLS.get(argument, argument.replace("_", " "))

    return re.sub(r"--([a-z][a-z-]*)", control, message)
