"""Refusal of options that have no effect together with others."""

import typer

from gridemp.cli.translate import flag
from gridemp.errors import GridempError


def refuse(
    context: typer.Context, parameters: tuple[str, ...], reason: str, remedy: str = "leave out"
) -> None:
    """Raise a GridempError if one of these options was typed, even with its default value.

    Parameters
    ----------
    context : typer.Context
        Context of the running command.
    parameters : tuple of str
        Names of the options in Python.
    reason : str
        The reason why they have no effect.
    remedy : str
        The beginning of the remedy, to which the flag is appended.
    """
    for name in parameters:
        source = context.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE":
            option = flag(context.command, name, context.params[name])
            raise GridempError(f"{reason}; {remedy} {option}")
