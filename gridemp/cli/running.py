"""The command that is running: its options as they were parsed, and their defaults."""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Running:
    """Options of the running command.

    Attributes
    ----------
    values : mapping
        Value of each option, by its name in Python.
    defaults : mapping
        Default of each option that has one.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    defaults: Mapping[str, Any] = field(default_factory=dict)


RUNNING: ContextVar[Running] = ContextVar("running", default=Running())  # noqa: B039, it is frozen
