import json

import pytest
from support.command_line import assert_refused, files, run

import gridemp
from gridemp import World
from gridemp.analysis import MEASURES, measure
from gridemp.report.provenance import read_record

KLYUBIN = World.from_maze(gridemp.load_maze("klyubin"))


@pytest.mark.slow
@pytest.mark.parametrize("which", MEASURES)
def test_it_prints_the_peak_and_the_range(empty_folder, which):
    kind = MEASURES[which]
    horizon = ["-n", 4] if kind.needs_horizon else []
    result = run("measure", which, "klyubin", *horizon)
    assert result.exit_code == 0, result.stderr
    path, peak, span, *more = result.stdout.splitlines()
    values = measure(KLYUBIN, which, 4)
    unit = f" {kind.unit}" if kind.unit else ""
    assert span == f"range: {values.min():.4f} to {values.max():.4f}{unit}"
    assert peak.startswith("peak: x = ")
    assert f" {values.max():.4f}{unit}" in peak
    assert bool(more) == (which == "power")
    record = read_record(empty_folder / path)
    assert record["measure"].startswith(kind.label.partition(" [")[0])
    assert record.get("horizon") == (4 if kind.needs_horizon else None)
    assert ("estimate" in record) == (which == "power")


@pytest.mark.slow
def test_an_estimate_says_so_everywhere(empty_folder):
    words = ["measure", "power", "klyubin", "--samples", 50, "--gamma", 0.5, "--seed", 3]
    line = run(*words).stdout.splitlines()[-1]
    assert line.startswith("POWER with discount 0.5, estimated from 50 samples, standard error")
    found = json.loads(run(*words, "--json").stdout)
    estimate = found["power_estimate"]
    assert (estimate["discount"], estimate["samples"], estimate["seed"]) == (0.5, 50, 3)
    assert 0 < estimate["standard_error"] < 0.05
    assert found["unit"] == "reward"
    assert found["figure"] == "figures/klyubin-power-gamma0.5-samples50-seed3.png"
    values = measure(KLYUBIN, "power", discount=0.5, samples=50, seed=3)
    assert sorted(cell["power"] for cell in found["cells"]) == pytest.approx(sorted(values))


@pytest.mark.slow
def test_a_measure_of_headings(empty_folder):
    (empty_folder / "m.txt").write_text("...\n")
    words = ["measure", "reachable", "m.txt", "-n", 1, "--moves", "turn", "--json"]
    best, mean = (json.loads(run(*words, "--heading", kind).stdout) for kind in ("best", "mean"))
    assert [cell["reachable"] for cell in best["cells"]] == [4, 4, 4]
    assert [cell["reachable"] for cell in mean["cells"]] == pytest.approx([3.25, 3.5, 3.25])
    assert (best["shown"], mean["shown"]) == ("highest of each cell", "mean of each cell")


@pytest.mark.slow
def test_equal_cells_have_no_peak(empty_folder):
    result = run("measure", "reachable", "klyubin", "-n", 60)
    assert result.stdout.splitlines()[1:] == ["all cells are equal", "range: 100.0000 to 100.0000"]
    (empty_folder / "one.txt").write_text(".\n")
    assert "no cell has a value" in run("measure", "distance", "one.txt").stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["size", "room"], "there is no measure 'size'; use one of distance"),
        (["entropy", "room"], "the measure entropy looks ahead some steps; give --horizon"),
        (["distance", "room", "-n", 3], "does not depend on a horizon; leave out --horizon"),
        (["entropy", "room", "-n", 3, "--gamma", 0.5], "only the measure power uses this option"),
        (["power", "room", "--gamma", 1], "--gamma must be a number from 0 to 0.9999, not 1"),
        (["power", "room", "--discount", 0.5], "have no such option; leave out --discount"),
        (["power", "room", "--samples", 1], "--samples must be 2 or more, not 1"),
        (["power", "room", "--seed", -1], "--seed must be a whole number, 0 or more"),
        (["variance", "room", "-n", 2, "--torus"], "positions on a torus have no mean"),
        (["entropy", "room", "-n", 2, "--bounds"], "leave out --bounds"),
        (["actions", "room", "--heading", "north"], "no heading 'north'"),
        (["actions", "room", "--vmin", "low"], "--vmin must be a number, not 'low'"),
        (["actions", "room", "--vmin", 3, "--vmax", 1], "make --vmin lower than --vmax"),
    ],
)
def test_what_cannot_be_is_refused(empty_folder, words, sentence):
    assert_refused(run("measure", *words), sentence)
    assert files(empty_folder) == []


def test_the_help_lists_every_measure():
    words = run("measure", "--help").stdout.replace(",", " ").replace(".", " ").split()
    assert set(MEASURES) <= {*words}
