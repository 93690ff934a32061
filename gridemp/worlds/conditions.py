"""The conditions of a world as facts, and the words that titles make of them."""

from dataclasses import dataclass
from typing import TypedDict

MOVES_IN_WORDS = {"nesw": "", "king": "king moves", "turn": "turning"}
TORUS_IN_WORDS = {"": "", "x": "torus in x", "y": "torus in y", "xy": "torus"}


class WorldOptions(TypedDict, total=False):
    """The options of `World.from_maze`, for functions that pass them on.

    Attributes
    ----------
    moves : {"nesw", "king", "turn"}
        Four moves; eight with the diagonals; or turn left, turn right and step forward.
    stay : bool
        Whether staying put is an action too.
    slip : float
        Probability that another action is taken than the one intended.
    slip_kind : {"uniform", "perpendicular"}
        Any of the other actions, or one of the two moves at right angles.
    torus : {"", "x", "y", "xy"} or bool
        The axes along which the edges of the maze are joined; True for both.
    sensor : {"state", "position", "row", "column", "walls"}
        What the agent senses.
    """

    moves: str
    stay: bool
    slip: float
    slip_kind: str
    torus: str | bool
    sensor: str


@dataclass(frozen=True)
class Conditions:
    """The conditions that set a world apart from the default.

    Attributes
    ----------
    moves : {"nesw", "king", "turn"}
        The kind of moves.
    stay : bool
        False if the agent cannot stay put.
    slip : float
        Probability that another action is taken than the one intended.
    slip_kind : {"uniform", "perpendicular"}
        The kind of slip.
    torus : {"", "x", "y", "xy"}
        The axes along which the edges of the maze are joined.
    sensor : str
        Name of the sensor; "state" where all states are told apart.
    noise : {"", "none", "slip", "own"}
        Unknown, none, a slip, or that of a table of transition probabilities.
    doors : bool
        True if the agent can open and close doors.
    labels : str
        Name of the labelling that replaces the sensor, see `World.with_sensor`, or nothing.
    """

    moves: str = "nesw"
    stay: bool = True
    slip: float = 0.0
    slip_kind: str = "uniform"
    torus: str = ""
    sensor: str = "state"
    noise: str = ""
    doors: bool = False
    labels: str = ""

    def words(self) -> tuple[str, ...]:
        """The pieces of a title, such as ("king moves", "no stay", "slip 0.1")."""
        kind = "" if self.slip_kind == "uniform" else f"{self.slip_kind} "
        noise = {
            "": "",
            "none": "no noise",
            "slip": f"{kind}slip {self.slip}" if self.slip else "no noise",
            "own": "own noise",
        }
        pieces = (
            MOVES_IN_WORDS[self.moves],
            "doors" if self.doors else "",
            "" if self.stay else "no stay",
            TORUS_IN_WORDS[self.torus],
            "" if self.sensor == "state" else f"{self.sensor} sensor",
            noise[self.noise],
            f"{self.labels} sensor" if self.labels else "",
        )
        return tuple(piece for piece in pieces if piece)

    def __str__(self) -> str:
        return ", ".join(self.words())


UNKNOWN = Conditions()
