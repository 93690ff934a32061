"""The command line: parse, call, render; what is slow to import is imported in the command."""

import errno
import sys
import warnings
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

import gridemp
from gridemp.commands import (
    agents,
    animations,
    bounds,
    explorer,
    figures,
    files,
    landers,
    logs,
    maps,
    mazes,
    networks,
    pages,
)
from gridemp.errors import GridempError
from gridemp.looks import COMMAND
from gridemp.options import say


class Commands(TyperGroup):
    """Turns a user's mistake, in any command, into one sentence and exit code 1."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Keep the words of the command line, for the files that it makes."""
        COMMAND.set(tuple(args))
        return list(super().parse_args(ctx, args))

    def invoke(self, ctx: Any) -> Any:
        """Run the command that `ctx` holds."""
        with warnings.catch_warnings():
            warnings.showwarning = lambda message, *_: say(f"warning: {message}")
            try:
                result = super().invoke(ctx)
                sys.stdout.flush()
                return result
            except GridempError as error:
                say(str(error))
            except OSError as error:
                if error.errno == errno.EPIPE:  # the reader has seen enough
                    raise
                say(f"cannot write the output: {error.strerror}")
            except MemoryError:
                say("this does not fit in memory; lower the horizon or make the maze smaller")
        raise typer.Exit(1)


app = typer.Typer(
    cls=Commands,
    help="Exact empowerment maps of gridworlds, and the figures that show them.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # importing rich would double the time that --help takes
    context_settings={"help_option_names": ["-h", "--help"]},
)


def print_version(wanted: bool) -> None:
    """Print the version and stop."""
    if wanted:
        typer.echo(f"gridemp {gridemp.__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool,
        typer.Option("--version", callback=print_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Exact empowerment maps of gridworlds, and the figures that show them."""


for command in (
    *(maps.heatmap, maps.values, figures.cell, figures.compare, figures.diff, figures.curve),
    *(figures.sensitivity, agents.walk, bounds.bound, networks.learn),
    *(animations.animate, pages.export, explorer.explore),
    *(mazes.mazes, mazes.convert, mazes.make),
    logs.mi,
    landers.lander,
    files.info,
):
    app.command()(command)
