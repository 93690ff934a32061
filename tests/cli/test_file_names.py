import re
from itertools import combinations
from pathlib import Path

import pytest
from support.command_line import run
from support.figure_commands import IN_WORDS, PLAIN, SUFFIXES, TYPED, VALUES
from support.stores import store_of
from typer.main import get_command

from gridemp import Maze
from gridemp.cli import app, file_names
from gridemp.cli.file_name_parts import IN_SUBJECT, NO_PART, PARTS
from gridemp.cli.file_names import (
    MAX_BYTES,
    maze_part,
    option_parts,
    shortened,
    text_part,
)

COMMANDS = get_command(app).commands


class Named(Exception):
    """Raised with the default name of a command's output, before any work is done."""


@pytest.fixture
def name_of(monkeypatch):
    """The function that returns the default name of a command line."""

    def stop(name):
        raise Named(shortened(name))

    monkeypatch.setattr(file_names, "shortened", stop)
    monkeypatch.setattr("gridemp.cli.commands.mi.read_windows", lambda *_: None)

    def name_of(*words):
        result = run(*words)
        assert isinstance(result.exception, Named), (words, result.output)
        return str(result.exception) + SUFFIXES.get(words[0], ".png")

    return name_of


def parameters(command):
    """The parameters of a command by name, without --help."""
    return {one.name: one for one in COMMANDS[command].params if one.name != "help"}


def settings(command):
    """Pairs of an option that has a part in the name and a value other than its default."""
    for name, parameter in parameters(command).items():
        if name in PARTS:
            flag = isinstance(parameter.default, bool)
            for value in [not parameter.default] if flag else VALUES[name]:
                yield name, value


def needed(command):
    """Extras of a command that may be missing here."""
    if command == "learn":
        pytest.importorskip("torch")
    if command == "lander":
        pytest.importorskip("Box2D")
    if command == "phase":
        store_of(Path("results.zarr"), horizon=[1, 2], slip=[0.0, 0.1])


@pytest.mark.parametrize("command", [*PLAIN, *(c for c in COMMANDS if "width" in parameters(c))])
def test_it_is_settled_for_every_option_of_a_figure_if_it_has_a_part(command):
    assert command in PLAIN
    assert set(parameters(command)) <= {*PARTS, *IN_SUBJECT, *NO_PART}


def test_no_option_is_settled_twice():
    assert not set(PARTS) & IN_SUBJECT
    assert not set(PARTS) & NO_PART
    assert not IN_SUBJECT & NO_PART


@pytest.mark.slow
@pytest.mark.parametrize("command", PLAIN)
def test_the_plain_command_has_a_plain_name(name_of, command):
    needed(command)
    words, name = PLAIN[command]
    assert name_of(command, *words) == name + SUFFIXES.get(command, ".png")


def content(values):
    """The options that determine a picture: both axes joined are a torus."""
    if "torus" in values or {"torus_x", "torus_y"} <= values.keys():
        values = {name: value for name, value in values.items() if name[:5] != "torus"}
        values |= {"torus": True}
    return values


@pytest.mark.slow
@pytest.mark.parametrize("command", PLAIN)
def test_all_pairs_of_options_have_different_names(command):
    defaults = {name: one.default for name, one in parameters(command).items()}
    single = list(settings(command))
    pairs = [dict(pair) for pair in combinations(single, 2) if pair[0][0] != pair[1][0]]
    names = {}
    for values in [{}, *({name: value} for name, value in single), *pairs]:
        name = "-".join(option_parts(values, defaults))
        assert names.setdefault(name, content(values)) == content(values)
        assert re.fullmatch(r"[\w.+=-]*", name)
    assert len(names) > len(single)


@pytest.mark.slow
def test_figures_of_all_commands_have_different_names(name_of):
    names = {}
    for command, (plain, _) in PLAIN.items():
        if command in ("learn", "lander", "mi", "phase"):  # which need more than a maze
            continue
        flags = [words for name, words in TYPED.items() if name in parameters(command)]
        for words in [[], *flags, *IN_WORDS.get(command, [])]:
            name = name_of(command, *plain, *words)
            assert name not in names, (command, words, names[name])
            names[name] = command, words


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "others"),
    [
        (["--slip", "0.1"], [["--slip", "0.10"], ["--slip", ".1"], ["--slip", "1e-1"]]),
        (["--torus"], [["--torus-x", "--torus-y"], ["--torus", "--torus-x"]]),
        ([], [["--slip", "0.0"], ["--moves", "nesw"], ["--stay"], ["--dpi", 99]]),
        (["--vmin", "1", "--vmax", "5"], [["--vmax", "5.0", "--vmin", "1.00"]]),
    ],
)
def test_another_spelling_makes_the_same_name(name_of, words, others):
    name = name_of("heatmap", "klyubin", "-n", 3, *words)
    for other in others:
        assert name_of("heatmap", "klyubin", "-n", "03", *other) == name


def test_the_name_carries_the_options(name_of):
    words = ["--slip", "0.10", "--moves", "king", "--no-title", "--width", "page"]
    name = "klyubin-h3-slip0.1-king-width-page-no-title.png"
    assert name_of("heatmap", "klyubin", "-n", 3, *words) == name
    words = ["--slip", 0.2, "--slip-b", 0.1]
    assert (
        name_of("diff", "klyubin", "-n", 1, *words) == "klyubin-h1-slip0.1-difference-slip0.2.png"
    )


def test_two_mazes_of_one_name_are_not_one(name_of, empty_folder):
    for name in ("a", "b"):
        (empty_folder / name).mkdir()
        (empty_folder / name / "m.txt").write_text("...\n...\n")
    assert name_of("heatmap", "a/m.txt", "-n", 1) == "m-h1.png"
    assert name_of("heatmap", "a/m.txt", "b/m.txt", "-n", 1) == "m-m-h1.png"
    assert name_of("diff", "a/m.txt", "b/m.txt", "-n", 1) == "m-m-h1-difference.png"


def test_a_legend_is_a_short_part_of_a_name():
    parts = [option_parts({"legend": f"w=wall,.={floor}"}) for floor in ("floor", "ice")]
    assert all(re.fullmatch(r"legend-[0-9a-f]{6}", part) for (part,) in parts)
    assert parts[0] != parts[1]


TEXTS = """2 2; -1 -1; -0 0; 10% 0.1; 1..3 1-to-3; 0,0.1 0-0.1; 1..5,2 1-to-5-2;
1..5:2 1-to-5-by-2; 0..0.30:0.1 0-to-0.3-by-0.1; row,walls row+walls"""  # each with its part


@pytest.mark.parametrize("case", TEXTS.split(";"))
def test_the_text_of_an_option_is_readable_in_a_file_name(case):
    text, part = case.split()
    assert text_part(text) == part


@pytest.mark.parametrize("text", ["a b", "a/b", "-", "", "é?", "..", "'; rm -r *", "x" * 500, "\0"])
def test_any_text_can_stand_in_a_file_name(text):
    assert re.fullmatch(r"[\w.+=-]{0,40}", text_part(text))


def test_a_maze_is_one_plain_word_of_a_file_name():
    assert maze_part(Maze([[1]], name="rooms/small one?")) == "rooms-small-one"
    assert maze_part(Maze([[1]], name="...")) == "maze"


@pytest.mark.parametrize("letter", ["n", "é", "\N{GRINNING FACE}"])
def test_a_long_name_is_cut_and_stays_different(letter):
    one, other = (shortened(letter * 300 + end) for end in "ab")
    assert one != other
    assert len(one.encode()) <= MAX_BYTES
    assert shortened(letter * 30) == letter * 30


def test_a_maze_of_a_long_name_is_drawn(empty_folder):
    (empty_folder / ("n" * 250)).write_text("..\n")
    assert run("heatmap", "n" * 250, "-n", 1).exit_code == 0
    (path,) = (empty_folder / "figures").iterdir()
    assert path.name.startswith("nnn")
