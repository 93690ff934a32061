"""Figures in files."""

from pathlib import Path

import matplotlib
import numpy as np
import pypdfium2
import pytest
from PIL import Image
from support.worlds import emap_of

import gridemp
from gridemp import Maze, World, empowerment, horizon_sweep
from gridemp.render import heatmap, save_figure
from gridemp.render.figures.panels import panels
from gridemp.report.provenance import read_record, record

WORLD = World.from_maze(gridemp.load_maze("klyubin"))
FORMATS = (".png", ".pdf", ".svg")


def save(path, emap=None, words=(), **options):
    emap = empowerment(WORLD, 5) if emap is None else emap
    made = record([emap.world], [emap.horizon], words)
    save_figure(lambda width: heatmap(emap, width=width).figure, path, record=made, **options)
    return made


@pytest.mark.slow
@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_figure_with_its_record_gives_the_same_bytes(tmp_path, suffix):
    for name in ("one", "two"):
        save(tmp_path / f"{name}{suffix}", words=["heatmap", "klyubin"])
    assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / f"two{suffix}").read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize(("width", "inches"), [("column", 3.5), ("page", 7.16), (4.2, 4.2)])
def test_widths_are_met_to_the_inch(tmp_path, width, inches):
    save(tmp_path / "a.pdf", width=width)
    page = pypdfium2.PdfDocument(tmp_path / "a.pdf")[0]
    assert page.get_width() / 72 == pytest.approx(inches, abs=1e-3)


def test_fonts_in_a_pdf_are_truetype_and_its_text_is_text(tmp_path):
    save(tmp_path / "a.pdf")
    content = (tmp_path / "a.pdf").read_bytes()
    assert b"/Type3" not in content
    assert b"/CIDFontType2" in content
    text = pypdfium2.PdfDocument(tmp_path / "a.pdf")[0].get_textpage().get_text_bounded()
    assert "klyubin, horizon 5, no noise" in text
    assert "empowerment [bits]" in text


@pytest.mark.slow
@pytest.mark.parametrize("scale", [0.7, 1, 1.37, 2])
def test_no_hairlines_between_cells_in_a_viewer(tmp_path, scale):
    """Every pixel of a flat map has one colour; it has too many cells for a faint grid."""
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


@pytest.mark.slow
def test_a_large_map_is_one_image_inside_a_vector_file(tmp_path):
    emap = empowerment(World.from_maze(Maze(np.ones((200, 200)))), 3)
    for suffix in (".pdf", ".svg"):
        save(tmp_path / f"a{suffix}", emap)
        assert (tmp_path / f"a{suffix}").stat().st_size < 300_000
    assert (tmp_path / "a.svg").read_text().count("<image") == 2  # the map and the colourbar


def test_too_many_pixels_are_refused(tmp_path):
    with pytest.raises(
        gridemp.GridempError, match="more than 65,536 pixels; lower `dpi` or `width`"
    ):
        save(tmp_path / "a.png", width=40, dpi=2000)
    assert not (tmp_path / "a.png").exists()


def test_panels_are_saved_with_their_record(tmp_path):
    emaps = horizon_sweep(WORLD, [1, 2])
    made = record([WORLD, WORLD], [1, 2])
    save_figure(lambda width: panels(emaps, width=width), Path(tmp_path, "a.png"), record=made)
    assert read_record(tmp_path / "a.png") == made


@pytest.mark.slow
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


def save_heatmap(emap, path, **options):
    save_figure(lambda width: heatmap(emap, width=width).figure, path, **options)


def test_settings_of_the_user_do_not_change_a_file(tmp_path):
    emap = emap_of(gridemp.load_maze("room"), 2)
    save_heatmap(emap, tmp_path / "a.png")
    with matplotlib.rc_context({"font.size": 30, "axes.grid": True, "text.usetex": True}):
        save_heatmap(emap, tmp_path / "b.png")
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".png", ".pdf", ".svg"])
@pytest.mark.parametrize("side", [4, 60])
def test_the_same_map_gives_the_same_bytes(tmp_path, suffix, side):
    emap = emap_of(Maze(np.ones((side, side))), 2)
    first, second = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    save_heatmap(emap, first)
    save_heatmap(emap, second)
    assert first.read_bytes() == second.read_bytes()
    start = {".png": b"\x89PNG", ".pdf": b"%PDF", ".svg": b"<?xml"}[suffix]
    assert first.read_bytes().startswith(start)


def test_text_in_a_vector_file_is_text(tmp_path):
    save_heatmap(emap_of(gridemp.load_maze("room"), 5), tmp_path / "a.svg")
    assert "empowerment [bits]</text>" in (tmp_path / "a.svg").read_text()
