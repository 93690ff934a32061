"""Docstrings on the site: what stands in single backquotes, and the descriptions of constants.

In docstrings, single backquotes hold code of any kind. Names that the reference describes become
links: those of `gridemp`, of the wing and of the class that the docstring belongs to need no
prefix. All else is shown as it stands.

The descriptions of constants are the `#:` comments where they are defined. Sphinx looks for such a
comment only in the module that a page names, which is a wing that imports the constant from one of
its files; otherwise it shows the docstring of `str` or `tuple`.
"""

import re
import sys
from importlib import import_module
from inspect import getattr_static
from types import FunctionType
from typing import Any

from sphinx.errors import ExtensionError
from sphinx.pycode import ModuleAnalyzer

import gridemp

QUOTED = re.compile(r"(?<![`:\w])`([^`\n]+)`(?![`_])")
METHODS = FunctionType, classmethod, staticmethod, property


def described(value: Any, name: str) -> bool:
    """True if the reference describes what this dotted name stands for in a module or class."""
    first, _, rest = name.partition(".")
    if isinstance(value, type):
        there = isinstance(getattr_static(value, first, None), METHODS)
    else:
        there = first in getattr(value, "__all__", ())
    return there and (not rest or described(getattr(value, first), rest))


def marked(code: str, owner: str) -> str:
    """Code in single backquotes in the docstring of this name, as a link or a literal."""
    if gridemp.HOMES.get(code) == f"gridemp.{code}":  # the word rather than the wing
        return f"``{code}``"
    homes = owner.split(".")[1:]
    for i in range(len(homes) + 1):
        name = ".".join([*homes[:i], code.removeprefix("gridemp.")])
        if described(gridemp, name):
            return f":py:obj:`{code} <gridemp.{name}>`"
    return f"``{code}``"


def comment_on(name: str) -> list[str]:
    """Lines of the comment on a constant of this dotted name."""
    wing, _, constant = name.rpartition(".")
    value = getattr(import_module(wing), constant)
    for module in sorted(sys.modules):
        if module.startswith(f"{wing}.") and getattr(sys.modules[module], constant, None) is value:
            comments = ModuleAnalyzer.for_module(module).find_attr_docs()
            if ("", constant) in comments:
                return list(comments["", constant])
    raise ExtensionError(f"{name} has no comment that begins with #:")


def describe(app: Any, what: str, name: str, value: Any, options: Any, lines: list[str]) -> None:
    """Mark the code in a docstring; that of a constant is the comment on it."""
    if what == "data":
        lines[:] = comment_on(name)
    lines[:] = [
        line
        if line.lstrip().startswith((">>>", "..."))
        else QUOTED.sub(lambda match: marked(match[1], name), line)
        for line in lines
    ]


def setup(app: Any) -> dict[str, Any]:
    """Connect to Sphinx, before numpydoc does."""
    app.connect("autodoc-process-docstring", describe, priority=100)
    return {"parallel_read_safe": True}
