from itertools import combinations

import pytest
import scipy.stats
from support.command_line import assert_refused, files, run

import gridemp
from gridemp import World, empowerment
from gridemp.analysis import MEASURES, measure
from gridemp.analysis.centrality import centrality
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
    words = run("compare", "--help").stdout.replace(",", " ").replace(".", " ").split()
    assert set(MEASURES) <= {*words}


@pytest.mark.slow
def test_several_measures_print_every_pair(empty_folder):
    result = run("compare", "klyubin", "-n", 3, "--with", "distance, entropy")
    assert result.exit_code == 0, result.stderr
    path, *lines = result.stdout.splitlines()
    assert path == "figures/klyubin-h3-distance+entropy.png"
    columns = {
        "empowerment": empowerment(KLYUBIN, 3).bits,
        "distance": measure(KLYUBIN, "distance"),
        "entropy": measure(KLYUBIN, "entropy", 3),
    }
    expected = []
    for one, two in combinations(columns, 2):
        pair = columns[one].round(9), columns[two].round(9)  # rounding must not break ties
        r, rho = (judge(*pair).statistic for judge in (scipy.stats.pearsonr, scipy.stats.spearmanr))
        expected.append(f"{one}, {two}: Pearson {r:.4f}, Spearman {rho:.4f}")
    assert lines == expected


def test_the_kind_of_empowerment_is_named(empty_folder):
    kind = ["--kind", "contextual", "--context", "walls"]
    result = run("compare", "dead-end", "-n", 1, *kind, "--with", "distance,degree")
    _, *lines = result.stdout.splitlines()
    assert [line.split(":")[0] for line in lines[:2]] == [
        "contextual empowerment, distance",
        "contextual empowerment, degree",
    ]
    assert lines[-1].startswith("contextual empowerment certified to")


@pytest.mark.slow
def test_one_estimate_is_named_beside_its_correlation(empty_folder):
    result = run("compare", "klyubin", "-n", 3, "--with", "power", "--samples", 20)
    assert "; POWER with discount 0.9, estimated from 20 samples" in result.stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--with", "distance,size"], "no measure 'size'"),
        (["--with", "degree,degree"], "--with names degree twice; leave out one of them"),
        (["--with", ""], "no measure ''"),
        (["--with", "degree,power", "--cmap", "magma"], "shows no maps; leave out --cmap"),
        (["--with", "degree,power", "--no-peak"], "shows no maps; leave out --no-peak"),
        (["--seed", 2], "only the measure power uses this option; leave out --seed"),
        (["--with", "variance", "--torus-x"], "positions on a torus have no mean"),
    ],
)
def test_what_does_not_go_together_is_refused(empty_folder, words, sentence):
    assert_refused(run("compare", "room", "-n", 2, *words), sentence)
    assert files(empty_folder) == []
