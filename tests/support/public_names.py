"""The public names of the package, and the check that Python code uses no others."""

import ast
import inspect
import re
from inspect import Parameter
from typing import Any, get_type_hints

import gridemp
from gridemp.errors import MissingExtra

WINGS = sorted(name for name, home in gridemp.HOMES.items() if home == f"gridemp.{name}")


def public_names(value: Any) -> set[str]:
    """Public names of a module or a class, also the attributes of its instances."""
    names = getattr(value, "__all__", None) or {*dir(value), *getattr(value, "__annotations__", ())}
    return {name for name in names if not name.startswith("_")} | {"__version__"}


def check_name(name: str) -> None:
    """Raise an AssertionError if a dotted name cannot be reached through public names only."""
    value, owner = gridemp, "gridemp"
    for part in name.split(".")[1:]:
        assert part in public_names(value), f"{owner} has no public name {part}"
        owner = f"{owner}.{part}"
        if owner != name:  # the last one may need an extra
            value = getattr(value, part, None)


def imports(tree: ast.Module) -> dict[str, str]:
    """Dotted names of gridemp that code imports, by the names that it gives them."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.asname or alias.name: alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                found[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return {name: home for name, home in found.items() if home.partition(".")[0] == "gridemp"}


def check_arguments(name: str, call: ast.Call) -> None:
    """Raise a TypeError if a public function or class does not take the arguments of a call."""
    value: Any = gridemp
    for part in name.split(".")[1:]:
        try:
            value = getattr(value, part)
        except MissingExtra:
            return
    parameters = []
    for parameter in inspect.signature(value).parameters.values():
        if parameter.kind is parameter.VAR_KEYWORD:  # these are described by a TypedDict
            options = get_type_hints(parameter.annotation.__args__[0])
            parameters += [Parameter(key, Parameter.KEYWORD_ONLY, default=None) for key in options]
        else:
            parameters.append(parameter)
    keywords = {keyword.arg: None for keyword in call.keywords}
    if None not in keywords and not any(isinstance(each, ast.Starred) for each in call.args):
        inspect.Signature(parameters).bind(*call.args, **keywords)


def check_code(code: str) -> None:
    """Raise an error if code uses names of gridemp, or arguments of these, that are not public."""
    tree = ast.parse(code)
    homes = imports(tree)
    for home in homes.values():
        check_name(home)
    for node in ast.walk(tree):
        called = isinstance(node, ast.Call)
        first, _, rest = ast.unparse(node.func if called else node).partition(".")
        if first in homes and re.fullmatch(r"[\w.]*", rest):
            name = f"{homes[first]}.{rest}".rstrip(".")
            check_name(name)
            if called:
                check_arguments(name, node)
