"""Conditions of a world, and the words that describe them in titles."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypedDict

from gridemp.arguments import check_kinds
from gridemp.errors import GridempError
from gridemp.worlds.moves import action_names, joined_axes
from gridemp.worlds.noise import check_slip

MOVES_IN_WORDS = {"nesw": "", "king": "king moves", "turn": "turning"}
TORUS_IN_WORDS = {"": "", "x": "torus in x", "y": "torus in y", "xy": "torus"}

NOISES = ("none", "slip", "own")

USUAL_IN_WORDS = {
    "moves": "four moves",
    "hands": "no hands",
    "holding": "empty-handed",
    "stay": "can stay",
    "torus": "no torus",
    "sensor": "senses all",
}


class HandlessOptions(TypedDict, total=False):
    """Options of `World.from_maze` for an agent without hands.

    Attributes
    ----------
    moves : {"nesw", "king", "turn"}
        Moves: four; eight with the diagonals; or turn left, turn right and step forward.
    stay : bool
        Whether staying put is an action too.
    slip : float
        Probability that an action other than the intended one is taken.
    slip_kind : {"uniform", "perpendicular"}
        Actions that a slip takes instead: all others, or the two moves at right angles.
    torus : {"", "x", "y", "xy"} or bool
        Axes along which the edges of the maze are joined; True for both.
    sensor : {"state", "position", "row", "column", "walls"}
        Sensor of the agent, see `readings`.
    """

    moves: str
    stay: bool
    slip: float
    slip_kind: str
    torus: str | bool
    sensor: str


class WorldOptions(HandlessOptions, total=False):
    """Options of `World.from_maze`, for functions that pass them on.

    Attributes
    ----------
    hands : bool
        Whether the agent, which must turn, can pick up, drop and toggle what is in front of it.
    holding : str
        Letter of the thing in the agent's hand at first, such as "k"; empty for none.
    """

    hands: bool
    holding: str


@dataclass(frozen=True)
class Conditions:
    """Conditions that distinguish a world from the default one.

    Attributes
    ----------
    moves : {"nesw", "king", "turn"}
        Kind of moves.
    stay : bool
        False if the agent cannot stay put.
    slip : float
        Probability that an action other than the intended one is taken.
    slip_kind : {"uniform", "perpendicular"}
        Kind of slip.
    torus : {"", "x", "y", "xy"}
        Axes along which the edges of the maze are joined.
    sensor : str
        Name of the sensor; "state" if it distinguishes all states.
    noise : {"", "none", "slip", "own"}
        Kind of noise: unknown, none, slips, or that of a table of transition probabilities.
    hands : bool
        True if the agent can pick up, drop and toggle things.
    holding : str
        Name of the thing in the agent's hand at first, such as "key"; empty if there is none.
    labels : str
        Name of the labelling that replaces the sensor, see `World.with_sensor`; empty if there is
        none.
    samples : int
        Number of samples of each random step from which the probabilities are estimated; 0 if they
        are exact.
    """

    moves: str = "nesw"
    stay: bool = True
    slip: float = 0.0
    slip_kind: str = "uniform"
    torus: str = ""
    sensor: str = "state"
    noise: str = ""
    hands: bool = False
    holding: str = ""
    labels: str = ""
    samples: int = 0

    def __post_init__(self) -> None:
        """Write a torus given as True as "xy"; raise a GridempError if a field is invalid."""
        check_kinds(Conditions, vars(self), "slip", "torus")
        action_names(self.moves, self.stay, self.hands)
        check_slip(self.slip)
        if self.noise and self.noise not in NOISES:
            raise GridempError(f"`noise` must be one of {', '.join(NOISES)}, not '{self.noise}'")
        object.__setattr__(self, "torus", joined_axes(self.torus))

    def words(self) -> tuple[str, ...]:
        """Pieces of a title, such as ("king moves", "no stay", "slip 0.1")."""
        kind = "" if self.slip_kind == "uniform" else f"{self.slip_kind} "
        noise = {
            "": "",
            "none": f"no noise in {self.samples} samples" if self.samples else "no noise",
            "slip": f"{kind}slip {self.slip}" if self.slip else "no noise",
            "own": f"noise estimated from {self.samples} samples" if self.samples else "own noise",
        }
        pieces = (
            MOVES_IN_WORDS[self.moves],
            "hands" if self.hands else "",
            f"holding a {self.holding}" if self.holding else "",
            "" if self.stay else "no stay",
            TORUS_IN_WORDS[self.torus],
            "" if self.sensor == "state" else f"{self.sensor} sensor",
            noise[self.noise],
            f"{self.labels} sensor" if self.labels else "",
        )
        return tuple(piece for piece in pieces if piece)

    @property
    def of_maze(self) -> bool:
        """True if the moves are those of `World.from_maze`, not those of a table."""
        return self.noise == "slip" or self.moves != "nesw"

    @property
    def proviso(self) -> str:
        """Words after a certificate that holds for estimated noise only; empty if it is known."""
        return " for the estimated noise" if self.samples else ""

    def usual_words(self, others: Iterable["Conditions"]) -> tuple[str, ...]:
        """Pieces of a title that name the usual conditions in which others differ."""
        usual, others = Conditions(), list(others)
        return tuple(
            text
            for field, text in USUAL_IN_WORDS.items()
            if getattr(self, field) == getattr(usual, field)
            and any(getattr(other, field) != getattr(usual, field) for other in others)
        )

    def __str__(self) -> str:
        return ", ".join(self.words())


UNKNOWN = Conditions()
