"""Options of maps: the maze, the world, the horizon and the precision."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from itertools import product
from math import inf

from gridemp.cli.option_types import (
    Bounds,
    Format,
    Heading,
    Horizon,
    Horizons,
    Level,
    MazeArgument,
    Moves,
    Sensor,
    Sensors,
    Slip,
    SlipKind,
    Slips,
    Source,
    Stay,
    Tolerance,
    Torus,
    TorusX,
    TorusY,
)
from gridemp.cli.parse import (
    BITS,
    MAX_QUOTED,
    PROBABILITY,
    WHOLE,
    fractions,
    parse_number,
    parse_numbers,
    parse_probability,
    parse_whole,
)
from gridemp.cli.progress import progress_bar
from gridemp.cli.say import say
from gridemp.engine.empowerment import TOLERANCE
from gridemp.engine.map import EmpowermentMap
from gridemp.engine.runtime import expected_bounds_seconds, expected_seconds
from gridemp.engine.solve import check_source, solve_maps
from gridemp.errors import GridempError, decimal_comma_hint
from gridemp.mazes.maze import Maze
from gridemp.mazes.parsing import load_maze
from gridemp.parallel import available_processors
from gridemp.progress import Progress, part_of
from gridemp.report.rounding import rounded_up
from gridemp.worlds.cells import check_heading
from gridemp.worlds.conditions import WorldOptions
from gridemp.worlds.gymnasium import GYM, make_world
from gridemp.worlds.world import World

OPTIMAL = "optimal"
UNIFORM = "uniform"
MIN_SHARED = 10.0  # expected seconds of bounds that several processes share


@dataclass
class MapOptions:
    """Options that determine a map, as typed."""

    maze: MazeArgument
    horizon: Horizon
    slip: Slip = "0"
    slip_kind: SlipKind = "uniform"
    moves: Moves = "nesw"
    stay: Stay = True
    heading: Heading = "best"
    torus: Torus = False
    torus_x: TorusX = False
    torus_y: TorusY = False
    sensor: Sensor = "state"
    format: Format = None
    level: Level = "1"
    tol: Tolerance = None
    bounds: Bounds = False
    source: Source = OPTIMAL

    @property
    def is_environment(self) -> bool:
        """True if a Gymnasium environment takes the place of a maze."""
        return self.maze.startswith(GYM)

    def world(self, *, whole: bool = False) -> World:
        """Build the world that the options describe.

        Parameters
        ----------
        whole : bool
            If True, include all states; else only those within the longest horizon of the start.
        """
        if self.is_environment:
            return self._environment_world()
        return self.world_of(self.load(), whole=whole)

    def load(self) -> Maze:
        """Read the maze."""
        return load_maze(self.maze, self.format, parse_whole("--level", self.level))

    def world_of(self, maze: Maze, *, whole: bool = False) -> World:
        """Build the world of a maze under these options, as `world` does."""
        within = None if whole else max(1, *self.horizons())
        return World.from_maze(maze, within=within, **self.world_options())

    def world_options(self) -> WorldOptions:
        """Arguments of `World.from_maze`."""
        axes = [("x", self.torus_x), ("y", self.torus_y)]
        return {
            "moves": self.moves,
            "stay": self.stay,
            "slip": parse_probability("--slip", self.slip),
            "slip_kind": self.slip_kind,
            "torus": "".join(axis for axis, joined in axes if joined or self.torus),
            "sensor": self.sensor,
        }

    def _environment_world(self) -> World:
        allowed = ("horizon", "heading", "tol", "bounds", "maze", "source")
        for field in fields(self):
            if field.name not in allowed and getattr(self, field.name) != field.default:
                option = "no-stay" if field.name == "stay" else field.name.replace("_", "-")
                raise GridempError(
                    f"{self.maze} has its own actions, noise and sensor; leave out --{option}"
                )
        return make_world(self.maze.removeprefix(GYM))

    def steps(self) -> int:
        """Horizon of a command that takes a single one."""
        return parse_whole("--horizon", self.horizon)

    def horizons(self) -> list[int]:
        """Horizons of a command that takes several."""
        return parse_numbers("--horizon", self.horizon, int, WHOLE)

    def tolerance(self) -> float:
        """Largest gap to accept, in bits, of exact values."""
        tol = self.chosen_tolerance()
        return TOLERANCE if tol is None else tol

    def chosen_tolerance(self) -> float | None:
        """Largest gap to accept, in bits, or None if none was typed."""
        return None if self.tol is None else parse_number("--tol", self.tol, float, BITS)

    def expected_seconds(self, world: World) -> float:
        """Time that the maps of a world are expected to take."""
        if self.bounds:
            seconds = self._bounds_seconds(world, self.processes(world))
        else:
            seconds = [expected_seconds(world, steps) for steps in self.horizons()]
        return max(seconds) if world.deterministic else sum(seconds)

    def _bounds_seconds(self, world: World, processes: int) -> list[float]:
        tol = self.chosen_tolerance()
        return [expected_bounds_seconds(world, steps, tol, processes) for steps in self.horizons()]

    def processes(self, world: World) -> int:
        """Number of processes for the map of a world: several for bounds that take long."""
        long = self.bounds and max(self._bounds_seconds(world, 1)) > MIN_SHARED
        return available_processors() if long else 1

    def solve(self, *worlds: World) -> list[EmpowermentMap]:
        """Compute the maps of worlds, or bounds, for each horizon in turn, one value per cell."""
        return solve_each([(self, world) for world in worlds])

    def check(self, world: World) -> None:
        """Raise a GridempError, before any work is done, if an option does not fit a world."""
        check_heading(world, self.heading)
        check_source(self.given_source(world), bounds=self.bounds)
        self.tolerance()

    def maps_of(
        self, world: World, progress: Progress, report_gap: Callable[[float], object]
    ) -> list[EmpowermentMap]:
        """Compute the map of a world, or its bounds, for each horizon, one value per cell."""
        source = self.given_source(world)
        maps = solve_maps(
            world,
            self.horizons(),
            self.chosen_tolerance(),
            bounds=self.bounds,
            source=source,
            progress=progress,
            report_gap=report_gap,
            processes=self.processes(world),
        )
        if self.source not in (OPTIMAL, UNIFORM):
            title = f"source {self.source[:MAX_QUOTED]}"
            maps = [replace(emap, source=title) for emap in maps]
        return [emap.one_per_cell(self.heading) for emap in maps]

    def given_source(self, world: World) -> str | list[float] | None:
        """Source distribution over single actions, None for the optimal source."""
        if self.source == OPTIMAL:
            return None
        if self.source == UNIFORM:
            return UNIFORM
        actions = world.actions
        expected = f"optimal, uniform or {len(actions)} weights ({', '.join(actions)})"
        weights = [
            parse_number("--source", text, float, expected) for text in self.source.split(",")
        ]
        if len(weights) != len(actions) or not (min(weights) >= 0 and 0 < sum(weights) < inf):
            raise GridempError(
                f"--source must be {expected}, each 0 or more, not '{self.source[:MAX_QUOTED]}'"
            )
        return [weight / sum(weights) for weight in weights]

    def require_empowerment(self, reason: str) -> None:
        """Raise a GridempError with this reason if bounds or another source are asked for."""
        for option, given in (("--bounds", self.bounds), ("--source", self.source != OPTIMAL)):
            if given:
                raise GridempError(f"{reason}; leave out {option}")

    def map(self) -> EmpowermentMap:
        """Compute the map of a command that takes one horizon."""
        self.steps()
        (emap,) = self.solve(self.world())
        return emap

    def worlds(self, more: Sequence[str] = ()) -> list[World]:
        """Build the worlds of this maze and of `more` mazes, for each of the sensors and slips."""
        slips = parse_numbers("--slip", fractions(self.slip), str, PROBABILITY)
        if point := decimal_comma_hint(self.slip):
            values = f"--slip {self.slip} is a list of two values, {' and '.join(slips)}"
            if float(slips[1]) > 1:
                raise GridempError(f"{values}, and a probability is at most 1{point}")
            say(f"{values}; for a single one{point[1:]}")
        variants = list(product(self.sensor.split(","), slips))
        worlds = []
        for name in (self.maze, *more):
            options = replace(self, maze=name)
            # The maze is read once, as it may come from a pipe.
            maze = None if options.is_environment else options.load()
            for sensor, slip in variants:
                variant = replace(options, sensor=sensor.strip(), slip=slip)
                worlds.append(variant.world() if maze is None else variant.world_of(maze))
        return worlds


@dataclass
class MapsOptions(MapOptions):
    """Options that determine several maps, as typed: some of them take lists."""

    horizon: Horizons
    slip: Slips = MapOptions.slip
    sensor: Sensors = MapOptions.sensor


def solve_each(pairs: Sequence[tuple[MapOptions, World]]) -> list[EmpowermentMap]:
    """Compute the maps of worlds, each under its options, and announce how long all will take."""
    for options, world in pairs:
        options.check(world)
    seconds = sum(options.expected_seconds(world) for options, world in pairs)
    maps: list[EmpowermentMap] = []
    with progress_bar("empowerment", seconds) as progress:

        def show_gap(gap: float) -> None:
            progress(None, f"bounds at most {rounded_up(gap)} bits apart")

        for i, (options, world) in enumerate(pairs):
            maps += options.maps_of(world, part_of(progress, i, len(pairs)), show_gap)
    return maps
