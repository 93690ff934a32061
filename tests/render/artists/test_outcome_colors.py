"""Colours of the outcomes of a cell."""

import matplotlib
import numpy as np
import pytest
from support.worlds import world_of

from gridemp.analysis.cell import cell_source
from gridemp.analysis.cell_outcomes import fewest_steps, outcome_of_cells, outcomes_in_cells
from gridemp.render.artists.outcome_colors import outcome_colors


@pytest.mark.parametrize(
    ("options", "values", "label"),
    [
        ({}, fewest_steps, "fewest steps to reach the cell"),
        ({"moves": "turn"}, outcomes_in_cells, "outcomes in the cell"),
        ({"sensor": "walls"}, outcome_of_cells, ""),
        ({"slip": 0.1}, lambda source: source.grid(), "probability of the outcome"),
    ],
)
def test_colours_show_what_tells_outcomes_apart(options, values, label):
    source = cell_source(world_of("klyubin", **options), 5, 5, 3)
    colors = outcome_colors(source)
    np.testing.assert_array_equal(colors.values, values(source))
    assert colors.label == label
    assert colors.alike is ("sensor" in options)
    assert colors.of_outcomes(source).shape == (len(source.readings), 4)


@pytest.mark.parametrize("options", [{}, {"moves": "turn"}, {"sensor": "walls"}, {"sensor": "row"}])
def test_whole_numbers_have_colours_of_their_own_on_which_black_can_be_read(options):
    source = cell_source(world_of("klyubin", **options), 5, 5, 3)
    colors = outcome_colors(source)
    levels = np.unique(colors.values[np.isfinite(colors.values)])
    drawn = colors.cmap(colors.norm(levels))
    assert len(np.unique(drawn, axis=0)) == len(levels)
    assert (drawn[:, :3] @ [0.2126, 0.7152, 0.0722]).min() > 0.4


def test_a_colour_map_of_your_own_is_used_whole():
    source = cell_source(world_of("klyubin"), 5, 5, 3)
    colors = outcome_colors(source, "Greys")
    np.testing.assert_allclose(colors.cmap(colors.norm(3.0)), matplotlib.colormaps["Greys"](1.0))
    noisy = cell_source(world_of("klyubin", slip=0.1), 5, 5, 2)
    assert outcome_colors(noisy, "Greys").cmap.name == "Greys"
    assert outcome_colors(noisy).cmap.name == "viridis_r"


def test_one_colour_needs_no_colourbar():
    colors = outcome_colors(cell_source(world_of("klyubin", stay=False), 5, 5, 1))
    assert colors.label == ""
    assert colors.range is None
