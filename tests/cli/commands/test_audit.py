import csv
import os
import sys

import pytest
from support.audits import SMALL
from support.command_line import assert_refused, run

from gridemp import World, load_maze
from gridemp.deep import AuditOptions, audit
from gridemp.errors import pip_command

pytestmark = pytest.mark.slow


@pytest.fixture
def maze(empty_folder):
    (empty_folder / "small.txt").write_text(SMALL)
    return empty_folder / "small.txt"


def test_counting_writes_a_figure_for_each_estimator_and_a_table(maze):
    words = ["audit", "small.txt", "-n", 2, "--estimators", "plug-in,miller-madow"]
    result = run(*words, "--repeats", 3, "--table", "all.csv")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    names = ("plug-in", "miller-madow")
    figures = [f"figures/small-h2-audit-{name}-repeats3.png" for name in names]
    assert lines[:3] == [*figures, "all.csv"]
    found = audit(World.from_maze(load_maze("small.txt")), 2, names, AuditOptions(repeats=3))
    for name, line in zip(names, lines[5:], strict=True):
        assert line.split()[:2] == [name, f"{found.summary(name).bias:+.3f}"]
    with open("all.csv", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 2 * 3 * 5
    values = [float(row["estimate"]) for row in rows if row["estimator"] == "plug-in"]
    assert values == found.of("plug-in").values.ravel().tolist()


def test_figures_of_several_estimators_share_the_name_that_is_given(maze):
    words = ["audit", "small.txt", "-n", 1, "--repeats", 2]
    assert run(*words, "--estimators", "plug-in", "-o", "a.svg").exit_code == 0
    assert run(*words, "--estimators", "plug-in,miller-madow", "-o", "b.svg").exit_code == 0
    assert sorted(os.listdir()) == ["a.svg", "b-miller-madow.svg", "b-plug-in.svg", "small.txt"]


def test_without_the_extra_it_counts_and_says_how_to_get_the_rest(maze, monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    result = run("audit", "small.txt", "-n", 1, "--repeats", 2)
    assert result.exit_code == 0
    assert result.stderr == (
        "gridemp: the audit of info-nce, mine-dv, mine-jsd and variational needs torch; "
        f"{pip_command('deep')}\n"
    )
    assert [line.split()[0] for line in result.stdout.splitlines()[4:]] == [
        "plug-in",
        "miller-madow",
    ]
    result = run("audit", "small.txt", "-n", 1, "--estimators", "plug-in,variational")
    assert_refused(result, f"the audit of variational needs torch; {pip_command('deep')}")


def test_networks_are_trained_and_drawn(maze):
    pytest.importorskip("torch")
    words = ["audit", "small.txt", "-n", 1, "--estimators", "variational", "--repeats", 2]
    result = run(*words, "--updates", 3, "--batch", 8)
    assert result.exit_code == 0, result.output
    name = "figures/small-h1-audit-variational-updates3-batch8-repeats2.png"
    assert result.stdout.splitlines()[0] == name
    bound = result.stdout.splitlines()[-1].split()[6]
    assert float(bound) < 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--estimators", "plugin"], "there is no estimator 'plugin'; --estimators may hold"),
        (["--estimators", "plug-in,plug-in"], "--estimators holds plug-in twice"),
        (["--rollouts", "0"], "--rollouts must be 1 or more, not 0"),
        (["--rollouts", "many"], "--rollouts must be a whole number, not 'many'"),
        (["--repeats", "1"], "--repeats must be 2 or more, not 1"),
        (["--estimators", "info-nce", "--batch", "20000"], "--batch must be 4096 or less"),
        (["--rollouts", "90000000"], "90,000,000 --rollouts after each of 5 actions"),
        (["--updates", "9"], "plug-in trains no network; leave out --updates"),
        (["--source", "uniform"], "leave out --source"),
        (["--kind", "contextual"], "leave out --kind"),
        (["--panel-titles", "a|b"], "3"),
        (["--table", "all.json"], "its name must end in .csv"),
        (["-o", "a.txt"], "its name must end in .png"),
        (["-o", "no/a.png"], "create the folder no first"),
    ],
)
def test_what_cannot_be_audited_is_refused(maze, words, sentence):
    chosen = [] if "--estimators" in words else ["--estimators", "plug-in"]
    result = run("audit", "small.txt", "-n", 1, *chosen, *words)
    assert_refused(result, sentence)
    assert os.listdir() == ["small.txt"]


def test_several_figures_do_not_go_to_standard_output(maze):
    words = ["audit", "small.txt", "-n", 1, "--repeats", 2]
    result = run(*words, "--estimators", "plug-in,miller-madow", "-o", "-")
    assert_refused(result, "standard output takes one figure")
    assert run(*words, "--estimators", "plug-in", "-o", "-").exit_code == 0
