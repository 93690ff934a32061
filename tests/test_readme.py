"""What the README says is true: its commands run, its Python runs, its mazes parse."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

import gridemp
from gridemp.cli.main import app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, flags=re.DOTALL)
ALL = [command.name or command.callback.__name__ for command in app.registered_commands]
COMMANDS = [
    shlex.split(line, comments=True)
    for kind, block in BLOCKS
    if kind == "sh"
    for line in re.findall(rf"gridemp (?:{'|'.join(ALL)}).*", block)
    # One runs until it is stopped, one for minutes: tests/test_server.py, test_learn_command.py
    if not line.startswith(("gridemp explore", "gridemp learn"))
]
MAIN = next(command for command in COMMANDS if "mazes/room.txt" in command)


@pytest.fixture(autouse=True)
def empty_folder(tmp_path, monkeypatch):
    (tmp_path / "mazes").symlink_to(ROOT / "mazes")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_there_are_commands():
    assert len(COMMANDS) >= 6


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_commands_of_the_readme_run(command):
    if command[1] == "info":  # of the figure that the main command makes
        CliRunner().invoke(app, MAIN[1:])
    if command[1] == "mi":  # of the log that the command before it records
        CliRunner().invoke(app, COMMANDS[COMMANDS.index(command) - 1][1:])
    result = CliRunner().invoke(app, command[1:])
    assert result.exit_code == 0, result.stderr
    assert result.stdout


def test_the_main_command_makes_the_main_figure(empty_folder):
    CliRunner().invoke(app, MAIN[1:])
    assert (empty_folder / "figures" / "room-h5.png").stat().st_size > 0


def test_the_python_of_the_readme_runs(empty_folder):
    code = "\n".join(block for kind, block in BLOCKS if kind == "python")
    exec(compile(code, "README.md", "exec"), {})
    assert (empty_folder / "klyubin.png").stat().st_size > 0


def test_the_mazes_of_the_readme_parse():
    (drawing,) = [block for kind, block in BLOCKS if kind == "text"]
    halves = [re.match(r"(.{7}) +(.*)", line).groups() for line in drawing.splitlines()]
    block, thin = ("\n".join(half) for half in zip(*halves, strict=True))
    assert gridemp.parse_maze(block).shape == (3, 5)
    assert gridemp.parse_maze(thin).shape == (2, 3)
    assert gridemp.parse_maze(thin).wall_right.any()
    assert not gridemp.parse_maze(thin).floor.all()


def test_every_option_is_in_the_readme():
    for command in ALL:
        text = CliRunner().invoke(app, [command, "--help"]).stdout
        for option in re.findall(r"--[a-z-]+", text):
            assert option == "--help" or option in README, option


def test_every_figure_of_the_readme_is_there():
    figures = re.findall(r'src="([^"]+)"', README)
    assert figures
    assert all((ROOT / figure).is_file() for figure in figures)


PAGES = sorted((ROOT / "docs").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_figure_and_option_of_a_page_is_there(page):
    text = page.read_text(encoding="utf-8")
    for figure in re.findall(r"!\[[^]]*\]\(([^)]+)\)", text):
        assert (page.parent / figure).is_file(), figure
    commands = re.findall(rf"^    gridemp ({'|'.join(ALL)}) (.*)", text, re.MULTILINE)
    for command, words in commands:
        told = CliRunner().invoke(app, [command, "--help"]).stdout
        assert set(re.findall(r"--[a-z-]+", words)) <= set(re.findall(r"--[a-z-]+", told)), words
    assert not re.search(r"[A-Z]+_[A-Z]+", text)  # nothing left to fill in
