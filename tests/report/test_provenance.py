"""Records of what made a figure."""

import json

import numpy as np
import pytest

import gridemp
from gridemp import Maze, World, empowerment, horizon_sweep
from gridemp.mazes.maze_hash import maze_hash
from gridemp.render import heatmap, save_figure
from gridemp.report.provenance import about_replaced, as_text, read_record, record

WORLD = World.from_maze(gridemp.load_maze("klyubin"))


FORMATS = (".png", ".pdf", ".svg")


def save(path, emap=None, words=(), **options):
    emap = empowerment(WORLD, 5) if emap is None else emap
    made = record([emap.world], [emap.horizon], words)
    save_figure(lambda width: heatmap(emap, width=width).figure, path, record=made, **options)
    return made


@pytest.mark.slow
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
    with pytest.raises(gridemp.GridempError, match="holds no record of what made it"):
        read_record(tmp_path / "a")
    with pytest.raises(gridemp.GridempError, match="cannot read"):
        read_record(tmp_path / "none")


def test_a_file_too_large_for_a_figure_is_not_searched(tmp_path, monkeypatch):
    made = save(tmp_path / "a.svg")
    size = (tmp_path / "a.svg").stat().st_size
    monkeypatch.setattr("gridemp.report.provenance.MAX_BYTES", size)
    assert read_record(tmp_path / "a.svg") == made
    monkeypatch.setattr("gridemp.report.provenance.MAX_BYTES", size - 1)
    with pytest.raises(gridemp.GridempError, match=r"a\.svg is too large for a figure"):
        read_record(tmp_path / "a.svg")


def test_a_picture_of_many_pixels_says_what_made_it(tmp_path, monkeypatch):
    made = save(tmp_path / "a.png")
    monkeypatch.setattr("PIL.Image.MAX_IMAGE_PIXELS", 10)  # of what Pillow opens
    assert read_record(tmp_path / "a.png") == made


def test_only_a_figure_that_shows_something_else_is_worth_a_sentence(tmp_path):
    path = tmp_path / "a.png"
    words = ["heatmap", "klyubin", "-n", "5"]
    assert about_replaced(path, record([WORLD], [5], words)) == ""
    made = save(path, words=words)
    assert about_replaced(path, made | {"gridemp": "9", "with": "numpy 9"}) == ""
    assert about_replaced(path, record([WORLD], [5], ["heatmap", "--horizon=5", "klyubin"])) == ""
    drawn = f"{path} is replaced; it was drawn by gridemp heatmap klyubin -n 5"
    assert about_replaced(path, record([WORLD], [5], ["walk", "klyubin", "-n", "5"])) == drawn
    assert about_replaced(path, record([WORLD], [4], words)) == drawn
    assert about_replaced(path, {"title": "information in log.csv"}).startswith(f"{path} is")
    path.write_bytes(path.read_bytes()[:90])
    assert about_replaced(path, made) == f"{path} is replaced; it held no record of what made it"
