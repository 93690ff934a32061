"""Ticks, arrows and sizes of colourbars."""

from itertools import combinations

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from support.worlds import emap_of

import gridemp
from gridemp.render import heatmap
from gridemp.render.layout.colorbars import draw_colorbar_on, fitted_label, label_inches
from gridemp.render.layout.text import line_inches


def colorbar(ax):
    (cax,) = ax.child_axes
    return cax


@pytest.mark.slow
@pytest.mark.parametrize("slip", [0.05, 0.5, 0.7, 0.79, 0.8])
@pytest.mark.parametrize("name", ["room", "two-rooms", "dead-end"])
def test_no_label_of_the_colourbar_is_cut_off(name, slip):
    figure = heatmap(emap_of(gridemp.load_maze(name), 2, slip=slip)).figure
    FigureCanvasAgg(figure).draw()
    assert (figure.get_tightbbox().max <= figure.get_size_inches()).all()


@pytest.mark.slow
def test_colourbar_ticks_are_round_and_tell_values_apart():
    ax = heatmap(emap_of(gridemp.load_maze("two-rooms"), 2, slip=0.7))
    labels = [label.get_text() for label in colorbar(ax).get_yticklabels()]
    np.testing.assert_allclose([float(text) for text in labels], colorbar(ax).get_yticks())
    assert len(set(labels)) == len(labels) >= 3


@pytest.mark.parametrize(
    ("long", "below", "texts"),
    [
        (3.0, True, ["-1.5", "-1.0", "0.0", "1.0"]),
        (1.2, True, ["-1", "0", "1"]),
        (0.6, True, ["-1", "1"]),
        (0.6, False, ["-1", "0", "1"]),
    ],
)
def test_numbers_of_short_colourbars_stand_apart(long, below, texts):
    figure = Figure(figsize=(4, 4))
    sides = (long / 4, 0.04) if below else (0.04, long / 4)
    cax = figure.add_axes((0.1, 0.1, *sides))
    cells = ScalarMappable(Normalize(-1.5, 1.5), "RdBu_r")
    draw_colorbar_on(cax, cells, "difference [bits]", below=below)
    figure.draw_without_rendering()
    labels = cax.get_xticklabels() if below else cax.get_yticklabels()
    assert set(texts) <= {label.get_text().replace("\N{MINUS SIGN}", "-") for label in labels}
    boxes = [label.get_window_extent() for label in labels]
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))


def test_labels_of_short_bars_are_shortened():
    label = "empowerment, lower bound [bits]"
    texts = [fitted_label(label, length) for length in (3.0, 1.5, 0.5)]
    assert texts == [label, "empowerment,\nlower bound [bits]", "bits"]
    extra = [label_inches(label, length) for length in (3.0, 1.5, 0.5)]
    assert extra == [0, line_inches("medium"), line_inches("medium")]
    assert fitted_label("number", 0.01) == "number"


def test_a_range_that_cuts_values_off_shows_arrows():
    emap = emap_of(gridemp.load_maze("klyubin"), 5)
    for limits, extend in (({"vmin": 4, "vmax": 5}, "both"), ({}, "neither")):
        cells = heatmap(emap, **limits).collections[0]
        assert cells.colorbar.extend == extend
