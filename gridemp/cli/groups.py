"""Commands whose options come in groups, each a dataclass."""

import inspect
from collections.abc import Callable
from copy import copy
from dataclasses import is_dataclass
from typing import Annotated, Any, get_args

import typer
from typer.models import OptionInfo

from gridemp.cli.running import RUNNING, Running

Command = Callable[..., None]


def with_options(command: Command) -> Command:
    """Replace the parameters of a command that are dataclasses by their fields.

    Parameters
    ----------
    command : callable
        A function some of whose parameters are annotated with dataclasses of options. The help of
        the command shows the options of a dataclass with a class variable `group` under this title,
        except for those with a title of their own.

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
            group: Any = parameter.annotation
            groups[name] = group
            title = getattr(group, "group", None)
            for field, option in inspect.signature(group).parameters.items():
                parameters[field] = changed(option, rich_help_panel=title)
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

    run.__name__, run.__doc__ = command.__name__, command.__doc__
    set_parameters(run, parameters)
    return run


def hides(*names: str) -> Callable[[Command], Command]:
    """Decorator that leaves options out of the help of a command.

    They are those that a command shares with others but always refuses: whoever types one is told
    why, as before.
    """

    def hide(command: Command) -> Command:
        parameters = dict(inspect.signature(command).parameters)
        for name in names:
            parameters[name] = changed(parameters[name], hidden=True)
        set_parameters(command, parameters)
        return command

    return hide


def changed(parameter: inspect.Parameter, **settings: Any) -> inspect.Parameter:
    """Copy of a parameter with these settings of its option; settings that it has already stay."""
    annotated = get_args(parameter.annotation)
    if len(annotated) != 2 or not isinstance(annotated[1], OptionInfo):
        return parameter
    option = copy(annotated[1])  # other commands may have it, too
    for name, value in settings.items():
        setattr(option, name, getattr(option, name) or value)
    return parameter.replace(annotation=Annotated[annotated[0], option])


def set_parameters(command: Any, parameters: dict[str, inspect.Parameter]) -> None:
    """Give a function another signature, of parameters that are given by name."""
    keyword_only = [
        parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in parameters.values()
    ]
    command.__signature__ = inspect.Signature(keyword_only)
    command.__annotations__ = {name: parameter.annotation for name, parameter in parameters.items()}
