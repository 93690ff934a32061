import re
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from gridemp import errors
from gridemp.errors import MazeError, MissingExtra, import_extra, pip_command

ROOT = Path(__file__).parent.parent
TEXTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("gridemp/**/*.py")]


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ({}, "draw it"),
        ({"line": 3}, "line 3: draw it"),
        ({"line": 3, "column": 2}, "line 3, column 2: draw it"),
        ({"line": 3, "column": 2, "source": "a.txt"}, "a.txt, line 3, column 2: draw it"),
        ({"source": "a.txt"}, "a.txt: draw it"),
    ],
)
def test_a_maze_error_names_the_place(place, text):
    error = MazeError("draw it", **place)
    assert str(error) == text
    assert (error.problem, error.line) == ("draw it", place.get("line"))


def test_a_package_of_an_extra_is_imported_or_its_pip_command_given(monkeypatch):
    assert import_extra("sys", "this", "logs") is sys
    monkeypatch.setitem(sys.modules, "scipy", None)
    with pytest.raises(MissingExtra, match=f"^mi needs scipy; {re.escape(pip_command('logs'))}$"):
        import_extra("scipy", "mi", "logs")


class Installed:
    """Stands for the metadata of a gridemp that pip installed."""

    def __init__(self, origin):
        self.origin = origin

    def read_text(self, name):
        assert name == "direct_url.json"
        return self.origin


@pytest.fixture
def clone(tmp_path):
    folder = tmp_path / "a clone"
    folder.mkdir()
    (folder / "pyproject.toml").touch()
    return folder


def installed(monkeypatch, origin, parent):
    monkeypatch.setattr(errors, "PARENT", parent)
    monkeypatch.setattr("importlib.metadata.distribution", lambda name: Installed(origin))


def test_in_a_clone_the_command_names_the_clone(monkeypatch, clone, tmp_path):
    installed(monkeypatch, None, clone)
    monkeypatch.chdir(tmp_path)
    assert pip_command("logs") == f'pip install "{clone}[logs]"'
    monkeypatch.chdir(clone)
    assert pip_command("logs") == 'pip install ".[logs]"'


def test_no_metadata_is_needed_in_a_clone(monkeypatch, clone):
    def none(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr("importlib.metadata.distribution", none)
    monkeypatch.setattr(errors, "PARENT", clone)
    monkeypatch.chdir(clone)
    assert pip_command("deep") == 'pip install ".[deep]"'


@pytest.mark.parametrize(("info", "option"), [("{}", ""), ('{"editable": true}', "-e ")])
def test_a_gridemp_installed_from_a_clone_names_it(monkeypatch, clone, tmp_path, info, option):
    origin = f'{{"dir_info": {info}, "url": "{clone.as_uri()}"}}'
    installed(monkeypatch, origin, tmp_path / "site-packages")
    assert pip_command("logs") == f'pip install {option}"{clone}[logs]"'
    (clone / "pyproject.toml").unlink()
    assert pip_command("logs") == 'pip install "gridemp[logs]"'


@pytest.mark.parametrize(
    "origin", [None, '{"archive_info": {}, "url": "file:///gridemp-1.0-py3-none-any.whl"}']
)
def test_of_a_wheel_or_an_index_pip_knows_the_extras(monkeypatch, clone, tmp_path, origin):
    installed(monkeypatch, origin, tmp_path / "site-packages")
    monkeypatch.chdir(clone)  # another project
    assert pip_command("logs") == 'pip install "gridemp[logs]"'


def test_only_the_function_names_an_index():
    found = [
        str(path)
        for path in TEXTS
        if re.search(r"pip install[^\n]*gridemp\[", path.read_text(encoding="utf-8"))
    ]
    assert found == [str(ROOT / "gridemp" / "errors.py")]
