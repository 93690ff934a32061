"""Random rollouts have the frequencies of the exact channels."""

import tracemalloc

import numpy as np
import pytest
from support.worlds import drawn_world

from gridemp import GridempError, first_action_empowerment
from gridemp.analysis import rollouts
from gridemp.analysis.rollouts import first_action_channels, sampled_readings
from gridemp.information import transmitted_information

WORLDS = {
    "plain": drawn_world("...\n.#."),
    "slip": drawn_world("...\n.#.", slip=0.3),
    "row": drawn_world("...\n.#.", slip=0.3, sensor="row"),
    "turn": drawn_world("...\n.#.", moves="turn", slip=0.2),
    "trap": drawn_world("..T"),
}


@pytest.mark.parametrize("name", WORLDS)
def test_the_channels_hold_the_exact_information(name):
    world = WORLDS[name]
    channels = first_action_channels(world, 3)
    found = [transmitted_information(each.rows, each.uniform) for each in channels]
    exact = first_action_empowerment(world, 3, source="uniform").bits
    np.testing.assert_allclose(found, exact, atol=1e-12)
    assert all((np.diff(each.labels) > 0).all() for each in channels)


@pytest.mark.parametrize("name", WORLDS)
def test_frequencies_of_many_rollouts_are_near_the_probabilities(name):
    world = WORLDS[name]
    readings = sampled_readings(world, 3, 4000, np.random.default_rng(0))
    assert readings.shape == (len(world.start_states), len(world.actions), 4000)
    for channel, own in zip(first_action_channels(world, 3), readings, strict=True):
        seen = channel.frequencies(own)
        np.testing.assert_allclose(seen.sum(axis=1), 1)
        error = np.sqrt(channel.rows * (1 - channel.rows) / 4000)
        assert (np.abs(seen - channel.rows) <= 5 * error + 1e-12).all()


def test_the_first_step_without_noise_is_certain():
    world = WORLDS["plain"]
    readings = sampled_readings(world, 1, 7, np.random.default_rng(0))
    ahead = world.sensor[world.successors[world.start_states, :, 0]]
    np.testing.assert_array_equal(readings, np.repeat(ahead[:, :, None], 7, axis=2))


def test_noise_needs_no_array_of_all_next_states():
    world = drawn_world("...\n...\n...", moves="king", slip=0.3)  # up to 9 next states
    rollouts = 20_000
    size = len(world.start_states) * len(world.actions) * rollouts * 8  # bytes of an array
    tracemalloc.start()
    sampled_readings(world, 2, rollouts, np.random.default_rng(0))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 * size


def test_what_would_not_fit_is_refused(monkeypatch):
    monkeypatch.setattr(rollouts, "MAX_ENTRIES", 100)
    with pytest.raises(GridempError, match=r"more than 100 probabilities.*; lower the horizon"):
        first_action_channels(WORLDS["plain"], 3)
    with pytest.raises(GridempError, match=r"5 `rollouts` after each of 5 actions .* give fewer"):
        sampled_readings(WORLDS["plain"], 3, 5, np.random.default_rng(0))
