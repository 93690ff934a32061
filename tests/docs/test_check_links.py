"""The check of the site's links passes a sound site and names each link that leads nowhere."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "docs" / "check_links.py"

SOUND = {
    "index.html": """
        <h1 id="top">Site</h1> <a href="#top">up</a> <a href="#">start</a>
        <a href="guide/">guide</a> <a href="guide/index.html#a%20b">its section</a>
        <a href="guide/old.html#by-name">an old anchor</a>
        <a href="https://gridemp.example/none.html#none">elsewhere</a>
        <a href="//gridemp.example/none">elsewhere</a> <a href="mailto:a@gridemp.example">mail</a>
        <img src="figure.png?v=1"> <img src="data:image/png;base64,AAAA">
        <source srcset="figure.png 1x, figure.png 2x">""",
    "guide/index.html": '<h2 id="a b">Section</h2> <a href="../index.html?q=1#top">home</a>',
    "guide/old.html": '<a name="by-name">here</a>',
    "figure.png": "",
}


@pytest.fixture
def check(tmp_path):
    """Write a site, change it, and check it in a process of its own."""

    def checked(changes=()):
        for name, text in {**SOUND, **dict(changes)}.items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        words = [sys.executable, str(SCRIPT), str(tmp_path)]
        return subprocess.run(words, capture_output=True, text=True)

    return checked


def test_a_sound_site_passes(check):
    done = check()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("all links lead somewhere\n")


@pytest.mark.parametrize(
    ("element", "complaint"),
    [
        ('<a href="none.html">', "none.html leads to no file"),
        ('<a href="../none.html#top">', "../none.html#top leads to no file"),
        ('<a href="empty/">', "empty/ leads to no file"),
        ('<img src="none.png">', "none.png leads to no file"),
        ('<source srcset="../figure.png, none.png 2x">', "none.png leads to no file"),
        ('<script src="../none.js?v=2">', "../none.js?v=2 leads to no file"),
        ('<a href="#none">', "#none leads to no id of guide/new.html"),
        ('<a href="../index.html#none">', "../index.html#none leads to no id of index.html"),
        ('<a href="../../outside.html">', "../../outside.html leads out of the site"),
        ('<a href="/index.html">', "/index.html leads out of the site"),
    ],
)
def test_a_link_that_leads_nowhere_is_named(check, element, complaint):
    done = check({"guide/new.html": f"<p>\n{element}"})
    assert done.returncode == 1
    assert done.stdout == f"guide/new.html, line 2: {complaint}\n"


def test_several_links_are_all_named(check):
    done = check({"guide/new.html": '<a href="x"> <a href="y">', "last.html": '<a href="#z">'})
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 3


def test_a_folder_without_a_site_is_refused(tmp_path):
    done = subprocess.run([sys.executable, SCRIPT, tmp_path], capture_output=True, text=True)
    assert done.returncode == 1
    assert "has no index.html; build the site first" in done.stderr
