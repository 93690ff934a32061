"""Commands whose options come in groups, each a dataclass."""

import inspect
from collections.abc import Callable
from dataclasses import is_dataclass
from typing import Any

import typer

from gridemp.cli.running import RUNNING, Running


def with_options(command: Callable[..., None]) -> Callable[..., None]:
    """Replace the parameters of a command that are dataclasses by their fields.

    Parameters
    ----------
    command : callable
        A function some of whose parameters are annotated with dataclasses of options.

    Returns
    -------
    callable
        A function for Typer, in whose signature each field is an option of its own; it gathers
        them in their dataclasses and calls the command. Meanwhile `RUNNING` holds the options.
    """
    groups: dict[str, Any] = {}
    parameters: dict[str, inspect.Parameter] = {}
    for name, parameter in inspect.signature(command).parameters.items():
        if is_dataclass(parameter.annotation):
            groups[name] = parameter.annotation
            parameters |= inspect.signature(groups[name]).parameters
        else:
            parameters[name] = parameter

    contexts = {name for name, one in parameters.items() if one.annotation is typer.Context}
    defaults = {
        name: parameter.default
        for name, parameter in parameters.items()
        if parameter.default is not inspect.Parameter.empty
    }

    def run(**values: Any) -> None:
        typed = {name: value for name, value in values.items() if name not in contexts}
        token = RUNNING.set(Running(typed, defaults))
        try:
            for name, group in groups.items():
                fields = inspect.signature(group).parameters
                values[name] = group(**{field: values.pop(field) for field in fields})
            command(**values)
        finally:
            RUNNING.reset(token)

    keyword_only = [
        parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in parameters.values()
    ]
    run.__name__, run.__doc__ = command.__name__, command.__doc__
    run.__signature__ = inspect.Signature(keyword_only)  # type: ignore[attr-defined]
    run.__annotations__ = {name: parameter.annotation for name, parameter in parameters.items()}
    return run
