"""Options, names of Python and pictures that the README and the site mention exist."""

import re
import shlex

import pytest
from support.pages import PAGES, ROOT, blocks, name_of, outside_blocks, read
from typer.main import get_command

import gridemp
from gridemp.cli import app

COMMANDS = get_command(app).commands
OPTION = r"(?<![\w-])--[a-z](?:[a-z-]*[a-z])?(?![\w-])"
OF_OTHER_PROGRAMS = {"--check", "--extra-index-url", "--index-url", "--to", "--user"}


def options_of(command):
    """All spellings of the options of a command."""
    return {
        word
        for param in COMMANDS[command].params
        if param.param_type_name == "option"
        for word in (*param.opts, *param.secondary_opts)
    } | {"--help", "-h"}


OF_GRIDEMP = {word for param in get_command(app).params for word in param.opts}
ALL_OPTIONS = OF_GRIDEMP.union(*map(options_of, COMMANDS))


def commands_in(text):
    """Pairs of a command and its words, of all command lines in blocks and in backticks."""
    code = "\n".join(b.text for b in blocks(text) if b.kind not in ("text", "json"))
    code = code.replace("\\\n", " ") + "\n" + "\n".join(re.findall(r"`([^`\n]+)`", text))
    for line in re.findall(r"(?:^|(?<=[ !(]))gridemp ([a-z]+ [^|&\n]*)", code, re.MULTILINE):
        try:
            command, *words = shlex.split(line, comments=True)
        except ValueError:  # a quotation mark of prose or of Python
            continue
        if command in COMMANDS:
            yield command, words


def unknown_options(text):
    """Options that a page gives to a command that has no such option, or that nothing has."""
    wrong = {
        f"{command} {word}"
        for command, words in commands_in(text)
        for word in words
        if re.fullmatch(OPTION, word.split("=")[0])
        and word.split("=")[0] not in options_of(command)
    }
    prose = re.findall(r"`([^`\n]+)`", outside_blocks(text))
    mentioned = {word for code in prose for word in re.findall(OPTION, code)}
    return wrong | (mentioned - ALL_OPTIONS - OF_OTHER_PROGRAMS)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_option_of_a_page_exists(page):
    assert unknown_options(read(page)) == set()


def test_options_that_do_not_exist_are_found():
    text = "Use `--sllip`.\n```sh\ngridemp walk room --ink --annotate bits\n```\n`gridemp mi --ink`"
    assert unknown_options(text) == {"--sllip", "walk --annotate", "mi --ink"}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_pictures_and_pages_that_a_page_links_to_are_there(page):
    text = outside_blocks(read(page))
    links = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(
        r'(?:src|srcset|href)="([^"]+)"', text
    )
    for link in links:
        target = link.split("#")[0]
        if target and not re.match(r"[a-z]+:", target):
            assert (page.parent / target).exists(), link


def check_public(name):
    """Raise an AssertionError if a dotted name cannot be reached through public names only."""
    first, *rest = name.split(".")
    value, owner = gridemp, first
    for part in rest:
        names = getattr(value, "__all__", None) or dir(value)
        assert part in names, f"{owner} has no public name {part}"
        owner = f"{owner}.{part}"
        if owner != name:  # the last one may need an extra
            value = getattr(value, part)


# The page on the structure names files and modules that are private.
OUTWARD = [page for page in PAGES if page.name not in ("architecture.md", "CONTRIBUTING.md")]


@pytest.mark.parametrize("page", OUTWARD, ids=name_of)
def test_every_name_of_a_page_is_public(page):
    text = read(page)
    for name in re.findall(r"`(gridemp(?:\.[A-Za-z_]\w*)+)", text):
        check_public(name)
    for module, names in re.findall(r"^from (gridemp[\w.]*) import (.+)$", text, re.MULTILINE):
        for name in names.strip("()").split(", "):
            check_public(f"{module}.{name.split(' as ')[0].strip()}")


def test_names_that_are_not_public_are_found():
    with pytest.raises(AssertionError, match="gridemp has no public name hetmap"):
        check_public("gridemp.hetmap")
    with pytest.raises(AssertionError, match=r"gridemp\.render has no public name layout"):
        check_public("gridemp.render.layout")


def test_the_readme_is_short():
    assert len(read(ROOT / "README.md").splitlines()) <= 150
