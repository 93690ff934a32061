"""The program `gridemp`: its commands, and how it reports errors."""

import errno
import sys
import warnings
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from gridemp.cli.command_words import COMMAND_WORDS
from gridemp.cli.help import Command, summary, write_description, write_examples
from gridemp.cli.say import say
from gridemp.cli.translate import translate
from gridemp.errors import OUT_OF_MEMORY, GridempError
from gridemp.report.provenance import version

COMMANDS = (
    "heatmap",
    "values",
    "cell",
    "compare",
    "measure",
    "diff",
    "curve",
    "phase",
    "sensitivity",
    "sweep",
    "sweep show",
    "walk",
    "bound",
    "learn",
    "audit",
    "animate",
    "export",
    "explore",
    "mazes",
    "convert",
    "make",
    "mi",
    "lander",
    "info",
)
# Each command is the function of its name; its file in `commands` has that name too, but for two.
FUNCTIONS = {name: name.replace(" ", "_") for name in COMMANDS}
FILES = FUNCTIONS | {"convert": "mazes", "make": "mazes"}


class CommandTable(Mapping[str, Any]):
    """Commands by name, each of which is imported when it is first looked up."""

    def __init__(self) -> None:
        self._commands: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._commands:
            module = import_module(f"gridemp.cli.commands.{FILES[name]}")
            single = typer.Typer(add_completion=False, rich_markup_mode=None)
            single.command(name, cls=Command)(getattr(module, FUNCTIONS[name]))
            self._commands[name] = get_command(single)
        return self._commands[name]

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class Commands(TyperGroup):
    """Group of commands in which a user's mistake is one sentence and exit code 1."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands: Any = CommandTable()

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Keep the words of the command line for the records in the files that it writes."""
        COMMAND_WORDS.set(tuple(args))
        return list(super().parse_args(ctx, args))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that the first word names, or the first two, such as `sweep show`."""
        name = " ".join(args[:2])
        if len(args) > 1 and name in COMMANDS:
            return name, self.get_command(ctx, name), args[2:]
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands, of which completion imports only those that match."""
        return list(COMMANDS)

    def format_help_text(self, ctx: Any, formatter: Any) -> None:
        """Write the description of the program."""
        write_description(formatter, self.help or "")

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write each command with its whole summary."""
        commands = self.commands.items()
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary(command.help or "")) for name, command in commands])

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write examples."""
        write_examples(formatter, self.help or "")

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was typed, and report its warnings and its mistakes."""

        def report(message: object) -> None:
            command = self.get_command(ctx, ctx.invoked_subcommand)
            say(translate(str(message), command, COMMAND_WORDS.get()))

        def warn(message: Warning | str, *_: Any, **__: Any) -> None:
            report(f"warning: {message}")

        with warnings.catch_warnings():
            warnings.showwarning = warn
            try:
                result = super().invoke(ctx)
                sys.stdout.flush()
                return result
            except GridempError as error:
                report(error)
            except OSError as error:
                if error.errno == errno.EPIPE:  # the reader of the output has closed it
                    raise
                say(f"cannot write the output: {error.strerror}")
            except MemoryError:
                say(OUT_OF_MEMORY)
        raise typer.Exit(1)


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # importing rich would double the time that --help takes
    context_settings={"help_option_names": ["-h", "--help"]},
)


def print_version(wanted: bool) -> None:
    """Print the version and exit."""
    if wanted:
        typer.echo(f"gridemp {version('gridemp')}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool,
        typer.Option("--version", callback=print_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Exact empowerment maps of gridworlds, and the figures that show them.

    Empowerment measures, in bits, how much an agent's next actions can determine what it senses
    afterwards. A map shows it for every cell of a maze. Run gridemp COMMAND --help for help on a
    command.

    Examples
    --------
    gridemp heatmap room -n 5
    gridemp cell klyubin 5 5 -n 3
    gridemp heatmap --help
    """
