"""Options that were typed although they have no effect."""

import typer

from gridemp.cli.translate import flag
from gridemp.errors import GridempError


def refuse(context: typer.Context, parameters: tuple[str, ...], sentence: str) -> None:
    """Raise a GridempError if one of these options was typed, even with its default value.

    Parameters
    ----------
    context : typer.Context
        The running command.
    parameters : tuple of str
        The options, by their names in Python.
    sentence : str
        The reason and the remedy, which the flag ends, such as "a log is no figure; leave out".
    """
    for name in parameters:
        source = context.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE":
            option = flag(context.command, name, context.params[name])
            raise GridempError(f"{sentence} {option}")
