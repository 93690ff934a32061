import re

import pytest
from support.command_line import assert_refused, files, run

import gridemp
from gridemp.mazes.bundled import bundled_mazes
from gridemp.report.provenance import read_record


def test_heatmap_prints_where_it_is_and_the_peak(empty_folder):
    result = run("heatmap", "room", "--horizon", 5)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "figures/room-h5.png",
        "peak: x = 5, y = 5, 5.93 bits, 61 outcomes",
    ]
    assert result.stderr == ""
    assert files(empty_folder) == ["figures/room-h5.png"]


@pytest.mark.slow
def test_heatmap_from_a_path_into_a_file(empty_folder):
    result = run("heatmap", bundled_mazes()["klyubin"], "--horizon", 3, "--output", "k.pdf")
    assert result.stdout.splitlines()[0] == "k.pdf"
    assert files(empty_folder) == ["k.pdf"]
    assert (empty_folder / "k.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.slow
def test_peak_line_of_ties_and_of_noise():
    assert run("heatmap", "klyubin", "--horizon", 30).stdout.splitlines()[1] == (
        "peak: x = 0, y = 0, 6.64 bits, 100 outcomes; 100 cells share it"
    )
    noisy = run("heatmap", "klyubin", "--horizon", 2, "--slip", 0.2).stdout.splitlines()[1]
    assert re.fullmatch(r"peak: x = \d, y = \d, 1\.76 bits, certified to \de-07 bits.*", noisy)
    lonely = run("heatmap", "-", "--horizon", 1, text=".").stdout.splitlines()[1]
    assert lonely == "peak: x = 0, y = 0, 0.00 bits, 1 outcome"


@pytest.mark.slow
def test_the_printed_certificate_is_rounded_up():
    world = gridemp.World.from_maze(gridemp.load_maze("klyubin"), slip=0.1)
    for tol in (1e-2, 2e-2, 1e-6):
        gap = gridemp.empowerment(world, 2, tol).gap.max()
        line = run("heatmap", "klyubin", "--horizon", 2, "--slip", 0.1, "--tol", tol).stdout
        printed = float(re.search(r"(?:certified to|at most) (\S+)", line)[1])
        assert gap <= printed <= 2 * gap


@pytest.mark.slow
def test_bounds_are_drawn_and_listed_where_the_map_is_refused():
    maze = "...\n.#.\n"
    world = ("-", "--horizon", 14, "--slip", 0.2)
    assert "--bounds" in run("heatmap", *world, text=maze).stderr
    done = run("heatmap", *world, "--bounds", "--output", "b.png", text=maze)
    assert done.exit_code == 0
    assert re.search(r"bits, or at most 0\.\d\d more", done.stdout)
    listed = run("values", *world, "--bounds", text=maze).stdout.splitlines()
    assert len(listed) == 1 + 5
    assert all(float(line.split(",")[3]) > 0 for line in listed[1:])


@pytest.mark.slow
@pytest.mark.filterwarnings("always::gridemp.ConvergenceWarning")
def test_bounds_to_a_tolerance_are_drawn_as_an_ordinary_map(monkeypatch):
    maze = "..\n.#\n"
    world = ("-", "--horizon", 7, "--slip", 0.2, "--bounds", "--tol", 0.001)
    done = run("heatmap", *world, "--output", "b.png", text=maze)
    assert done.exit_code == 0
    assert not done.stderr
    certified = float(re.search(r"certified to (\S+) bits", done.stdout)[1])
    assert certified <= 0.001
    exact = run("values", *world[:-1], "1e-6", text=maze).stdout.splitlines()
    assert max(float(line.split(",")[3]) for line in exact[1:]) <= 1e-6
    monkeypatch.setattr("gridemp.engine.refined_interval.MAX_WORK", 0.0)
    longer = ("-", "--horizon", 12, *world[3:])
    listed = run("values", *longer, text=maze)
    assert "more than the tolerance of 0.001" in listed.stderr
    assert max(float(line.split(",")[3]) for line in listed.stdout.splitlines()[1:]) > 0.001


def test_a_name_that_cannot_be_printed_is_made_printable(empty_folder):
    (empty_folder / "a\nb\x01.txt").write_text("..\n")
    assert run("heatmap", "a\nb\x01.txt", "--horizon", 1).exit_code == 0
    assert files(empty_folder / "figures") == ["a-b-h1.png"]


@pytest.mark.slow
def test_lists_make_panels_in_their_order(empty_folder):
    result = run("heatmap", "klyubin", "--horizon", "1..3", "--slip", "0,0.1")
    path, *peaks = result.stdout.splitlines()
    assert path == "figures/klyubin-h1-to-3-slip0-0.1.png"
    assert [line[:3] for line in peaks] == ["(a)", "(b)", "(c)", "(d)", "(e)", "(f)"]
    made = read_record(empty_folder / path)
    assert made["horizon"] == [1, 2, 3, 1, 2, 3]
    assert made["slip"] == [0, 0, 0, 0.1, 0.1, 0.1]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["heatmap", "room", "--horizon", 2, "--columns", 0], "--columns must be 1 or more, not 0"),
        (
            ["heatmap", "room", "--horizon", "1..8", "--columns", 8, "--width", "column"],
            "do not fit",
        ),
    ],
)
def test_panels_that_cannot_be_arranged_are_refused(empty_folder, words, sentence):
    assert_refused(run(*words), sentence)
    assert files(empty_folder) == []


@pytest.mark.slow
def test_panels_have_one_scale_or_their_own(empty_folder):
    for scale in ("shared", "each"):
        result = run("heatmap", "klyubin", "-n", "1,2", "--scale", scale, "-o", f"{scale}.png")
        assert result.exit_code == 0
    assert (empty_folder / "shared.png").read_bytes() != (empty_folder / "each.png").read_bytes()
    assert_refused(run("heatmap", "klyubin", "-n", "1,2", "--scale", "both"), "shared or each")


@pytest.mark.slow
def test_lines_and_the_key_can_be_left_out(empty_folder):
    made = [
        run("heatmap", "trap", "--horizon", 1, *words, "--output", f"{i}.svg").exit_code
        for i, words in enumerate([[], ["--no-grid"], ["--no-legend"], ["--grid"]])
    ]
    assert made == [0] * 4
    whole, without_lines, without_key, again = (
        (empty_folder / f"{i}.svg").read_text(encoding="utf-8") for i in range(4)
    )
    assert 'id="grid"' in whole
    assert ">trap</text>" in whole
    assert 'id="grid"' not in without_lines
    assert ">trap</text>" not in without_key
    assert ('id="grid"' in again, ">trap</text>" in again) == (True, True)
