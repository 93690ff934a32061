"""The explorer as a notebook widget: its page asks, and the kernel answers."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import anywidget
import msgspec
from traitlets import Instance, Int, Unicode, validate

from gridemp.engine.map import EmpowermentMap
from gridemp.mazes.maze import Maze
from gridemp.progress import ignore
from gridemp.web.live_page import live_page
from gridemp.web.server.answers import Answers
from gridemp.web.server.api import MapQuestion, Refusal
from gridemp.web.server.lines import line
from gridemp.web.server.mazes import drawing_of, maze_of, plain
from gridemp.web.server.messages import Messages

ENTRY, STYLE = "notebook.js", "notebook.css"


class ExplorerWidget(anywidget.AnyWidget):
    """Live page in a notebook, as `gridemp.explore` returns it.

    Parameters
    ----------
    maze : Maze
        Maze that the page shows first.
    question : MapQuestion
        Settings that the page shows first, with this maze.
    height : int
        Height of the page, in pixels.

    Attributes
    ----------
    maze : Maze
        Maze on the page. It changes when somebody draws, and the page shows a maze that is assigned
        to it.
    map : EmpowermentMap or None
        Map on the page, one value per cell. None while the page refuses to compute one.
    """

    _esm = (files("gridemp.web") / "widget.js").read_text(encoding="utf-8")
    title = Unicode("gridemp").tag(sync=True)
    height = Int().tag(sync=True)
    maze = Instance(Maze)
    map = Instance(EmpowermentMap, allow_none=True, read_only=True)

    def __init__(self, maze: Maze, question: MapQuestion, height: int) -> None:
        self._question = question
        self._answers = Answers(maze, [])
        self._messages = Messages(self._answers, self._say, self._follow)
        self._drawn: Maze | None = None  # the last maze that somebody drew on the page
        self._newest: Mapping[str, Any] = {}  # the last question about the map on the page
        self._opened = 0  # number of mazes that were set in Python
        super().__init__(height=height)
        self.on_msg(self._hear)
        self.maze = maze

    def __repr__(self) -> str:
        return f"ExplorerWidget({self.maze.name!r})"

    def close(self) -> None:
        """Close the widget and cancel what it computes."""
        self._messages.end()
        super().close()

    @validate("maze")
    def _show(self, proposal: Mapping[str, Any]) -> Maze:
        """Return a new maze; if it was set in Python, compute its map and show it on the page."""
        maze: Maze = proposal["value"]
        if maze is not self._drawn:
            question = msgspec.structs.replace(self._question, maze=drawing_of(maze))
            self.set_trait("map", self._answers.solved(question, ignore))
            self._question = question
            self._drawn = None
            self._opened += 1
            self._say({"opened": self._opened, "line": line(result=self._shown()).decode()})
        return maze

    def _shown(self) -> dict[str, Any]:
        """Return the maze and the settings on the page."""
        fields = msgspec.structs.asdict(self._question)
        return {"maze": fields.pop("maze"), "settings": fields, "opened": self._opened}

    def _hear(self, widget: Any, message: Mapping[str, Any], buffers: Any) -> None:
        """Answer a message of the page."""
        if message["kind"] == "page":
            self._say({"view": message["view"], "page": page()})
        elif message["kind"] == "start":
            result = {**self._answers.start(), **self._shown()}
            reply = {"view": message["view"], "id": message["id"]}
            self._say({**reply, "line": line(result=result).decode()})
        else:
            if asks_map(message):
                self._newest = message
            self._messages.hear(message)

    def _follow(self, message: Mapping[str, Any], question: Any, answer: Any) -> None:
        """Take over maze and map from the page, unless there is a newer maze or question."""
        if message is not self._newest or message["opened"] != self._opened:
            return
        try:
            maze = maze_of(question.maze)
        except Refusal:  # a maze that is too large, say
            return
        self._question = question
        failed = isinstance(answer, Exception)
        with self.hold_trait_notifications():
            self.set_trait("map", None if failed else self._answers.solved(question, ignore))
            if maze != self.maze or maze.name != plain(self.maze.name):
                self.maze = self._drawn = maze

    def _say(self, message: Mapping[str, Any], buffers: Sequence[bytes] = ()) -> None:
        self.send(dict(message), list(buffers))


def asks_map(message: Mapping[str, Any]) -> bool:
    """True if a message asks for the map on the page, and not for one of the gallery."""
    return bool(message["kind"] == "map" and message["shown"])


@cache
def page() -> str:
    """Return the text of the page."""
    return live_page(ENTRY, {}, STYLE)
