import numpy as np
import pytest
from support.pictures import carved

from gridemp.mazes.pictures.blocks import block_grid
from gridemp.mazes.pictures.grid import Picture

RNG = np.random.default_rng(1)
SOLID = carved(RNG)


def block_grid_of(dark, size=None):
    return block_grid(Picture(dark), size)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 20])
def test_the_largest_cells_are_found(size):
    grid = block_grid_of(np.kron(SOLID, np.ones((size, size))).astype(bool))
    assert (grid.solid.tolist(), grid.size, grid.flaw) == (SOLID.tolist(), size, 0)
    assert not grid.right.any()
    assert not grid.below.any()


def test_cells_need_not_be_whole_pixels():
    rows, cols = (np.arange(round(7.4 * count)) / 7.4 for count in SOLID.shape)
    grid = block_grid_of(SOLID[np.ix_(rows.astype(int), cols.astype(int))])
    assert (grid.solid.tolist(), round(grid.size, 1)) == (SOLID.tolist(), 7.4)


def test_a_cell_that_is_half_dark_is_a_flaw():
    dark = np.kron(SOLID, np.ones((8, 8))).astype(bool)
    dark[8:16, 8:12] = True
    grid = block_grid_of(dark)
    assert grid.size == 8
    assert 0 < grid.flaw < 0.1


def test_a_chosen_size_is_kept():
    dark = np.kron(SOLID, np.ones((8, 8))).astype(bool)
    assert block_grid_of(dark, 4).solid.tolist() == np.kron(SOLID, np.ones((2, 2))).tolist()
    assert block_grid_of(dark, 16).flaw > 0.2


def test_one_colour_has_no_cells():
    assert block_grid_of(np.zeros((40, 40), dtype=bool)) is None
