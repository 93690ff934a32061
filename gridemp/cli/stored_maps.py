"""Maps in the store of a sweep, in place of mazes: `results.zarr::klyubin?slip=0.1&horizon=5`."""

import re
import shlex
from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from gridemp.cli.parse import MAX_QUOTED, PROBABILITY, WHOLE, fractions, parse_numbers
from gridemp.engine.map import EmpowermentMap
from gridemp.errors import GridempError
from gridemp.sweeps.open_maps import listed, open_maps
from gridemp.sweeps.settings import SETTINGS, typed
from gridemp.sweeps.store import groups
from gridemp.sweeps.stored import JOINT, StoredMaps, check_setting

SUFFIX = ".zarr"


class Address(NamedTuple):
    """Maps in a store, as they are typed."""

    store: str
    maze: str | None
    settings: dict[str, str]  # texts of the settings by name


def parse_address(text: str) -> Address | None:
    """Address of maps in a store; None if the text is none, because it has no `.zarr`."""
    match = re.fullmatch(rf"(.*?\{SUFFIX})/?(?:{JOINT}([^?]*))?(?:\?(.*))?", text, re.DOTALL)
    if match is None:
        return None
    store, maze, query = match.groups()
    settings: dict[str, str] = {}
    for part in filter(None, (query or "").split("&")):
        name, equals, value = part.partition("=")
        check_setting(name, text)
        if not equals or not value:
            raise GridempError(f"{text}: {name} has no value; write {name}=VALUE")
        if name in settings:
            raise GridempError(
                f"{text}: {name} is given twice; write several values as one list, as in 1,3"
            )
        settings[name] = value
    return Address(store, maze or None, settings)


def refuse_stored(name: str) -> None:
    """Raise a GridempError if what should be a maze is the address of maps in a store."""
    if parse_address(name) is not None:
        raise GridempError(
            f"{name} names maps in the store of a sweep, which this command does not take; gridemp "
            "heatmap draws them, and gridemp.sweeps.open_maps reads them in Python"
        )


def parse_values(setting: str, text: str) -> list[Any]:
    """Values of a setting in a text such as 1..5, 0,10% or state,row."""
    if setting == "horizon":
        return parse_numbers(setting, text, int, WHOLE)
    if setting == "slip":
        return parse_numbers(setting, fractions(text), float, PROBABILITY)
    return [item.strip() for item in text.split(",")]


def maps_at(text: str, every: Sequence[str] = ()) -> list[EmpowermentMap]:
    """Read the maps of an address, in the order of its settings; the horizon changes fastest.

    Parameters
    ----------
    text : str
        The address.
    every : sequence of str
        Settings of which all values are taken if the address names none.

    Raises
    ------
    GridempError
        If the address is invalid, a map is not there, or a setting has several values in the store
        and none is chosen.
    """
    address = parse_address(text)
    if address is None:
        raise GridempError(f"{text} is not the store of a sweep; its name ends in {SUFFIX}")
    names = list(groups(Path(address.store)))
    if address.maze is None and len(names) > 1:
        query = text.partition("?")
        example = shlex.quote(f"{address.store}{JOINT}{names[0]}{query[1]}{query[2]}")
        raise GridempError(
            f"{address.store} has several mazes, {listed(names)}; choose one, such as {example}"
        )
    maps = open_maps(address.store, address.maze)
    chosen = [_chosen(maps, address, setting, every) for setting in SETTINGS]
    return [maps.map(**dict(zip(SETTINGS, each, strict=True))) for each in product(*chosen)]


def phase_maps(
    text: str, maze: str | None, fixed: Mapping[str, str | None]
) -> tuple[StoredMaps, dict[str, Any]]:
    """Open the maps of a phase diagram, and read the values that are fixed.

    Parameters
    ----------
    text : str
        Store, or address of its maps, with one value for each of its settings.
    maze : str, optional
        Name of the maze, unless the address has it.
    fixed : mapping of str to str
        Text of each option; None if it was not typed.

    Raises
    ------
    GridempError
        If there are no such maps, or a value is given twice or is none.
    """
    address = parse_address(text) or Address(text, None, {})
    if address.maze is not None and maze is not None:
        raise GridempError(f"{text} already names the maze; leave out --maze")
    settings = dict(address.settings)
    for setting, value in fixed.items():
        if value is not None and setting in settings:
            raise GridempError(f"{text} already chooses the {setting}; leave out --{setting}")
        if value is not None:
            settings[setting] = value
    maps = open_maps(address.store, address.maze or maze)
    chosen = {}
    for setting, value in settings.items():
        values = parse_values(setting, value)
        if len(values) != 1:
            raise GridempError(f"--{setting} takes one value, not {value[:MAX_QUOTED]}")
        chosen[setting] = maps.value(setting, values[0])
    return maps, chosen


def _chosen(maps: StoredMaps, address: Address, setting: str, every: Sequence[str]) -> list[Any]:
    """Return the values of a setting that an address chooses."""
    if setting in address.settings:
        values = parse_values(setting, address.settings[setting])
        return [maps.value(setting, value) for value in values]
    values = maps.values(setting)
    if len(values) > 1 and setting not in every:
        query = [f"{name}={text}" for name, text in address.settings.items()]
        query.append(f"{setting}={typed(setting, values[0])}")
        example = shlex.quote(f"{maps.source}?{'&'.join(query)}")
        listed = ", ".join(typed(setting, value) for value in values)
        raise GridempError(
            f"{maps.source} has several values of {setting} ({listed}); choose one or more, as in "
            f"{example}"
        )
    return values
