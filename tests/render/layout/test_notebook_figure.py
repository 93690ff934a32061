"""Figures and axes that a notebook shows."""

import io
import pickle

import matplotlib
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

from gridemp import heatmap, render
from gridemp.render.layout.boxes import Box, arrange
from gridemp.render.layout.notebook_figure import NotebookAxes, NotebookFigure


def size(png):
    return Image.open(io.BytesIO(png)).size


def test_axes_are_a_picture_of_their_whole_figure():
    figure, ((ax, _),) = arrange([[Box(1.0), Box(1.0)]], side=2)
    assert size(ax._repr_png_()) == (440, 220)
    assert ax._repr_png_() == figure._repr_png_()
    ax.remove()
    assert ax._repr_png_() is None


def test_settings_of_the_user_do_not_cut_a_picture_or_make_it_small():
    figure, _ = arrange([[Box(1.0)]], side=2)
    plain = figure._repr_png_()
    cutting = {"savefig.bbox": "tight", "savefig.facecolor": "red", "savefig.dpi": 20}
    with matplotlib.rc_context(cutting):
        assert figure._repr_png_() == plain
    with matplotlib.rc_context({"figure.dpi": 50}):
        assert size(arrange([[Box(1.0)]], side=2)[0]._repr_png_()) == (220, 220)
    with matplotlib.rc_context({"figure.dpi": 200}):
        assert size(arrange([[Box(1.0)]], side=2)[0]._repr_png_()) == (440, 440)


def test_figures_of_the_user_stay_as_they_are(klyubin):
    from gridemp import empowerment

    emap, figure = empowerment(klyubin, 1), Figure()
    ax = figure.add_subplot()
    assert heatmap(emap, ax=ax) is ax
    assert type(ax) is Axes
    filled = Figure(figsize=(6, 4))
    assert render.panels([emap, emap], figure=filled) is filled
    assert not any(isinstance(ax, NotebookAxes) for ax in filled.axes)


@pytest.mark.parametrize("kind", ["axes", "figure"])
def test_a_copy_is_a_picture_too(kind):
    figure, ((ax,),) = arrange([[Box(1.0)]], side=2)
    again = pickle.loads(pickle.dumps(ax if kind == "axes" else figure))
    assert isinstance(again, NotebookAxes if kind == "axes" else NotebookFigure)
    assert again._repr_png_() == figure._repr_png_()
