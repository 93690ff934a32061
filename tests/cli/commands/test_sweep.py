"""`gridemp sweep` and `gridemp sweep show`."""

import csv
import os
import signal
import subprocess
import sys
import time

import pytest
from support.command_line import assert_refused, run
from support.extras import required

import gridemp

xarray = required("xarray")
required("zarr")
required("filelock")


@pytest.mark.slow
def test_all_combinations_are_in_the_store(empty_folder):
    words = ["trap", "tunnel", "-n", "1..2", "--moves", "nesw,king", "--torus", "none,x"]
    result = run("sweep", *words, "--sensor", "state,row", "--summary", "maps.csv")
    assert result.exit_code == 0, result.output
    assert result.stdout == "results.zarr: 32 maps computed\n"
    maps = xarray.open_zarr("results.zarr", group="tunnel")
    assert maps.sizes["y"], maps.sizes["x"] == (5, 18)
    assert maps.torus.values.tolist() == ["none", "x"]
    assert maps.attrs["command"].startswith("gridemp sweep trap tunnel -n 1..2 --moves")
    world = gridemp.World.from_maze(gridemp.load_maze("tunnel"), "king", torus="x", sensor="row")
    one = maps.empowerment.sel(moves="king", torus="x", sensor="row", horizon=2).squeeze()
    assert float(one.max()) == gridemp.empowerment(world, 2).bits.max()
    with open("maps.csv", newline="") as stream:
        assert len(list(csv.DictReader(stream))) == 32
    again = run("sweep", *words, "--sensor", "state,row")
    assert again.stdout == "results.zarr: 0 maps computed, 32 in the store already\n"
    shown = run("sweep", "show", "results.zarr").stdout.splitlines()
    sizes = "2 moves x 2 tori x 2 sensors x 2 horizons"
    assert shown[1] == f"tunnel, 18 x 5 cells: 16 maps ({sizes})"
    assert shown[-1] == "2 groups, 32 maps, 0 missing"


def test_mazes_come_from_folders_and_generators(empty_folder):
    (empty_folder / "mazes").mkdir()
    (empty_folder / "mazes" / "b.txt").write_text("....")
    (empty_folder / "mazes" / "a.txt").write_text("..\n..")
    (empty_folder / "mazes" / "bad.txt").write_text("?!")
    for name in (".hidden", "README", "LICENSE.txt", "notes.md"):
        (empty_folder / "mazes" / name).write_text("?!")
    words = ["mazes", "--kind", "caves", "--size", "9x7", "--seeds", "0..2", "-n", 2]
    result = run("sweep", *words, "-o", "many.zarr")
    assert result.exit_code == 3
    assert result.stdout == "many.zarr: 5 maps computed\n"
    assert result.stderr.splitlines()[0].startswith("gridemp: mazes/bad.txt, line 1, column 1: '?'")
    shown = run("sweep", "show", "many.zarr").stdout
    assert [line.split(",")[0] for line in shown.splitlines()[:5]] == [
        *("a", "b", "caves-9x7-0", "caves-9x7-1", "caves-9x7-2"),
    ]
    assert "could not be read: mazes/bad.txt, line 1" in shown
    assert shown.count("could not be read") == 1


def test_a_maze_of_a_list_that_cannot_be_read_is_located(empty_folder):
    (empty_folder / "worlds.txt").write_text("trap\nnope\n")
    result = run("sweep", "--worlds", "worlds.txt", "-n", 1)
    assert result.exit_code == 3
    assert result.stderr.startswith("gridemp: worlds.txt, line 2: there is no file and no bundled")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["folder"], "folder has no maze files; name a folder that has"),
        (["--worlds", "none.txt"], "none.txt lists no mazes; write the name or file of one on"),
        (["--worlds", "folder.txt"], "folder.txt, line 1: folder has no maze files"),
    ],
)
def test_where_there_are_no_mazes_is_named(empty_folder, words, sentence):
    (empty_folder / "folder").mkdir()
    (empty_folder / "folder" / "README.md").write_text("Mazes")
    (empty_folder / "none.txt").write_text("# mazes\n\n")
    (empty_folder / "folder.txt").write_text("folder\n")
    assert_refused(run("sweep", *words, "-n", 1), sentence)


def test_a_list_may_give_every_horizon(empty_folder):
    (empty_folder / "worlds.txt").write_text("trap -n 1\ntunnel -n 2,3\n")
    result = run("sweep", "--worlds", "worlds.txt")
    assert result.stdout == "results.zarr: 3 maps computed\n"
    (empty_folder / "worlds.txt").write_text("trap -n 1\ntunnel\n")
    sentence = "worlds.txt, line 2: a horizon is needed; add --horizon, such as --horizon 5"
    assert_refused(run("sweep", "--worlds", "worlds.txt"), sentence)
    missing = run("sweep", "trap", "--worlds", "worlds.txt")
    assert missing.exit_code == 2
    assert "Missing option '--horizon' / '-n'." in missing.stderr


def test_a_list_of_worlds_has_options_of_their_own(empty_folder):
    (empty_folder / "worlds.txt").write_text("trap --torus xy # joined\n\ntunnel -n 3 --no-stay\n")
    result = run("sweep", "trap", "--worlds", "worlds.txt", "-n", "1,2")
    assert result.stdout == "results.zarr: 5 maps computed\n"
    trap = xarray.open_zarr("results.zarr", group="trap")
    assert trap.torus.values.tolist() == ["none", "xy"]
    tunnel = xarray.open_zarr("results.zarr", group="tunnel")
    assert tunnel.horizon.values.tolist() == [3]
    assert tunnel.attrs["stay"] is False


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("trap --slop 1", "worlds.txt, line 2: No such option: --slop"),
        ("trap 'x", "worlds.txt, line 2: a quotation mark is not closed"),
        ("trap --slip 2", "worlds.txt, line 2: slip must be a probability"),
        ("trap --help", "worlds.txt, line 2: --help is not an option of a maze"),
        ("trap -o a.zarr", "worlds.txt, line 2: --output applies to the whole sweep"),
        ("--slip 0.1", "worlds.txt, line 2: there is no maze"),
        ("trap --torus z", "--torus must be one or more of none, x, y, xy, not 'z'"),
    ],
)
def test_a_mistake_in_a_list_is_refused(empty_folder, line, sentence):
    (empty_folder / "worlds.txt").write_text(f"trap\n{line}\n")
    assert_refused(run("sweep", "--worlds", "worlds.txt", "-n", 1), sentence)
    assert not (empty_folder / "results.zarr").exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "there is nothing to do; name a maze, or give --kind or --worlds"),
        (["klyubn"], "did you mean the bundled maze 'klyubin'?"),
        (["--kind", "caves"], "random mazes need a size; add --size"),
        (["trap", "--size", "9x7"], "--size is for random mazes; add --kind, such as --kind caves"),
        (["trap", "--seeds", "0..2"], "--seeds is for random mazes; add --kind"),
        (["trap", "--braid", "0.1"], "--braid is for random mazes; add --kind"),
        (["--worlds", "nope.txt"], "cannot read nope.txt: No such file"),
        (["trap", "--workers", "0"], "--workers must be 1 or more, not 0"),
        (["trap", "--workers", "2", "--scheduler", "x"], "leave out --workers"),
        (["trap", "--moves", "nesw,queen"], "--moves must be one or more of nesw, king, turn"),
        (["trap", "--slip", "2"], "slip must be a probability from 0 to 1, not 2.0"),
        (["trap", "--summary", "maps.txt"], "its name must end in .csv"),
        (["trap", "-o", "a.zarr"], "a.zarr already holds other files; name a new folder"),
        (
            ["trap", "-o", "results"],
            "the name of a store ends in .zarr; write --output results.zarr",
        ),
        (["trap", "--sensor", "eyes"], "--sensor must be one or more of state, position"),
    ],
)
def test_mistakes_are_refused(empty_folder, words, sentence):
    (empty_folder / "a.zarr").mkdir()
    (empty_folder / "a.zarr" / "notes.txt").write_text("mine")
    assert_refused(run("sweep", *words, "-n", 1), sentence)


def test_failures_are_told_and_the_rest_is_done(empty_folder):
    result = run("sweep", "trap", "-n", "1,60", "--slip", "0.1")
    assert result.exit_code == 3
    assert result.stdout == "results.zarr: 1 map computed, 1 failed\n"
    assert "trap, moves nesw, torus none, sensor state, slip 0.1, horizon 60" in result.stderr
    assert "`" not in result.stderr
    shown = run("sweep", "show", "results.zarr").stdout
    first, second, last = shown.splitlines()
    assert first == "trap, 11 x 11 cells: 1 map, 1 failed (2 horizons)"
    assert second.startswith("  horizon 60: the noisy channel of one cell over 60 steps")
    assert last == "1 group, 1 map, 0 missing, 1 failed"


def test_show_lists_some_failed_maps_of_each_maze(empty_folder):
    run("sweep", "trap", "-n", 60, "--slip", "0.1")
    shown = run("sweep", "show", "results.zarr").stdout.splitlines()
    assert shown[0] == "trap, 11 x 11 cells: 0 maps, 1 failed"
    assert shown[1].startswith("  failed: the noisy channel of one cell over 60 steps")
    run("sweep", "trap", "-n", "60..65", "--slip", "0.1,0.2")
    shown = run("sweep", "show", "results.zarr").stdout.splitlines()
    assert shown[0] == "trap, 11 x 11 cells: 0 maps, 12 failed (2 slips x 6 horizons)"
    assert shown[1].startswith("  slip 0.1, horizon 60: the noisy channel")
    assert shown[11:] == ["  2 more failed", "1 group, 0 maps, 0 missing, 12 failed"]


def test_show_names_damaged_groups(empty_folder):
    run("sweep", "trap", "tunnel", "-n", 1)
    (empty_folder / "results.zarr" / "trap" / "zarr.json").write_text("{")
    shown = run("sweep", "show", "results.zarr").stdout.splitlines()
    assert shown[1:] == [
        "trap: damaged; delete its folder and run its sweep again",
        "1 group, 1 map, 0 missing",
    ]


def test_show_refuses_other_folders(empty_folder):
    assert_refused(run("sweep", "show", "nope"), "there is no folder nope; check the path")


@pytest.mark.ci
@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
def test_ctrl_c_leaves_a_store_that_goes_on(empty_folder):
    words = ["sweep", "room", "-n", "4", "--slip", "0.1..0.4:0.01"]
    command = [sys.executable, "-m", "gridemp", *words]
    with subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        text=True,
        # what runs in the background ignores interrupts, and so would this
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        while not list(empty_folder.glob("results.zarr/.tasks/*.json")):
            assert process.poll() is None
            time.sleep(0.005)
        process.send_signal(signal.SIGINT)
        said = process.stderr.read()
    assert process.returncode == 130
    assert said.endswith("interrupted; run the same sweep again to continue\n")
    assert "Traceback" not in said
    done = len(list(empty_folder.glob("results.zarr/.tasks/*.json")))
    assert 0 < done < 31
    assert xarray.open_zarr("results.zarr", group="room").sizes["slip"] == 31
