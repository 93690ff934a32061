"""Maps of potential empowerment hold one value for each start, and arrange them over the cells."""

import numpy as np
import pytest

from gridemp import GridempError, PotentialMap, World, parse_maze, potential_empowerment

WORLD = World.from_maze(parse_maze("..#\n..."))
PMAP = PotentialMap(WORLD, 0.5, np.array([0.1, 0.2, 0.3, 0.5, 0.4]), np.full(5, 1e-7))


def test_grid():
    np.testing.assert_array_equal(PMAP.grid(), [[0.1, 0.2, np.nan], [0.3, 0.5, 0.4]])
    np.testing.assert_array_equal(PMAP.grid(PMAP.gap)[0], [1e-7, 1e-7, np.nan])


def test_at():
    assert PMAP.at(0, 1) == 0.1
    with pytest.raises(GridempError, match="the cell x = 2, y = 1 of maze is solid"):
        PMAP.at(2, 1)


def test_cells_where_no_agent_starts():
    hands = World.from_maze(parse_maze("..K"), moves="turn", hands=True)
    with pytest.raises(GridempError, match="the agent cannot start at x = 2, y = 0"):
        potential_empowerment(hands, 0.5).at(2, 0)


def test_peak():
    assert PMAP.peak == (1, 0, 0.5, None, 1)
    level = PotentialMap(WORLD, 0.5, np.ones(5), np.zeros(5))
    assert level.peak == (0, 0, 1.0, None, 5)
    close = PotentialMap(WORLD, 0.5, PMAP.bits, np.array([0, 0, 0, 0, 0.1]))
    assert close.peak == (1, 0, 0.5, None, 2)


def test_the_best_heading_of_a_cell_counts():
    turning = World.from_maze(parse_maze(".."), moves="turn")
    pmap = PotentialMap(turning, 0.5, np.arange(8.0), np.zeros(8))
    assert pmap.at(0, 0) == pmap.bits[turning.cell == 0].max()
    assert pmap.peak.ties == 1


def test_repr():
    assert repr(PMAP).endswith("discount 0.5, 0.10 to 0.50 bits)")


def test_fields_are_checked():
    with pytest.raises(GridempError, match="bits must have shape"):
        PotentialMap(WORLD, 0.5, np.ones(4), np.ones(5))
    with pytest.raises(GridempError, match="`discount` must lie between 0 and 1"):
        PotentialMap(WORLD, 1.0, np.ones(5), np.ones(5))
