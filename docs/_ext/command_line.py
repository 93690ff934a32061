"""Reference of the command line, written from the program itself at each build of the site.

Each command gets a page in reStructuredText: its usage, description and examples, then its
arguments and options in the groups of `--help`, each with its placeholder, help text and default.
Options that the help hides have no place here either.
"""

import re
from pathlib import Path
from typing import Any

from generated import write_folder
from typer.main import get_command

from gridemp.cli import app as program
from gridemp.cli.help import FIRST, GENERAL, LAST, split_examples, summary

PROGRAM: Any = get_command(program)

FOLDER = Path("reference") / "command-line"
LIST = "commands.txt"  # fragment of command-line.md: the program's own options, and the commands
DEFAULT = re.compile(r"\s*\[(default[^:]*): (.*)\]$", re.DOTALL)
# Flags, commands, and the hyphen that stands for standard input or output.
TYPED = re.compile(
    rf"(?<![\w`-])--?[a-z][a-z-]*(?![\w`])|gridemp (?:{'|'.join(PROGRAM.commands)})\b"
    r"|(?<!\S)-(?= for )"
)


def prose(text: str) -> str:
    """Text in reStructuredText, with what is typed in a typewriter font."""
    escaped = re.sub(r"([\\*`|_])", r"\\\1", " ".join(text.split()))
    return TYPED.sub(lambda typed: f"``{typed[0]}``", escaped)


def page_name(command: str) -> str:
    """Name of the page of a command."""
    return command.replace(" ", "-")


def paragraphs(docstring: str) -> str:
    """Paragraphs of a description in reStructuredText."""
    return "\n\n".join(map(prose, docstring.split("\n\n")))


def heading(title: str, line: str) -> str:
    """Title with a line below it."""
    return f"{title}\n{line * len(title)}\n"


def code(lines: list[str], language: str = "sh") -> str:
    """Block of code."""
    return "\n".join([f".. code-block:: {language}\n", *(f"   {line}" for line in lines), ""])


def help_text(param: Any, context: Any) -> str:
    """Help text of an option or argument in reStructuredText, and its default."""
    text = prose(DEFAULT.sub("", param.help or ""))
    default = DEFAULT.search(param.get_help_record(context)[1])
    if default:
        name, value = default.groups()
        value = prose(value) if " " in value else f"``{value}``"
        with_option = f" {prose(name[8:])}" if name[8:] else ""
        text += f" *Default*{with_option}: {value}."
    return text


def option_entry(param: Any, context: Any) -> str:
    """Entry of one option: its flags and placeholder, its help text and its default."""
    names, _ = param.get_help_record(context)
    flags = [*sorted(param.opts, key=len), *param.secondary_opts]
    placeholder = re.sub(r"(?:--?[\w-]+(?:, | / )?)+", "", names, count=1).strip()
    if placeholder:
        flags[-1] = f"{flags[-1]} {placeholder}"
    text = help_text(param, context) + (" You must give this option." if param.required else "")
    return f".. option:: {', '.join(flags)}\n\n   {text}\n"


def argument_entry(param: Any, context: Any) -> str:
    """Entry of one argument: its placeholder and its help text."""
    return f"``{param.metavar}``\n   {help_text(param, context)}\n"


def option_groups(command: Any, context: Any) -> dict[str, list[Any]]:
    """Options that `--help` shows, by the titles of their groups and in their order."""
    groups: dict[str, list[Any]] = {title: [] for title in FIRST}
    for param in command.get_params(context):
        if param.param_type_name == "option" and not param.hidden:
            groups.setdefault(getattr(param, "rich_help_panel", None) or GENERAL, []).append(param)
    for title in LAST:
        groups[title] = groups.pop(title, [])
    return {title: params for title, params in groups.items() if params}


def command_page(name: str, command: Any, context: Any) -> str:
    """Page of one command."""
    title = f"gridemp {name}"
    description, examples = split_examples(command.help or "")
    parts = [
        heading(title, "="),
        f".. program:: {title}\n",
        paragraphs(description) + "\n",
        code([" ".join([title, *command.collect_usage_pieces(context)])], "text"),
    ]
    if examples:
        parts += [heading("Examples", "-"), code(examples)]
    arguments = [one for one in command.get_params(context) if one.param_type_name == "argument"]
    if arguments:
        parts += [heading("Arguments", "-")]
        parts += [argument_entry(one, context) for one in arguments]
    for group, params in option_groups(command, context).items():
        parts += [heading(group, "-"), *(option_entry(param, context) for param in params)]
    return "\n".join(parts)


def command_list(group: Any, context: Any) -> str:
    """Fragment with the table of all commands and the options of the program itself."""
    rows = [
        f"   * - :doc:`gridemp {name} <command-line/{page_name(name)}>`\n"
        f"     - {prose(summary(one.help))}"
        for name, one in group.commands.items()
    ]
    options = [one for one in group.get_params(context) if not one.hidden]
    return "\n".join(
        [
            ".. list-table::\n   :widths: 30 70\n",
            *rows,
            "",
            ".. program:: gridemp\n",
            ".. rubric:: Options of the program itself\n",
            *(option_entry(param, context) for param in options),
            ".. toctree::\n   :hidden:\n",
            *(f"   command-line/{page_name(name)}" for name in group.commands),
            "",
        ]
    )


def pages() -> dict[str, str]:
    """Text of each file of the reference, by its name."""
    group = PROGRAM
    context = group.make_context("gridemp", [], resilient_parsing=True)
    texts = {LIST: command_list(group, context)}
    for name, command in group.commands.items():
        own = command.make_context(name, [], parent=context, resilient_parsing=True)
        texts[f"{page_name(name)}.rst"] = command_page(name, command, own)
    return texts


def write(app: Any) -> None:
    """Write the pages, and remove those of former commands."""
    write_folder(Path(app.srcdir) / FOLDER, pages())


def setup(app: Any) -> dict[str, Any]:
    """Connect to Sphinx."""
    app.connect("builder-inited", write)
    return {"parallel_read_safe": True}
