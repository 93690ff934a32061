import inspect
from dataclasses import dataclass

import pytest

from gridemp.cli.groups import with_options


@dataclass
class Size:
    width: int
    height: int = 2


def test_fields_of_dataclasses_become_parameters_in_their_order():
    @with_options
    def command(name: str, size: Size, more: bool = False) -> None:
        """Help."""
        calls.append((name, size, more))

    calls = []
    parameters = inspect.signature(command).parameters
    assert list(parameters) == ["name", "width", "height", "more"]
    assert parameters["height"].default == 2
    assert parameters["width"].annotation is int
    assert (command.__name__, command.__doc__) == ("command", "Help.")
    command(name="a", width=3, height=4, more=True)
    assert calls == [("a", Size(3, 4), True)]
    with pytest.raises(KeyError):
        command(name="a", width=3, more=True)
