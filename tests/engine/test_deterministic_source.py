"""Optimal sources in deterministic worlds, against enumeration."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.sources import assert_attained, enumerated
from support.strategies import worlds
from support.worlds import world_of

from gridemp import HorizonTooLarge, Maze, World, empowerment
from gridemp.analysis.cell import cell_source


@settings(max_examples=60)
@given(worlds(max_side=4), st.integers(1, 3), st.data())
def test_counts_are_those_of_all_sequences(world, horizon, data):
    state = data.draw(st.integers(0, len(world.cell) - 1))
    world = replace(world, sensor=world.sensor // data.draw(st.integers(1, 3)))
    x, y = world.maze.xy(*world.maze.cells[world.cell[state]].tolist())
    source = cell_source(world, x, y, horizon)
    outcomes, first = enumerated(world, state, horizon)
    assert set(source.readings.tolist()) == outcomes
    np.testing.assert_allclose(source.first_actions, first, atol=1e-12)
    assert source.bits == np.log2(len(outcomes))
    if source.channel is not None:
        assert_attained(source)


@pytest.mark.parametrize(
    ("name", "x", "y", "horizon", "options"),
    [
        ("box", 9, 10, 3, {"within": 3}),
        ("box", 9, 10, 3, {"within": 4, "torus": "xy"}),
        ("ice", 3, 3, 4, {}),
        ("conveyor", 1, 3, 4, {}),
        ("trap", 1, 1, 4, {"stay": False}),
        ("klyubin", 0, 0, 4, {"torus": "xy"}),
        ("klyubin", 5, 5, 3, {"moves": "king"}),
        ("klyubin", 5, 5, 4, {"moves": "turn"}),
        ("klyubin", 5, 5, 4, {"sensor": "row"}),
        ("klyubin", 5, 5, 4, {"sensor": "walls"}),
    ],
)
def test_counts_in_worlds_of_all_kinds(name, x, y, horizon, options):
    world = world_of(name, **options)
    source = cell_source(world, x, y, horizon)
    emap = empowerment(world, horizon).one_per_cell()
    row, col = world.maze.rowcol(x, y)
    assert source.bits == emap.grid()[row, col]
    outcomes, first = enumerated(world, source.state, horizon)
    assert set(source.readings.tolist()) == outcomes
    assert source.outcomes == len(outcomes)
    np.testing.assert_allclose(source.first_actions, first, atol=1e-12)


def test_long_horizons_neither_overflow_nor_take_long():
    world = world_of("klyubin")
    source = cell_source(world, 5, 5, 1000)
    assert source.outcomes == 100
    np.testing.assert_allclose(source.first_actions, 0.2, atol=1e-3)
    # Once they repeat, whole periods are skipped.
    square = World.from_maze(Maze(np.ones((2, 2))))
    np.testing.assert_allclose(cell_source(square, 0, 0, 10**18).first_actions, 0.2, atol=1e-9)


def test_periods_are_skipped_to_the_right_phase(monkeypatch):
    world = World.from_maze(Maze(np.ones((1, 1))), stay=False)
    ring = replace(  # the only way is round a ring of five
        World.from_maze(Maze(np.ones((1, 5))), stay=False),
        successors=np.repeat(((np.arange(5) + 1) % 5)[:, None, None], 4, axis=1),
        probabilities=np.ones((5, 4, 1)),
    )
    assert cell_source(world, 0, 0, 7).outcomes == 1
    for horizon in (1003, 10**12 + 4):
        (end,) = cell_source(ring, 0, 0, horizon).ends
        assert end == horizon % 5
    monkeypatch.setattr("gridemp.engine.deterministic_source.MAX_EDGE_STEPS", 10**5)
    with pytest.raises(HorizonTooLarge, match="lower the horizon to 50"):
        cell_source(world_of("trap"), 0, 0, 10**6)
