"""Import of the public names of a package when they are first used."""

import sys
from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any

from gridemp.errors import missing_extra

# Packages that modules import at their top, with the extras that install them.
EXTRAS = {"torch": "deep"}


def load(package: str, homes: Mapping[str, str], name: str) -> Any:
    """Import a public name of a package, as the body of the package's `__getattr__`.

    The value is stored in the package, so that each name is looked up once.

    Parameters
    ----------
    package : str
        The package's name as it is imported.
    homes : mapping of str to str
        The module that defines each public name.
    name : str
        The attribute that was not found in the package.

    Returns
    -------
    object
        The module's attribute of that name, or the module itself if it is the submodule `name`.

    Raises
    ------
    AttributeError
        If there is no such public name.
    MissingExtra
        If the module needs a package that is not installed.
    """
    if name not in homes:
        raise AttributeError(f"module {package!r} has no attribute {name!r}")
    try:
        module = import_module(homes[name])
    except ModuleNotFoundError as error:
        if error.name not in EXTRAS:
            raise
        raise missing_extra(error.name, package, EXTRAS[error.name]) from None
    value = module if homes[name] == f"{package}.{name}" else getattr(module, name)
    setattr(sys.modules[package], name, value)
    return value


def names_of(attributes: Mapping[str, object], public: Iterable[str]) -> list[str]:
    """Names of a package for `dir`, as the body of the package's `__dir__`.

    Parameters
    ----------
    attributes : mapping of str to object
        The package's attributes by name, of which those such as `__doc__` are listed.
    public : iterable of str
        The package's public names.
    """
    special = [name for name in attributes if name.startswith("__") and name.endswith("__")]
    return sorted({*special, *public})
