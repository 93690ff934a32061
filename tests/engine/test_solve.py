import numpy as np
import pytest

import gridemp
from gridemp import World, empowerment, empowerment_bounds
from gridemp.engine.given_source import information_map
from gridemp.engine.solve import solve_maps

HORIZONS = [3, 1]


@pytest.fixture
def world():
    return World.from_maze(gridemp.parse_maze("....\n.#.."), slip=0.1)


def assert_equal_maps(maps, others):
    assert [emap.horizon for emap in maps] == [other.horizon for other in others]
    for emap, other in zip(maps, others, strict=True):
        np.testing.assert_array_equal(emap.bits, other.bits)
        np.testing.assert_array_equal(emap.gap, other.gap)
        assert emap.source == other.source


def test_empowerment_is_the_default(world):
    assert_equal_maps(solve_maps(world, HORIZONS), [empowerment(world, n) for n in HORIZONS])


def test_bounds_of_each_horizon(world, monkeypatch):
    monkeypatch.setattr("gridemp.engine.bounds.EXACT_SEQUENCES", 0)
    monkeypatch.setattr("gridemp.engine.bounds.MAX_SEQUENCES", 1)
    maps = solve_maps(world, HORIZONS, bounds=True)
    assert_equal_maps(maps, [empowerment_bounds(world, n) for n in HORIZONS])
    assert maps[0].gap.min() > 0.1


@pytest.mark.parametrize("source", ["uniform", [0.5, 0.5, 0, 0, 0]])
def test_a_given_source_at_each_horizon(world, source):
    maps = solve_maps(world, HORIZONS, source=source)
    assert_equal_maps(maps, [information_map(world, n, source) for n in HORIZONS])


def test_bounds_of_a_given_source_are_refused(world):
    with pytest.raises(gridemp.GridempError, match="leave out `source`"):
        solve_maps(world, HORIZONS, bounds=True, source="uniform")


@pytest.mark.parametrize("chosen", [{}, {"bounds": True}, {"source": "uniform"}])
def test_progress_rises_over_all_horizons(world, chosen):
    fractions = []
    solve_maps(world, HORIZONS, progress=fractions.append, **chosen)
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1
