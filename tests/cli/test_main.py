import io
import json
import os
import re
import signal
import stat
import subprocess
import sys
import time

import numpy as np
import pytest
from typer.testing import CliRunner

import gridemp
from gridemp.cli import progress
from gridemp.cli.main import app
from gridemp.engine.runtime import duration
from gridemp.mazes.bundled import bundled_mazes
from gridemp.report.tables import rows

GRIDEMP = [sys.executable, "-m", "gridemp"]


@pytest.fixture(autouse=True)
def empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments, text=None):
    return CliRunner().invoke(app, [str(a) for a in arguments], input=text)


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_heatmap_prints_where_it_is_and_the_peak(empty_folder):
    result = run("heatmap", "room", "--horizon", 5)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "figures/room-h5.png",
        "peak: x = 5, y = 5, 5.93 bits, 61 outcomes",
    ]
    assert result.stderr == ""
    assert files(empty_folder) == ["figures/room-h5.png"]


def test_heatmap_from_a_path_into_a_file(empty_folder):
    result = run("heatmap", bundled_mazes()["klyubin"], "--horizon", 3, "--output", "k.pdf")
    assert result.stdout.splitlines()[0] == "k.pdf"
    assert files(empty_folder) == ["k.pdf"]
    assert (empty_folder / "k.pdf").read_bytes().startswith(b"%PDF")


def test_peak_line_of_ties_and_of_noise():
    assert run("heatmap", "klyubin", "--horizon", 30).stdout.splitlines()[1] == (
        "peak: x = 0, y = 0, 6.64 bits, 100 outcomes; 100 cells share it"
    )
    noisy = run("heatmap", "klyubin", "--horizon", 2, "--slip", 0.2).stdout.splitlines()[1]
    assert re.fullmatch(r"peak: x = \d, y = \d, 1\.76 bits, certified to \de-07 bits.*", noisy)
    lonely = run("heatmap", "-", "--horizon", 1, text=".").stdout.splitlines()[1]
    assert lonely == "peak: x = 0, y = 0, 0.00 bits, 1 outcome"


def test_the_permissions_are_those_of_any_new_file(empty_folder):
    run("heatmap", "room", "--horizon", 1, "--output", "a.png")
    (empty_folder / "b").touch()
    assert (empty_folder / "a.png").stat().st_mode == (empty_folder / "b").stat().st_mode


def test_values_as_csv():
    lines = run("values", "klyubin", "--horizon", 5).stdout.splitlines()
    assert lines[0] == "x,y,empowerment,gap"
    rows = [line.split(",") for line in lines[1:]]
    assert [(int(y), int(x)) for x, y, *_ in rows] == [(y, x) for y in range(10) for x in range(10)]
    world = gridemp.World.from_maze(gridemp.load_maze("klyubin"))
    grid = gridemp.empowerment(world, 5).grid()
    assert all(float(bits) == grid[9 - int(y), int(x)] for x, y, bits, _ in rows)
    assert {gap for *_, gap in rows} == {"0.0"}


def test_values_leave_walls_out():
    lines = run("values", "-", "--horizon", 1, text=".#.\n...\n").stdout.splitlines()
    assert [line.rsplit(",", 2)[0] for line in lines[1:]] == ["0,0", "1,0", "2,0", "0,1", "2,1"]


def test_values_in_files_agree(empty_folder):
    options = ["values", "-", "--horizon", 2, "--slip", 0.1, "--tol", 1e-3]
    text = "..#\n...\n"
    printed = run(*options, text=text).stdout
    for suffix in ("csv", "json", "npz"):
        assert run(*options, "--output", f"v.{suffix}", text=text).stdout == f"v.{suffix}\n"
    assert files(empty_folder) == ["v.csv", "v.json", "v.npz"]
    assert (empty_folder / "v.csv").read_text() == printed
    rows = [[float(v) for v in line.split(",")] for line in printed.splitlines()[1:]]
    content = json.loads((empty_folder / "v.json").read_text())
    assert [list(cell.values()) for cell in content["cells"]] == rows
    assert {k: content[k] for k in ("maze", "horizon", "slip", "unit")} == {
        "maze": "stdin",
        "horizon": 2,
        "slip": 0.1,
        "unit": "bits",
    }
    with np.load(empty_folder / "v.npz") as file:
        arrays = dict(file)
    assert sorted(arrays) == ["empowerment", "gap"]
    assert np.isnan(arrays["empowerment"]).tolist() == [[False, False, True], [False] * 3]
    for x, y, bits, gap in rows:
        cell = 1 - int(y), int(x)
        assert (arrays["empowerment"][cell], arrays["gap"][cell]) == (bits, gap)
        assert 0 <= gap <= 1e-3


def test_world_options_reach_the_world():
    def first(*options):
        return run("values", "room", "--horizon", 1, *options).stdout.splitlines()[1]

    assert first() == f"0,0,{np.log2(3)},0.0"
    assert first("--no-stay") == first()  # in a corner a blocked move stays
    assert first("--moves", "king") == "0,0,2.0,0.0"
    assert first("--slip", 0.5) != first()


def test_mazes_lists_each_with_its_size_and_what_it_teaches():
    lines = run("mazes").stdout.splitlines()
    assert len(lines) == len(bundled_mazes()) >= 8
    for line, (name, path) in zip(lines, bundled_mazes().items(), strict=True):
        height, width = gridemp.load_maze(path).shape
        assert re.match(rf"{name} +{width} x {height} +\w.{{20,}}", line)


def test_only_the_published_mazes_lack_a_comment():
    bare = [n for n, p in bundled_mazes().items() if not p.read_text().startswith("; ")]
    assert bare == ["klyubin", "room"]


@pytest.mark.parametrize(
    ("arguments", "text", "sentence"),
    [
        (["nosuch.txt"], None, "there is no file and no bundled maze 'nosuch.txt'; give a path"),
        ([""], None, "there is no file and no bundled maze ''"),
        (["ROOM"], None, "did you mean the bundled maze 'room'?"),
        (
            ["room", "--moves", "queen"],
            None,
            "there are no moves 'queen'; use one of nesw, king, turn",
        ),
        (["rom"], None, "did you mean the bundled maze 'room'?"),
        (["mazes/klyubim.txt"], None, "did you mean the bundled maze 'klyubin'?"),
        (["folder"], None, "cannot read folder: Is a directory"),
        (["x" * 5000], None, "there is no file and no bundled maze 'xxx"),
        (["empty"], None, "empty: this is empty"),
        (["binary"], None, "binary: this is not UTF-8 text"),
        (["-"], "....\n...", "standard input, line 2, column 4: this line has 3 characters"),
        (["-"], "...\n.?.", "standard input, line 2, column 2: '?' is not part of a maze"),
        (["-"], "\0\0", "standard input, line 1, column 1: '\\x00' is not part of a maze"),
        (["-"], "##\n##", "standard input: the maze has no floor cell"),
        (["-"], "+---+\n|   |\n+--+-", "line 3, column 4: between two posts only"),
        (["room", "--horizon", "0"], None, "horizon is a whole number of steps from 1"),
        (["room", "--horizon", "-1"], None, "horizon is a whole number of steps from 1"),
        (["room", "--horizon", "2.5"], None, "--horizon needs a whole number, not '2.5'"),
        (["room", "--horizon", "abc"], None, "--horizon needs a whole number, not 'abc'"),
        (["room", "--horizon", "9" * 5000], None, "--horizon needs a whole number, not '999"),
        (["room", "--horizon", "1" + "0" * 30], None, "horizon is a whole number of steps"),
        (["room", "--slip", "-0.1"], None, "slip is a probability from 0 to 1, not -0.1"),
        (["room", "--slip", "1.01"], None, "slip is a probability from 0 to 1, not 1.01"),
        (["room", "--slip", "nan"], None, "slip is a probability from 0 to 1, not nan"),
        (["room", "--slip", "a bit"], None, "--slip needs a probability from 0 to 1, not 'a bit'"),
        (["room", "--tol", "0"], None, "tol must be a positive number of bits"),
        (["room", "--tol", "x"], None, "--tol needs a number of bits, not 'x'"),
        (["room", "--slip", "0.1", "--horizon", "1000000000"], None, "lower the horizon to 11"),
        (["room", "--output", "a.xyz"], None, "cannot write a.xyz: its name must end in ."),
        (["room", "--output", "a"], None, "cannot write a: its name must end in ."),
        (["room", "--output", "no/a{}"], None, "create the folder no first"),
        (["room", "--output", "folder.d{}"], None, "it is a folder; name a file"),
        (["room", "--output", "/proc/a{}"], None, "cannot write /proc/a"),
        (["room", "--output", "empty/a{}"], None, "empty is no folder to write in"),
    ],
)
@pytest.mark.parametrize("command", ["heatmap", "values"])
def test_bad_input_is_one_sentence_and_no_file(empty_folder, command, arguments, text, sentence):
    suffix = {"heatmap": ".png", "values": ".csv"}[command]
    (empty_folder / "folder").mkdir()
    (empty_folder / f"folder.d{suffix}").mkdir()
    (empty_folder / "empty").touch()
    (empty_folder / "binary").write_bytes(bytes(range(256)))
    before = sorted(empty_folder.rglob("*"))
    arguments = [a.replace("{}", suffix) for a in arguments]
    if "--horizon" not in arguments:
        arguments += ["--horizon", "5"]
    result = run(command, *arguments, text=text)
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("gridemp: ")
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1
    assert sorted(empty_folder.rglob("*")) == before


@pytest.mark.parametrize(
    ("junk", "sentence"),
    [
        (b"x" * 50_000_000, "line 1, column 1: 'x' is not part"),
        (bytes(50_000_000), "line 1, column 1: '\\x00' is not part"),
        (b"." * 50_000_000, "has 50,000,000 cells, more than the 20,000,000 allowed"),
        (b"#" * 50_000_000, "more than the 20,000,000 allowed"),
        ((b"#" * 4999 + b"\n") * 4000, "no floor cell"),
        (b"\xff" * 50_000_000, "not UTF-8 text"),
        (b"+-" * 25_000_000 + b"+", "end in a line of posts"),
        (b".\n" * 25_000_000, "this has 25,000,001 lines, more than the 100,000 allowed"),
    ],
    ids=["letters", "zeros", "cells", "solid", "no floor", "binary", "posts", "lines"],
)
def test_fifty_megabytes_of_junk(empty_folder, junk, sentence):
    (empty_folder / "junk").write_bytes(junk)
    result = run("heatmap", "junk", "--horizon", 5)
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert len(result.stderr) < 200
    assert files(empty_folder) == ["junk"]


def test_an_endless_file_is_not_read_to_its_end(monkeypatch):
    monkeypatch.setattr("gridemp.mazes.parsing.MAX_BYTES", 1000)
    assert "longer than the 1,000 bytes" in run("heatmap", "/dev/zero", "--horizon", 5).stderr


def test_an_old_figure_survives_a_failure(empty_folder, monkeypatch):
    old = empty_folder / "a.png"
    old.write_text("old")

    def half(draw, path, **options):
        path.write_text("half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("gridemp.render.save_figure", half)
    result = run("heatmap", "room", "--horizon", 2, "--output", "a.png")
    assert result.exit_code == 1
    assert result.stderr == (
        "gridemp: cannot write a.png: No space left on device; choose another place\n"
    )
    assert old.read_text() == "old"
    assert files(empty_folder) == ["a.png"]


def test_a_file_where_the_folder_should_be_is_a_sentence(empty_folder):
    (empty_folder / "figures").touch()
    result = run("heatmap", "room", "--horizon", 2)
    assert result.exit_code == 1
    assert result.stderr == (
        "gridemp: cannot write figures/room-h2.png: figures is no folder to write in; "
        "choose another place\n"
    )


def test_a_name_too_long_for_a_file_is_a_sentence(empty_folder):
    name = "n" * 250
    (empty_folder / name).write_text("..\n")
    result = run("heatmap", name, "--horizon", 2)
    assert result.exit_code == 1
    assert "File name too long" in result.stderr
    assert files(empty_folder) == [name]


def test_a_pipe_is_not_replaced_by_a_file(empty_folder):
    os.mkfifo("pipe.csv")
    for command in (("values", "room", "-n", 1, "-o", "pipe.csv"), ("convert", "room", "pipe.csv")):
        result = run(*command, *(["--to", "block"] if command[0] == "convert" else []))
        assert result.exit_code == 1
        assert "pipe.csv: it is no ordinary file; name another" in result.stderr
        assert stat.S_ISFIFO(os.stat("pipe.csv").st_mode)


def test_a_link_is_followed_and_upper_case_suffixes_are_known(empty_folder):
    (empty_folder / "link.NPZ").symlink_to("target")
    assert run("values", "room", "--horizon", 1, "--output", "link.NPZ").exit_code == 0
    assert files(empty_folder) == ["link.NPZ", "target"]
    with np.load(empty_folder / "target") as file:
        assert file["empowerment"].shape == (11, 11)


def test_the_printed_certificate_is_rounded_up():
    world = gridemp.World.from_maze(gridemp.load_maze("klyubin"), slip=0.1)
    for tol in (1e-2, 2e-2, 1e-6):
        gap = gridemp.empowerment(world, 2, tol).gap.max()
        line = run("heatmap", "klyubin", "--horizon", 2, "--slip", 0.1, "--tol", tol).stdout
        printed = float(re.search(r"(?:certified to|at most) (\S+)", line)[1])
        assert gap <= printed <= 2 * gap


def test_a_name_that_cannot_be_printed_is_made_printable(empty_folder):
    (empty_folder / "a\nb\x01.txt").write_text("..\n")
    assert run("heatmap", "a\nb\x01.txt", "--horizon", 1).exit_code == 0
    assert files(empty_folder / "figures") == ["a?b?-h1.png"]


def test_too_little_memory_is_a_sentence(monkeypatch):
    def hungry(*_):
        raise MemoryError

    monkeypatch.setattr("gridemp.cli.map_options.horizon_sweep", hungry)
    result = run("values", "room", "--horizon", 2)
    assert result.exit_code == 1
    assert "does not fit in memory" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [["heatmap"], ["heatmap", "room"], ["heatmap", "room", "--horizon", 5, "--nope"], ["nope"]],
)
def test_wrong_usage_exits_with_2(arguments):
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Usage: " in result.stderr


def test_version_and_help():
    assert run("--version").stdout == f"gridemp {gridemp.__version__}\n"
    assert "heatmap" in run("--help").stdout
    assert run("-h").stdout == run("--help").stdout


@pytest.mark.parametrize(
    ("options", "conditions"),
    [
        (["--torus"], {"torus": "xy"}),
        (["--torus-x"], {"torus": "x"}),
        (["--torus-y"], {"torus": "y"}),
        (["--sensor", "column"], {"sensor": "column"}),
        (
            ["--slip", 0.3, "--slip-kind", "perpendicular"],
            {"slip": 0.3, "slip_kind": "perpendicular"},
        ),
        (["--moves", "turn"], {"moves": "turn"}),
    ],
)
def test_every_world_option_reaches_the_world(options, conditions):
    text = "....\n.#$.\n....\n"
    world = gridemp.World.from_maze(gridemp.parse_maze(text), **conditions)
    emap = gridemp.empowerment(world, 2).one_per_cell()
    printed = run("values", "-", "--horizon", 2, *options, text=text).stdout
    found = [float(line.split(",")[2]) for line in printed.splitlines()[1:]]
    assert found == [bits for _, _, bits, _ in rows(emap)]
    assert printed != run("values", "-", "--horizon", 2, text=text).stdout


def test_the_heading_that_is_asked_for_is_shown():
    facing = {
        which: run("values", "room", "-n", 1, "--moves", "turn", "--heading", which).stdout
        for which in ("best", "mean", "north", "east", "south", "west")
    }
    # In the lower left corner a step forward is open to the north and to the east alone.
    first = {which: text.splitlines()[1].split(",")[2] for which, text in facing.items()}
    assert [first[which] for which in ("north", "east", "best")] == ["2.0"] * 3
    assert [first[which] for which in ("south", "west")] == [str(np.log2(3))] * 2
    assert float(first["mean"]) == pytest.approx((2 + np.log2(3)) / 2)
    assert "use one of best, mean" in run("values", "room", "-n", 1, "--heading", "north").stderr


def test_a_level_of_a_sokoban_file(empty_folder):
    (empty_folder / "two.xsb").write_text("####\n#@ #\n####\n\n  ####\n###@.#\n# $  #\n######\n")
    assert len(run("values", "two.xsb", "-n", 1).stdout.splitlines()) == 1 + 2
    assert len(run("values", "two.xsb", "-n", 1, "--level", 2).stdout.splitlines()) == 1 + 6
    assert (
        "choose from the 2 of this text" in run("values", "two.xsb", "-n", 1, "--level", 3).stderr
    )
    assert "a block text holds one maze" in run("values", "room", "-n", 1, "--level", 2).stderr


def test_converting_there_and_back(empty_folder):
    assert run("convert", "warehouse", "w.xsb").stdout == "w.xsb\n"
    assert run("convert", "w.xsb", "w.txt").stdout == "w.txt\n"
    assert gridemp.load_maze("w.txt") == gridemp.load_maze("warehouse")
    assert run("convert", "klyubin", "-", "--to", "micromouse").stdout.startswith("o---o---o")
    piped = run("convert", "-", "-", "--format", "frozenlake", text="SFF\nFHG\n")
    assert piped.stdout == "#####\n#S..#\n#.TT#\n#####\n"
    assert piped.stderr == "gridemp: left out: goals, which become traps, as both absorb (1)\n"


@pytest.mark.parametrize(
    ("arguments", "text", "sentence"),
    [
        (["klyubin", "k.map"], None, "a MovingAI map cannot show the thin wall at x = 3, y = 8"),
        (["trap", "t.lay"], None, "a Pac-Man layout cannot show the trap at x = 2, y = 8"),
        (["room", "r.xyz"], None, "its name must end in .lay or .map or .sok or .txt or .xsb"),
        (["room", "r.txt", "--to", "doom"], None, "there is no format 'doom'; use one of block, "),
        (["room", "no/r.txt"], None, "create the folder no first"),
        (["room", "r.xsb"], None, "a Sokoban level needs one player"),
        (["-", "r.txt"], "..\n.?\n", "standard input, line 2, column 2: '?' is not part of a maze"),
        (
            ["-", "r.txt", "--format", "sokoban"],
            "####\n#@@#\n####",
            "line 2, column 3: this is a second",
        ),
        (["-", "r.txt", "--level", "x"], "..", "--level needs a whole number, not 'x'"),
    ],
)
def test_what_cannot_be_converted_is_said(empty_folder, arguments, text, sentence):
    result = run("convert", *arguments, text=text)
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1
    assert files(empty_folder) == []


def test_making_mazes(empty_folder):
    options = ("make", "--kind", "braided", "--size", "7x5", "--seed", 3)
    text = run(*options).stdout
    assert gridemp.parse_maze(text).shape == (5, 7)
    assert run(*options, "--output", "m.txt").stdout == "m.txt\n"
    assert (empty_folder / "m.txt").read_text() == text == run(*options).stdout
    assert (
        run(*options, "--braid", 0).stdout
        == run(*("make", "--kind", "perfect", "--size", "7x5", "--seed", 3)).stdout
    )


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            ["--kind", "maze", "--size", "3x3"],
            "there is no kind of maze 'maze'; choose one of perf",
        ),
        (["--kind", "open", "--size", "3"], "--size needs a whole WIDTHxHEIGHT such as 30x20"),
        (["--kind", "open", "--size", "3x0"], "height must be a whole number, 1 or more, not 0"),
        (["--kind", "open", "--size", "3x3", "--seed", "-1"], "seed must be a whole number, 0 or more"),
        (
            ["--kind", "braided", "--size", "3x3", "--braid", "2"],
            "braid must be a probability from 0 to 1",
        ),
        (["--kind", "open", "--size", "9999x9999"], "more than the 1,000,000 allowed"),
        (["--kind", "open", "--size", "3x3", "-o", "a.png"], "its name must end in .lay or .map"),
    ],
)
def test_mazes_that_cannot_be_made(empty_folder, options, sentence):
    result = run("make", *options)
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1
    assert files(empty_folder) == []


def test_a_gymnasium_environment_is_a_maze(empty_folder):
    drawn = run("heatmap", "gym:FrozenLake-v1", "--horizon", 4)
    assert drawn.stdout.startswith("figures/FrozenLake-v1-h4.png\npeak: x = 2, y = 3, 0.94 bits")
    cells = run("values", "gym:FrozenLake-v1?is_slippery=False", "-n", 3).stdout.splitlines()[1:]
    assert len(cells) == 16
    assert f"{max(float(cell.split(',')[2]) for cell in cells):.3f}" == "3.907"
    assert "leave out --torus-x" in run("values", "gym:FrozenLake-v1", "-n", 1, "--torus-x").stderr
    assert "leave out --no-stay" in run("values", "gym:FrozenLake-v1", "-n", 1, "--no-stay").stderr
    assert "continuous" in run("values", "gym:CartPole-v1", "-n", 1).stderr
    chance = run("values", "gym:FrozenLake-v1?map_name=None", "-n", 1)
    assert "is another world each time; say which" in chance.stderr
    assert run("heatmap", "gym:FrozenLake-v1?is_slippery=%00", "-n", 1).exit_code == 0
    assert "figures/FrozenLake-v1-is_slippery=?-h1.png" in files(empty_folder)


# From here on, the real program in a process of its own.


def test_the_program(empty_folder):
    result = subprocess.run(
        [*GRIDEMP, "heatmap", "klyubin", "--horizon", "5"], capture_output=True, text=True
    )
    assert result.returncode == 0
    assert result.stderr == ""
    assert "peak: x = 5, y = 5, 5.52 bits, 46 outcomes" in result.stdout
    assert files(empty_folder) == ["figures/klyubin-h5.png"]


def test_a_mistake_shows_no_traceback():
    result = subprocess.run(
        [*GRIDEMP, "heatmap", "klyubim", "--horizon", "5"], capture_output=True, text=True
    )
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "did you mean the bundled maze 'klyubin'?" in result.stderr


def test_a_maze_from_a_pipe():
    result = subprocess.run(
        [*GRIDEMP, "values", "-", "--horizon", "1"], input="..\n", capture_output=True, text=True
    )
    assert result.stdout == "x,y,empowerment,gap\n0,0,1.0,0.0\n1,0,1.0,0.0\n"


def test_a_reader_that_stops_early_is_no_error():
    process = subprocess.Popen(
        [*GRIDEMP, "values", "halls", "--horizon", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "x,y,empowerment,gap\n"
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
    process.wait(timeout=30)


def test_a_missed_tolerance_is_one_sentence_and_no_error():
    result = subprocess.run(
        [*GRIDEMP, "values", "klyubin", "--horizon", "2", "--slip", "0.1", "--tol", "1e-18"],
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0
    assert re.fullmatch(
        r"gridemp: warning: \d+ of 100 cells are certified only to .*\n", result.stderr
    )


def test_interrupting_leaves_nothing_behind(empty_folder):
    process = subprocess.Popen(
        [*GRIDEMP, "heatmap", "halls", "--horizon", "8", "--slip", "0.1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # what runs in the background ignores interrupts, and so would this
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert "this takes about" in process.stderr.readline()  # now the work begins
    time.sleep(0.2)
    assert process.poll() is None, "it ended before it could be interrupted"
    os.kill(process.pid, signal.SIGINT)
    output, errors = process.communicate(timeout=30)
    assert process.returncode != 0
    assert output == ""
    assert "Traceback" not in errors
    assert list(empty_folder.iterdir()) == []


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_progress_shows_on_a_terminal_once_it_takes_long(monkeypatch):
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    with progress.progress_bar("mapping") as advance:
        advance(0.1)
        assert screen.getvalue() == ""
        monkeypatch.setattr(progress, "MIN_SECONDS", 0)
        advance(0.5)
        advance(1.0)
    assert "mapping" in screen.getvalue()
    assert "100%" in screen.getvalue()


def test_progress_is_silent_where_there_is_no_terminal(monkeypatch, capsys):
    monkeypatch.setattr(progress, "MIN_SECONDS", 0)
    with progress.progress_bar("mapping") as advance:
        advance(0.5)
    assert capsys.readouterr().err == ""


def test_long_work_is_announced_before_it_starts_and_short_work_is_not(monkeypatch):
    assert run("values", "klyubin", "-n", 3, "--slip", 0.1).stderr == ""
    started = []

    def work(*arguments):
        started.append(arguments)
        raise gridemp.GridempError("stopped here")

    monkeypatch.setattr("gridemp.cli.map_options.horizon_sweep", work)
    told = run("values", "klyubin", "-n", 9, "--slip", 0.1).stderr
    assert re.match(r"gridemp: this takes about \d+ (seconds|minutes)\n", told)
    monkeypatch.setattr("gridemp.cli.map_options.empowerment_bounds", work)
    told = run("values", "klyubin", "-n", 10**6, "--slip", 0.1, "--bounds").stderr
    assert re.match(r"gridemp: this takes about [\d,]+ (days|years)\n", told)
    refused = run("values", "klyubin", "-n", 12, "--slip", 0.1)
    assert "this takes about" not in refused.stderr
    assert "lower the horizon to 11" in refused.stderr
    assert len(started) == 2


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(20, "20 seconds"), (150, "2 minutes"), (86400, "24 hours"), (1e12, "31,710 years")],
)
def test_durations_in_words(seconds, words):
    assert duration(seconds) == words


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
