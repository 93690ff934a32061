"""What the explorer answers: maps, cells, curves, steps and figures, all from the Python core."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any

import numpy as np

from gridemp import render
from gridemp.agents.agent import climb
from gridemp.analysis.cell import cell_source
from gridemp.analysis.horizon_curve import curve_of
from gridemp.engine.empowerment import check_sequences, horizon_sweep
from gridemp.engine.map import EmpowermentMap
from gridemp.engine.runtime import expected_channel_seconds
from gridemp.errors import GridempError, HorizonTooLarge
from gridemp.mazes.bundled import bundled_mazes, description
from gridemp.mazes.maze import OBJECTS, Maze
from gridemp.mazes.parsing import format_maze, format_of, left_out, load_maze, located, parse_maze
from gridemp.progress import Progress
from gridemp.render.artists.numbers import number_texts
from gridemp.render.artists.walls_and_objects import ringed
from gridemp.render.figures.heatmap import color_range
from gridemp.render.layout.style import check_range, palette
from gridemp.report.captions import bar_label, caption, peak_line
from gridemp.report.provenance import as_recorded, record, version
from gridemp.web.maze_json import FLOOR
from gridemp.web.server import api
from gridemp.web.server.api import LONGEST_HORIZON, UNANSWERED, Refusal, concerning
from gridemp.web.server.command_line import as_typed, command_words, file_of, names
from gridemp.web.server.mazes import drawing_of, maze_of, plain
from gridemp.web.server.questions import TOL, Maps, check_cell_time, world_of
from gridemp.worlds.cells import states_in
from gridemp.worlds.moves import HEADINGS
from gridemp.worlds.world import World

Answer = Mapping[str, Any]

CURVE_SECONDS = 2.0  # for one horizon of a curve
MAX_NUMBERS = 2500  # in a figure
MARKS = "SG"  # objects without effect
DRAWING = Lock()  # matplotlib's settings are shared by all threads


class Answers:
    """The answers of an explorer that was opened on a maze.

    Parameters
    ----------
    opened : Maze
        What the page shows at first.
    words : list of str
        How the command line names it.
    """

    def __init__(self, opened: Maze, words: list[str]) -> None:
        files = bundled_mazes()
        self._bundled = {name: maze_of(drawing_of(load_maze(path))) for name, path in files.items()}
        self._about = {name: description(path) for name, path in files.items()}
        self._opened = maze_of(drawing_of(opened))
        kept = plain(opened.name) == opened.name and "-" not in words
        self._known = [(self._opened, words)] if kept else []  # else its figures have another name
        self._known += [(maze, [name]) for name, maze in self._bundled.items()]
        self._maps = Maps()

    def start(self) -> Answer:
        """What the page begins with: mazes, colours, names of objects, limits."""
        return {
            "version": api.VERSION,
            "gridemp": version("gridemp"),
            "maze": drawing_of(self._opened),
            "mazes": [
                {"about": self._about[name], "maze": drawing_of(maze)}
                for name, maze in self._bundled.items()
            ],
            "palette": palette(),
            "objects": OBJECTS,
            "limits": {
                "horizon": LONGEST_HORIZON,
                "slip": api.MAX_SLIP,
                "cells": api.MAX_CELLS,
                "side": api.LONGEST_SIDE,
                "seconds": api.SECONDS,
            },
        }

    def map(self, asked: api.MapQuestion, progress: Progress) -> Answer:
        """The map, and all that is shown beside it."""
        emap = self._maps.solve(asked, progress)
        counts = emap.outcomes
        x, y = ringed(emap)
        return {
            "horizon": emap.horizon,
            "bits": emap.grid().tolist(),
            "gap": float(emap.gap.max()),
            "outcomes": None if counts is None else emap.grid(counts.astype(float)).tolist(),
            "numbers": None if asked.numbers is None else numbers(asked.numbers, emap),
            "range": colors(asked, emap),
            "ringed": np.stack([x, y], axis=1).tolist(),
            "peak": peak_line(emap),
            "title": caption(emap),
            "shown": emap.shown,
            "label": bar_label([emap]),
        }

    def describe(self, asked: api.MapQuestion, progress: Progress) -> Answer:
        """The text of the maze, the file it is saved as, and the command that makes its figure."""
        with concerning("maze"):
            maze = maze_of(asked.maze)
        return {
            "text": format_maze(maze),
            "file": file_of(maze),
            "known": bool(names(maze, self._known)),
            "command": as_typed(command_words(asked, maze, self._known)),
        }

    def figure(self, asked: api.FigureQuestion, progress: Progress) -> bytes:
        """The file that `gridemp heatmap` makes, byte for byte."""
        emap = self._maps.solve(asked, progress)
        if asked.numbers is not None and len(emap.bits) > MAX_NUMBERS:
            raise Refusal(
                f"the explorer writes numbers into up to {MAX_NUMBERS:,} cells; leave them out, "
                "or run the command in a terminal",
                *("numbers", UNANSWERED),
            )
        low, high = (None, None) if asked.range is None else colors(asked, emap)
        words = command_words(asked, emap.world.maze, self._known)
        made = record([emap.world], [emap.horizon], as_recorded(words))

        def draw(width: float | None) -> Any:
            look = {"vmin": low, "vmax": high, "annotate": asked.numbers}
            return render.heatmap(emap, width=width, **look).figure  # type: ignore[arg-type]

        with TemporaryDirectory() as folder, DRAWING, concerning("numbers"):
            progress(1.0)  # it may have been called off while it waited
            path = Path(folder, f"figure.{asked.format}")
            render.save_figure(draw, path, record=made)
            return path.read_bytes()

    def cell(self, asked: api.CellQuestion, progress: Progress) -> Answer:
        """What an agent can bring about from a cell, how likely under an optimal source."""
        world = world_of(asked, progress)
        check_cell_time(world, asked.horizon)
        with concerning("cell"):
            source = cell_source(world, asked.x, asked.y, asked.horizon, TOL, progress=progress)
        first = zip(world.actions, source.first_actions.tolist(), strict=True)
        return {
            "bits": source.bits,
            "gap": source.gap,
            "outcomes": len(source.readings),
            "deterministic": world.deterministic,
            "reached": source.grid().tolist(),
            "first_actions": dict(first),
        }

    def curve(self, asked: api.CellQuestion, progress: Progress) -> Answer:
        """The empowerment of a cell, horizon by horizon, as far as that is quick."""
        world = world_of(asked, progress)
        if world.within is not None:
            with suppress(GridempError):  # too many states; up to the horizon, then
                world = world_of(asked, progress, LONGEST_HORIZON)
        with concerning("cell"):
            states = states_in(world, asked.x, asked.y, "best")
        longest = world.within or LONGEST_HORIZON
        while longest > 1 and not quick(world, longest):
            longest -= 1
        here = replace(world, starts=np.array(states, dtype=np.int32))
        emaps = horizon_sweep(here, range(1, longest + 1), TOL, progress)
        curve = curve_of(emaps, [(asked.x, asked.y)])
        return {
            "horizons": curve.horizons.tolist(),
            "bits": curve.values[0].tolist(),
            "gap": float(curve.gap.max()),
            "complete": longest == LONGEST_HORIZON,
        }

    def step(self, asked: api.StepQuestion, progress: Progress) -> Answer:
        """One step of an agent that climbs the map; boxes that it pushed are elsewhere then."""
        world = world_of(asked, progress, asked.horizon + 1)
        check_cell_time(world, asked.horizon, len(world.actions))
        heading = asked.heading if world.heading is not None and asked.heading else "best"
        with concerning("agent"):
            state = states_in(world, asked.x, asked.y, heading)[0]  # facing north, if not told
            rng = np.random.default_rng(asked.draw)
            step = climb(world, state, asked.horizon, TOL, rng=rng, progress=progress)
        x, y = world.maze.xy(*world.maze.cells[world.cell[step.state]].tolist())
        boxes = world.boxes
        pushed = boxes is not None and (boxes[state] != boxes[step.state]).any()
        return {
            "action": step.action,
            "expected": step.expected,
            "x": x,
            "y": y,
            "heading": None if world.heading is None else HEADINGS[world.heading[step.state]],
            "bits": step.bits,
            "moved": step.state != state,
            "deterministic": world.deterministic,
            "maze": drawing_of(with_boxes(world, step.state)) if pushed else None,
        }

    def read(self, asked: api.TextQuestion, progress: Progress) -> Answer:
        """The maze that a text draws, and what in it is left out."""
        form = format_of(asked.file)
        with concerning("maze"), located(asked.file or "the text"):
            maze = parse_maze(asked.text, plain(Path(asked.file).stem), form)
            return {"maze": drawing_of(maze), "left_out": left_out(asked.text, form)}


def colors(asked: api.MapQuestion, emap: EmpowermentMap) -> tuple[float, float]:
    """Where the colours begin and end, in bits."""
    with concerning("range"):
        if asked.range is not None:
            check_range(*asked.range)
        return color_range([emap], *(asked.range or (None, None)))


def numbers(which: str, emap: EmpowermentMap) -> list[list[list[str | None]]]:
    """The ways to write numbers into the cells, the longest first, each an H x W grid of texts."""
    with concerning("numbers"):
        ways = number_texts(emap, which)
    maze = emap.world.maze
    grids = np.full((len(ways), *maze.shape), None, dtype=object)
    for grid, texts in zip(grids, ways, strict=True):
        grid[tuple(maze.cells[emap.cell].T)] = texts
    return list(grids.tolist())


def quick(world: World, horizon: int) -> bool:
    """Whether the capacity of one cell takes no more than a moment."""
    if world.deterministic:
        return True
    try:
        check_sequences(world, horizon)
    except HorizonTooLarge:
        return False
    return expected_channel_seconds(world, horizon) < CURVE_SECONDS


def with_boxes(world: World, state: int) -> Maze:
    """The maze with its boxes where they are in a state, or a Refusal where it has no room."""
    maze = world.maze
    assert world.boxes is not None
    objects = {place: letter for place, letter in maze.objects.items() if letter != "$"}
    for row, col in maze.cells[world.boxes[state]].tolist():
        if (under := objects.get((row, col), FLOOR)) not in MARKS + FLOOR:
            x, y = maze.xy(row, col)
            raise Refusal(
                f"the agent would push a box onto the {OBJECTS[under]} at x = {x}, y = {y}, and a "
                "drawing has one object a cell; move one of them",
                *("agent", UNANSWERED),
            )
        objects[row, col] = "$"
    return Maze(maze.floor, maze.wall_right, maze.wall_below, maze.name, objects)
