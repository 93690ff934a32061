"""Styles, files and what they say of themselves."""

import json
import logging
import platform
import shutil
from importlib.util import find_spec
from pathlib import Path

import matplotlib
import numpy as np
import pypdfium2
import pytest
from matplotlib.font_manager import FontProperties
from PIL import Image
from typer.testing import CliRunner

import gridemp
from gridemp import Maze, World, empowerment, horizon_sweep
from gridemp.cli.command_words import COMMAND_WORDS, command
from gridemp.cli.main import app
from gridemp.mazes.maze import maze_hash
from gridemp.render import heatmap, look, save_figure
from gridemp.render.figures.panels import panels
from gridemp.render.layout.style import style_params
from gridemp.report.provenance import as_text, read_record, record

WORLD = World.from_maze(gridemp.load_maze("klyubin"))
FORMATS = (".png", ".pdf", ".svg")


def save(path, emap=None, words=(), **options):
    emap = empowerment(WORLD, 5) if emap is None else emap
    made = record([emap.world], [emap.horizon], words)
    save_figure(lambda width: heatmap(emap, width=width).figure, path, record=made, **options)
    return made


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_file_says_what_made_it(tmp_path, suffix):
    words = ["heatmap", 'a "(maze)"\\.txt', "--horizon", "5", "<&é"]
    made = save(tmp_path / f"a{suffix}", words=words)
    found = read_record(tmp_path / f"a{suffix}")
    assert found == made == json.loads(as_text(made))
    assert found["gridemp"] == gridemp.__version__
    assert found["sha256"] == maze_hash(WORLD.maze)
    assert (found["horizon"], found["slip"], found["cells"]) == (5, 0.0, "10 x 10")
    assert found["actions"] == "north east south west stay"


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_figure_with_its_record_gives_the_same_bytes(tmp_path, suffix):
    for name in ("one", "two"):
        save(tmp_path / f"{name}{suffix}", words=["heatmap", "klyubin"])
    assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / f"two{suffix}").read_bytes()


def test_a_record_lists_what_differs():
    emaps = horizon_sweep(WORLD, [1, 2])
    made = record([emap.world for emap in emaps], [emap.horizon for emap in emaps])
    assert made["horizon"] == [1, 2]
    assert made["maze"] == "klyubin"


def test_a_record_gives_sizes_as_people_say_them():
    worlds = [World.from_maze(Maze(np.ones(shape))) for shape in ((2, 3), (4, 1))]
    assert record(worlds[:1], [1])["cells"] == "3 x 2"
    assert record(worlds, [1, 1])["cells"] == ["3 x 2", "1 x 4"]


@pytest.mark.parametrize("content", [b"", b"text", b"\x89PNG broken", b"%PDF-1.4", b"GIF89a"])
def test_files_of_others_are_refused(tmp_path, content):
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(gridemp.GridempError, match="does not say what made it"):
        read_record(tmp_path / "a")
    with pytest.raises(gridemp.GridempError, match="cannot read"):
        read_record(tmp_path / "none")


def test_the_recorded_command_tells_nothing_of_folders():
    token = COMMAND_WORDS.set(
        ("heatmap", "/home/me/m.txt", "-o", "/x/f.png", "--output=/y", "-n", "5")
    )
    try:
        assert command() == ["heatmap", "m.txt", "-n", "5"]
    finally:
        COMMAND_WORDS.reset(token)


@pytest.mark.parametrize(("width", "inches"), [("column", 3.5), ("page", 7.16), (4.2, 4.2)])
def test_widths_are_met_to_the_inch(tmp_path, width, inches):
    save(tmp_path / "a.pdf", width=width)
    page = pypdfium2.PdfDocument(tmp_path / "a.pdf")[0]
    assert page.get_width() / 72 == pytest.approx(inches, abs=1e-3)


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
    with pytest.raises(gridemp.MissingExtra, match=r'pip install "gridemp\[styles\]"'):
        style_params("neurips2024")


@pytest.mark.skipif(shutil.which("latex") is not None, reason="LaTeX is here")
def test_a_style_that_needs_tex_says_so(tmp_path):
    (tmp_path / "tex.mplstyle").write_text("text.usetex: True\n")
    with (
        pytest.raises(gridemp.GridempError, match="not on this machine"),
        look(str(tmp_path / "tex.mplstyle")),
    ):
        pass


@pytest.mark.parametrize("width", ["wide", "0", "nan", "-3", "1e9", ""])
def test_widths_that_are_none_are_refused(width):
    with pytest.raises(gridemp.GridempError, match="`width` needs"), look(None, width):
        pass


def test_fonts_in_a_pdf_are_truetype_and_its_text_is_text(tmp_path):
    save(tmp_path / "a.pdf")
    content = (tmp_path / "a.pdf").read_bytes()
    assert b"/Type3" not in content
    assert b"/CIDFontType2" in content
    text = pypdfium2.PdfDocument(tmp_path / "a.pdf")[0].get_textpage().get_text_bounded()
    assert "klyubin, horizon 5, no noise" in text
    assert "empowerment [bits]" in text


@pytest.mark.parametrize("scale", [0.7, 1, 1.37, 2])
def test_no_hairlines_between_cells_in_a_viewer(tmp_path, scale):
    """On a flat map, away from its faint grid (too many cells), every pixel has one colour."""
    world = World.from_maze(Maze(np.ones((5, 40))))
    save(tmp_path / "a.pdf", empowerment(world, 100))
    page = pypdfium2.PdfDocument(tmp_path / "a.pdf")[0]
    pixels = np.asarray(page.render(scale=scale).to_pil().convert("RGB")).astype(int)
    yellow = np.abs(pixels - [253, 231, 37]).sum(axis=2) < 10
    rows = np.flatnonzero(yellow.sum(axis=1) > 0.5 * pixels.shape[1])
    inner = pixels[rows[2] : rows[-3]]
    columns = np.flatnonzero(yellow[rows[3]])
    inner = inner[:, columns[3] : columns[-4]]
    map_rows = np.abs(inner - [253, 231, 37]).sum(axis=2).max(axis=1) < 10
    assert map_rows[: len(map_rows) // 3].all()


def test_a_large_map_is_one_image_inside_a_vector_file(tmp_path):
    emap = empowerment(World.from_maze(Maze(np.ones((200, 200)))), 3)
    for suffix in (".pdf", ".svg"):
        save(tmp_path / f"a{suffix}", emap)
        assert (tmp_path / f"a{suffix}").stat().st_size < 300_000
    assert (tmp_path / "a.svg").read_text().count("<image") == 2  # the map and the colourbar


def test_too_many_pixels_are_refused(tmp_path):
    with pytest.raises(gridemp.GridempError, match="more than 65,536 pixels"):
        save(tmp_path / "a.png", width=40, dpi=2000)
    assert not (tmp_path / "a.png").exists()


def test_no_pyplot_is_touched():
    assert find_spec("matplotlib.pyplot") is not None
    import subprocess
    import sys

    code = (
        "import sys, gridemp; from gridemp.render import *; "
        "e = gridemp.empowerment(gridemp.World.from_maze(gridemp.load_maze('room')), 2); "
        "panels([e, e]); e._repr_html_(); print('matplotlib.pyplot' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_panels_are_saved_with_their_record(tmp_path):
    emaps = horizon_sweep(WORLD, [1, 2])
    made = record([WORLD, WORLD], [1, 2])
    save_figure(lambda width: panels(emaps, width=width), Path(tmp_path, "a.png"), record=made)
    assert read_record(tmp_path / "a.png") == made


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_command_line_says_what_made_its_figure(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    words = ["heatmap", "klyubin", "--horizon", "2", "--slip", "0.1", "--no-stay"]
    result = CliRunner().invoke(app, [*words, "--output", str(path)])
    assert result.exit_code == 0, result.stderr
    assert read_record(path) == {
        "gridemp": gridemp.__version__,
        "with": f"numpy {np.__version__}, matplotlib {matplotlib.__version__}, "
        f"Python {platform.python_version()}",
        "command": "gridemp heatmap klyubin --horizon 2 --slip 0.1 --no-stay",
        "maze": "klyubin",
        "cells": "10 x 10",
        "sha256": maze_hash(WORLD.maze),
        "horizon": 2,
        "actions": "north east south west",
        "slip": 0.1,
        "conditions": "no stay, slip 0.1",
    }


def test_the_hash_tells_shapes_walls_and_objects_apart():
    wall = [[True, False], [False, False]]
    mazes = [
        Maze(np.ones((1, 4))),
        Maze(np.ones((2, 2))),
        Maze(np.ones((2, 3))),
        Maze(np.ones((3, 2))),  # whose bits are those of the one before
        Maze(np.ones((2, 3)), wall_right=wall),
        Maze(np.ones((2, 3)), wall_below=[[True, False, False]]),
        Maze(np.ones((2, 3)), objects={(0, 0): "T"}),
        Maze(np.ones((2, 3)), objects={(0, 1): "T"}),
        Maze(np.ones((2, 3)), objects={(0, 0): "B"}),
    ]
    assert len({maze_hash(maze) for maze in mazes}) == len(mazes)


def test_a_file_too_large_for_a_figure_is_not_searched(tmp_path, monkeypatch):
    made = save(tmp_path / "a.svg")
    size = (tmp_path / "a.svg").stat().st_size
    monkeypatch.setattr("gridemp.report.provenance.MAX_BYTES", size)
    assert read_record(tmp_path / "a.svg") == made
    monkeypatch.setattr("gridemp.report.provenance.MAX_BYTES", size - 1)
    with pytest.raises(gridemp.GridempError, match=r"a\.svg is too large for a figure"):
        read_record(tmp_path / "a.svg")


@pytest.mark.parametrize(("suffix", "date"), [(".pdf", b"Date"), (".svg", b"dc:date")])
def test_there_is_no_date_in_a_file(tmp_path, suffix, date):
    figure = heatmap(empowerment(WORLD, 2)).figure
    figure.savefig(tmp_path / f"dated{suffix}")
    assert date in (tmp_path / f"dated{suffix}").read_bytes()
    save(tmp_path / f"a{suffix}")
    assert date not in (tmp_path / f"a{suffix}").read_bytes()
    save_figure(lambda width: figure, tmp_path / f"b{suffix}")  # without a record
    assert date not in (tmp_path / f"b{suffix}").read_bytes()


@pytest.mark.parametrize(("dpi", "pixels"), [(40, 140), (100, 350), (None, 700)])
def test_dots_per_inch_are_those_that_are_asked_for(tmp_path, dpi, pixels):
    options = {} if dpi is None else {"dpi": dpi}
    save(tmp_path / "a.png", width="column", **options)
    with Image.open(tmp_path / "a.png") as picture:
        assert picture.width == pixels


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
