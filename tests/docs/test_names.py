"""Commands, options, extras, names of Python and pictures that pages mention exist."""

import re
import tomllib

import pytest
from support.command_words import unknown
from support.pages import PAGES, ROOT, blocks, inline_code, links, name_of, python_of, read
from support.public_names import check_code, check_name

import gridemp

EXTRAS = tomllib.loads(read(ROOT / "pyproject.toml"))["project"]["optional-dependencies"]
# The page on the structure names files and modules that are private.
OUTWARD = [page for page in PAGES if page.name not in ("architecture.md", "CONTRIBUTING.md")]


def unknown_words(text):
    """Commands and options of gridemp that a page mentions and that do not exist."""
    prompt = re.compile(r"^\$ .*", re.MULTILINE)
    code = [
        "\n".join(prompt.findall(block.text)) if block.kind in ("text", "json") else block.text
        for block in blocks(text)
    ]
    return unknown(code, inline_code(text))


def unknown_extras(text):
    """Extras in the lines for pip on a page that the package does not have."""
    named = re.findall(r"(?:\.|gridemp)\[([\w, -]+)\]", text)
    return {name.strip() for names in named for name in names.split(",")} - set(EXTRAS)


def check_python(text):
    """Raise an error if Python on a page uses what is not public."""
    for block in blocks(text):
        if block.kind in ("python", "{code-cell} python"):
            check_code(python_of(block))
    for code in inline_code(text):
        if match := re.match(r"gridemp(\.[A-Za-z_]\w*)+", code):
            check_name(match[0])


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_option_and_extra_of_a_page_exists(page):
    assert unknown_words(read(page)) == set()
    assert unknown_extras(read(page)) == set()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Use `--sllip` or `--no_peak`.", {"--sllip", "--no_peak"}),
        ("Run `gridemp headmap` or `gridemp --colour`.", {"headmap", "--colour"}),
        ("`gridemp walk room --ink` and\n`gridemp mi\n--ink`", {"mi --ink"}),
        ("```sh\ngridemp cell room -m \\\n  --policy -- -1\n```", {"cell -m", "cell --policy"}),
        ("```sh\ngridemp mazes | gridemp headmap - > x\n```", {"headmap"}),
        ("```sh\nfor i in 1; do gridemp headmap; done\n```", {"headmap"}),
        ("```python\n!gridemp headmap\n```", {"headmap"}),
        ("```text\n$ gridemp headmap\ngridemp: an error\n```", {"headmap"}),
        ("> ~~~sh\n> python -m gridemp headmap\n> ~~~", {"headmap"}),
        ("`gridemp COMMAND --help`, `gridemp --version`, `-n 3`, `-1`, `gridemp walk -`", set()),
    ],
)
def test_commands_and_options_that_do_not_exist_are_found(text, words):
    assert unknown_words(text) == words


def test_extras_that_do_not_exist_are_found():
    assert unknown_extras('`pip install ".[explore,xplore]"` and `gridemp[log]`') == {
        "xplore",
        "log",
    }


@pytest.mark.slow
@pytest.mark.parametrize("page", OUTWARD, ids=name_of)
def test_python_of_a_page_is_public(page):
    check_python(read(page))


@pytest.mark.parametrize(
    "text",
    [
        "`gridemp.hetmap`",
        "`gridemp.World.from_mazes(maze)`",
        "```python\nfrom gridemp.render import (\n    heatmap,\n    layout,\n)\n```",
        "<!-- not run: needs a GPU -->\n```python\nimport gridemp\ngridemp.hetmap(1)\n```",
    ],
)
def test_python_that_is_not_public_is_found(text):
    with pytest.raises(AssertionError, match="has no public name"):
        check_python(text)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_pictures_and_pages_that_a_page_links_to_are_there(page):
    for link in links(read(page)):
        target = link.split("#")[0]
        if target and not re.match(r"[a-z]+:", target):
            assert (page.parent / target).exists(), link


def test_links_are_found():
    text = '[a](b.md#c) ![d](e.png)\n\n<img src="f.png">\n- <a href="g.md">g</a>\n\n`[h](i)`'
    assert links(text) == ["b.md#c", "e.png", "f.png", "g.md"]


def test_the_readme_is_short_and_cites_this_version():
    text = read(ROOT / "README.md")
    assert len(text.splitlines()) <= 150
    assert f"version = {{{gridemp.__version__}}}" in text


def test_sessions_of_nox_exist():
    noxfile = read(ROOT / "noxfile.py")
    sessions = set(re.findall(r"^def (\w+)\(session", noxfile, re.MULTILINE))
    named = re.findall(r"nox -s ([\w.-]+)", read(ROOT / "CONTRIBUTING.md"))
    assert len(named) > 5
    for name in named:
        session, _, version = name.partition("-")
        assert session in sessions
        assert not version or f'"{version}"' in noxfile
