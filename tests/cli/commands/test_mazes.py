import re

import pytest
from support.command_line import files, run

import gridemp
from gridemp.mazes.bundled import bundled_mazes


def test_mazes_lists_each_with_its_size_and_what_it_teaches():
    lines = run("mazes").stdout.splitlines()
    assert len(lines) == len(bundled_mazes()) >= 8
    for line, (name, path) in zip(lines, bundled_mazes().items(), strict=True):
        height, width = gridemp.load_maze(path).shape
        assert re.match(rf"{name} +{width} x {height} +\w.{{20,}}", line)


def test_only_the_published_mazes_lack_a_comment():
    bare = [n for n, p in bundled_mazes().items() if not p.read_text().startswith("; ")]
    assert bare == ["klyubin", "room"]


def test_converting_there_and_back(empty_folder):
    assert run("convert", "warehouse", "w.xsb").stdout == "w.xsb\n"
    assert run("convert", "w.xsb", "w.txt").stdout == "w.txt\n"
    assert gridemp.load_maze("w.txt") == gridemp.load_maze("warehouse")
    assert run("convert", "klyubin", "-", "--to", "micromouse").stdout.startswith("o---o---o")
    piped = run("convert", "-", "-", "--format", "frozenlake", text="SFF\nFHG\n")
    assert piped.stdout == "#####\n#S..#\n#.TT#\n#####\n"
    assert piped.stderr == "gridemp: left out: goals, which become traps, as both absorb (1)\n"


@pytest.mark.parametrize(
    ("arguments", "text", "sentence"),
    [
        (["klyubin", "k.map"], None, "a MovingAI map cannot show the thin wall at x = 3, y = 8"),
        (["trap", "t.lay"], None, "a Pac-Man layout cannot show the trap at x = 2, y = 8"),
        (["room", "r.xyz"], None, "its name must end in .lay or .map or .sok or .txt or .xsb"),
        (
            ["room", "r.png"],
            None,
            "gridemp only reads .png files as mazes; write one of .lay, .map",
        ),
        (["room", "r.npy"], None, ".txt, .xsb, or draw a picture with gridemp heatmap"),
        (["room", "r.txt", "--to", "doom"], None, "there is no format 'doom'; use one of block, "),
        (["room", "no/r.txt"], None, "create the folder no first"),
        (["room", "r.xsb"], None, "a Sokoban level needs one player"),
        (["-", "r.txt"], "..\n.?\n", "standard input, line 2, column 2: '?' is not part of a maze"),
        (
            ["-", "r.txt", "--format", "sokoban"],
            "####\n#@@#\n####",
            "line 2, column 3: this is a second",
        ),
        (
            ["-", "r.txt", "--level", "x"],
            "..",
            "there is no level 'x'; the format block has no levels",
        ),
        (["-", "r.txt", "--legend", "w=wal"], "w.", "'wal' is not a meaning in --legend; did you"),
    ],
)
def test_what_cannot_be_converted_is_said(empty_folder, arguments, text, sentence):
    result = run("convert", *arguments, text=text)
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1
    assert files(empty_folder) == []


def test_a_legend_converts_any_text():
    legend = ["--legend", "w=wall, =floor,A=start,e=exit"]
    converted = run("convert", "-", "-", *legend, text="wwww\nwA w\nw ew\nwwww\n")
    assert converted.stdout == "####\n#S.#\n#.G#\n####\n"


def test_making_mazes(empty_folder):
    options = ("make", "--kind", "braided", "--size", "7x5", "--seed", 3)
    text = run(*options).stdout
    assert gridemp.parse_maze(text).shape == (5, 7)
    assert run(*options, "--output", "m.txt").stdout == "m.txt\n"
    assert (empty_folder / "m.txt").read_text() == text == run(*options).stdout
    assert (
        run(*options, "--braid", 0).stdout
        == run("make", "--kind", "perfect", "--size", "7x5", "--seed", 3).stdout
    )


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            ["--kind", "maze", "--size", "3x3"],
            "there is no kind of maze 'maze'; choose one of perf",
        ),
        (
            ["--kind", "open", "--size", "3"],
            "--size must be WIDTHxHEIGHT in whole cells, such as 30x20",
        ),
        (["--kind", "open", "--size", "3x0"], "height must be a whole number, 1 or more, not 0"),
        (
            ["--kind", "open", "--size", "3x3", "--seed", "-1"],
            "seed must be a whole number, 0 or more",
        ),
        (
            ["--kind", "braided", "--size", "3x3", "--braid", "2"],
            "braid must be a probability from 0 to 1",
        ),
        (["--kind", "open", "--size", "9999x9999"], "more than the 1,000,000 allowed"),
        (["--kind", "open", "--size", "3x3", "-o", "a.png"], "gridemp only reads .png files as"),
    ],
)
def test_mazes_that_cannot_be_made(empty_folder, options, sentence):
    result = run("make", *options)
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1
    assert files(empty_folder) == []
