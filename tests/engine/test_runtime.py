import numpy as np
import pytest

import gridemp
from gridemp import World, load_maze
from gridemp.engine.runtime import duration, expected_bounds_seconds, expected_seconds

KLYUBIN = load_maze("klyubin")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(20, "20 seconds"), (150, "2 minutes"), (86400, "24 hours"), (1e12, "31,710 years")],
)
def test_durations_in_words(seconds, words):
    assert duration(seconds) == words


def test_longer_noisy_horizons_take_longer_and_bounds_spare_the_sequences():
    world = World.from_maze(KLYUBIN, slip=0.1)
    assert expected_seconds(world, 3) < expected_seconds(world, 6) < expected_seconds(world, 9)
    assert expected_seconds(World.from_maze(KLYUBIN), 9) < expected_seconds(world, 9)
    assert expected_bounds_seconds(world, 9) == expected_seconds(world, 9)  # few enough to solve
    assert expected_bounds_seconds(world, 10) < expected_seconds(world, 10)
    assert expected_bounds_seconds(world, 10) < expected_bounds_seconds(world, 10, tol=0.1)


def test_large_tables_take_as_long_as_what_their_states_reach(monkeypatch):
    monkeypatch.setattr("gridemp.engine.counting.MAX_QUICK_GATHERS", 0)
    states = np.arange(20_000)
    narrow = World.from_successors(np.stack([(states + 1) % 20_000, states], axis=1))
    rng = np.random.default_rng(0)
    wide = World.from_successors(rng.integers(20_000, size=(20_000, 2)))
    assert expected_seconds(narrow, 5) < expected_seconds(narrow, 100)
    assert expected_seconds(narrow, 100) < expected_seconds(wide, 100)


def test_horizons_that_are_refused_have_no_estimate():
    world = World.from_maze(KLYUBIN, slip=0.1)
    with pytest.raises(gridemp.HorizonTooLarge):
        expected_seconds(world, 20)
    with pytest.raises(gridemp.GridempError, match="whole number of steps"):
        expected_bounds_seconds(world, 0)
