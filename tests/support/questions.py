"""Questions as the page asks them, and the answers as it gets them."""

import json

import msgspec

from gridemp import load_maze
from gridemp.web.server import api
from gridemp.web.server.answers import Answers
from gridemp.web.server.mazes import drawing_of

KLYUBIN = load_maze("klyubin")
ANSWERS = Answers(KLYUBIN, ["klyubin"])
KINDS = {
    **dict.fromkeys(("map", "describe"), api.MapQuestion),
    **dict.fromkeys(("cell", "curve"), api.CellQuestion),
    **{"step": api.StepQuestion, "figure": api.FigureQuestion},
    "read": api.TextQuestion,
}


def ask(what, maze=None, answers=ANSWERS, **fields):
    """An answer as the page gets it, but for figures."""
    if maze is not None:
        fields = {"maze": drawing_of(maze), "horizon": 2} | fields
    asked = api.decoded(msgspec.json.encode(fields), KINDS[what])
    found = getattr(answers, what)(asked, lambda fraction: None)
    return found if what == "figure" else json.loads(msgspec.json.encode(found))
