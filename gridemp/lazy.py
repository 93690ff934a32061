"""Names that a package offers and imports only when they are first asked for."""

import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any


def load(package: str, homes: Mapping[str, str], name: str) -> Any:
    """The public name of a package, for its `__getattr__`; kept, so that it is asked once.

    Parameters
    ----------
    package : str
        The package as it is imported.
    homes : mapping of str to str
        For each public name the module that defines it.
    name : str
        What was asked for.

    Returns
    -------
    object
        What the module has under that name, or the module itself if that is what it is called.

    Raises
    ------
    AttributeError
        If there is no such public name.
    """
    if name not in homes:
        raise AttributeError(f"module {package!r} has no attribute {name!r}")
    module = import_module(homes[name])
    value = module if homes[name] == f"{package}.{name}" else getattr(module, name)
    setattr(sys.modules[package], name, value)
    return value
