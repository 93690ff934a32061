"""The gallery: its facts, the pictures drawn from them, and the texts made of them."""

import re

import draw
import pytest
from entries import FIGURES, read_gallery
from PIL import Image
from support.public_names import check_code
from typer.main import get_command

from gridemp.cli import app

GROUPS = read_gallery()
ENTRIES = {entry.name: entry for group in GROUPS for entry in group.entries}
COMMANDS = get_command(app).commands


def by_name(entry):
    return entry.name


def test_every_picture_has_one_entry():
    kept = re.findall(
        r"^!figures/(.+\.(?:png|gif))$", (FIGURES.parent / ".gitignore").read_text(), re.M
    )
    files = [file for entry in ENTRIES.values() for file in (entry.file, entry.dark) if file]
    assert sorted(kept) == sorted(files)
    assert all((FIGURES / file).is_file() for file in files)
    assert len(ENTRIES) == sum(len(group.entries) for group in GROUPS)


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=by_name)
def test_texts_of_an_entry(entry):
    assert len(entry.title) <= 40
    assert entry.caption.endswith(".")
    assert entry.alt.endswith(".")
    if entry.script:
        assert (FIGURES / entry.script).is_file()
    else:
        assert entry.commands[-1][-2:] == ["--output", entry.file]
    if entry.python:
        assert f'"{entry.file}"' in entry.python.strip().splitlines()[-1]
        assert max(map(len, entry.python.splitlines())) <= 100
    else:
        assert entry.slow


@pytest.mark.slow
@pytest.mark.parametrize("entry", ENTRIES.values(), ids=by_name)
def test_the_program_takes_the_command_and_the_python_of_an_entry(entry, folder):
    for command, *words in entry.commands:
        COMMANDS[command].make_context(command, words)
    check_code(entry.python)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (AssertionError, "import gridemp\ngridemp.hetmap(1)"),
        (AssertionError, "from gridemp import render\nrender.arrange([])"),
        (AssertionError, "from gridemp.render.saving import SUFFIXES"),
        (AssertionError, "import gridemp as g\ng.World.from_mazes(1)"),
        (TypeError, "from gridemp import heatmap as draw\ndraw('room', horizons=5)"),
        (TypeError, "import gridemp\ngridemp.World.from_maze()"),
        (TypeError, "from gridemp import render\nrender.panels([], inks=True)"),
    ],
)
def test_names_and_arguments_that_do_not_exist_are_found(error, code):
    with pytest.raises(error):
        check_code(code)


def test_names_and_arguments_that_exist_are_accepted():
    check_code("import gridemp\ngridemp.heatmap('room', horizon=5, slip=0.1, **{}).figure.nothing")


def test_the_readme_is_made_of_the_entries():
    assert draw.README.read_text(encoding="utf-8") == draw.readme(GROUPS)


@pytest.mark.slow
def test_a_picture_by_command_and_by_python():
    assert list(draw.differences(ENTRIES["room"])) == []


@pytest.mark.slow
def test_a_digit_that_changes_is_found(tmp_path, monkeypatch):
    with Image.open(FIGURES / "room.png") as image:
        picture = image.convert("RGB")
    nine = (582, 1180, 597, 1200)  # of "peak: 5.93 bits"; upside down, it is a six
    picture.paste(picture.crop(nine).rotate(180), nine)
    picture.save(tmp_path / "room.png")
    monkeypatch.setattr(draw, "FIGURES", tmp_path)
    by_command, by_python = draw.differences(ENTRIES["room"])
    assert by_command.startswith("room.png, drawn by its command, by ")
    assert by_python.startswith("room.png, drawn by its Python, by ")
    Image.new("RGB", (3, 3)).save(tmp_path / "room.png")
    assert next(draw.differences(ENTRIES["room"])).endswith("by inf")


def test_pictures_are_chosen_by_name():
    quick = [entry for entry in ENTRIES.values() if not entry.slow]
    assert draw.chosen([], GROUPS) == quick
    assert draw.chosen(["learned", "walk"], GROUPS) == [ENTRIES["learned"], ENTRIES["walk"]]
    with pytest.raises(SystemExit, match=r"no picture wall in gallery.toml; it has classic, room"):
        draw.chosen(["wall"], GROUPS)
    with pytest.raises(SystemExit, match=r"run python figures/explorer.py instead"):
        draw.chosen(["explorer"], GROUPS)
