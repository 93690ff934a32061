"""The options that commands share: which world, how far ahead, how exactly."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from itertools import product
from math import inf
from typing import Any

from gridemp.cli.option_types import (
    Bounds,
    Format,
    Heading,
    Horizon,
    Level,
    MazeArgument,
    Moves,
    Sensor,
    Slip,
    SlipKind,
    Source,
    Stay,
    Tolerance,
    Torus,
    TorusX,
    TorusY,
)
from gridemp.cli.parse import parse_number, parse_numbers, parse_whole
from gridemp.cli.progress import progress_bar
from gridemp.cli.say import announce
from gridemp.engine.map import EmpowermentMap
from gridemp.engine.runtime import expected_bounds_seconds, expected_seconds
from gridemp.engine.solve import solve_maps
from gridemp.errors import GridempError
from gridemp.mazes.maze import Maze
from gridemp.mazes.parsing import load_maze
from gridemp.worlds.cells import check_heading
from gridemp.worlds.gymnasium import make_world
from gridemp.worlds.world import World

GYM = "gym:"
OPTIMAL = "optimal"


@dataclass
class MapOptions:
    """What makes a map, as typed."""

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
    tol: Tolerance = "1e-6"
    bounds: Bounds = False
    source: Source = OPTIMAL

    def world(self, *, whole: bool = False) -> World:
        """The world that the options describe, as far as its horizons see or whole."""
        if self.maze.startswith(GYM):
            return self._gymnasium_world()
        return self.world_of(self.load(), whole=whole)

    def load(self) -> Maze:
        """The maze."""
        level = parse_whole("--level", self.level)
        return load_maze(self.maze, self.format, level)

    def world_of(self, maze: Maze, *, whole: bool = False) -> World:
        """The world of a maze under these options."""
        within = None if whole else max(1, *self.horizons())
        return World.from_maze(maze, within=within, **self.world_options())

    def world_options(self) -> dict[str, Any]:
        """The options as `World.from_maze` takes them."""
        return {
            "moves": self.moves,
            "stay": self.stay,
            "slip": parse_number("--slip", self.slip, float, "a probability from 0 to 1"),
            "slip_kind": self.slip_kind,
            "torus": self.axes(),
            "sensor": self.sensor,
        }

    def axes(self) -> str:
        """Along which axes the edges of the maze are joined."""
        axes = [("x", self.torus_x), ("y", self.torus_y)]
        return "".join(axis for axis, joined in axes if joined or self.torus)

    def _gymnasium_world(self) -> World:
        others = ("horizon", "heading", "tol", "bounds", "maze", "source")
        for field in fields(self):
            if field.name not in others and getattr(self, field.name) != field.default:
                option = "--no-stay" if field.name == "stay" else f"--{field.name}"
                raise GridempError(
                    f"{self.maze} brings its own actions, noise and sensor; leave out "
                    f"{option.replace('_', '-')}"
                )
        return make_world(self.maze.removeprefix(GYM))

    def steps(self) -> int:
        """The horizon, where it is one."""
        return parse_whole("--horizon", self.horizon)

    def horizons(self) -> list[int]:
        """The horizons, where it may be several."""
        return parse_numbers("--horizon", self.horizon, int, "a whole number")

    def tolerance(self) -> float:
        """The largest gap to accept, in bits."""
        return parse_number("--tol", self.tol, float, "a number of bits")

    def announce(self, world: World) -> None:
        """Say how long the maps of a world take, if they take long."""
        expected = expected_bounds_seconds if self.bounds else expected_seconds
        each = [expected(world, steps) for steps in self.horizons()]
        announce(max(each) if world.deterministic else sum(each))

    def solve(self, world: World) -> list[EmpowermentMap]:
        """The map of a world, or bounds on it, for each horizon, with a bar if it takes long."""
        check_heading(world, self.heading)
        horizons, tol = self.horizons(), self.tolerance()
        self.announce(world)
        with progress_bar("empowerment") as progress:
            source = None if self.source == OPTIMAL else self.weights(world)
            maps = solve_maps(
                world, horizons, tol, bounds=self.bounds, source=source, progress=progress
            )
        if self.source not in (OPTIMAL, "uniform"):
            maps = [replace(emap, source=f"source {self.source[:40]}") for emap in maps]
        return [emap.one_per_cell(self.heading) for emap in maps]

    def weights(self, world: World) -> Any:
        """The source distribution over single actions that is not the optimal one."""
        if self.source == "uniform":
            return self.source
        what = f"optimal, uniform or {len(world.actions)} weights ({', '.join(world.actions)})"
        given = [parse_number("--source", text, float, what) for text in self.source.split(",")]
        if len(given) != len(world.actions) or not (min(given) >= 0 and 0 < sum(given) < inf):
            raise GridempError(f"--source needs {what}, 0 or more, not '{self.source[:40]}'")
        return [weight / sum(given) for weight in given]

    def require_empowerment(self, what: str) -> None:
        """Raise a GridempError if bounds or another source are asked for, where there are none."""
        for option, given in (("--bounds", self.bounds), ("--source", self.source != OPTIMAL)):
            if given:
                raise GridempError(f"{what}; leave out {option}")

    def map(self) -> EmpowermentMap:
        """The one map that the options describe."""
        self.steps()
        (emap,) = self.solve(self.world())
        return emap

    def worlds(self, more: Sequence[str] = ()) -> list[World]:
        """The worlds of this maze and of more, where slip and sensor may be several."""
        slips = parse_numbers("--slip", self.slip, str, "a probability from 0 to 1")
        kinds = list(product(self.sensor.split(","), slips))
        found = []
        for name in (self.maze, *more):
            options = replace(self, maze=name)
            maze = None if name.startswith(GYM) else options.load()  # once, as it may be a pipe
            for sensor, slip in kinds:
                one = replace(options, sensor=sensor.strip(), slip=slip)
                found.append(one.world() if maze is None else one.world_of(maze))
        return found
