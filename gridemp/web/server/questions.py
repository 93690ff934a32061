"""Worlds and maps of questions, within the limits of the explorer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from math import inf

import numpy as np

from gridemp.agents.empowerment_of_states import checked_empowerment
from gridemp.engine.channel_cache import CapacityCache
from gridemp.engine.channel_seconds import expected_channel_seconds
from gridemp.engine.empowerment import (
    TOLERANCE,
    capacities,
    check_sequences,
    checked_horizon,
    empowerment,
)
from gridemp.engine.map import EmpowermentMap
from gridemp.engine.runtime import duration, expected_seconds
from gridemp.errors import GridempError, HorizonTooLarge
from gridemp.progress import Progress
from gridemp.typing import Array, Indices
from gridemp.web.server.api import (
    MAX_HORIZON,
    MAX_SLIP,
    SECONDS,
    UNANSWERED,
    CellQuestion,
    Question,
    Refusal,
    concerning,
)
from gridemp.web.server.kept import Kept
from gridemp.web.server.mazes import maze_of
from gridemp.worlds import states
from gridemp.worlds.moves import MOVES
from gridemp.worlds.noise import slip_kernel
from gridemp.worlds.world import World

Show = Callable[[Callable[[], object]], object]

MAX_MAPS = 8  # kept
MAX_SUCCESSORS = 5_000_000  # of the states of all maps kept: about 60 MB in noisy worlds
MAX_CHANNELS = 100_000  # whose capacities are kept
MARGIN = 2.0  # by which an estimated time is below the limit at a horizon that is named
MAX_BOXES = 20
MAX_JOINT_STATES = 200_000  # of agent and boxes


class Maps:
    """Solver that keeps the last few maps, so that a figure of one of them only has to be drawn."""

    def __init__(self) -> None:
        self._kept: Kept[EmpowermentMap] = Kept(
            MAX_MAPS, lambda emap: emap.world.successors.size, MAX_SUCCESSORS
        )
        self._capacities = CapacityCache(TOLERANCE)  # most of them remain valid after an edit

    def solve(
        self, question: Question, progress: Progress, show: Show | None = None
    ) -> EmpowermentMap:
        """Return the map of a question, or raise a Refusal; see `solved`."""

        def compute() -> EmpowermentMap:
            world = world_of(question, progress)
            return solved(world, question.horizon, progress, self._cache(), show)

        return self._kept(question.key(), compute)

    def of_states(
        self, world: World, states: Indices, horizon: int, progress: Progress
    ) -> tuple[Array, Array]:
        """Return the empowerment and the gap of some states of a world, NaN for all others."""
        some = replace(world, starts=states.astype(np.int32))
        with concerning("horizon", "other"):
            check_time(lambda n: expected(some, n), horizon)
            if world.deterministic:
                return checked_empowerment(world, horizon, TOLERANCE, states, progress)
            bits, gap = np.full((2, len(world.cell)), np.nan)
            bits[states], gap[states] = capacities(some, horizon, self._cache(), progress)
        return bits, gap

    def _cache(self) -> CapacityCache:
        """Return the capacities found so far, unless they have become too many."""
        if len(self._capacities) > MAX_CHANNELS:
            self._capacities = CapacityCache(TOLERANCE)
        return self._capacities


def solved(
    world: World,
    horizon: int,
    progress: Progress,
    cache: CapacityCache,
    show: Show | None = None,
) -> EmpowermentMap:
    """Return the map of a world with one value per cell, unless it would take too long.

    Parameters
    ----------
    world : World
        World whose maze has H x W cells.
    horizon : int
        Number of steps.
    progress : callable
        Called with the fraction done, from 0 to 1.
    cache : CapacityCache
        Capacities of noisy channels, see `empowerment.capacities`.
    show : callable, optional
        Called each time that some cells of a noisy world are solved. Its argument is a callable
        that returns the part of the map that is known, as the page gets it.
    """

    def found(bits: Callable[[], Array]) -> None:
        if show is not None:
            show(lambda: {"bits": best_so_far(world, bits()).tolist()})

    with concerning("horizon", "other"):
        check_time(lambda n: expected(world, n), horizon)
        if world.deterministic:
            return empowerment(world, horizon, TOLERANCE, progress).one_per_cell()
        world = world.normalised()
        bits, gap = capacities(world, horizon, cache, progress, found)
        return EmpowermentMap(world, horizon, bits, gap).one_per_cell()


def best_so_far(world: World, bits: Array) -> Array:
    """Return the best state of each cell whose states are all solved: shape (H, W).

    Parameters
    ----------
    world : World
        World of T starts whose maze has H x W cells.
    bits : ndarray, shape (T,)
        Bits of the starts, NaN for those that are not solved.
    """
    best = np.full(len(world.maze.cells), -np.inf)
    with np.errstate(invalid="ignore"):  # the largest of several is NaN if one of them is
        np.maximum.at(best, world.cell[world.start_states], bits)
    grid = np.full(world.maze.shape, np.nan)
    grid[world.maze.floor] = np.where(np.isfinite(best), best, np.nan)
    return grid


def check_time(estimate: Callable[[int], float], horizon: int) -> None:
    """Raise a Refusal if work would take too long or not fit in memory.

    The Refusal names a horizon for which both is well, if there is one.

    Parameters
    ----------
    estimate : callable
        Returns the estimated seconds for a horizon, or raises HorizonTooLarge.
    horizon : int
        Number of steps.
    """

    @cache
    def seconds(steps: int) -> float:
        try:
            return estimate(steps)
        except HorizonTooLarge:
            return inf

    if seconds(horizon) <= SECONDS:
        return
    shorter = range(horizon - 1, 0, -1)
    # As times are estimates, a horizon with a margin is named if there is one.
    fits = [n for limit in (SECONDS / MARGIN, SECONDS) for n in shorter if seconds(n) <= limit]
    facts = {"limit": SECONDS, "horizon": fits[0] if fits else None}
    if seconds(horizon) < inf:
        kind = "too_long"
        facts["seconds"] = round(seconds(horizon))
        problem = (
            f"this takes about {duration(seconds(horizon))}, more than the {SECONDS:g} seconds "
            "that the explorer gives it"
        )
    else:
        kind = "too_many_sequences"
        facts["steps"] = horizon
        problem = f"there are too many sequences of {horizon} actions to fit in memory"
    if not fits and seconds(1) == inf:
        kind = "out_of_memory"
    elif not fits:
        kind = "too_large"
        facts["seconds"] = round(seconds(1))
    remedy = f"lower the horizon to {fits[0]}" if fits else "make the maze smaller"
    sentence = f"{problem}; {remedy}, or run the command in a terminal"
    raise Refusal(sentence, "horizon", UNANSWERED, kind=kind, facts=facts)


def check_cell_time(world: World, horizon: int) -> None:
    """Raise a Refusal if the channels of a cell would take too long."""

    def estimate(steps: int) -> float:
        check_sequences(world, steps)
        return expected_channel_seconds(world, steps)

    if not world.deterministic:
        check_time(estimate, horizon)


@contextmanager
def concerning_cell(world: World, question: CellQuestion, field: str) -> Iterator[None]:
    """Turn the library's errors about a cell into Refusals that belong to a control."""
    row, col = world.maze.rowcol(question.x, question.y)
    height, width = world.maze.shape
    kind = "other"
    if not (0 <= row < height and 0 <= col < width):
        kind = "no_cell"
    elif not world.maze.floor[row, col]:
        kind = "solid_cell"
    with concerning(field, kind, {"x": question.x, "y": question.y}):
        yield


def expected(world: World, horizon: int) -> float:
    """Return a rough estimate of a map's seconds, or an upper bound within the limit."""
    if not world.deterministic:
        check_sequences(world, horizon)
        upper = len(world.start_states) * expected_channel_seconds(world, horizon)
        if upper < SECONDS:  # then a search for cells that are alike would not pay off
            return upper
    return expected_seconds(world, horizon)


def world_of(question: Question, progress: Progress, within: int | None = None) -> World:
    """Return the world of a question, or raise a Refusal.

    It is built for `within` steps, by default for the horizon.
    """
    if not 1 <= question.horizon <= MAX_HORIZON:
        raise Refusal(
            f"the explorer takes horizons from 1 to {MAX_HORIZON}, not {question.horizon}; run the "
            "command in a terminal for longer ones",
            "horizon",
            kind="horizon_limit",
            facts={"limit": MAX_HORIZON},
        )
    if not 0 <= question.slip <= MAX_SLIP:
        raise Refusal(
            f"the explorer takes slip probabilities from 0 to {MAX_SLIP}, not {question.slip:g}; "
            "run the command in a terminal for higher ones",
            "slip",
            kind="slip_limit",
            facts={"limit": MAX_SLIP},
        )
    with concerning("slip_kind", "slip_kind"):
        slip_kernel(MOVES[question.moves], question.slip, question.slip_kind)
    maze = maze_of(question.maze)
    boxes = list(maze.objects.values()).count("$")
    if boxes > MAX_BOXES:
        raise Refusal(
            f"the explorer takes mazes of up to {MAX_BOXES} boxes, and this one has {boxes}; "
            "remove some, or run the command in a terminal",
            "maze",
            UNANSWERED,
            kind="too_many_boxes",
            facts={"limit": MAX_BOXES, "boxes": boxes},
        )

    def building(fraction: float) -> None:
        check_joint_states(fraction)
        progress(0.0)  # so that it can be cancelled

    with concerning("horizon", "too_many_states", {"limit": MAX_JOINT_STATES}):
        world = World.from_maze(
            maze,
            within=max(1, within or question.horizon),
            progress=building,
            **question.options(),
        )
        checked_horizon(question.horizon, world)
    return world


def check_joint_states(fraction: float) -> None:
    """Raise a GridempError if boxes give a world more states than the explorer takes.

    Parameters
    ----------
    fraction : float
        Share of `states.MAX_STATES` built so far.
    """
    if fraction > MAX_JOINT_STATES / states.MAX_STATES:
        raise GridempError(
            f"the agent and the boxes can get into more than {MAX_JOINT_STATES:,} joint states "
            "here, too many for the explorer; remove some boxes, lower the horizon, or run the "
            "command in a terminal"
        )
