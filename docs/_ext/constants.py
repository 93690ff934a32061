"""Descriptions of public constants, from the `#:` comments where they are defined.

Sphinx looks for such a comment only in the module that a page names, which is a wing that imports
the constant from one of its files; otherwise it shows the docstring of `str` or `tuple`.
"""

import sys
from typing import Any

from sphinx.errors import ExtensionError
from sphinx.pycode import ModuleAnalyzer


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
    """Replace the docstring of a constant's class by the comment on the constant."""
    if what == "data":
        lines[:] = comment_on(name)


def setup(app: Any) -> dict[str, Any]:
    """Connect to Sphinx, before numpydoc does."""
    app.connect("autodoc-process-docstring", describe, priority=100)
    return {"parallel_read_safe": True}
