"""Colours of basins."""

import numpy as np
from matplotlib.colors import to_rgb
from support.walkers import flow_of

from gridemp.render.artists.basins import COLORS, basin_colors, basin_grid


def test_colours_of_basins_side_by_side_differ_where_they_are_many():
    _, found = flow_of("halls", 10)
    assert len(found.attractors) > len(COLORS)
    colors = basin_colors(found)
    assert set(colors) == set(COLORS)
    grid = basin_grid(found)
    beside = 0
    for one, other in ((grid[1:], grid[:-1]), (grid[:, 1:], grid[:, :-1])):
        meet = (one != other) & (one >= 0) & (other >= 0)
        for i, j in zip(one[meet].astype(int), other[meet].astype(int), strict=True):
            assert colors[i] != colors[j]
            beside += 1
    assert beside > 50


def test_the_colours_are_told_apart_by_those_who_do_not_see_red_or_green():
    """Distances in CIELAB of what deuteranopes and protanopes see (Machado et al. 2009)."""
    kinds = {
        "deuteranopia": [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ],
        "protanopia": [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ],
    }
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    rgb = np.array([to_rgb(color) for color in COLORS[:5]])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    for matrix in (np.eye(3), *map(np.array, kinds.values())):
        xyz = np.clip(linear @ matrix.T, 0, 1) @ to_xyz.T / (to_xyz.sum(axis=1))
        x, y, z = np.cbrt(xyz).T
        lab = np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=1)
        apart = np.linalg.norm(lab[:, None] - lab[None], axis=2)[np.triu_indices(5, 1)]
        assert apart.min() > 9
