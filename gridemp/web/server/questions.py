"""From a question to its world and its map, within the limits of the explorer."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

import msgspec

from gridemp.engine.empowerment import capacities, check_sequences, checked_horizon, empowerment
from gridemp.engine.map import EmpowermentMap
from gridemp.engine.runtime import duration, expected_channel_seconds, expected_seconds
from gridemp.errors import GridempError
from gridemp.progress import Progress
from gridemp.web.server.api import (
    LONGEST_HORIZON,
    MAX_SLIP,
    NO_QUESTION,
    SECONDS,
    UNANSWERED,
    Question,
    Refusal,
    concerning,
)
from gridemp.web.server.mazes import maze_of
from gridemp.worlds import states
from gridemp.worlds.moves import MOVES
from gridemp.worlds.noise import slip_kernel
from gridemp.worlds.world import World

TOL = 1e-6  # bits, as on the command line
REMEMBERED = 8
MAX_CHANNELS = 100_000
MAX_BOXES = 20
MAX_STATES = 200_000  # of agent and boxes


class Maps:
    """The maps of questions; the last few are kept, so that a figure of one costs only drawing."""

    def __init__(self) -> None:
        self._kept: OrderedDict[bytes, EmpowermentMap] = OrderedDict()
        self._channels: dict[bytes, tuple[float, float]] = {}  # what an edit leaves as it was
        self._lock = Lock()

    def solve(self, asked: Question, progress: Progress) -> EmpowermentMap:
        """The map of a question, or a Refusal if it is none or would take too long."""
        fields = {name: getattr(asked, name) for name in Question.__struct_fields__}
        key = msgspec.json.encode(fields)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        if len(self._channels) > MAX_CHANNELS:
            self._channels = {}
        emap = solved(world_of(asked, progress), asked.horizon, progress, self._channels)
        with self._lock:
            self._kept[key] = emap
            while len(self._kept) > REMEMBERED:
                self._kept.popitem(last=False)
        return emap


def solved(
    world: World, horizon: int, progress: Progress, channels: dict[bytes, tuple[float, float]]
) -> EmpowermentMap:
    """The map of a world, one value for each cell, unless it would take too long.

    Noisy channels that are solved are kept in `channels`, see `empowerment.capacities`.
    """
    with concerning("horizon"):
        check_time(lambda n: expected(world, n), horizon)
        if world.deterministic:
            return empowerment(world, horizon, TOL, progress).one_per_cell()
        world = world.normalised()
        found = capacities(world, horizon, TOL, progress, channels)
        return EmpowermentMap(world, horizon, *found).one_per_cell()


def check_time(estimate: Callable[[int], float], horizon: int) -> None:
    """Refuse work that would take too long, by the seconds that are estimated for a horizon."""
    seconds = estimate(horizon)
    if seconds <= SECONDS:
        return
    fits = next((n for n in range(horizon, 0, -1) if estimate(n) <= SECONDS), 0)
    remedy = f"lower the horizon to {fits}" if fits else "make the maze smaller"
    raise Refusal(
        f"this takes about {duration(seconds)}, more than the {SECONDS:g} seconds that the "
        f"explorer gives it; {remedy}, or run the command in a terminal",
        *("horizon", UNANSWERED),
    )


def check_cell_time(world: World, horizon: int, cells: int = 1) -> None:
    """Refuse the channels of some cells if they would take too long."""

    def estimate(steps: int) -> float:
        check_sequences(world, steps)
        return cells * expected_channel_seconds(world, steps)

    with concerning("horizon"):
        if not world.deterministic:
            check_time(estimate, horizon)


def expected(world: World, horizon: int) -> float:
    """Roughly how many seconds a map takes, or more where that is little in any case."""
    if not world.deterministic:
        check_sequences(world, horizon)
        most = len(world.cell) * expected_channel_seconds(world, horizon)
        if most < SECONDS:  # which cells are alike is not worth a look
            return most
    return expected_seconds(world, horizon)


def world_of(asked: Question, progress: Progress, within: int | None = None) -> World:
    """The world of a question, for its horizon or for so many steps, or a Refusal."""
    if asked.horizon > LONGEST_HORIZON:
        raise Refusal(
            f"the explorer goes up to {LONGEST_HORIZON} steps, not {asked.horizon}; "
            "run the command in a terminal for more",
            "horizon",
        )
    actions = MOVES[asked.moves]
    with concerning("slip", NO_QUESTION):
        slip_kernel(actions, asked.slip)
    with concerning("slip_kind"):
        slip_kernel(actions, asked.slip, asked.slip_kind)
    if asked.slip > MAX_SLIP:
        raise Refusal(
            f"the explorer goes up to a slip of {MAX_SLIP}, not {asked.slip:g}; "
            "run the command in a terminal for more",
            "slip",
        )
    with concerning("maze"):
        maze = maze_of(asked.maze)
    boxes = list(maze.objects.values()).count("$")
    if boxes > MAX_BOXES:
        raise Refusal(
            f"the explorer takes mazes of up to {MAX_BOXES} boxes, and this one has {boxes}; take "
            "some away, or run the command in a terminal",
            *("maze", UNANSWERED),
        )

    def building(share: float) -> None:
        check_boxes(share)
        progress(0.0)  # so that it can be called off

    with concerning("horizon"):  # boxes may make more states than can be built
        world = World.from_maze(
            maze,
            *(asked.moves, asked.stay, asked.slip),
            slip_kind=asked.slip_kind,
            torus=asked.torus,
            sensor=asked.sensor,
            within=max(1, within or asked.horizon),
            progress=building,
        )
        checked_horizon(asked.horizon, world)
    return world


def check_boxes(share: float) -> None:
    """Refuse worlds that boxes make larger than the explorer takes."""
    if share > MAX_STATES / states.MAX_STATES:
        raise GridempError(
            f"agent and boxes can get into more than {MAX_STATES:,} joint states here, too many "
            "for the explorer; take boxes away, lower the horizon, or run the command in a terminal"
        )
