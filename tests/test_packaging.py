"""The files that describe the package agree with it and with each other."""

import re
import tomllib
from pathlib import Path

import pytest

import gridemp

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
# Those for people who work on gridemp, and PyTorch, which is several gigabytes.
NOT_IN_ALL = {"all", "test", "ci", "bench", "docs", "lint", "deep"}
CITATION = (ROOT / "CITATION.cff").read_text(encoding="utf-8")


def cited(field):
    """The value of a field of one line in CITATION.cff."""
    (value,) = re.findall(rf"^{field}: (.+)$", CITATION, re.MULTILINE)
    return value


def test_the_citation_is_of_this_version():
    assert cited("version") == gridemp.__version__
    assert cited("license") == PROJECT["license"]


def test_the_changelog_and_the_release_notes_begin_with_this_version():
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r"^## (\S+)", changelog, re.MULTILINE)[1] == gridemp.__version__
    notes = ROOT / "docs" / "release-notes.md"
    if not notes.is_file():
        pytest.skip("the site is not part of the source distribution")
    first = re.search(r"^## (\S+)", notes.read_text(encoding="utf-8"), re.MULTILINE)
    assert first[1] == gridemp.__version__


def test_the_extra_all_has_every_other_extra_of_a_user():
    (requirement,) = EXTRAS["all"]
    (names,) = re.fullmatch(r"gridemp\[(.+)\]", requirement).groups()
    assert names.split(",") == sorted(EXTRAS.keys() - NOT_IN_ALL)
