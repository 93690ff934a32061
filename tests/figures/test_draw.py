"""The gallery: its facts, the pictures drawn from them, and the texts made of them."""

import ast
import importlib
import re
import runpy
import sys

import draw
import pytest
from entries import FIGURES, read_gallery
from PIL import Image, ImageOps

from gridemp.cli import app

ROOT = FIGURES.parent
GROUPS = read_gallery()
ENTRIES = {entry.name: entry for group in GROUPS for entry in group.entries}
COMMANDS = [command.name or command.callback.__name__ for command in app.registered_commands]
IN_PYTHON = [entry for entry in ENTRIES.values() if entry.python]


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
    assert all(words[0] in COMMANDS for words in entry.commands)
    if entry.script:
        assert (FIGURES / entry.script).is_file()
    else:
        assert entry.commands[-1][-2:] == ["--output", entry.file]
    if entry.python:
        assert f'"{entry.file}"' in entry.python.strip().splitlines()[-1]
        assert max(map(len, entry.python.splitlines())) <= 100
    else:
        assert entry.slow


def assert_public(code):
    """Raise an AssertionError if Python code uses a name of gridemp that is not public."""
    homes = {}
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            homes |= {alias.name: alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                assert alias.name in importlib.import_module(node.module).__all__
                homes[alias.name] = f"{node.module}.{alias.name}"
    wings = {f"gridemp.{path.parent.name}" for path in (ROOT / "gridemp").glob("*/__init__.py")}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            home = homes.get(node.value.id)
            if home in {"gridemp", *wings}:
                assert node.attr in importlib.import_module(home).__all__


@pytest.mark.parametrize("entry", IN_PYTHON, ids=by_name)
def test_python_uses_public_names(entry):
    assert_public(entry.python)


def test_names_that_are_not_public_are_found():
    for code in (
        "import gridemp\ngridemp.hetmap(1)",
        "from gridemp import render\nrender.arrange([])",
        "from gridemp.render.saving import SUFFIXES",
    ):
        with pytest.raises((AssertionError, AttributeError)):
            assert_public(code)


def test_the_readme_is_made_of_the_entries():
    assert draw.README.read_text(encoding="utf-8") == draw.readme(GROUPS)


@pytest.mark.slow
def test_a_picture_by_command_and_by_python():
    assert list(draw.differences(ENTRIES["room"])) == []


@pytest.mark.slow
def test_a_picture_that_changes_is_found(tmp_path, monkeypatch):
    with Image.open(FIGURES / "room.png") as image:
        ImageOps.invert(image.convert("RGB")).save(tmp_path / "room.png")
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


@pytest.mark.slow
def test_the_pages_of_the_site(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", [*sys.path])
    write_pages = runpy.run_path(str(ROOT / "docs" / "_ext" / "gallery.py"))["write_pages"]
    (tmp_path / "former.md").write_text("# A picture that the gallery no longer has")
    write_pages(tmp_path)
    assert {path.stem for path in tmp_path.glob("*.md")} == set(ENTRIES)
    page = (tmp_path / "walk.md").read_text(encoding="utf-8")
    assert ENTRIES["walk"].command in page
    assert ENTRIES["walk"].python.strip() in page
    cards = (tmp_path / "cards.txt").read_text(encoding="utf-8")
    for entry in ENTRIES.values():
        assert f":link: gallery/{entry.name}\n" in cards
        assert (tmp_path / "thumbnails" / entry.file).is_file()
