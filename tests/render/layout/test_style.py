"""Styles of figures."""

import logging
import re
import shutil

import matplotlib
import pytest
from matplotlib.font_manager import FontProperties

import gridemp
from gridemp import World, empowerment
from gridemp.errors import pip_command
from gridemp.render import heatmap, look
from gridemp.render.layout.style import style_params

WORLD = World.from_maze(gridemp.load_maze("klyubin"))


def test_print_has_small_texts_and_none_below_six_points():
    with look(None, "column") as width:
        figure = heatmap(empowerment(WORLD, 5), width=width, annotate="bits").figure
        sizes = [text.get_fontsize() for text in figure.findobj(matplotlib.text.Text)]
    assert min(sizes) >= 6
    assert max(sizes) <= 8


def test_venues_set_fonts_and_widths():
    with look("icml2024") as width:
        assert width == pytest.approx(3.25)
        assert FontProperties().get_size_in_points() == 8
    with look("icml2024", "page") as width:
        assert width == pytest.approx(6.75)
    with look("neurips2024", 3) as width:
        assert width == 3
        assert not matplotlib.rcParams["figure.constrained_layout.use"]


def test_styles_by_name_and_file(tmp_path):
    with look("ggplot"):
        assert matplotlib.rcParams["axes.facecolor"] == "#E5E5E5"
    (tmp_path / "my.mplstyle").write_text("font.size: 5.5\n")
    with look(str(tmp_path / "my.mplstyle")):
        assert matplotlib.rcParams["font.size"] == 5.5
    (tmp_path / "bad.mplstyle").write_bytes(b"\xff\xfe\x00")
    for style, sentence in [
        ("ggplto", "did you mean 'ggplot'"),
        (str(tmp_path / "bad.mplstyle"), "cannot read the style"),
    ]:
        with pytest.raises(gridemp.GridempError, match=sentence):
            style_params(style)


def test_venues_without_tueplots_name_the_extra(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "tueplots", None)
    with pytest.raises(gridemp.MissingExtra, match=re.escape(pip_command("styles"))):
        style_params("neurips2024")


@pytest.mark.skipif(shutil.which("latex") is not None, reason="LaTeX is here")
def test_a_style_that_needs_tex_says_so(tmp_path):
    (tmp_path / "tex.mplstyle").write_text("text.usetex: True\n")
    with (
        pytest.raises(gridemp.GridempError, match="not installed on this computer"),
        look(str(tmp_path / "tex.mplstyle")),
    ):
        pass


@pytest.mark.parametrize("width", ["wide", "0", "nan", "-3", "1e9", "", "mm", "85 mi", "10mm"])
def test_widths_that_are_none_are_refused(width):
    with pytest.raises(gridemp.GridempError, match="`width` must be"), look(None, width):
        pass


def test_warnings_of_fonts_come_back_after_a_look():
    logger = logging.getLogger("matplotlib.font_manager")
    before = logger.level
    try:
        for level in (logging.INFO, logging.CRITICAL):
            logger.setLevel(level)
            with look():
                assert logger.level == logging.ERROR
            assert logger.level == level
            with pytest.raises(ZeroDivisionError), look():
                _ = 1 / 0
            assert logger.level == level
    finally:
        logger.setLevel(before)


@pytest.mark.parametrize(
    ("width", "inches"),
    [
        ("3.3in", 3.3),
        ("85mm", 85 / 25.4),
        ("85 MM", 85 / 25.4),
        ("8.5cm", 8.5 / 2.54),
        (" 8.5 cm ", 8.5 / 2.54),
        ("4", 4),
    ],
)
def test_widths_have_units(width, inches):
    with look(width=width) as found:
        assert found == pytest.approx(inches)
