"""Settings that distinguish the maps of a store: their names, their order and their texts."""

from collections.abc import Iterable, Sequence
from typing import Any, TypedDict

from gridemp.sweeps.layout import GROWING
from gridemp.worlds.conditions import MOVES_IN_WORDS, USUAL_IN_WORDS
from gridemp.worlds.moves import MOVES
from gridemp.worlds.sensors import SENSORS

NUMBERS = ("slip", "horizon")
NO_TORUS = "none"  # a coordinate; World.from_maze has an empty text
ORDERS: dict[str, Sequence[str]] = {
    "moves": tuple(MOVES),
    "torus": (NO_TORUS, "x", "y", "xy"),
    "sensor": SENSORS,
}
SETTINGS = tuple(GROWING)
USUAL = {"moves": "nesw", "torus": NO_TORUS, "sensor": "state", "slip": 0.0}
LABELS = {"slip": "slip probability"}
TORUS_IN_WORDS = {NO_TORUS: NO_TORUS, "x": "in x", "y": "in y", "xy": "in x and y"}


class MapSettings(TypedDict, total=False):
    """Settings of a map in a store.

    Keys
    ----
    moves : {"nesw", "king", "turn"}
        Moves of the agent.
    torus : {"none", "x", "y", "xy"}
        Axes along which the edges of the maze are joined.
    sensor : {"state", "position", "row", "column", "walls"}
        Sensor of the agent.
    slip : float
        Probability that an action other than the intended one is taken.
    horizon : int
        Number of steps.
    """

    moves: str
    torus: str
    sensor: str
    slip: float
    horizon: int


def in_order(setting: str, values: Iterable[Any]) -> list[Any]:
    """Values of a setting in ascending order, or in that of the documentation."""
    order = ORDERS.get(setting)
    return sorted(values, key=None if order is None else order.index)


def label_of(setting: str) -> str:
    """Label of the axis of a setting."""
    return LABELS.get(setting, setting)


def typed(setting: str, value: Any) -> str:
    """Value of a setting as it is typed, such as "0.1" or "king"."""
    return f"{value:.12g}" if setting in NUMBERS else str(value)


def in_words(setting: str, value: Any) -> str:
    """Value of a setting as the tick label of an axis."""
    if setting == "moves":
        return MOVES_IN_WORDS[value] or USUAL_IN_WORDS["moves"]
    if setting == "torus":
        return TORUS_IN_WORDS[value]
    return typed(setting, value)
