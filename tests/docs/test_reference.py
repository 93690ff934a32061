"""The reference lists every public name."""

import importlib
import re

import pytest
from support.pages import ROOT
from support.public_names import WINGS

API = ROOT / "docs" / "reference" / "api"


def names_listed(page):
    """Last parts of the names in the autosummary lists of a page."""
    text = (API / f"{page}.md").read_text(encoding="utf-8")
    blocks = re.findall(r"\.\. autosummary::\n((?:   :.*\n)*\n(?:   .+\n)+)", text)
    assert blocks
    return re.findall(r"^   ~?(?:\w+\.)*(\w+)$", "\n".join(blocks), re.MULTILINE)


@pytest.mark.parametrize("page", ["gridemp", *WINGS])
def test_a_page_lists_every_public_name_once(page):
    module = importlib.import_module("gridemp" if page == "gridemp" else f"gridemp.{page}")
    assert sorted(names_listed(page)) == sorted(module.__all__)


def test_every_public_wing_has_a_page():
    pages = {path.stem for path in API.glob("*.md")} - {"index"}
    assert pages == {"gridemp", *WINGS}
    toctree = (API / "index.md").read_text(encoding="utf-8").partition("{toctree}")[2]
    assert pages <= set(toctree.split())
