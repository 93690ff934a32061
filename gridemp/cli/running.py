"""The command that is running: its options as they were parsed, and their defaults."""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

STDOUT = Path("-")  # as an output


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

    @property
    def quiet(self) -> bool:
        """True if the command says nothing but warnings and errors."""
        return bool(self.values.get("quiet"))

    @property
    def json(self) -> bool:
        """True if the command prints its numbers as JSON."""
        return bool(self.values.get("json"))

    @property
    def to_stdout(self) -> bool:
        """True if the output itself goes to standard output."""
        return self.values.get("output") == STDOUT


RUNNING: ContextVar[Running] = ContextVar("running", default=Running())  # noqa: B039, it is frozen
