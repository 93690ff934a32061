"""The widget of a notebook: its page and its traits follow each other."""

import asyncio
import json
from threading import Event

import msgspec
import numpy as np
import pytest
from support.extras import required

import gridemp
from gridemp.web.server.mazes import drawing_of

required("anywidget")
ROOM, TUNNEL = gridemp.load_maze("room"), gridemp.load_maze("tunnel")


class Shown:
    """A widget, what it sends and the changes of its traits."""

    def __init__(self, maze=ROOM, **options):
        self.widget = gridemp.explore(maze, **options)
        self.sent, self.changed = [], []
        self.widget.send = lambda content, buffers=None: self.sent.append(content)
        self.widget.observe(self.changed.append, ["maze", "map"])

    def hear(self, kind, opened=1, shown=True, id=7, **body):
        told = {"opened": opened, "shown": shown}
        message = {"view": "v", "id": id, "kind": kind, "body": body, **told}
        self.widget._hear(self.widget, message, [])

    def draw(self, maze, horizon=2, **options):
        self.hear("map", maze=msgspec.to_builtins(drawing_of(maze)), horizon=horizon, **options)

    def replies(self):
        return [json.loads(each["line"]) for each in self.sent if each.get("id") == 7]


def assert_shows(widget, maze, horizon, **options):
    """Raise unless the traits are a maze and its map."""
    assert widget.maze == widget.map.world.maze == maze
    emap = gridemp.empowerment(gridemp.World.from_maze(maze, **options), horizon)
    assert widget.map.horizon == horizon
    np.testing.assert_array_equal(widget.map.bits, emap.one_per_cell().bits)


def test_it_begins_with_the_arguments():
    options = {"slip": 0.1, "slip_kind": "perpendicular", "moves": "king", "torus": True}
    shown = Shown(TUNNEL, horizon=2, **options)
    assert repr(shown.widget) == "ExplorerWidget('tunnel')"
    assert_shows(shown.widget, TUNNEL, 2, **options)
    shown.hear("start")
    (start,) = [line["result"] for line in shown.replies()]
    assert start["maze"]["name"] == "tunnel"
    expected = {**options, "torus": "xy", "horizon": 2, "stay": True, "sensor": "state"}
    assert {name: start["settings"][name] for name in expected} == expected
    assert {"palette", "limits", "mazes", "opened"} <= start.keys()


def test_a_maze_that_is_drawn_becomes_the_maze():
    shown = Shown()
    drawn = gridemp.parse_maze("...\n.#.", name="mine")
    shown.draw(drawn, horizon=3, sensor="row")
    assert_shows(shown.widget, drawn, 3, sensor="row")
    assert shown.widget.maze.name == "mine"
    assert {change["name"] for change in shown.changed} == {"maze", "map"}
    assert len(shown.changed) == 2
    assert shown.changed[0]["owner"].map.world.maze == drawn  # both have changed before
    assert [each for each in shown.sent if "opened" in each] == []
    shown.changed.clear()
    shown.draw(drawn, horizon=4)
    assert [change["name"] for change in shown.changed] == ["map"]


def test_a_maze_that_is_set_is_shown_on_the_page():
    shown = Shown(horizon=3)
    shown.widget.maze = TUNNEL
    assert_shows(shown.widget, TUNNEL, 3)
    (message,) = shown.sent
    assert message["opened"] == 2
    result = json.loads(message["line"])["result"]
    assert result["maze"]["name"] == "tunnel"
    assert result["settings"]["horizon"] == 3
    shown.draw(ROOM, opened=1)  # asked before the page knew
    assert shown.widget.maze is TUNNEL
    shown.draw(ROOM, opened=2)
    assert shown.widget.maze == ROOM


def test_a_maze_that_was_drawn_before_can_be_set():
    shown = Shown(horizon=2)
    shown.draw(TUNNEL)
    drawn = shown.widget.maze
    shown.widget.maze = ROOM
    shown.widget.maze = drawn
    assert_shows(shown.widget, TUNNEL, 2)
    assert [each["opened"] for each in shown.sent if "opened" in each] == [2, 3]
    shown.draw(ROOM, opened=3)
    shown.draw(TUNNEL, opened=3)
    shown.widget.maze = drawn
    assert [each["opened"] for each in shown.sent if "opened" in each] == [2, 3, 4]


def test_a_late_answer_does_not_replace_a_newer_one(monkeypatch):
    shown, waits = Shown(), Event()
    answers = shown.widget._answers
    answer = answers.map

    def late(question, progress):
        if question.maze.name == "tunnel":
            waits.wait(60)
        return answer(question, progress)

    monkeypatch.setattr(answers, "map", late)
    drawn = gridemp.parse_maze("...\n.#.", name="mine")

    async def draw():
        shown.draw(TUNNEL, id=7)
        shown.draw(drawn, id=8)
        while shown.widget.maze != drawn:
            await asyncio.sleep(0.01)
        waits.set()
        while shown.widget._messages._tasks:
            await asyncio.sleep(0.01)

    asyncio.run(asyncio.wait_for(draw(), 60))
    assert "result" in shown.replies()[-1]
    assert_shows(shown.widget, drawn, 2)


def test_closing_the_widget_cancels_its_work(monkeypatch):
    shown, begun, ended = Shown(), Event(), Event()

    def endless(question, progress):
        begun.set()
        try:
            while True:
                progress(0.5)
        finally:
            ended.set()

    monkeypatch.setattr(shown.widget._answers, "map", endless)

    async def close():
        shown.draw(TUNNEL)
        await asyncio.to_thread(begun.wait, 60)
        shown.widget.close()
        assert await asyncio.to_thread(ended.wait, 10)

    asyncio.run(close())


def test_maps_of_the_gallery_change_nothing():
    shown = Shown()
    shown.draw(TUNNEL, shown=False)
    assert "result" in shown.replies()[0]
    assert shown.widget.maze == ROOM
    assert shown.changed == []


def test_what_the_page_refuses_has_no_map():
    shown = Shown()
    drawn = gridemp.parse_maze("....")
    shown.draw(drawn, horizon=20, slip=0.2)
    assert shown.widget.maze == drawn
    assert shown.widget.map is None
    assert "error" in shown.replies()[0]
    shown.draw(drawn, horizon=2)
    assert_shows(shown.widget, drawn, 2)


def test_what_is_set_wrongly_changes_nothing():
    shown = Shown()
    emap = shown.widget.map
    with pytest.raises(gridemp.GridempError, match="10,000 cells"):
        shown.widget.maze = gridemp.Maze(np.ones((3, 300)))
    with pytest.raises(Exception, match="expected a Maze, not the str 'klyubin'"):
        shown.widget.maze = "klyubin"
    with pytest.raises(Exception, match="read-only"):
        shown.widget.map = emap
    assert shown.widget.maze == ROOM
    assert shown.widget.map is emap
    assert shown.sent == shown.changed == []


def test_the_page_is_sent_to_the_view_that_asks():
    shown = Shown()
    shown.hear("page")
    (message,) = shown.sent
    assert message["view"] == "v"
    assert message["page"].startswith("<!DOCTYPE html>")
