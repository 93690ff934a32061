"""Maps in the store of a sweep in place of mazes."""

import re

import pytest
from support.command_line import assert_refused, files, run
from support.stores import store_of

import gridemp
from gridemp.cli.file_names import map_part
from gridemp.cli.stored_maps import maps_at, parse_address

TRAPPED = "+-+-+-+\n|   | |\n+ + + +\n|# T  |\n+-+-+-+\n"
HALL = gridemp.parse_maze(TRAPPED, name="hall")


@pytest.fixture(scope="module")
def folder_of_store(tmp_path_factory):
    path = tmp_path_factory.mktemp("sweep")
    values = {"horizon": [1, 2, 3], "slip": [0.0, 0.1]}
    store_of(path / "results.zarr", HALL, left_out=[(3, 0.1)], **values)
    store_of(path / "results.zarr", gridemp.parse_maze("..", name="pair"), horizon=[1])
    (path / "hall.txt").write_text(TRAPPED)
    return path


@pytest.fixture
def store(folder_of_store, monkeypatch):
    monkeypatch.chdir(folder_of_store)
    yield folder_of_store
    for file in set(files(folder_of_store)) - {"hall.txt"}:
        if not file.startswith("results.zarr"):
            (folder_of_store / file).unlink()


def same_figures(store, words, stored, own):
    """Draw the figure of stored maps, and that of mazes; both are alike but for the command."""
    one = run(words[0], *stored, *words[1:], "-o", "one.svg")
    other = run(words[0], *own, *words[1:], "-o", "other.svg")
    assert one.exit_code == other.exit_code == 0, one.stderr + other.stderr
    assert one.stdout.replace("one.svg", "other.svg") == other.stdout
    texts = [(store / name).read_text(encoding="utf-8") for name in ("one.svg", "other.svg")]
    without = [re.sub(r'(&quot;|")command(&quot;|").*', "", text) for text in texts]
    assert without[0] == without[1]


@pytest.mark.parametrize("slip", ["0", "0.1"])
def test_a_heatmap_is_that_of_the_maze(store, slip):
    stored = [f"results.zarr::hall?slip={slip}&horizon=2"]
    same_figures(store, ["heatmap"], stored, ["hall.txt", "-n", 2, "--slip", slip])


@pytest.mark.slow
def test_several_values_are_panels(store):
    same_figures(
        store, ["heatmap"], ["results.zarr::hall?slip=0&horizon=1..3"], ["hall.txt", "-n", "1..3"]
    )


def test_a_curve_takes_all_horizons(store):
    same_figures(store, ["curve"], ["results.zarr::hall?slip=0"], ["hall.txt", "-n", 3])
    result = run("curve", "results.zarr::hall?slip=0,0.1&horizon=1", "-o", "a.svg")
    assert_refused(result, "a curve shows one world, and these maps are of several: no noise, and")


@pytest.mark.slow
def test_two_maps_have_a_difference(store):
    one, other = (f"results.zarr::hall?horizon=2&slip={slip}" for slip in (0, 0.1))
    own = ["hall.txt", "-n", 2, "--slip-b", 0.1]
    same_figures(store, ["diff"], [one, other], own)
    same_figures(store, ["diff"], ["results.zarr::hall?horizon=2&slip=0,10%"], own)
    assert_refused(run("diff", one), "diff compares two maps, not 1; name another saved map")
    result = run("diff", one, other, "--slip-b", 0.2)
    assert_refused(result, "is a saved map and has its settings already; leave out --slip-b")


@pytest.mark.slow
def test_an_animation_takes_all_values(store):
    result = run("animate", "results.zarr::hall?slip=0", "--over", "horizon", "-o", "a.html")
    assert result.stdout == "a.html\n", result.stderr
    own = run("animate", "hall.txt", "-n", 3, "--over", "horizon", "-o", "b.html")
    assert own.exit_code == 0
    assert len((store / "a.html").read_bytes()) == pytest.approx(
        len((store / "b.html").read_bytes()), abs=40
    )
    result = run("animate", "results.zarr::hall?slip=0&horizon=1", "-o", "a.html")
    assert_refused(result, "an animation needs two maps or more")


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        (
            "results.zarr::hall?horizon=2",
            "results.zarr::hall has several values of slip (0, 0.1); choose one or more, as in "
            "'results.zarr::hall?horizon=2&slip=0'",
        ),
        ("results.zarr::hall?slpi=0", "has no setting 'slpi'; did you mean slip?"),
        ("results.zarr::hall?slip=0&horizon", "horizon has no value; write horizon=VALUE"),
        (
            "results.zarr::hall?slip=0&slip=1",
            "slip is given twice; write several values as one list",
        ),
        (
            "results.zarr::hall?slip=x&horizon=1",
            "slip must be a probability from 0 to 1, not 'x'",
        ),
        (
            "results.zarr::hall?slip=0.2&horizon=1",
            "results.zarr::hall has no maps with slip 0.2, only with 0, 0.1; add it with gridemp "
            "sweep, "
            "into the same store",
        ),
        (
            "results.zarr::hall?slip=0.1&horizon=1..3",
            "the map of results.zarr::hall with slip 0.1, horizon 3 is not computed yet; add "
            "it with gridemp sweep, into the same store",
        ),
        ("results.zarr::hal?slip=0", "results.zarr has no maze 'hal'; did you mean hall?"),
        (
            "results.zarr?slip=0",
            "results.zarr has several mazes, hall, pair; choose one, such as "
            "'results.zarr::hall?slip=0'",
        ),
        ("results.zarr", "choose one, such as results.zarr::hall\n"),
        (
            "results.zarr::hall?moves=kng",
            "moves must be one of nesw, king, turn, not 'kng'; did you mean king?",
        ),
        ("gone.zarr::hall", "there is no folder gone.zarr; check the path"),
    ],
)
def test_what_is_not_in_the_store(store, address, sentence):
    assert_refused(run("heatmap", address), sentence)
    assert set(files(store)) == {
        name for name in files(store) if name.startswith("results.zarr")
    } | {"hall.txt"}


@pytest.mark.parametrize("words", [["values"], ["cell", 1, 1]])
def test_commands_that_compute_maps_take_no_address(store, words):
    result = run(words[0], "results.zarr::hall?slip=0", *words[1:], "-n", 1)
    assert_refused(result, "results.zarr::hall?slip=0 names maps in the store of a sweep, which")
    assert "gridemp.sweeps.open_maps" in result.stderr


def test_an_address_is_taken_apart():
    assert parse_address("a/b.zarr::c?slip=0,1&horizon=1..3") == (
        "a/b.zarr",
        "c",
        {"slip": "0,1", "horizon": "1..3"},
    )
    assert parse_address("a.zarr/") == ("a.zarr", None, {})
    assert parse_address("klyubin") is None
    assert parse_address("map.npz") is None


def test_maps_have_the_order_of_the_address(store):
    maps = maps_at("results.zarr::hall?horizon=2,1&slip=0.1,0")
    assert [(emap.world.conditions.slip, emap.horizon) for emap in maps] == [
        (0.1, 2),
        (0.1, 1),
        (0.0, 2),
        (0.0, 1),
    ]


def test_a_file_name_has_no_odd_characters():
    assert map_part("a/results.zarr::hall?slip=10%&horizon=1..5") == "hall-h1-to-5-slip0.1"
    assert map_part("a/results.zarr?torus=xy&sensor=row") == "results-torus-xy-sensor-row"
    assert map_part("a/map.npz") == "map"
