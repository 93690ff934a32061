"""What the page may ask, as types: anything else is refused with a sentence and its place."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Literal, TypeVar

import msgspec

from gridemp.errors import GridempError, HorizonTooLarge, MazeError

VERSION = 1
LONGEST_HORIZON = 20
MAX_SLIP = 0.5
MAX_CELLS = 10_000
LONGEST_SIDE = 200
MAX_BYTES = 2**18  # of a request
SECONDS = 60.0  # that a request may take
PLACE = " - at `$"
NO_QUESTION, UNANSWERED = 422, 200

Line = Annotated[str, msgspec.Meta(max_length=LONGEST_SIDE)]
Lines = Annotated[list[Line], msgspec.Meta(max_length=LONGEST_SIDE)]
Name = Annotated[str, msgspec.Meta(max_length=200)]
Whole = Annotated[int, msgspec.Meta(ge=-(10**6), le=10**6)]
Asked = TypeVar("Asked")


class Refusal(GridempError):
    """A request that cannot be met.

    Parameters
    ----------
    sentence : str
        What is wrong and what to do about it.
    field : str
        Next to which control of the page it belongs.
    status : int
        Of the HTTP answer: 4xx if this is no question, `UNANSWERED` if it is one that has no
        answer, such as a horizon that would not fit.
    """

    def __init__(self, sentence: str, field: str = "", status: int = NO_QUESTION) -> None:
        self.field = field
        self.status = status
        super().__init__(sentence)


class Request(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Anything that is asked; a field that it does not have is an error."""


class Drawing(Request, frozen=True):
    """A maze of H x W cells, as `gridemp.maze_lines.lines_of` writes it."""

    name: Name
    cells: Lines
    right: Lines
    below: Lines


class Question(Request, frozen=True):
    """A maze and the options of its world, as the command line has them."""

    maze: Drawing
    horizon: Whole
    slip: float = 0.0
    slip_kind: Literal["uniform", "perpendicular"] = "uniform"
    moves: Literal["nesw", "king", "turn"] = "nesw"
    stay: bool = True
    torus: Literal["", "x", "y", "xy"] = ""
    sensor: Literal["state", "position", "row", "column", "walls"] = "state"


class MapQuestion(Question, frozen=True):
    """A map: colours go over `range`, in bits, or over its own; `numbers` stand in the cells."""

    range: tuple[float, float] | None = None
    numbers: Literal["bits", "outcomes"] | None = None


class FigureQuestion(MapQuestion, frozen=True, kw_only=True):
    """The file that `gridemp heatmap` makes of a map."""

    format: Literal["png", "pdf", "svg"]


class CellQuestion(Question, frozen=True, kw_only=True):
    """Something about one cell; y points up."""

    x: Whole
    y: Whole


class StepQuestion(CellQuestion, frozen=True, kw_only=True):
    """One step of an agent in a cell; `draw` says which of the things that noise may do is done."""

    heading: Literal["north", "east", "south", "west"] | None = None
    draw: Annotated[int, msgspec.Meta(ge=0, le=2**31)] = 0


class TextQuestion(Request, frozen=True):
    """What maze a text is; the suffix of `file` tells the format, as on the command line."""

    text: str
    file: Name


def decoded(body: bytes, kind: type[Asked]) -> Asked:
    """The request that a body holds, or a Refusal."""
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        sentence, _, place = str(error).partition(PLACE)
        field = place.strip("`").lstrip(".").partition(".")[0].partition("[")[0]
        where = f"{field}: " if field else ""
        raise Refusal(f"{where}{sentence}; see docs/explorer.md", field) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise Refusal(f"this is not JSON: {error}", status=400) from None


@contextmanager
def concerning(field: str, status: int = UNANSWERED) -> Iterator[None]:
    """Say to which control of the page the errors of a block belong."""
    try:
        yield
    except Refusal:
        raise
    except HorizonTooLarge as error:
        raise Refusal(str(error), "horizon", UNANSWERED) from None
    except MazeError as error:
        raise Refusal(str(error), "maze", UNANSWERED) from None
    except GridempError as error:
        raise Refusal(str(error), field, status) from None
