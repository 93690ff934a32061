import json
from pathlib import Path

import pytest
from support.command_line import assert_refused, files, run

import gridemp
from gridemp import World, empowerment
from gridemp.report.provenance import read_record


@pytest.mark.parametrize("heading", ["best", "mean", "north"])
def test_a_curve_is_of_the_heading_that_is_asked_for(heading):
    result = run("curve", "room", "--horizon", "1,2", "--moves", "turn", "--heading", heading)
    world = World.from_maze(gridemp.load_maze("room"), moves="turn")
    ends = [empowerment(world, n).one_per_cell(heading).bits.mean() for n in (1, 2)]
    assert f"mean: {ends[0]:.4f} to {ends[1]:.4f} bits" in result.stdout


def test_curve_and_its_mistakes():
    result = run("curve", "klyubin", "--horizon", "1..30", "--cell", "5,5")
    assert "minimum: 1.0000 to 6.6439 bits" in result.stdout
    for cell, sentence in [("55", "must be X,Y"), ("10,0", "10")]:
        refused = run("curve", "klyubin", "--horizon", "1..3", "--cell", cell)
        assert refused.exit_code == 1
        assert sentence in refused.stderr


def test_an_unknown_heading_is_refused(empty_folder):
    result = run("curve", "klyubin", "--horizon", 2, "--moves", "turn", "--heading", "up")
    assert_refused(result, "no heading 'up'")
    assert files(empty_folder) == []


@pytest.mark.slow
def test_one_horizon_stands_for_all_up_to_it(empty_folder):
    one, range_ = (run("curve", "klyubin", "-n", horizon) for horizon in ("3", "1..3"))
    assert one.exit_code == 0, one.stderr
    assert one.stdout == range_.stdout  # the path too
    assert "minimum: 1.0000 to 2.5850 bits" in one.stdout
    assert run("curve", "klyubin", "-n", "0").exit_code == 1


def test_a_curve_of_another_kind_says_so(empty_folder):
    words = ["curve", "dead-end", "-n", "1,2", "--kind", "impoverished", "--repertoire", 3]
    found = json.loads(run(*words, "--json").stdout)
    assert (found["kind"], found["repertoire"]) == ("impoverished", 3)
    assert read_record(Path(found["figure"]))["kind"] == "impoverished"
