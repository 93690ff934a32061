"""The commands that explain maps, from the words typed to the numbers printed."""

import numpy as np
import pytest
import scipy.stats
from typer.testing import CliRunner

import gridemp
from gridemp import World, empowerment, horizon_sweep
from gridemp.centrality import centrality
from gridemp.cli import app
from gridemp.correlation import pearson, spearman
from gridemp.curves import empowerment_curve
from gridemp.differences import difference
from gridemp.provenance import read_record
from gridemp.render.comparisons import compare_figure, difference_figure
from gridemp.render.curves import draw_curve

KLYUBIN = World.from_maze(gridemp.load_maze("klyubin"))


@pytest.fixture(autouse=True)
def empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(app, [str(a) for a in arguments])


@pytest.mark.parametrize(
    ("horizon", "correlation"), [(1, -0.45), (2, -0.62), (3, -0.77), (5, -0.93), (10, -0.97)]
)
def test_correlation_with_the_mean_distance_is_that_of_the_literature(horizon, correlation):
    bits = empowerment(KLYUBIN, horizon).bits
    assert round(pearson(bits, centrality(KLYUBIN, "distance")), 2) == correlation


def test_correlations_agree_with_scipy():
    rng = np.random.default_rng(1)
    x, y = rng.integers(0, 5, (2, 60))
    assert pearson(x, y) == pytest.approx(scipy.stats.pearsonr(x, y)[0])
    assert spearman(x, y) == pytest.approx(scipy.stats.spearmanr(x, y)[0])
    assert np.isnan(pearson(np.ones(5), np.arange(5)))


@pytest.mark.parametrize("measure", ["closeness", "betweenness", "degree", "eigenvector"])
def test_measures_agree_with_networkx(measure):
    import networkx as nx

    graph = nx.DiGraph(KLYUBIN.to_graph())
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    judge = {
        "closeness": lambda: nx.closeness_centrality(graph.reverse()),
        "betweenness": lambda: nx.betweenness_centrality(graph),
        "degree": lambda: dict(graph.out_degree),
        "eigenvector": lambda: nx.eigenvector_centrality_numpy(graph),
    }[measure]()
    ours = centrality(KLYUBIN, measure)
    theirs = np.array([judge[state] for state in range(100)])
    np.testing.assert_allclose(ours / ours.max(), theirs / theirs.max(), atol=1e-8)


def test_compare_prints_what_its_figure_shows(empty_folder):
    result = run("compare", "klyubin", "--horizon", 5)
    assert result.exit_code == 0, result.stderr
    path, line = result.stdout.splitlines()
    assert line == "Pearson -0.9274, Spearman -0.9150"
    assert read_record(empty_folder / path)["horizon"] == 5
    values = centrality(KLYUBIN, "distance")
    emap = empowerment(KLYUBIN, 5)
    figure = compare_figure(emap, values, "distance")
    drawn = [line.get_xydata() for ax in figure.axes for line in ax.lines]
    (points,) = [own for own in drawn if len(own) == 100]
    np.testing.assert_allclose(points, np.column_stack([values, emap.bits]))


def test_a_difference_is_that_of_the_maps_on_a_scale_about_zero():
    emaps = [empowerment(World.from_maze(KLYUBIN.maze, slip=slip), 2) for slip in (0, 0.1)]
    found = difference(*emaps)
    np.testing.assert_array_equal(found.bits, emaps[1].grid() - emaps[0].grid())
    assert 0 < found.gap < 3e-6
    meshes = [ax.collections[0] for ax in difference_figure(*emaps).axes[:3]]
    assert meshes[0].get_clim() == meshes[1].get_clim()
    low, high = meshes[2].get_clim()
    assert low == -high
    np.testing.assert_array_equal(meshes[2].get_array().reshape(10, 10), found.bits)


def test_diff_takes_two_mazes_or_two_settings(empty_folder):
    settings = run("diff", "klyubin", "--horizon", 2, "--slip-b", 0.1)
    assert settings.exit_code == 0, settings.stderr
    assert "difference: -1.2032 to -0.5394 bits" in settings.stdout
    same = run("diff", "box", "box-fixed", "--horizon", 1)
    assert same.exit_code == 0, same.stderr
    refused = run("diff", "klyubin", "room", "--horizon", 2)
    assert refused.exit_code == 1
    assert "give two of one size" in refused.stderr


def test_a_curve_is_the_maps_one_by_one_and_flattens_at_the_ceiling():
    curve = empowerment_curve(KLYUBIN, range(1, 31), [(5, 5)])
    maps = horizon_sweep(KLYUBIN, range(1, 31))
    np.testing.assert_array_equal(curve.mean, [emap.bits.mean() for emap in maps])
    np.testing.assert_array_equal(curve.maximum, [emap.bits.max() for emap in maps])
    np.testing.assert_array_equal(curve.minimum, [emap.bits.min() for emap in maps])
    np.testing.assert_array_equal(curve.median, [np.median(emap.bits) for emap in maps])
    np.testing.assert_array_equal(curve.values[0], [emap.grid()[4, 5] for emap in maps])
    assert curve.ceilings.tolist() == [np.log2(100)]
    assert curve.minimum[26] == np.log2(100)
    assert curve.minimum[25] < np.log2(100)
    ax = draw_curve(curve)
    lines = {line.get_label(): line.get_ydata() for line in ax.lines}
    np.testing.assert_array_equal(lines["median"], curve.median)
    np.testing.assert_array_equal(lines["(5, 5)"], curve.values[0])


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
