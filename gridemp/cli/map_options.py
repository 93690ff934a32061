"""Options of maps: the maze, the world, the horizon and the precision."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, fields, replace
from itertools import product

from gridemp.cli.jobs import chosen_jobs, usual_jobs
from gridemp.cli.kind_options import (
    OPEN,
    POTENTIAL,
    Afterwards,
    Discount,
    HorizonOfKinds,
    HorizonsOfKinds,
    KindName,
    KindOptions,
    Known,
    OneDiscount,
    Repertoire,
)
from gridemp.cli.option_types import (
    Bounds,
    CellSize,
    Format,
    Hands,
    Heading,
    Holding,
    Horizon,
    Jobs,
    Legend,
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
    Wall,
)
from gridemp.cli.parse import (
    MAX_QUOTED,
    PROBABILITY,
    fractions,
    parse_cell_size,
    parse_level,
    parse_numbers,
    parse_probability,
)
from gridemp.cli.progress import progress_bar, without_reports
from gridemp.cli.say import note_obstacles, say
from gridemp.cli.source_option import OPTIMAL, UNIFORM
from gridemp.cli.stored_maps import refuse_stored
from gridemp.engine.contextual import NONE
from gridemp.engine.map import EmpowermentMap
from gridemp.engine.processes import process_pool
from gridemp.engine.runtime import expected_bounds_seconds, expected_seconds
from gridemp.engine.solve import check_source, solve_maps
from gridemp.errors import GridempError, decimal_comma_hint
from gridemp.mazes.maze import Maze
from gridemp.mazes.parsing import load_maze
from gridemp.progress import Progress, part_of
from gridemp.report.rounding import rounded_up
from gridemp.worlds.cells import check_heading
from gridemp.worlds.conditions import WorldOptions
from gridemp.worlds.environments.name import GYM, make_world
from gridemp.worlds.world import World


@dataclass
class MapOptions(KindOptions):
    """Options that determine a map, as typed."""

    maze: MazeArgument
    horizon: Horizon
    slip: Slip = "0"
    slip_kind: SlipKind = "uniform"
    moves: Moves = "nesw"
    stay: Stay = True
    hands: Hands = False
    holding: Holding = None
    heading: Heading = "best"
    torus: Torus = False
    torus_x: TorusX = False
    torus_y: TorusY = False
    sensor: Sensor = "state"
    format: Format = None
    level: Level = "1"
    wall: Wall = None
    legend: Legend = None
    cell_size: CellSize = None
    tol: Tolerance = None
    bounds: Bounds = False
    source: Source = OPTIMAL
    jobs: Jobs = None
    kind: KindName = OPEN
    discount: Discount = None
    known: Known = NONE
    afterwards: Afterwards = UNIFORM
    repertoire: Repertoire = None

    @property
    def is_environment(self) -> bool:
        """True if a Gymnasium environment takes the place of a maze."""
        return self.maze.startswith(GYM)

    def world(self, *, whole: bool = False) -> World:
        """Build the world: all states if `whole`, else those within the longest horizon."""
        if self.is_environment:
            return self._environment_world(self._within(whole=whole))
        return self.world_of(self.load(), whole=whole)

    def load(self, *, hands: bool = True) -> Maze:
        """Read the maze; say so if hands, which are allowed unless False, would help in it."""
        refuse_stored(self.maze)
        maze = load_maze(
            self.maze,
            self.format,
            parse_level(self.level),
            wall=self.wall,
            legend=self.legend,
            cell_size=parse_cell_size(self.cell_size),
        )
        if hands and not self.hands:
            note_obstacles(maze)
        return maze

    def world_of(self, maze: Maze, *, whole: bool = False) -> World:
        """Build the world of a maze under these options, as `world` does."""
        return World.from_maze(maze, within=self._within(whole=whole), **self.world_options())

    def _within(self, *, whole: bool) -> int | None:
        """Longest horizon for which a world has to be valid, None for any."""
        return None if whole or self.kind == POTENTIAL else max(1, *self.horizons())

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
            "hands": self.hands,
            "holding": self.holding or "",
        }

    def _environment_world(self, within: int | None) -> World:
        allowed = (
            *("horizon", "heading", "tol", "bounds", "maze", "source", "jobs"),
            *("kind", "discount", "known", "afterwards", "repertoire"),
        )
        for field in fields(self):
            if field.name not in allowed and getattr(self, field.name) != field.default:
                option = "no-stay" if field.name == "stay" else field.name.replace("_", "-")
                raise GridempError(
                    f"{self.maze} has its own actions, noise and sensor; leave out --{option}"
                )
        building = f"building the world of {self.maze}, which may take minutes"
        with progress_bar("states", timed=False) as progress, without_reports(building):
            return make_world(self.maze.removeprefix(GYM), progress, within)

    def plan(self, world: World) -> tuple[int, float]:
        """Number of processes that share the maps of a world, and the time that they will take."""
        chosen = chosen_jobs(self.jobs)
        if self.kind != OPEN:  # progress will tell
            return 1, 0.0
        seconds = self._seconds(world, 1)
        if world.deterministic:
            return 1, max(seconds)
        jobs = chosen or usual_jobs(world, max(self.horizons()), sum(seconds), bounds=self.bounds)
        if self.bounds:  # of which a part is not shared
            return jobs, sum(self._seconds(world, jobs))
        return jobs, sum(seconds) / jobs

    def _seconds(self, world: World, processes: int) -> list[float]:
        """Time that each map or its bounds will take."""
        if not self.bounds:
            return [expected_seconds(world, steps) for steps in self.horizons()]
        tol = self.chosen_tolerance()
        return [expected_bounds_seconds(world, steps, tol, processes) for steps in self.horizons()]

    def solve(self, *worlds: World) -> list[EmpowermentMap]:
        """Compute the maps of worlds, or bounds, for each horizon in turn, one value per cell."""
        return solve_each([(self, world) for world in worlds])

    def check(self, world: World) -> None:
        """Raise a GridempError, before any work is done, if an option does not fit a world."""
        check_heading(world, self.heading)
        self.check_kind()
        check_source(self.given_source(world), bounds=self.bounds)
        self.tolerance()

    def maps_of(
        self,
        world: World,
        progress: Progress,
        report_gap: Callable[[float], object],
        executor: Executor | None,
    ) -> list[EmpowermentMap]:
        """Compute the map of a world, or its bounds, for each horizon, one value per cell."""
        if self.kind != OPEN:
            maps = self.maps_of_kind(world, progress)
        else:
            maps = solve_maps(
                world,
                self.horizons(),
                self.chosen_tolerance(),
                bounds=self.bounds,
                source=self.given_source(world),
                progress=progress,
                report_gap=report_gap,
                executor=executor,
            )
        if self.source not in (OPTIMAL, UNIFORM):
            title = f"source {self.source[:MAX_QUOTED]}"
            maps = [replace(emap, source=title) for emap in maps]
        return [emap.one_per_cell(self.heading) for emap in maps]

    def require_empowerment(self, reason: str, *, in_one_process: bool = True) -> None:
        """Raise a GridempError with this reason if bounds, a source or a kind are asked for.

        The same holds for several processes, unless `in_one_process` is False.
        """
        self.require_open_loop(reason)
        others = {"--bounds": self.bounds, "--source": self.source != OPTIMAL}
        for option, given in others.items():
            if given:
                raise GridempError(f"{reason}; leave out {option}")
        if in_one_process and self.jobs is not None:
            raise GridempError("this command does its work in one process; leave out --jobs")

    def map(self) -> EmpowermentMap:
        """Compute the map of a command that takes one horizon."""
        self.steps()
        return self.solve(self.world())[0]

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
            maze = None if options.is_environment else options.load()  # once; it may be a pipe
            for sensor, slip in variants:
                variant = replace(options, sensor=sensor.strip(), slip=slip)
                worlds.append(variant.world() if maze is None else variant.world_of(maze))
        return worlds


@dataclass
class OneMapOptions(MapOptions):
    """Options that determine one map of any kind, as typed."""

    horizon: HorizonOfKinds = ""
    discount: OneDiscount = None


@dataclass
class MapsOptions(MapOptions):
    """Options that determine several maps, as typed: some of them take lists."""

    horizon: HorizonsOfKinds = ""
    slip: Slips = MapOptions.slip
    sensor: Sensors = MapOptions.sensor


def solve_each(pairs: Sequence[tuple[MapOptions, World]]) -> list[EmpowermentMap]:
    """Compute the maps of worlds, each under its options, and announce how long all will take."""
    for options, world in pairs:
        options.check(world)
    plans = [options.plan(world) for options, world in pairs]
    most, seconds = max(jobs for jobs, _ in plans), sum(seconds for _, seconds in plans)
    maps: list[EmpowermentMap] = []
    with progress_bar("empowerment", seconds) as progress, process_pool(most) as pool:

        def show_gap(gap: float) -> None:
            progress(None, f"bounds at most {rounded_up(gap)} bits apart")

        for i, ((options, world), (jobs, _)) in enumerate(zip(pairs, plans, strict=True)):
            part = part_of(progress, i, len(pairs))
            maps += options.maps_of(world, part, show_gap, pool if jobs > 1 else None)
    return maps
