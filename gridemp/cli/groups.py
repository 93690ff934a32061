"""Commands whose options come in groups, as dataclasses."""

import inspect
from collections.abc import Callable
from dataclasses import is_dataclass
from typing import Any


def with_options(command: Callable[..., None]) -> Callable[..., None]:
    """A command some of whose arguments are dataclasses of options, as one that takes them all."""
    groups: dict[str, Any] = {}
    flat: dict[str, inspect.Parameter] = {}
    for name, parameter in inspect.signature(command).parameters.items():
        if is_dataclass(parameter.annotation):
            groups[name] = parameter.annotation
            flat |= inspect.signature(groups[name]).parameters
        else:
            flat[name] = parameter

    def run(**values: Any) -> None:
        for name, group in groups.items():
            own = inspect.signature(group).parameters
            values[name] = group(**{field: values.pop(field) for field in own})
        command(**values)

    parameters = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in flat.values()]
    run.__name__, run.__doc__ = command.__name__, command.__doc__
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return run
