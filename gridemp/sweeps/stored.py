"""Maps of one maze in a store: each is read when it is needed, and is a map like any other."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from math import isclose
from typing import Any

import numpy as np

from gridemp.arguments import MAX_QUOTED, described
from gridemp.engine.map import EmpowermentMap
from gridemp.errors import GridempError
from gridemp.mazes.maze import Maze
from gridemp.mazes.parsing import parse_maze
from gridemp.sweeps.layout import VARIABLES
from gridemp.sweeps.settings import NO_TORUS, ORDERS, SETTINGS, USUAL, in_order, typed
from gridemp.typing import Array
from gridemp.worlds.conditions import Conditions
from gridemp.worlds.world import World

JOINT = "::"  # between a store and a maze
OF_WORLDS = ("stay", "slip_kind", "hands", "holding")  # settings that all maps share
REMEDY = "add it with gridemp sweep, into the same store"


@dataclass(frozen=True, eq=False)
class StoredMaps:
    """Maps of one maze in the store of a sweep: one for each combination of its settings.

    Attributes
    ----------
    source : str
        The store and the maze as they are typed, such as "results.zarr::klyubin".
    group : zarr.Group
        Group of the maze.
    coordinates : mapping of str to list
        Values of its settings in the order of the store.
    shared : mapping of str to object
        Attributes of the group: its maze, and the settings that all maps share.

    Examples
    --------
    >>> import gridemp
    >>> from gridemp.sweeps import open_maps
    >>> _ = gridemp.sweep(["room"], [1, 2], "sensors.zarr", sensor=["state", "row"])
    >>> maps = open_maps("sensors.zarr")
    >>> maps.values("sensor"), maps.map(sensor="row", horizon=2).peak.outcomes
    (['state', 'row'], 5)
    """

    source: str
    group: Any
    coordinates: Mapping[str, list[Any]]
    shared: Mapping[str, Any]

    def __repr__(self) -> str:
        values = ", ".join(f"{len(own)} {name}" for name, own in self.coordinates.items())
        return f"StoredMaps({self.source!r}: {values})"

    @cached_property
    def maze(self) -> Maze:
        """The maze."""
        return parse_maze(self.shared["maze_text"], self.shared["maze"])

    def values(self, setting: str) -> list[Any]:
        """Return the values of a setting: numbers in ascending order, names in a fixed order.

        Parameters
        ----------
        setting : {"moves", "torus", "sensor", "slip", "horizon"}
            The setting. The order of moves is nesw, king, turn; of tori none, x, y, xy; and of
            sensors state, position, row, column, walls.

        Returns
        -------
        list
            Its values.

        Raises
        ------
        GridempError
            If there is no such setting.
        """
        check_setting(setting, self.source)
        return in_order(setting, self.coordinates[setting])

    def one_of_each(self, given: Mapping[str, Any], but: Sequence[str] = ()) -> dict[str, Any]:
        """Return a value for each setting: the given one, or the only one.

        Parameters
        ----------
        given : mapping of str to object
            Values by setting.
        but : sequence of str
            Settings to leave out.

        Returns
        -------
        dict of str to object
            Values by setting.

        Raises
        ------
        GridempError
            If a setting is unknown, lacks the given value, or has several and none is given.
        """
        for name in given:
            check_setting(name, self.source)
        return {
            setting: self.value(setting, given[setting]) if setting in given else self.only(setting)
            for setting in SETTINGS
            if setting not in but
        }

    def value(self, setting: str, value: Any) -> Any:
        """Return a value as the store has it.

        Parameters
        ----------
        setting : str
            The setting.
        value : object
            Its value; a slip within 1e-9 of one in the store matches it.

        Returns
        -------
        object
            The value.

        Raises
        ------
        GridempError
            If there are no maps with this value; the message names those that there are.
        """
        allowed = ORDERS.get(setting, ())
        if allowed and value not in allowed:
            near = get_close_matches(str(value), allowed, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise GridempError(
                f"{setting} must be one of {', '.join(allowed)}, not {described(value)}{hint}"
            )
        values = self.values(setting)
        for own in values:
            if own == value or (setting == "slip" and isclose(own, value, abs_tol=1e-9)):
                return own
        listed = ", ".join(typed(setting, own) for own in values)
        raise GridempError(
            f"{self.source} has no maps with {setting} {typed(setting, value)}, only with "
            f"{listed}; {REMEDY}"
        )

    def only(self, setting: str) -> Any:
        """Return the value of a setting that has only one.

        Parameters
        ----------
        setting : str
            The setting.

        Returns
        -------
        object
            Its value.

        Raises
        ------
        GridempError
            If there are several values; the message names them.
        """
        values = self.values(setting)
        if len(values) > 1:
            listed = ", ".join(typed(setting, value) for value in values)
            raise GridempError(
                f"{self.source} has several values of {setting} ({listed}); choose one with "
                f"`{setting}`, such as {typed(setting, values[0])}"
            )
        return values[0]

    def grid(self, variable: str, **settings: Any) -> Array | None:
        """Return a variable of a map in array order.

        Parameters
        ----------
        variable : {"empowerment", "gap", "outcomes"}
            Name of the variable, of which the first two are in bits.
        **settings
            Values of all settings.

        Returns
        -------
        ndarray, shape (H, W), or None
            NaN where the maze has no state; None if the map, or its outcomes, are not there.
        """
        index = tuple(
            values.index(self.value(name, settings[name]))
            for name, values in self.coordinates.items()
        )
        array = self.group[variable]
        try:
            values = array[index]
        except (OSError, EOFError, ValueError, zlib.error) as error:
            chunk = array.metadata.encode_chunk_key((*index, 0, 0))
            file = self.group.store.root / variable / chunk
            raise GridempError(
                f"cannot read {file}: {error}; delete it and run the sweep again"
            ) from None
        return None if np.isnan(values).all() else values[::-1]

    def map(self, **settings: Any) -> EmpowermentMap:
        """Return one of the maps, with its world and one value for each cell.

        Parameters
        ----------
        **settings
            Values of the settings that have several.

        Returns
        -------
        EmpowermentMap
            The map, equal to the one that would be computed.

        Raises
        ------
        GridempError
            If a setting is unknown or has another value, if one that has several values is missing,
            or if the map is not computed yet.
        """
        settings = self.one_of_each(settings)
        world, horizon = self.world(**settings), int(settings["horizon"])
        zeros = np.zeros(len(world.start_states))
        empty = EmpowermentMap(world, horizon, zeros, zeros, zeros.astype(np.int64))
        empty = empty.one_per_cell(self.shared["heading"])
        rows, cols = world.maze.cells[empty.cell].T
        bits, gap, outcomes = (
            None if grid is None else grid[rows, cols]
            for grid in (self.grid(name, **settings) for name in VARIABLES)
        )
        if bits is None or gap is None:
            named = [name for name in SETTINGS if settings[name] != USUAL.get(name)]
            which = ", ".join(f"{name} {typed(name, settings[name])}" for name in named)
            raise GridempError(
                f"the map of {self.source} with {which} is not computed yet; {REMEDY}"
            )
        counts = None if outcomes is None else outcomes.astype(np.int64)
        return replace(empty, bits=bits, gap=gap, outcomes=counts)

    def world(self, **settings: Any) -> World:
        """Return the world of a map.

        Parameters
        ----------
        **settings
            Values of all settings.

        Returns
        -------
        World
            The world.
        """
        options: Any = {name: self.shared[name] for name in OF_WORLDS}
        options |= {name: settings[name] for name in ("moves", "sensor", "slip")}
        torus = "" if settings["torus"] == NO_TORUS else settings["torus"]
        return World.from_maze(self.maze, torus=torus, within=settings["horizon"], **options)

    def conditions(self, fixed: Mapping[str, Any]) -> Conditions:
        """Return the conditions that maps share which have some settings in common.

        Parameters
        ----------
        fixed : mapping of str to object
            Values of these settings; the others are taken as they are by default, and slips as
            unknown.

        Returns
        -------
        Conditions
            The conditions.
        """
        conditions = self.world(**{**USUAL, **fixed, "horizon": 1}).conditions
        return conditions if "slip" in fixed else replace(conditions, noise="")


def check_setting(name: str, source: str) -> None:
    """Raise a GridempError if there is no setting of this name."""
    if name not in SETTINGS:
        near = get_close_matches(name, SETTINGS, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(SETTINGS)}"
        raise GridempError(f"{source} has no setting '{name[:MAX_QUOTED]}'; {hint}")
