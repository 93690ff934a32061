from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.simulator import Simulator
from support.strategies import worlds
from support.worlds import places

import gridemp
from gridemp import empowerment
from gridemp.engine.channel import channel, window
from gridemp.engine.sequences import SEQUENCE_BYTES, Sequences


@settings(max_examples=50)
@given(worlds(max_side=4, slips=(0.0, 1e-9, 0.3, 1.0), actions=("nesw",)), st.integers(1, 3))
def test_rows_are_those_of_the_simulator(world, horizon):
    simulator = Simulator(world.maze, world.actions, world.conditions.slip)
    at = places(world)
    state = len(at) // 2
    built = channel(world, state, horizon)
    ends = [at[label] for label in built.labels]
    truth = [[row[end] for end in ends] for row in simulator.channel(at[state], horizon)]
    np.testing.assert_allclose(built.probabilities, truth, atol=1e-15)
    np.testing.assert_allclose(built.probabilities.sum(axis=1), 1)


def test_a_sensor_adds_columns_up():
    world = gridemp.World.from_maze(gridemp.parse_maze("....\n...."), slip=0.2)
    full = channel(world, 5, 2)
    merged = replace(world, sensor=np.array([7, 7, 3, 3, 7, 7, 3, 3], dtype=np.int32))
    built = channel(merged, 5, 2)
    assert set(built.labels) == {7, 3}
    for column, label in zip(built.probabilities.T, built.labels, strict=True):
        among = np.isin(full.labels, np.flatnonzero(merged.sensor == label))
        np.testing.assert_allclose(column, full.probabilities[:, among].sum(axis=1))


def test_equal_surroundings_have_equal_keys_and_others_do_not():
    world = gridemp.World.from_maze(gridemp.Maze(np.ones((9, 9))), slip=0.1)
    keys = {(x, y): window(world, 9 * y + x, 2).key() for x in range(9) for y in range(9)}
    assert keys[4, 4] == keys[3, 5] == keys[2, 2]
    assert keys[4, 4] != keys[1, 4] != keys[0, 4]
    assert len(set(keys.values())) == 25  # each axis: two cells at either end, and the middle
    more_noise = gridemp.World.from_maze(world.maze, slip=0.2)
    assert window(more_noise, 40, 2).key() != keys[4, 4]
    assert window(world, 40, 3).key() != keys[4, 4]
    two_rows = replace(world, sensor=(world.sensor // 9 % 2).astype(np.int32))
    assert window(two_rows, 40, 2).key() != keys[4, 4]


@pytest.mark.parametrize("horizon", [12, 13, 20, 10**9])
def test_what_does_not_fit_is_refused_with_its_size(horizon):
    world = gridemp.World.from_maze(gridemp.load_maze("klyubin"), slip=0.1)
    digits = horizon * np.log10(5) + np.log10(SEQUENCE_BYTES)
    size = f"{10**digits / 1e9:,.1f} GB" if digits < 15 else f"10^{digits:.0f} bytes"
    with pytest.raises(gridemp.HorizonTooLarge) as caught:
        empowerment(world, horizon)
    sentence = str(caught.value)
    assert f"5^{horizon} action sequences and would take {size}," in sentence
    assert sentence.endswith("lower the horizon to 11, or compute bounds with `empowerment_bounds`")


def test_a_channel_written_down_is_refused_by_the_size_of_its_rows():
    world = gridemp.World.from_maze(gridemp.parse_maze("..\n.."), slip=0.1)
    with pytest.raises(gridemp.HorizonTooLarge, match=r"7.8 GB.*lower the horizon to 11"):
        channel(world, 0, 12)


def test_a_window_that_does_not_fit_is_refused_with_its_size(monkeypatch):
    world = gridemp.World.from_maze(gridemp.Maze(np.ones((9, 9))), slip=0.1)
    monkeypatch.setattr("gridemp.engine.channel.MAX_BYTES", 50_000)
    with pytest.raises(gridemp.HorizonTooLarge, match="can lead to 41 states"):
        Sequences(window(world, 40, 4))
