"""The command that is shown makes the figure that is downloaded, byte for byte."""

import shlex
from pathlib import Path

import pytest
from support.command_line import run
from support.questions import KLYUBIN, ask

from gridemp import Maze, load_maze, parse_maze
from gridemp.mazes.bundled import bundled_mazes
from gridemp.web.server.answers import Answers

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("form", "maze", "options"),
    [
        ("pdf", "klyubin", {"horizon": 5}),
        ("png", "klyubin", {"horizon": 3, "numbers": "bits", "range": [0.5, 7]}),
        ("svg", "room", {"slip": 0.1, "slip_kind": "perpendicular", "torus": "xy"}),
        ("svg", "mine", {"horizon": 4, "numbers": "outcomes", "moves": "king", "stay": False}),
        ("png", "my own (2)", {"moves": "turn", "sensor": "walls", "torus": "y"}),
        ("pdf", "mine", {"horizon": 1, "slip": 0.05, "range": [-1e-7, 3.5], "torus": "x"}),
    ],
)
def test_the_command_makes_the_figure_byte_for_byte(tmp_path, monkeypatch, form, maze, options):
    monkeypatch.chdir(tmp_path)
    known = maze in bundled_mazes()
    maze = load_maze(maze) if known else parse_maze("+-+-+\n| |$|\n+ + +\n|G  |\n+-+-+", maze)
    told = ask("describe", maze, **options)
    assert told["known"] == known
    if not known:
        Path(told["file"]).write_text(told["text"])
    line = shlex.split(told["command"])
    assert line[:2] == ["gridemp", "heatmap"]
    printed = run(*line[1:], "-o", f"a.{form}")
    assert printed.exit_code == 0, printed.stderr
    assert ask("figure", maze, format=form, **options) == Path(f"a.{form}").read_bytes()
    world = {name: value for name, value in options.items() if name != "numbers"}
    x, y, bits = (ask("map", maze, **world)["peak"][name] for name in ("x", "y", "bits"))
    assert printed.stdout.splitlines()[1].startswith(f"peak: x = {x}, y = {y}, {bits:.2f} bits")


def test_what_was_opened_is_named_as_on_the_command_line(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.sok").write_text("####\n#@$.#\n####\n\n#####\n#@$ .#\n#####\n")
    opened = load_maze("a.sok", level=2)
    answers = Answers(opened, ["a.sok", "--level", "2"])
    told = ask("describe", opened, answers)
    assert told["command"] == "gridemp heatmap a.sok --level 2 --horizon 2"
    run(*shlex.split(told["command"])[1:], "-o", "a.svg")
    figure = ask("figure", opened, answers, format="svg")
    assert figure == Path("a.svg").read_bytes()
    edited = Maze(opened.floor, name=opened.name)
    assert ask("describe", edited, answers)["command"] == "gridemp heatmap a-2.txt --horizon 2"
    assert ask("describe", opened.named("b"), answers)["command"].split()[2] == "b.txt"


def assert_reproduced(answers, maze, suffix="svg"):
    """Raise unless the command that is shown makes the figure that is downloaded."""
    told = ask("describe", maze, answers)
    if not told["known"]:
        Path(told["file"]).write_text(told["text"])
    printed = run(*shlex.split(told["command"])[1:], "-o", f"out.{suffix}")
    assert printed.exit_code == 0, printed.stderr
    figure = ask("figure", maze, answers, format=suffix)
    assert figure == Path(f"out.{suffix}").read_bytes()


@pytest.mark.parametrize("name", ["-x", "--help", "-"])
def test_a_name_that_begins_with_a_hyphen_is_no_option(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    answers = Answers(KLYUBIN, ["klyubin"])
    assert_reproduced(answers, parse_maze("..\n.T", name))


def test_a_maze_opened_by_its_full_path_gives_the_same_bytes(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("..\n.T\n")
    words = [str(tmp_path / "a.txt")]
    opened = load_maze(words[0])
    answers = Answers(opened, words)
    assert str(tmp_path).encode() not in ask("figure", opened, answers, format="svg")
    assert_reproduced(answers, opened)


@pytest.mark.parametrize("file", ["a,b.txt", "a:b.txt", "n" * 80 + ".txt", ".a", " a .txt"])
def test_a_maze_of_an_unusual_name_gives_the_same_bytes(tmp_path, monkeypatch, file):
    monkeypatch.chdir(tmp_path)
    Path(file).write_text("..\n.T\n")
    opened = load_maze(file)
    answers = Answers(opened, [file])
    assert not ask("describe", opened, answers)["known"]  # its figures have a plainer name
    assert_reproduced(answers, opened)


def test_what_came_through_a_pipe_has_a_command_that_can_be_typed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    piped = parse_maze("..\n.T", "stdin")
    assert " - " not in ask("describe", piped, Answers(piped, ["-"]))["command"]
