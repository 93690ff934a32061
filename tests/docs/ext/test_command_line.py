"""The reference of the command line has every command and option, as `--help` describes them."""

import re

import command_line
import pytest
from command_line import page_name
from typer.main import get_command

from gridemp.cli import app

GROUP = get_command(app)
CONTEXT = GROUP.make_context("gridemp", [], resilient_parsing=True)
COMMANDS = sorted(GROUP.commands)


@pytest.fixture(scope="module")
def pages():
    return command_line.pages()


def entries(page):
    """Flags and text of each option of a generated page, read without knowing the program."""
    found = {}
    for head, text in re.findall(r"^\.\. option:: (.+)\n\n((?:   .*\n|\n)*)", page, re.MULTILINE):
        for words in head.split(", "):
            flag = words.split()[0]
            assert flag not in found
            found[flag] = " ".join(text.split())
    return found


def context_of(name):
    """Context in which the program would run a command."""
    return GROUP.commands[name].make_context(name, [], parent=CONTEXT, resilient_parsing=True)


def options_of(command, context):
    """Options that the parser of a command takes, but for those that its help hides."""
    params = command.get_params(context)
    return [one for one in params if one.param_type_name == "option" and not one.hidden]


def flags_of(command, context):
    """Flags of these options."""
    options = options_of(command, context)
    return {flag for one in options for flag in [*one.opts, *one.secondary_opts]}


def test_every_command_has_a_page(pages):
    names = sorted(map(page_name, COMMANDS))
    assert sorted(pages) == sorted([*(f"{name}.rst" for name in names), "commands.txt"])
    linked = re.findall(r"<command-line/([\w-]+)>", pages["commands.txt"])
    in_toctree = re.findall(r"^   command-line/([\w-]+)$", pages["commands.txt"], re.MULTILINE)
    assert sorted(linked) == sorted(in_toctree) == names


def test_the_pages_have_exactly_the_options_of_the_program(pages):
    written = {
        (name, flag) for name in COMMANDS for flag in entries(pages[f"{page_name(name)}.rst"])
    }
    real = {
        (name, flag)
        for name in COMMANDS
        for flag in flags_of(GROUP.commands[name], context_of(name))
    }
    assert len(real) > 400
    assert written == real
    assert set(entries(pages["commands.txt"])) == flags_of(GROUP, CONTEXT)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_a_sentence_and_its_default(pages, name):
    written, context = entries(pages[f"{page_name(name)}.rst"]), context_of(name)
    for param in options_of(GROUP.commands[name], context):
        text = written[param.opts[-1]]
        assert re.match(r"[A-Z`].*[.]$", text), text
        assert ("*Default*" in text) == ("[default" in param.get_help_record(context)[1])
        if isinstance(param.default, str) and param.show_default:
            assert f"``{param.default}``" in text


@pytest.mark.parametrize("name", COMMANDS)
def test_groups_arguments_and_examples_are_those_of_the_help(pages, name):
    page, command = pages[f"{page_name(name)}.rst"], GROUP.commands[name]
    help_text = command.get_help(context_of(name))
    titles = re.findall(r"^(\w.*):\n", help_text, re.MULTILINE)
    assert re.findall(r"^(\w.*)\n--+$", page, re.MULTILINE) == ["Examples", *titles[:-1]]
    usage = " ".join(re.search(r"Usage: (.*?)\n\n", help_text, re.DOTALL)[1].split())
    assert usage in page
    for line in help_text.partition("Examples:\n")[2].splitlines():
        assert f"\n   {line.strip()}\n" in page
    for param in command.params:
        if param.param_type_name == "argument":
            assert f"``{param.metavar}``\n   {param.help[:15]}" in page


def test_hidden_options_are_left_out(pages):
    assert "--source" not in entries(pages["walk.rst"])
    assert "--source" in entries(pages["heatmap.rst"])


def test_what_is_typed_is_marked(pages):
    prose = command_line.prose
    assert prose("give --no-peak or -q; a_b|c*") == r"give ``--no-peak`` or ``-q``; a\_b\|c\*"
    assert prose("see gridemp mazes, - for standard input") == (
        "see ``gridemp mazes``, ``-`` for standard input"
    )
    assert prose("well-known - or not") == "well-known - or not"
