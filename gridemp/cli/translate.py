"""Python names in error messages as the flags of the running command.

An error raised below the command line names the arguments of functions, in backticks: `vmin`.
Whoever typed a command sees the option instead: --vmin.
"""

import re
from typing import Any

# The parameter of a command that gives an argument of the library under another name.
RENAMED = {
    "bound": {"moments": "at"},
    "lander": {"frames": "window", "shape": "grid"},
    "sensitivity": {"cell": "cells"},
}
RENAMED_IN_ALL = {"empowerment_bounds": "bounds"}


def flag(command: Any, parameter: str, value: object = None) -> str | None:
    """The flag or the placeholder of a command's parameter, None if there is no such parameter.

    Parameters
    ----------
    command : click.Command
        The command.
    parameter : str
        The parameter as Python has it, such as ``slip_kind``.
    value : object, optional
        The value given; for False it is the second flag of a pair such as ``--stay/--no-stay``.
    """
    for one in command.params:
        if one.name != parameter:
            continue
        if one.param_type_name == "argument":
            return str(one.metavar or one.name.upper()).strip("[].")
        flags = one.secondary_opts if value is False and one.secondary_opts else one.opts
        return next(str(text) for text in flags if text.startswith("--"))
    return None


def translate(message: str, command: Any) -> str:
    """The message with its words in backticks as the flags of a command.

    Words that are no parameter of the command lose their backticks.
    """
    renamed = RENAMED_IN_ALL | RENAMED.get(command.name, {})

    def typed(match: re.Match[str]) -> str:
        return flag(command, renamed.get(match[1], match[1])) or match[1]

    return re.sub(r"`([\w.]+)`", typed, message)
