"""`gridemp phase` draws a store, and says what it lacks."""

import pytest
from support.command_line import assert_refused, files, run
from support.stores import store_of

import gridemp

ELL = gridemp.parse_maze("....\n..##\n..T.\n", name="ell")


@pytest.fixture
def store(folder):
    values = {"horizon": [2, 1, 3], "slip": [0.1, 0.0], "sensor": ["state", "row"]}
    store_of(folder / "results.zarr", ELL, left_out=[(3, 0.1)], **values)
    return folder


@pytest.mark.slow
def test_the_figure_and_what_is_missing(store):
    result = run("phase", "results.zarr", "--sensor", "row", "--path", 2)
    name = "figures/ell-slip-over-horizon-sensor-row-path2.png"
    lines = result.stdout.splitlines()
    assert lines[0] == name
    assert lines[1].startswith("mean: 0.")
    assert lines[1].endswith("; the most at horizon 3, slip 0")
    assert result.stderr.splitlines() == [
        "gridemp: 1 of 2 maps along the path are drawn",
        "gridemp: 1 of 6 maps are not computed yet; add them with gridemp sweep, into the same "
        "store",
    ]
    record = run("info", name).stdout
    for line in ("value: mean", "sensor: row", "horizon: 1,2,3", "slip: 0,0.1", "missing: 1"):
        assert line in record.splitlines()


def test_a_svg_has_letters_and_a_title(store):
    words = ["--at", "1,0.1", "--at", "3,0", "--value", "max", "--quiet", "-o", "a.svg"]
    result = run("phase", "results.zarr::ell?sensor=state", *words)
    assert (result.exit_code, result.stdout) == (0, "")
    text = (store / "a.svg").read_text()
    for part in ("ell, highest cell", "(a) horizon 1, slip 0.1", "(b) horizon 3, slip 0"):
        assert part in text
    words = ["--slip", "0", "--y", "sensor", "--title", "mine", "-o", "a.svg"]
    assert run("phase", "results.zarr", *words).exit_code == 0
    assert "mine" in (store / "a.svg").read_text()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            [],
            "results.zarr::ell has several values of sensor (state, row); choose one with --sensor",
        ),
        (["--x", "slop"], "--x must be one of moves, torus, sensor, slip, horizon, not 'slop'"),
        (["--x", "slip"], "--x and --y are both slip; choose two settings"),
        (["--value", "least"], "--value must be one of mean, max, peak, not 'least'"),
        (["--maze", "bell"], "results.zarr has no maze 'bell'; did you mean ell?"),
        (["--sensor", "row,state"], "--sensor takes one value, not row,state"),
        (["--sensor", "row", "--slip", "0"], "slip is along the y axis"),
        (["--sensor", "row", "--path", "2", "--at", "1,0"], "--path and --at cannot be combined"),
        (["--sensor", "row", "--path", "0"], "--path must be 1 or more maps"),
        (
            ["--sensor", "row", "--at", "1"],
            "--at must be two values, of horizon and slip, such as 3,0.1",
        ),
        (
            ["--sensor", "row", "--at", "4,0"],
            "has no maps with horizon 4, only with 1, 2, 3; add it with",
        ),
        (
            ["--sensor", "row", "--at", "3,0.1"],
            "is not computed yet; add it with gridemp sweep",
        ),
        (["--sensor", "row", "--panel-titles", "a"], "add --path or --at"),
    ],
)
def test_what_is_refused(store, words, sentence):
    assert_refused(run("phase", "results.zarr", *words), sentence)
    assert not [file for file in files(store) if file.endswith(".png")]
