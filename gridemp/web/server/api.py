"""Types of the JSON requests that the page may send, and refusals of everything else.

The limits of the server are defined here, too; those of the page itself are in `web/limits.py`.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated, Literal, TypeVar, cast

import msgspec

from gridemp.errors import OUT_OF_MEMORY, GridempError, HorizonTooLarge, MazeError
from gridemp.web.choices import CHOICES, Moves, Numbers, Policy, Sensor, SlipKind, Torus
from gridemp.web.limits import MAX_CELLS as MAX_CELLS
from gridemp.web.limits import MAX_HORIZON as MAX_HORIZON
from gridemp.web.limits import MAX_QUOTED
from gridemp.web.limits import MAX_SIDE as MAX_SIDE
from gridemp.web.limits import MAX_SLIP as MAX_SLIP
from gridemp.worlds.conditions import HandlessOptions

VERSION = 2
MAX_BYTES = 2**18  # of a request
SECONDS = 60.0  # that a request may take
PLACE = " - at `$"  # begins the path of a field in msgspec's messages
BAD_REQUEST, INVALID, UNANSWERED, SERVER_ERROR = 400, 422, 200, 500  # HTTP statuses

# Words for the page in place of Python names in the library's messages.
CONTROLS = {
    "annotate": "the numbers",
    "vmin": "the lowest colour",
    "vmax": "the highest colour",
}

Line = Annotated[str, msgspec.Meta(max_length=MAX_SIDE)]
Lines = Annotated[list[Line], msgspec.Meta(max_length=MAX_SIDE)]
MAX_LETTERS = 200  # of a name in a request
Name = Annotated[str, msgspec.Meta(max_length=MAX_LETTERS)]
Whole = Annotated[int, msgspec.Meta(ge=-(10**6), le=10**6)]
Kind = TypeVar("Kind")
Facts = Mapping[str, float | str | None]


class Refusal(GridempError):
    """A request that cannot be met.

    Parameters
    ----------
    sentence : str
        Sentence that states the problem and its remedy.
    field : str
        Name of the control of the page beside which the sentence is shown.
    status : int
        HTTP status of the answer: 4xx for a request that is malformed or beyond the limits,
        `UNANSWERED` for a valid question without an answer, such as a horizon that would not fit.
    kind : str
        Name of the case, for which the page has words of its own.
    facts : mapping
        Numbers and names that these words need.
    """

    def __init__(
        self,
        sentence: str,
        field: str = "",
        status: int = INVALID,
        *,
        kind: str,
        facts: Facts | None = None,
    ) -> None:
        self.field = field
        self.status = status
        self.kind = kind
        self.facts = dict(facts or {})
        super().__init__(sentence)


class Request(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Base of all requests; unknown fields are errors."""


class Drawing(Request, frozen=True):
    """A maze of H x W cells, as `gridemp.web.maze_json.lines_of` writes it."""

    name: Name
    cells: Lines
    right: Lines
    below: Lines


class Question(Request, frozen=True):
    """A maze, a horizon and the options of the world, named as on the command line."""

    maze: Drawing
    horizon: Whole
    slip: float = 0.0
    slip_kind: SlipKind = "uniform"
    moves: Moves = "nesw"
    stay: bool = True
    torus: Torus = ""
    sensor: Sensor = "state"

    def key(self) -> bytes:
        """Return the bytes of all that the world and its map depend on."""
        fields = {name: getattr(self, name) for name in Question.__struct_fields__}
        return msgspec.json.encode(fields)

    def options(self) -> HandlessOptions:
        """Return the options of `World.from_maze`."""
        fields = {name: getattr(self, name) for name in HandlessOptions.__annotations__}
        return cast(HandlessOptions, fields)


class MapQuestion(Question, frozen=True):
    """A request for a map; by default its colours span its own values."""

    range: tuple[float, float] | None = None


class DescribeQuestion(MapQuestion, frozen=True):
    """A request for the command that draws a figure; by default without numbers in its cells."""

    numbers: Numbers | None = None


class FigureQuestion(DescribeQuestion, frozen=True, kw_only=True):
    """A request for the file that `gridemp heatmap` makes of a map."""

    format: Literal["png", "pdf", "svg"]


class CellQuestion(Question, frozen=True, kw_only=True):
    """A request about one cell; y points up."""

    x: Whole
    y: Whole


class PolicyQuestion(Question, frozen=True):
    """A request for the actions that a policy takes in each cell."""

    policy: Policy = "greedy"


class StepQuestion(CellQuestion, frozen=True, kw_only=True):
    """A request for one step of an agent in a cell; `draw` seeds its choices and the noise."""

    policy: Policy = "greedy"
    heading: Literal["north", "east", "south", "west"] | None = None
    draw: Annotated[int, msgspec.Meta(ge=0, le=2**31)] = 0


class TextQuestion(Request, frozen=True):
    """A request to read a maze text; the suffix of `file` names its format."""

    text: str
    file: Name


# The type of each kind of question; `answers.Answers` has a method of the same name.
KINDS: dict[str, type[Request]] = {
    "map": MapQuestion,
    "cell": CellQuestion,
    "curve": CellQuestion,
    "reveal": CellQuestion,
    "arrows": PolicyQuestion,
    "step": StepQuestion,
    "doors": Question,
    "describe": DescribeQuestion,
    "read": TextQuestion,
    "figure": FigureQuestion,
}


def one_of(values: tuple[str, ...]) -> str:
    """Return the values of a field in words."""
    *others, last = [value or "empty" for value in values]
    return f"{', '.join(others)} or {last}"


# What the fields of a question have to be.
EXPECTED = {
    **{field: one_of(values) for field, values in CHOICES.items()},
    "name": f"a text of up to {MAX_LETTERS} characters",
    "maze": f"lists of up to {MAX_SIDE} strings of up to {MAX_SIDE} characters, and a name",
    "horizon": f"a whole number of steps from 1 to {MAX_HORIZON}",
    "slip": f"a probability from 0 to {MAX_SLIP}",
    "stay": "true or false",
    "range": "null or two numbers of bits",
    "numbers": f"null, {one_of(CHOICES['numbers'])}",
    "format": "png, pdf or svg",
    "x": "the whole number of a cell",
    "y": "the whole number of a cell",
    "heading": "null, north, east, south or west",
    "draw": "a whole number from 0 to 2,147,483,648",
    "text": "a text",
    "file": f"a name of up to {MAX_LETTERS} characters",
}
LACKING = re.compile(r"(missing required|contains unknown) field `(\w+)`")
MANUAL = "see docs/reference/explorer.md"


def decoded(body: bytes, kind: type[Kind]) -> Kind:
    """Return the request that a body holds, or raise a Refusal."""
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        raise _malformed(str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError):
        raise Refusal("this is not JSON", status=BAD_REQUEST, kind="not_json") from None


def _malformed(message: str) -> Refusal:
    """Return the Refusal for a message of msgspec about a request."""
    problem, _, path = message.partition(PLACE)
    field = path.strip("`").lstrip(".").partition("[")[0]
    field = "name" if field == "maze.name" else field.partition(".")[0]
    if lacking := LACKING.search(problem):
        kind = "missing_field" if "missing" in lacking[1] else "unknown_field"
        name = lacking[2][:MAX_QUOTED]
        problem = (
            f"the field {name} is missing" if "missing" in kind else f"no field is named {name}"
        )
        return Refusal(f"{problem}; {MANUAL}", field, kind=kind, facts={"field": name})
    if field not in EXPECTED:
        return Refusal(f"this must be a JSON object with other content; {MANUAL}", kind="not_json")
    sentence = f"{field.replace('_', ' ')} must be {EXPECTED[field]}; {MANUAL}"
    return Refusal(sentence, field, kind="bad_field", facts={"field": field})


@contextmanager
def concerning(
    field: str, kind: str, facts: Facts | None = None, status: int = UNANSWERED
) -> Iterator[None]:
    """Turn the library's errors within a block into Refusals; see `as_refusal`."""
    try:
        yield
    except GridempError as error:
        raise as_refusal(error, field, kind, facts, status) from None


def as_refusal(
    error: Exception,
    field: str = "",
    kind: str = "other",
    facts: Facts | None = None,
    status: int = UNANSWERED,
) -> Refusal:
    """Return the Refusal that tells the page about an error.

    A horizon that is too large and a maze text that cannot be read are cases of their own; the
    other parameters are for other mistakes of the user. For errors in the program itself, only the
    type is given.
    """
    if isinstance(error, Refusal):
        return error
    if isinstance(error, MazeError):
        problem = for_page(error.problem)  # and not the name of the user's file
        shown = MazeError(problem, error.line, error.column, error.source)
        place = {"line": error.line, "column": error.column}
        return Refusal(str(shown), "maze", UNANSWERED, kind="bad_text", facts=place)
    if isinstance(error, HorizonTooLarge | MemoryError):
        return Refusal(OUT_OF_MEMORY, "horizon", UNANSWERED, kind="out_of_memory")
    if isinstance(error, GridempError):
        return Refusal(for_page(str(error)), field, status, kind=kind, facts=facts)
    name = type(error).__name__
    sentence = f"something went wrong here ({name})"
    return Refusal(sentence, status=SERVER_ERROR, kind="server_error", facts={"error": name})


def for_page(message: str) -> str:
    """Return a message with the controls of the page in place of arguments in backticks."""

    def control(argument: re.Match[str]) -> str:
        return CONTROLS.get(argument[1], argument[1].replace("_", " "))

    return re.sub(r"`(\w+)`", control, message)
