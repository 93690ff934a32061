import pytest
import scipy.stats
from support.command_line import assert_refused, files, run

import gridemp
from gridemp import World, empowerment
from gridemp.analysis.centrality import CENTRALITIES, centrality
from gridemp.information.correlation import pearson
from gridemp.report.provenance import read_record

KLYUBIN = World.from_maze(gridemp.load_maze("klyubin"))


@pytest.mark.slow
def test_compare_prints_what_its_figure_shows(empty_folder):
    result = run("compare", "klyubin", "--horizon", 5)
    assert result.exit_code == 0, result.stderr
    path, line = result.stdout.splitlines()
    pair = empowerment(KLYUBIN, 5).bits, centrality(KLYUBIN, "distance")
    r, rho = (judge(*pair).statistic for judge in (scipy.stats.pearsonr, scipy.stats.spearmanr))
    assert line == f"Pearson {r:.4f}, Spearman {rho:.4f}"
    assert read_record(empty_folder / path)["horizon"] == 5


@pytest.mark.slow
def test_a_measure_of_a_world_with_boxes_looks_at_all_of_it(empty_folder):
    text = "\n".join(["....", ".$..", "...."])
    (empty_folder / "pushed.txt").write_text(text)
    result = run("compare", "pushed.txt", "--horizon", 1)
    assert result.exit_code == 0, result.stderr
    world = World.from_maze(gridemp.parse_maze(text))
    bits = empowerment(world, 1).bits
    assert f"Pearson {pearson(bits, centrality(world, 'distance')):.4f}" in result.stdout


@pytest.mark.slow
def test_ranks_tie_that_the_certificate_cannot_tell_apart():
    bits = empowerment(World.from_maze(KLYUBIN.maze, slip=0.1), 2, tol=1e-11).bits
    distance = centrality(KLYUBIN, "distance")
    expected = scipy.stats.spearmanr(bits.round(8), distance).statistic
    for tol in ("1e-6", "1e-11"):
        result = run("compare", "klyubin", "--horizon", 2, "--slip", 0.1, "--tol", tol)
        assert f"Spearman {expected:.4f}; empowerment certified to" in result.stdout


def test_an_unknown_measure_is_refused(empty_folder):
    result = run("compare", "room", "--horizon", 3, "--with", "size")
    assert_refused(result, "no measure 'size'")
    assert files(empty_folder) == []


def test_the_help_lists_every_measure():
    assert "|".join(CENTRALITIES) in run("compare", "--help").stdout.split()
