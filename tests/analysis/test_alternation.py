"""`gridemp bound`: the bound of a cell, half-step by half-step, and its figure."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.figures import assert_inside
from support.strategies import worlds
from typer.testing import CliRunner

import gridemp
from gridemp import World, empowerment, render
from gridemp.analysis.alternation import cell_alternation
from gridemp.cli.main import app

runner = CliRunner()


def world_of(text="...\n...", **options):
    return World.from_maze(gridemp.parse_maze(text), **options)


@settings(max_examples=40)
@given(worlds(max_side=3, slips=(0.0, 0.1, 0.4)), st.integers(1, 2), st.data())
def test_the_band_holds_the_empowerment_of_the_cell(world, horizon, data):
    cells = world.maze.cells
    chosen = data.draw(st.integers(0, len(cells) - 1))
    x, y = world.maze.xy(*cells[chosen].tolist())
    found = cell_alternation(world, x, y, horizon, 8, (0, 1, 8))
    exact = empowerment(world, horizon, 1e-7)
    assert (np.diff(found.bounds) >= -1e-12).all()
    assert (found.bounds <= exact.bits[chosen] + exact.gap[chosen] + 1e-9).all()
    assert (found.uppers >= exact.bits[chosen] - 1e-9).all()
    lower, upper = found.interval
    np.testing.assert_allclose([lower, upper], [found.bounds[-1], found.uppers.min()], atol=1e-12)
    assert 0 <= lower <= upper
    assert found.xy == (x, y)
    assert found.moments == (0, 1, 8)
    np.testing.assert_allclose(found.sources.sum(axis=1), 1)
    np.testing.assert_allclose(found.plannings.sum(axis=1), 1)
    assert found.plannings.shape[1:] == (len(found.rows), len(found.columns))
    assert found.sources.shape[1] == len(found.rows) == len(world.actions) ** horizon


def test_many_sequences_are_summed_by_first_action():
    world = world_of(slip=0.1)
    few, many = (cell_alternation(world, 1, 0, n, 2, (2,)) for n in (3, 4))
    assert len(few.rows) == 125
    assert many.rows == ("N", "E", "S", "W", "\N{MIDDLE DOT}")
    np.testing.assert_allclose(many.sources.sum(axis=1), 1)
    np.testing.assert_allclose(many.plannings.sum(axis=1), 1)


def test_of_several_headings_the_best_is_shown():
    """In the corner of a corridor, the agent that looks along it can bring about most."""
    world = world_of("....", moves="turn")
    exact = empowerment(world, 2)
    found = cell_alternation(world, 0, 0, 2, 4, (4,))
    assert found.bounds[-1] == pytest.approx(exact.bits[world.cell == 0].max())
    north = cell_alternation(world, 0, 0, 2, 4, (4,), heading="north")
    assert north.bounds[-1] < found.bounds[-1] - 0.1


def test_outcomes_are_named_in_their_order():
    """After the first step q is the posterior of the uniform source: exact for one step."""
    found = cell_alternation(world_of("..."), 1, 0, 1, 1, (1,))
    east = found.rows.index("E")
    column = found.columns.index("(2, 0)")
    assert found.plannings[0, east, column] == 1
    assert sorted(found.columns) == ["(0, 0)", "(1, 0)", "(2, 0)"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((9, 0, 1), "there is no cell x = 9, y = 0"),
        ((0, 0, 0), "the horizon is a whole number"),
        ((0, 0, 1, 0), "`half_steps` is a number from 1"),
        ((0, 0, 1, 4, (5,)), "there are 4 half-steps, and none is number 5; let `moments`"),
        ((0, 0, 12), "lower the horizon"),
    ],
)
def test_what_cannot_be_shown_is_refused(arguments, sentence):
    with pytest.raises(gridemp.GridempError) as refused:
        cell_alternation(world_of(slip=0.1), *arguments)
    assert sentence in str(refused.value)


def test_the_figure_shows_the_numbers():
    found = cell_alternation(world_of(slip=0.2), 1, 0, 1, 6, (1, 2, 6))
    with render.look():
        figure = render.alternation_figure(found)
    curve = figure.axes[0]
    lines = {line.get_label(): line for line in curve.lines}
    np.testing.assert_array_equal(lines["variational bound"].get_ydata(), found.bounds)
    np.testing.assert_array_equal(lines["certified upper value"].get_ydata(), found.uppers)
    np.testing.assert_array_equal(lines["after a q step"].get_xdata(), [1, 3, 5])
    np.testing.assert_array_equal(
        lines["after an \N{GREEK SMALL LETTER OMEGA} step"].get_xdata(), [2, 4, 6]
    )
    letters = [text for text in curve.texts if text.get_gid() == "moment"]
    assert [(text.get_text(), text.xy[0]) for text in letters] == [("b", 1), ("c", 2), ("d", 6)]
    for i in range(3):
        bars, matrix = figure.axes[1 + 2 * i : 3 + 2 * i]
        np.testing.assert_allclose([bar.get_width() for bar in bars.patches], found.sources[i])
        values = matrix.collections[0].get_array().reshape(5, -1)
        np.testing.assert_array_equal(values, found.plannings[i])
    assert figure.axes[1].get_title(loc="left").startswith("(b) 1: q step")


@pytest.mark.parametrize("width", [3.5, 7.16, None])
@pytest.mark.parametrize("moments", [(0,), (1, 2, 3, 4, 5)])
def test_nothing_leaves_the_figure(width, moments):
    found = cell_alternation(world_of(slip=0.1), 1, 0, 2, 5, moments)
    with render.look(width=width):
        figure = render.alternation_figure(found, width=width)
        assert_inside(figure)


def test_the_comparing_helper_can_fail():
    for x, y in ((-0.1, 0.5), (1.1, 0.5), (0.5, -0.1), (0.5, 1.1)):
        with render.look():
            figure = render.alternation_figure(cell_alternation(world_of(), 1, 0, 1, 2, (1,)))
            figure.text(x, y, "out", ha="center", va="center")
            with pytest.raises(AssertionError):
                assert_inside(figure)


def test_the_command(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = runner.invoke(app, ["bound", "klyubin", "5", "5", "--horizon", "1", "--slip", "0.2"])
    lines = told.stdout.splitlines()
    assert lines[:2] == [
        "figures/klyubin-x5-y5-h1-bound.png",
        "half-step  bound [bits]  upper [bits]",
    ]
    assert [int(line.split()[0]) for line in lines[2:-1]] == [0, 1, 2, 10, 40]
    low, high = lines[-2].split()[1:]
    assert float(low) == pytest.approx(1.2, abs=1e-5)
    assert float(high) == pytest.approx(1.2, abs=1e-5)
    first = (tmp_path / "figures/klyubin-x5-y5-h1-bound.png").read_bytes()
    runner.invoke(app, ["bound", "klyubin", "5", "5", "--horizon", "1", "--slip", "0.2"])
    assert (tmp_path / "figures/klyubin-x5-y5-h1-bound.png").read_bytes() == first


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--half-steps", "many"], "--half-steps needs a whole number, not 'many'"),
        (["--at", "1,50"], "there are 40 half-steps, and none is number 50"),
        (["--at", "0..9"], "--at shows up to 8 half-steps"),
        (["--bounds"], "leave out --bounds"),
        (["--source", "uniform"], "leave out --source"),
    ],
)
def test_the_command_refuses(tmp_path, monkeypatch, words, sentence):
    monkeypatch.chdir(tmp_path)
    told = runner.invoke(app, ["bound", "room", "5", "5", "--horizon", "1", *words])
    assert told.exit_code == 1
    assert sentence in told.stderr
    assert len(told.stderr.splitlines()) == 1
    assert not list(tmp_path.rglob("*.*"))
