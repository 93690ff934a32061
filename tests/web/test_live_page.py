"""The whole explorer in one text, which loads nothing and runs no other script."""

import json
import re

import pytest

from gridemp.web import live_page as module
from gridemp.web.bundle import PAGE, sha256
from gridemp.web.live_page import live_page

TITLE = "</title><script>alert(1)</script>"
TEXT = live_page("notebook.js", {"own": "</script>"}, "notebook.css", TITLE, 'a "description"')
PLAIN = r"<script>(.*?)</script>"
SCRIPT, STYLE = r'<script type="module">(.*?)</script>', r"<style>(.*?)</style>"


def found(pattern):
    (content,) = re.findall(pattern, TEXT, re.DOTALL)
    return content


def test_it_loads_nothing():
    outside = re.sub(f"{PLAIN}|{SCRIPT}|{STYLE}", "", TEXT, flags=re.DOTALL)
    for link in re.findall(r'(?:src|href)="([^"]*)"', outside):
        assert link.startswith("data:image/svg+xml;base64,")
    assert not re.search(r"\bimport\b", found(SCRIPT))


def test_its_policy_allows_its_own_script_and_style_alone():
    policy = found(r'Content-Security-Policy" content="([^"]*)"')
    parts = dict(part.split(" ", 1) for part in policy.split("; "))
    assert parts["default-src"] == parts["base-uri"] == parts["form-action"] == "'none'"
    assert parts["script-src"] == f"'{sha256(found(PLAIN))}' '{sha256(found(SCRIPT))}'"
    assert parts["style-src"] == f"'{sha256(found(STYLE))}'"
    assert parts["img-src"] == "data: blob:"
    assert len(parts) == 6
    assert TEXT.index("Content-Security-Policy") < TEXT.index("<style")


def test_its_texts_do_nothing():
    assert TEXT.count("<script") == TEXT.count("</script>") == 3
    assert "alert(1)</script>" not in TEXT
    assert 'content="a &quot;description&quot;"' in TEXT


def test_its_data_hold_the_words_of_all_languages():
    data = json.loads(found(r'id="data">(.*?)</script>'))
    assert data["own"] == "</script>"
    assert data["words"].keys() == {path.stem for path in (PAGE / "words").iterdir()}
    assert data["words"]["en"]["header"]["undo"] == "Undo"


def test_its_styles_are_those_of_the_page_and_its_own():
    for name in ("look.css", "explorer.css", "notebook.css"):
        assert (PAGE / name).read_text(encoding="utf-8") in found(STYLE)


@pytest.mark.parametrize("tag", ['<img src="a.png">', "<script src='a.js'></script>"])
def test_a_page_that_would_load_something_is_an_error(monkeypatch, tag):
    asset = module.asset

    def changed(name):
        return asset(name).replace("</body>", f"{tag}</body>")

    monkeypatch.setattr(module, "asset", changed)
    with pytest.raises(ValueError, match="cannot load src="):
        live_page("notebook.js", {}, "notebook.css")
