import base64
import html
import json
import re
import zlib

import pytest
from support.command_line import assert_refused, files, run

from gridemp.web.lessons.noise import noisy_worlds

LESSON = """
title = "Mine"
summary = "A lesson."
maze = "tunnel"
[[steps]]
check = "Look."
"""


def test_a_page_is_written_with_its_title(empty_folder):
    name = "room-h1-to-2-title-Room-1-73dbc9.html"
    result = run("export", "room", "--horizon", "1..2", "--title", "Room <1>")
    assert result.stdout == f"figures/{name}\n"
    assert files(empty_folder) == [f"figures/{name}"]
    text = (empty_folder / "figures" / name).read_text(encoding="utf-8")
    assert html.escape("Room <1>") in text


@pytest.mark.slow
def test_only_a_given_title_is_not_translated(empty_folder):
    for words, titled in ([], False), (["--title", "Room"], True):
        page = run("export", "room", "--horizon", 1, *words, "--output", "-").stdout
        data = json.loads(re.search(r'id="data">(.*?)</script>', page, re.DOTALL)[1])
        assert data["titled"] == titled


def test_another_suffix_is_refused(empty_folder):
    result = run("export", "room", "--horizon", 1, "--output", "a.png")
    assert_refused(result, "its name must end in .html")
    assert files(empty_folder) == []


def only(monkeypatch, horizon):
    """Export the noisy worlds of lessons for so few steps, none of them for 0."""

    def few(lessons):
        return [{**world, "horizon": horizon} for world in noisy_worlds(lessons)[:horizon]]

    monkeypatch.setattr("gridemp.web.live_export.noisy_worlds", few)


@pytest.mark.slow
def test_the_live_page_is_written_with_its_maps(empty_folder, monkeypatch):
    only(monkeypatch, 1)
    result = run("export", "tunnel", "--live", "-n", 2, "--slip", "0.1,5%", "--title", "Tunnel <1>")
    assert result.exit_code == 0, result.stderr
    path = empty_folder / result.stdout.strip()
    assert path.name.startswith("tunnel-h2-slip0.1-0.05-live-title-Tunnel-1")
    text = path.read_text(encoding="utf-8")
    assert f"<title>{html.escape('Tunnel <1>')}</title>" in text
    assert len(text.encode()) < 1_000_000
    data = json.loads(re.search(r'id="data">(.*?)</script>', text, re.DOTALL)[1])
    assert data["start"]["maze"]["name"] == "tunnel"
    assert data["start"]["settings"]["horizon"] == 2
    assert data["start"]["settings"]["slip"] == 0.1
    records = json.loads(zlib.decompress(base64.b64decode(data["noisy"])))
    own = [
        (each["slip"], len(each["horizons"]))
        for each in records
        if each["maze"]["name"] == "tunnel"
    ]
    assert own == [(0.1, 2), (0.05, 2)]
    assert {each["maze"]["name"] for each in records} >= {"tunnel", "noise"}
    assert len(data["start"]["lessons"]) > 5
    info = run("info", path)
    assert "--live" in info.stdout


def test_lessons_of_a_teacher_come_first(empty_folder, monkeypatch):
    only(monkeypatch, 0)
    (empty_folder / "mine.toml").write_text(LESSON)
    result = run("export", "room", "--live", "--lesson", "mine.toml", "--output", "-")
    data = json.loads(re.search(r'id="data">(.*?)</script>', result.stdout, re.DOTALL)[1])
    assert data["start"]["lessons"][0]["name"] == "mine"


def noisy_lesson(folder, maze, settings):
    """Write a lesson with noise."""
    text = LESSON.replace("tunnel", maze).replace("[[steps]]", f"[settings]\n{settings}\n[[steps]]")
    (folder / "noisy.toml").write_text(text)


def live(*words):
    """The data of a live page, with its noisy records."""
    result = run("export", *words, "--live", "--output", "-")
    assert result.exit_code == 0, result.stderr
    data = json.loads(re.search(r'id="data">(.*?)</script>', result.stdout, re.DOTALL)[1])
    return data["start"], json.loads(zlib.decompress(base64.b64decode(data["noisy"])))


@pytest.mark.slow
def test_a_world_that_several_want_has_the_longest_horizon(empty_folder, monkeypatch):
    monkeypatch.setattr("gridemp.web.lessons.bundled_lessons", list)
    for lesson, horizon in ((2, 1), (1, 2)):
        noisy_lesson(empty_folder, "tunnel", f"slip = 0.1\nhorizon = {lesson}")
        slip = ("--slip", "0.1,0.2", "-n", horizon)
        _, records = live("tunnel", *slip, "--lesson", "noisy.toml")
        found = [(each["slip"], len(each["horizons"])) for each in records]
        assert found == [(0.1, 2), (0.2, horizon)]


def test_a_lesson_that_takes_too_long_is_named(empty_folder, monkeypatch):
    monkeypatch.setattr("gridemp.web.lessons.bundled_lessons", list)
    noisy_lesson(empty_folder, "room", "slip = 0.3\nhorizon = 20")
    result = run("export", "tunnel", "--live", "--lesson", "noisy.toml")
    assert_refused(result, "the lesson 'noisy' with a slip of 0.3: there are too many sequences")
    assert "in a terminal" not in result.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "torus"), [((), "xy"), (("--torus-x",), "x"), (("--moves", "king"), "xy")]
)
def test_a_maze_has_the_settings_that_it_needs(monkeypatch, words, torus):
    only(monkeypatch, 0)
    start, _ = live("box", "-n", 2, *words)
    assert start["settings"]["torus"] == torus


def test_a_title_that_is_not_unicode_is_written(empty_folder, monkeypatch):
    only(monkeypatch, 0)
    for words in (["--live"], ["-n", 1]):
        result = run("export", "room", *words, "--title", "a\udcff", "--output", "a.html")
        assert result.exit_code == 0, result.stderr
        content = (empty_folder / "a.html").read_bytes()
        assert b"<title>a?</title>" in content
        assert b"\r" not in content


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("--bounds", "the live page shows empowerment, not bounds; leave out --bounds"),
        ("--heading north", "the best heading of each cell; leave out --heading"),
        ("--tol 1e-3", "a precision of its own; leave out --tol"),
        ("--source uniform", "leave out --source"),
        ("--horizon 1..3", "--horizon must be one whole number with --live, as the page then has"),
        ("--horizon 21", "--horizon must be 1 to 20"),
        ("--slip 0.1,0.9", "--slip must be 0 to 0.5"),
        ("--slip x", "--slip must be a probability"),
        ("--horizon 20 --slip 0.1", "horizon"),
        ("--lesson none.toml", "cannot read none.toml"),
    ],
)
def test_what_the_live_page_cannot_show_is_refused(empty_folder, monkeypatch, words, why):
    only(monkeypatch, 0)
    result = run("export", "room", "--live", *words.split())
    assert_refused(result, why)
    assert files(empty_folder) == []


def test_the_horizon_is_needed_without_live(empty_folder):
    result = run("export", "room")
    assert result.exit_code == 2
    assert "Missing option '--horizon' / '-n'." in result.stderr
    assert_refused(run("export", "room", "-n", 1, "--lesson", "a.toml"), "leave out --lesson")
    assert_refused(run("export", "room", "-n", 1, "--slip", "0,0.1"), "add --live for several")
    assert_refused(run("export", "room", "-n", 1, "--slip", "0,1"), "--slip must be a probability")
