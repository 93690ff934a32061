"""The commands that explain maps, from the words typed to the numbers printed."""

import numpy as np
import pytest
import scipy.stats
from PIL import Image
from typer.testing import CliRunner

import gridemp
from gridemp import GridempError, World, empowerment
from gridemp.analysis.centrality import centrality
from gridemp.cli.main import app
from gridemp.information.correlation import pearson
from gridemp.report.provenance import read_record

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
    pair = empowerment(KLYUBIN, 5).bits, centrality(KLYUBIN, "distance")
    r, rho = (judge(*pair).statistic for judge in (scipy.stats.pearsonr, scipy.stats.spearmanr))
    assert line == f"Pearson {r:.4f}, Spearman {rho:.4f}"
    assert read_record(empty_folder / path)["horizon"] == 5


def test_diff_takes_two_mazes_or_two_settings(empty_folder):
    settings = run("diff", "klyubin", "--horizon", 2, "--slip-b", 0.1)
    assert settings.exit_code == 0, settings.stderr
    apart = empowerment(World.from_maze(KLYUBIN.maze, slip=0.1), 2).bits
    apart = apart - empowerment(KLYUBIN, 2).bits
    assert f"difference: {apart.min():+.4f} to {apart.max():+.4f} bits" in settings.stdout
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

    monkeypatch.setattr("gridemp.cli.say.MIN_ANNOUNCED", 0.0)
    monkeypatch.setattr("gridemp.cli.say.duration", stop)
    assert run(*words).exit_code == 1
    (seconds,) = told
    assert measured / 3 < seconds < 3 * measured


def test_ranks_tie_that_the_certificate_cannot_tell_apart():
    bits = empowerment(World.from_maze(KLYUBIN.maze, slip=0.1), 2, tol=1e-11).bits
    distance = centrality(KLYUBIN, "distance")
    expected = scipy.stats.spearmanr(bits.round(8), distance).statistic
    for tol in ("1e-6", "1e-11"):
        result = run("compare", "klyubin", "--horizon", 2, "--slip", 0.1, "--tol", tol)
        assert f"Spearman {expected:.4f}; empowerment certified to" in result.stdout


def test_small_components_of_an_eigenvector_have_their_digits():
    text = "\n".join(
        "." * (45 if row == 2 else 5) + "#" * (0 if row == 2 else 40) for row in range(5)
    )
    world = World.from_maze(gridemp.parse_maze(text))
    vector = centrality(world, "eigenvector")
    assert 0 < vector.min() < 1e-18
    graph = world.to_graph()
    image = np.array([sum(vector[t] for t in graph[s] if t != s) for s in range(len(vector))])
    value = vector @ image
    np.testing.assert_allclose(image, value * vector, rtol=1e-8, atol=0)


def test_figures_of_other_settings_have_other_names(empty_folder):
    for words in (
        ["diff", "klyubin", "--horizon", 1, "--slip-b", 0.1],
        ["diff", "klyubin", "--horizon", 1, "--moves-b", "king", "--no-stay-b"],
        ["curve", "klyubin", "--horizon", "1,2", "--cell", "5,5"],
        ["sensitivity", "dead-end", "--horizon", 1, "--cell", "13,2"],
    ):
        result = run(*words)
        assert result.exit_code == 0, result.stderr
    assert {path.name for path in (empty_folder / "figures").iterdir()} == {
        "klyubin-h1-slip0.1-difference.png",
        "klyubin-h1-king-no-stay-difference.png",
        "klyubin-x5-y5-curve.png",
        "dead-end-h1-x13-y2-walls.png",
    }


def test_a_maze_from_a_pipe_is_read_once():
    text = "...\n.#.\n"
    result = CliRunner().invoke(app, ["diff", "-", "-n", "1", "--slip-b", "0.1"], input=text)
    assert result.exit_code == 0, result.stderr
    assert "difference: -" in result.stdout


def test_the_second_map_can_be_without_the_torus_of_the_first():
    result = run("diff", "room", "--horizon", 2, "--torus-x", "--no-torus-b")
    maze = gridemp.load_maze("room")
    one, other = (empowerment(World.from_maze(maze, torus=torus), 2) for torus in ("x", ""))
    apart = other.bits - one.bits
    assert apart.min() < 0
    assert f"difference: {apart.min():+.4f} to {apart.max():+.4f} bits" in result.stdout


@pytest.mark.parametrize("heading", ["best", "mean", "north"])
def test_a_curve_is_of_the_heading_that_is_asked_for(heading):
    result = run("curve", "room", "--horizon", "1,2", "--moves", "turn", "--heading", heading)
    world = World.from_maze(gridemp.load_maze("room"), moves="turn")
    ends = [empowerment(world, n).one_per_cell(heading).bits.mean() for n in (1, 2)]
    assert f"mean: {ends[0]:.4f} to {ends[1]:.4f} bits" in result.stdout


def test_noisy_numbers_come_with_their_certificate():
    curve = run("curve", "dead-end", "--horizon", "1,2", "--slip", 0.1)
    assert curve.stdout.count("bits, each within ") == 4
    walls = run("sensitivity", "dead-end", "--horizon", 1, "--slip", 0.1, "--tol", "1e-3")
    assert walls.stdout.count("bits, the change within ") == 2


@pytest.mark.parametrize("where", [["-o", "{}"], ["-o{}"], ["--output={}"], ["--output", "{}"]])
def test_a_record_tells_nothing_of_the_machine(empty_folder, where):
    style = empty_folder / "own.mplstyle"
    style.write_text("font.size: 9\n")
    path = empty_folder / "a.png"
    words = ["heatmap", "room", "--horizon", 2, f"--style={style}"]
    result = run(*words, *(word.format(path) for word in where))
    assert result.exit_code == 0, result.stderr
    assert read_record(path)["command"] == "gridemp heatmap room --horizon 2 --style=own.mplstyle"


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
        (["animate", "room", "--horizon", 3, "--over", "solve"], "horizon or slip, not 'solve'"),
        (["heatmap", "room", "--horizon", 2, "--slip", "0..0.3"], "or a step"),
        (["heatmap", "room", "--horizon", 2, "--style", "_usetex"], "there is no style '_usetex'"),
        (
            ["heatmap", "room", "--horizon", 2, "--style", "nuerips2024"],
            "did you mean 'neurips2024",
        ),
        (["heatmap", "room", "--horizon", 2, "--width", 1], "inches from 2.5"),
        (
            ["heatmap", "room", "--horizon", "1..8", "--columns", 8, "--width", "column"],
            "do not fit",
        ),
        (["diff", "klyubin", "--horizon", 2], "under two settings"),
        (["diff", "klyubin", "--horizon", "1,2", "--slip-b", 0.1], "a whole number, not '1,2'"),
        (["diff", "klyubin", "--horizon", 1, "--horizon-b", "1,2"], "a whole number, not '1,2'"),
        (
            ["curve", "klyubin", "--horizon", 2, "--moves", "turn", "--heading", "up"],
            "no heading 'up'",
        ),
        (["sensitivity", "room", "--horizon", 2, "--heading", "mean"], "leave out --heading"),
        (
            ["sensitivity", "room", "--horizon", 2, "--cell", "1,1", "--cell", "2,2"],
            "give --cell once",
        ),
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
