"""Options of the kinds of empowerment."""

import csv
import io
import json

import numpy as np
import pytest
from support.command_line import assert_refused, run

import gridemp

WORLD = gridemp.World.from_maze(gridemp.parse_maze("...\n..#"))


@pytest.fixture
def maze(empty_folder):
    (empty_folder / "ell.txt").write_text("...\n..#\n")
    return "ell.txt"


def bits_of(maze, *words):
    result = run("values", maze, *words)
    assert result.exit_code == 0, result.stderr
    rows = csv.DictReader(io.StringIO(result.stdout))
    return {(int(row["x"]), int(row["y"])): float(row["empowerment"]) for row in rows}


@pytest.mark.parametrize(
    ("words", "emap"),
    [
        (
            ["--kind", "potential", "--discount", "90%"],
            lambda: gridemp.potential_empowerment(WORLD, 0.9),
        ),
        (
            ["--kind", "contextual", "--context", "walls", "-n", 2],
            lambda: gridemp.contextual_empowerment(WORLD, 2, "walls"),
        ),
        (["--kind", "contextual", "-n", 2], lambda: gridemp.contextual_empowerment(WORLD, 2)),
        (
            ["--kind", "first-action", "-n", 2, "--afterwards", "2,1,1,0,0"],
            lambda: gridemp.first_action_empowerment(WORLD, 2, [0.5, 0.25, 0.25, 0, 0]),
        ),
        (
            ["--kind", "impoverished", "-n", 3, "--repertoire", 3],
            lambda: gridemp.impoverished_empowerment(WORLD, 3, 3),
        ),
        (
            ["--kind", "impoverished", "-n", 2],
            lambda: gridemp.impoverished_empowerment(WORLD, 2),
        ),
    ],
)
def test_values_are_those_of_the_library(maze, words, emap):
    found, own = bits_of(maze, *words), emap()
    assert len(found) == 5
    for (x, y), bits in found.items():
        assert bits == own.at(x, y)


def test_a_list_of_discounts_gives_a_map_for_each(maze):
    result = run("values", maze, "--kind", "potential", "--discount", "0.5,0.9")
    assert result.stdout.splitlines()[0] == "discount,x,y,empowerment,gap"
    assert len(result.stdout.splitlines()) == 11
    result = run("heatmap", maze, "--kind", "potential", "--discount", "0.5,0.9")
    assert result.stdout.splitlines()[0] == "figures/ell-potential-discount0.5-0.9.png"


def test_first_actions_have_a_source(maze):
    words = ["--kind", "first-action", "-n", 2, "--source", "uniform", "-o", "a.json"]
    assert run("values", maze, *words).exit_code == 0
    with open("a.json") as stream:
        facts = json.load(stream)
    assert (facts["kind"], facts["afterwards"]) == ("first-action", "uniform")
    own = gridemp.first_action_empowerment(WORLD, 2, source="uniform")
    np.testing.assert_array_equal(
        [cell["information"] for cell in facts["cells"]],
        [own.at(cell["x"], cell["y"]) for cell in facts["cells"]],
    )


def test_the_skills_of_a_cell(maze):
    result = run("cell", maze, 0, 1, "--kind", "potential", "--discount", 0.5)
    assert result.exit_code == 0, result.stderr
    path, bits, *_ = result.stdout.splitlines()
    assert path == "figures/ell-x0-y1-skills-potential-discount0.5.png"
    own = gridemp.analysis.cell_skills(WORLD, 0, 1, 0.5)
    assert bits.startswith(f"potential empowerment: {own.bits:.4f} bits, certified to ")


def test_a_saved_map_of_a_kind_is_drawn(maze):
    run("values", maze, "--kind", "potential", "--discount", 0.9, "-o", "a.npz")
    run("values", maze, "--kind", "contextual", "-n", 3, "-o", "b.npz")
    result = run("diff", "a.npz", "b.npz")
    assert result.exit_code == 0, result.stderr
    assert run("curve", "a.npz").exit_code == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["heatmap", "--kind", "potential"], "needs a discount; add --discount, such as 0.95"),
        (["heatmap", "--kind", "potentail", "-n", 3], "--kind must be one of open, potential,"),
        (["heatmap", "--discount", 0.9, "-n", 3], "--discount is only for --kind potential; add"),
        (["values", "--context", "row", "-n", 3], "--context is only for --kind contextual; add"),
        (
            ["values", "--kind", "contextual", "--context", "eyes", "-n", 3],
            "--context must be one of none, state, position, row, column, walls, not 'eyes'",
        ),
        (["values", "--kind", "potential", "--discount", 1], "--discount must be a number between"),
        (["values", "--kind", "potential", "--discount", "x"], "--discount must be a number betw"),
        (["heatmap", "--kind", "potential", "--discount", 0.5, "-n", 2], "leave out --horizon"),
        (["heatmap", "--kind", "contextual", "-n", 2, "--bounds"], "leave out --bounds"),
        (["heatmap", "--kind", "contextual", "-n", 2, "--source", "uniform"], "leave out --source"),
        (["heatmap", "--kind", "contextual", "-n", 2, "--jobs", 2], "leave out --jobs"),
        (["curve", "--kind", "potential", "--discount", 0.5], "this command needs one; leave out"),
        (
            ["animate", "--kind", "potential", "--discount", 0.5, "--over", "horizon"],
            "this command needs one; leave out --kind",
        ),
        (
            ["compare", "--kind", "potential", "--discount", "0.5,0.9"],
            "this command takes one --discount, not a list",
        ),
        (
            ["values", "--kind", "first-action", "-n", 2, "--afterwards", "1,1"],
            "--afterwards must be uniform or 5 weights (north, east, south, west, stay)",
        ),
        (
            ["compare", "--kind", "potential", "--discount", "0.5", "--with", "entropy"],
            "the measure entropy has a horizon and potential empowerment has none; leave it out of",
        ),
        (["sensitivity", "--kind", "potential", "--discount", 0.5, "-n", 1], "leave out --kind"),
        (["cell", 0, 0, "--kind", "potential"], "needs a discount; add --discount, such as 0.95"),
        (["cell", 0, 0, "--kind", "potential", "--discount", "0.5,0.9"], "one --discount, not a"),
        (
            ["cell", 0, 0, "-n", 2, "--kind", "contextual"],
            "--kind must be open or potential here, not 'contextual'",
        ),
        (["values", "--repertoire", 8, "-n", 3], "--repertoire is only for --kind impoverished;"),
        (
            ["values", "--kind", "impoverished", "-n", 2, "--repertoire", "few"],
            "--repertoire must be",
        ),
        (
            ["values", "--kind", "impoverished", "-n", 2, "--repertoire", 0],
            "must be a whole number, 1 or more, not 0",
        ),
        (["export", "-n", 3, "--kind", "contextual"], "only show n-step empowerment; leave out"),
        (["export", "-n", 3, "--repertoire", 8], "n-step empowerment; leave out --repertoire"),
        (["cell", 0, 0, "-n", 2, "--repertoire", 8], "with --kind potential; leave out --reper"),
        (["walk", "-n", 2, "--context", "row"], "exact empowerment; leave out --context"),
        (
            [*("compare", "--slip", 0.1, "--kind", "potential"), "--discount", 0.9999999],
            "in a noisy world, --discount must be at most 0.999999, not 0.9999999",
        ),
    ],
)
def test_mistakes_are_refused(maze, words, sentence):
    assert_refused(run(words[0], maze, *words[1:]), sentence)


@pytest.mark.parametrize("command", ["values", "heatmap", "compare", "diff", "curve", "animate"])
def test_a_horizon_is_needed_unless_the_kind_has_none(maze, command):
    result = run(command, maze)
    assert result.exit_code == 2
    assert "Missing option '--horizon' / '-n'." in result.stderr
