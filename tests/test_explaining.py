"""The commands that explain maps, from the words typed to the numbers printed."""

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

import gridemp
from gridemp import GridempError, World, empowerment
from gridemp.centrality import centrality
from gridemp.cli import app
from gridemp.correlation import pearson
from gridemp.provenance import read_record

KLYUBIN = World.from_maze(gridemp.load_maze("klyubin"))


@pytest.fixture(autouse=True)
def empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(app, [str(a) for a in arguments])


def test_compare_prints_what_its_figure_shows(empty_folder):
    result = run("compare", "klyubin", "--horizon", 5)
    assert result.exit_code == 0, result.stderr
    path, line = result.stdout.splitlines()
    assert line == "Pearson -0.9274, Spearman -0.9150"
    assert read_record(empty_folder / path)["horizon"] == 5


def test_diff_takes_two_mazes_or_two_settings(empty_folder):
    settings = run("diff", "klyubin", "--horizon", 2, "--slip-b", 0.1)
    assert settings.exit_code == 0, settings.stderr
    assert "difference: -1.2032 to -0.5394 bits" in settings.stdout
    same = run("diff", "box", "box-fixed", "--horizon", 1)
    assert same.exit_code == 0, same.stderr
    refused = run("diff", "klyubin", "room", "--horizon", 2)
    assert refused.exit_code == 1
    assert "give two of one size" in refused.stderr


def test_a_measure_of_a_world_with_boxes_looks_at_all_of_it(empty_folder):
    text = "\n".join(["....", ".$..", "...."])
    (empty_folder / "pushed.txt").write_text(text)
    result = run("compare", "pushed.txt", "--horizon", 1)
    assert result.exit_code == 0, result.stderr
    world = World.from_maze(gridemp.parse_maze(text))
    bits = empowerment(world, 1).bits
    assert f"Pearson {pearson(bits, centrality(world, 'distance')):.4f}" in result.stdout


@pytest.mark.parametrize(
    "words", [["cell", "room", 5, 5], ["compare", "room"], ["diff", "room", "--slip-b", 0.1]]
)
def test_ink_is_nothing_but_grey(empty_folder, words):
    result = run(*words, "--horizon", 2, "--ink", "--output", "ink.png")
    assert result.exit_code == 0, result.stderr
    with Image.open("ink.png") as image:
        red, green, blue = np.moveaxis(np.asarray(image.convert("RGB")).astype(int), 2, 0)
    grey = (red == green) & (green == blue)
    assert grey.mean() > 0.99  # of the points of a scatter alone are not
    assert grey.all() or words[0] == "compare"


@pytest.mark.parametrize(
    ("words", "measured"),
    [
        (["cell", "klyubin", 5, 5, "--horizon", 11, "--slip", 0.1], 42),
        (["curve", "klyubin", "--horizon", "6..8", "--slip", 0.1], 25),
        (["sensitivity", "klyubin", "--horizon", 4, "--slip", 0.1], 24),
    ],
)
def test_long_work_is_announced_right_to_a_factor_of_three(monkeypatch, words, measured):
    told = []

    def stop(expected):
        told.append(expected)
        raise GridempError("stopped")

    monkeypatch.setattr("gridemp.options.announce", stop)
    monkeypatch.setattr("gridemp.commands.figures.announce", stop)
    assert run(*words).exit_code == 1
    (seconds,) = told
    assert measured / 3 < seconds < 3 * measured


def test_curve_and_its_mistakes():
    result = run("curve", "klyubin", "--horizon", "1..30", "--cell", "5,5")
    assert "minimum: 1.0000 to 6.6439 bits" in result.stdout
    for cell, sentence in [("55", "needs X,Y"), ("10,0", "10")]:
        refused = run("curve", "klyubin", "--horizon", "1..3", "--cell", cell)
        assert refused.exit_code == 1
        assert sentence in refused.stderr


def test_sensitivity_names_the_best_door():
    result = run("sensitivity", "klyubin", "--horizon", 5)
    assert result.stdout.splitlines()[1] == (
        "best to open: wall between (2, 1) and (2, 2), mean 4.7834 +0.1310 bits"
    )
    maze = gridemp.load_maze("klyubin")
    below = maze.wall_below.copy()
    below[7, 2] = False  # between y = 2 and y = 1
    opened = gridemp.Maze(maze.floor, maze.wall_right, below)
    gain = empowerment(World.from_maze(opened), 5).bits.mean() - empowerment(KLYUBIN, 5).bits.mean()
    assert f"{gain:+.4f}" == "+0.1310"


@pytest.mark.parametrize("suffix", ["gif", "mp4", "html"])
def test_animations_say_what_made_them(empty_folder, suffix):
    words = ["animate", "room", "--over", "horizon", "--horizon", 3, "--dpi", 40]
    result = run(*words, "--output", f"a.{suffix}")
    assert result.exit_code == 0, result.stderr
    assert read_record(empty_folder / f"a.{suffix}")["horizon"] == [1, 2, 3]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["animate", "room", "--horizon", 3], "two maps or more"),
        (["animate", "room", "--horizon", 3, "--over", "mazes"], "horizon or slip"),
        (["animate", "room", "--horizon", 3, "--over", "slip"], "where it ends"),
        (["compare", "room", "--horizon", 3, "--with", "size"], "no measure 'size'"),
        (["sensitivity", "gym:FrozenLake-v1", "--horizon", 3], "in mazes only"),
        (["heatmap", "room", "--horizon", "1,x"], "needs a whole number, not 'x'"),
        (["heatmap", "room", "--horizon", "3..1"], "an end beyond it"),
        (["heatmap", "room", "--horizon", 2, "--cmap", "virids"], "did you mean 'viridis'"),
        (["heatmap", "room", "--horizon", 2, "--ink", "--cmap", "jet"], "leave out --cmap"),
        (["heatmap", "room", "--horizon", 2, "--dpi", 5], "from 10 to 2400"),
        (["heatmap", "room", "--horizon", 2, "--columns", 0], "from 1, not 0"),
        (["info", "none.png"], "cannot read none.png"),
    ],
)
def test_mistakes_are_one_sentence_and_leave_nothing(empty_folder, words, sentence):
    result = run(*words)
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1
    assert not [path for path in empty_folder.rglob("*") if path.is_file()]


def test_lists_make_panels_in_their_order(empty_folder):
    result = run("heatmap", "klyubin", "--horizon", "1..3", "--slip", "0,0.1")
    path, *peaks = result.stdout.splitlines()
    assert path == "figures/klyubin-h1-to-3-slip0-0.1.png"
    assert [line[:3] for line in peaks] == ["(a)", "(b)", "(c)", "(d)", "(e)", "(f)"]
    made = read_record(empty_folder / path)
    assert made["horizon"] == [1, 2, 3, 1, 2, 3]
    assert made["slip"] == [0, 0, 0, 0.1, 0.1, 0.1]
