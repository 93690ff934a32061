"""The README and the pages of docs/ are true: commands and Python run, options and names exist."""

import re
import shlex
from pathlib import Path

import pytest
from support.extras import required
from typer.testing import CliRunner

import gridemp
from gridemp.cli import app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, flags=re.DOTALL)
ALL = [command.name or command.callback.__name__ for command in app.registered_commands]
COMMANDS = [
    shlex.split(line, comments=True)
    for kind, block in BLOCKS
    if kind == "sh"
    for line in re.findall(rf"gridemp (?:{'|'.join(ALL)}).*", block)
    # One runs until it is stopped and one for minutes: see test_explore.py and test_learn.py.
    if not line.startswith(("gridemp explore", "gridemp learn"))
]
MAIN = next(command for command in COMMANDS if "mazes/room.txt" in command)
OPTION = r"(?<![\w-])--[a-z](?:[a-z-]*[a-z])?(?![\w-])"


@pytest.fixture(autouse=True)
def folder_with_mazes(folder):
    (folder / "mazes").symlink_to(ROOT / "mazes")
    return folder


def options_of(command):
    """The options that `--help` lists for a command, or for the program if it is empty."""
    words = [*filter(None, [command]), "--help"]
    return set(re.findall(OPTION, CliRunner().invoke(app, words).stdout))


def test_there_are_commands():
    assert len(COMMANDS) >= 6


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_commands_of_the_readme_run(command):
    if command[1] in ("lander", "mi"):
        required("Box2D")
    if command[1] == "info":  # of the figure that the main command makes
        CliRunner().invoke(app, MAIN[1:])
    if command[1] == "mi":  # of the log that the command before it records
        CliRunner().invoke(app, COMMANDS[COMMANDS.index(command) - 1][1:])
    result = CliRunner().invoke(app, command[1:])
    assert result.exit_code == 0, result.stderr
    assert result.stdout


def test_the_main_command_makes_the_main_figure(folder):
    CliRunner().invoke(app, MAIN[1:])
    assert (folder / "figures" / "room-h5.png").stat().st_size > 0


def test_the_python_of_the_readme_runs(folder):
    code = "\n".join(block for kind, block in BLOCKS if kind == "python")
    exec(compile(code, "README.md", "exec"), {})
    assert (folder / "klyubin.png").stat().st_size > 0


def test_the_mazes_of_the_readme_parse():
    (drawing,) = [block for kind, block in BLOCKS if kind == "text"]
    halves = [re.match(r"(.{7}) +(.*)", line).groups() for line in drawing.splitlines()]
    block, thin = ("\n".join(half) for half in zip(*halves, strict=True))
    assert gridemp.parse_maze(block).shape == (3, 5)
    assert gridemp.parse_maze(thin).shape == (2, 3)
    assert gridemp.parse_maze(thin).wall_right.any()
    assert not gridemp.parse_maze(thin).floor.all()


@pytest.mark.parametrize("command", ALL)
def test_every_option_stands_in_the_readme(command):
    assert options_of(command) - {"--help"} <= set(re.findall(OPTION, README))


def test_the_readme_has_no_option_that_is_none():
    known = set().union(*map(options_of, ["", *ALL]), {"--check"})
    assert set(re.findall(OPTION, README)) <= known


def test_every_figure_of_the_readme_is_there():
    figures = re.findall(r'src="([^"]+)"', README)
    assert figures
    assert all((ROOT / figure).is_file() for figure in figures)


@pytest.mark.parametrize("page", PAGES[1:], ids=lambda page: page.name)
def test_every_figure_and_option_of_a_page_is_there(page):
    text = page.read_text(encoding="utf-8")
    for figure in re.findall(r"!\[[^]]*\]\(([^)]+)\)", text):
        assert (page.parent / figure).is_file(), figure
    for command, words in re.findall(rf"^    gridemp ({'|'.join(ALL)}) (.*)", text, re.MULTILINE):
        assert set(re.findall(OPTION, words)) <= options_of(command), words
    prose = re.sub(r"`[^`]*`", "", text)
    assert not re.search(r"[A-Z]+_[A-Z]+", prose)  # nothing left to fill in


def check_public(name):
    """Raise an AssertionError if a dotted name cannot be reached through public names only."""
    first, *rest = name.split(".")
    value, owner = gridemp, first
    for part in rest:
        names = getattr(value, "__all__", None) or dir(value)
        assert part in names, f"{owner} has no public name {part}"
        owner = f"{owner}.{part}"
        if owner != name:  # the last one may need an extra
            value = getattr(value, part)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_name_of_a_page_is_public(page):
    text = page.read_text(encoding="utf-8")
    for name in re.findall(r"`(gridemp(?:\.\w+)+)", text):
        check_public(name)
    for module, names in re.findall(r"^from (gridemp[\w.]*) import (.+)$", text, re.MULTILINE):
        for name in names.split(", "):
            check_public(f"{module}.{name}")


def test_names_that_are_not_public_are_found():
    with pytest.raises(AssertionError, match="gridemp has no public name hetmap"):
        check_public("gridemp.hetmap")
    with pytest.raises(AssertionError, match=r"gridemp\.render has no public name layout"):
        check_public("gridemp.render.layout")
