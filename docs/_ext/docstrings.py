"""Docstrings on the site: what stands in single backquotes, and the descriptions of constants.

In docstrings, single backquotes hold code of any kind. Public names become links; a wing may refer
to those of `gridemp` without a prefix. All else is shown as it stands, where Sphinx would take
`.png` for the name png.

The descriptions of constants are the `#:` comments where they are defined. Sphinx looks for such a
comment only in the module that a page names, which is a wing that imports the constant from one of
its files; otherwise it shows the docstring of `str` or `tuple`.
"""

import re
import sys
from typing import Any

from sphinx.errors import ExtensionError
from sphinx.pycode import ModuleAnalyzer

import gridemp

QUOTED = re.compile(r"(?<![`:\w])`([^`\n]+)`(?![`_])")
NAME = re.compile(r"[A-Za-z_][\w.]*")
SHARED = {name for name in gridemp.__all__ if f"gridemp.{name}" != gridemp.HOMES[name]}


def marked(match: re.Match[str]) -> str:
    """Code in single backquotes, as a link or a literal."""
    code = match[1]
    if not NAME.fullmatch(code):
        return f"``{code}``"
    if code.partition(".")[0] in SHARED:
        return f":py:obj:`{code} <gridemp.{code}>`"
    return match[0]


def comment_on(name: str) -> list[str]:
    """Lines of the comment on a constant of this dotted name."""
    wing, _, constant = name.rpartition(".")
    value = getattr(sys.modules[wing], constant)
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
        line if line.lstrip().startswith((">>>", "...")) else QUOTED.sub(marked, line)
        for line in lines
    ]


def setup(app: Any) -> dict[str, Any]:
    """Connect to Sphinx, before numpydoc does."""
    app.connect("autodoc-process-docstring", describe, priority=100)
    return {"parallel_read_safe": True}
