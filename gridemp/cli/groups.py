"""Commands whose options come in groups, each a dataclass."""

import inspect
from collections.abc import Callable
from dataclasses import is_dataclass
from typing import Any


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
        them in their dataclasses and calls the command.
    """
    groups: dict[str, Any] = {}
    parameters: dict[str, inspect.Parameter] = {}
    for name, parameter in inspect.signature(command).parameters.items():
        if is_dataclass(parameter.annotation):
            groups[name] = parameter.annotation
            parameters |= inspect.signature(groups[name]).parameters
        else:
            parameters[name] = parameter

    def run(**values: Any) -> None:
        for name, group in groups.items():
            fields = inspect.signature(group).parameters
            values[name] = group(**{field: values.pop(field) for field in fields})
        command(**values)

    keyword_only = [
        parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in parameters.values()
    ]
    run.__name__, run.__doc__ = command.__name__, command.__doc__
    run.__signature__ = inspect.Signature(keyword_only)  # type: ignore[attr-defined]
    run.__annotations__ = {name: parameter.annotation for name, parameter in parameters.items()}
    return run
