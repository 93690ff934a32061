"""Translation of Python names in error messages into flags of the running command.

An error raised below the command line names the arguments of functions, in backticks: `vmin`.
The user of the command line sees the option instead: --vmin.
"""

import re
from collections.abc import Sequence
from typing import Any

# The parameter that gives an argument of the library under another name, in all commands or in one.
EVERYWHERE = {"title": "title_text"}
RENAMED = {
    "bound": {"moments": "at"},
    "heatmap": {"scale": "panel_scale"},
    "lander": {"frames": "window", "shape": "grid"},
    "phase": {"torus": "joined"},
    "sensitivity": {"cell": "cells"},
}
# A function that an option offers is named by it, or by another command if this one lacks it.
ELSEWHERE = {"empowerment_bounds": ("bounds", "gridemp heatmap --bounds")}


def flag(command: Any, parameter: str, value: object = None) -> str | None:
    """Flag or placeholder of a command's parameter; None if the command has no such parameter.

    Parameters
    ----------
    command : click.Command
        The command whose parameter it is.
    parameter : str
        Name of the parameter in Python, such as ``slip_kind``.
    value : object, optional
        Value that was given; False selects the second flag of a pair such as ``--stay/--no-stay``.
    """
    for one in command.params:
        if one.name != parameter:
            continue
        if one.param_type_name == "argument":
            return str(one.metavar or one.name.upper()).strip("[].")
        flags = one.secondary_opts if value is False and one.secondary_opts else one.opts
        return next(str(text) for text in flags if text.startswith("--"))
    return None


def visible_flag(command: Any, parameter: str) -> str | None:
    """Flag of a command's parameter, None if the help of the command does not list it."""
    hidden = any(one.name == parameter and getattr(one, "hidden", False) for one in command.params)
    return None if hidden else flag(command, parameter)


def translate(message: str, command: Any, words: Sequence[str] = ()) -> str:
    """Replace each name in backticks by the flag of a command.

    A name that is not a parameter of the command loses its backticks only.

    Parameters
    ----------
    message : str
        Message of an error or a warning.
    command : click.Command
        The command that was running.
    words : sequence of str
        Words of the command line. A name in backticks that stands in one of them is the user's
        own, such as part of a file name, and stays as it is.
    """
    renamed = EVERYWHERE | RENAMED.get(command.name, {})

    def translated(match: re.Match[str]) -> str:
        quoted, name = match[0], match[1]
        if any(quoted in word for word in words):
            return quoted
        option, elsewhere = ELSEWHERE.get(name, (renamed.get(name, name), name))
        return visible_flag(command, option) or elsewhere

    return re.sub(r"`([a-z_][a-z_.]*)`", translated, message)
