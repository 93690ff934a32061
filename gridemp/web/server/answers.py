"""Answers of the explorer to each kind of request, computed by the library."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np

from gridemp import render
from gridemp.analysis.cell import cell_source
from gridemp.analysis.horizon_curve import curve_of
from gridemp.engine.absorbing import absorbing_xy
from gridemp.engine.channel_seconds import expected_channel_seconds
from gridemp.engine.empowerment import TOLERANCE, check_sequences, horizon_sweep
from gridemp.engine.map import EmpowermentMap
from gridemp.engine.maps import EmpowermentMaps
from gridemp.errors import GridempError, HorizonTooLarge
from gridemp.mazes.bundled import SETTINGS, bundled_mazes, description
from gridemp.mazes.maze import Maze
from gridemp.mazes.objects import OBJECTS
from gridemp.mazes.parsing import (
    format_maze,
    format_of,
    load_maze,
    source_in_errors,
)
from gridemp.mazes.protocol import Choices
from gridemp.mazes.reading import read_maze
from gridemp.progress import Progress, part_of
from gridemp.render.artists.walls_and_objects import marked_peaks
from gridemp.render.figures.heatmap import color_range
from gridemp.render.layout.style import check_range, palette
from gridemp.report.provenance import as_recorded, map_record, version
from gridemp.web.lessons import Lesson, bundled_lessons
from gridemp.web.server import api
from gridemp.web.server.agent import Agents
from gridemp.web.server.api import MAX_HORIZON, UNANSWERED, Refusal, concerning, for_page
from gridemp.web.server.command_line import as_typed, command_words, file_of, names
from gridemp.web.server.doors import doors
from gridemp.web.server.figures import figure_file
from gridemp.web.server.jobs import Job
from gridemp.web.server.mazes import drawing_of, maze_of, plain, settings_of
from gridemp.web.server.questions import Maps, check_cell_time, concerning_cell, world_of
from gridemp.web.server.reveal import reveal
from gridemp.worlds.cells import states_in
from gridemp.worlds.world import World

Answer = Mapping[str, Any]

CURVE_SECONDS = 2.0  # that one horizon of a curve may take, by an estimate
SLOW_SECONDS = 10.0  # that one horizon took, after which a curve ends whatever the estimate
MAX_NUMBERS = 2500  # in a figure


class Answers:
    """The answers of an explorer that was opened on a maze.

    Parameters
    ----------
    opened : Maze
        Maze that the page shows first.
    words : list of str
        Words that name the maze on the command line; none if it has no file.
    lessons : list of dict, optional
        Lessons that the page offers; by default those that come with gridemp.
    """

    def __init__(self, opened: Maze, words: list[str], lessons: list[Lesson] | None = None) -> None:
        self._lessons = bundled_lessons() if lessons is None else lessons
        files = bundled_mazes()
        self._bundled = {name: maze_of(drawing_of(load_maze(path))) for name, path in files.items()}
        self._about = {name: description(path) for name, path in files.items()}
        self._opened = maze_of(drawing_of(opened))
        self._settings = settings_of(opened)
        # A maze that the page had to rename needs a new file, as does one from a pipe.
        known = plain(opened.name) == opened.name and words and "-" not in words
        self._known = [(self._opened, words)] if known else []
        self._known += [(maze, [name]) for name, maze in self._bundled.items()]
        self._maps = Maps()
        self._agents = Agents(self._maps)

    def start(self) -> Answer:
        """Return the data that the page starts with: mazes, colours, names of objects, limits."""
        return {
            "version": api.VERSION,
            "gridemp": version("gridemp"),
            "maze": drawing_of(self._opened),
            "settings": self._settings,
            "mazes": [
                {
                    "about": self._about[name],
                    "maze": drawing_of(maze),
                    "settings": SETTINGS.get(name, {}),
                }
                for name, maze in self._bundled.items()
            ],
            "lessons": self._lessons,
            "palette": palette(),
            "objects": OBJECTS,
            "limits": {
                "horizon": MAX_HORIZON,
                "slip": api.MAX_SLIP,
                "cells": api.MAX_CELLS,
                "side": api.MAX_SIDE,
                "seconds": api.SECONDS,
            },
        }

    def solved(self, question: api.Question, progress: Progress) -> EmpowermentMap:
        """Return the map of a question itself, or raise a Refusal."""
        return self._maps.solve(question, progress)

    def map(self, question: api.MapQuestion, progress: Progress) -> Answer:
        """Return the map, its peak, its mean and the marks that are shown on it."""
        show = progress.show if isinstance(progress, Job) else None
        emap = self._maps.solve(question, progress, show)
        counts = emap.outcomes
        x, y = marked_peaks(emap)
        return {
            "horizon": emap.horizon,
            "bits": emap.grid().tolist(),
            "gap": float(emap.gap.max()),
            "outcomes": None if counts is None else emap.grid(counts.astype(float)).tolist(),
            "range": colors(question, emap),
            "ringed": np.stack([x, y], axis=1).tolist(),
            "absorbing": absorbing_xy(emap).tolist(),
            "deterministic": emap.world.deterministic,
            "peak": emap.peak._asdict(),
            "mean": float(emap.bits.mean()),
            "per_cell": emap.per_cell or None,
        }

    def describe(self, question: api.DescribeQuestion, progress: Progress) -> Answer:
        """Return the maze as text, the file it is saved as, and the command of its figure."""
        maze = maze_of(question.maze)
        return {
            "text": format_maze(maze),
            "file": file_of(maze),
            "known": bool(names(maze, self._known)),
            "command": as_typed(command_words(question, maze, self._known)),
        }

    def figure(self, question: api.FigureQuestion, progress: Progress) -> bytes:
        """Return the file that `gridemp heatmap` makes, byte for byte."""
        emap = self._maps.solve(question, progress)
        if question.numbers is not None and len(emap.bits) > MAX_NUMBERS:
            raise Refusal(
                f"the explorer can write numbers into at most {MAX_NUMBERS:,} cells; leave them "
                "out, or run the command in a terminal",
                "numbers",
                UNANSWERED,
                kind="numbers_limit",
                facts={"limit": MAX_NUMBERS},
            )
        low, high = (None, None) if question.range is None else colors(question, emap)
        words = command_words(question, emap.world.maze, self._known)
        provenance = map_record([emap], as_recorded(words))

        def draw(width: float | None) -> Any:
            look = {"vmin": low, "vmax": high, "annotate": question.numbers}
            return render.heatmap(emap, width=width, **look).figure  # type: ignore[arg-type]

        countable = question.numbers != "outcomes" or emap.world.deterministic
        with concerning("numbers", "numbers_size" if countable else "numbers_outcomes"):
            return figure_file(draw, question.format, provenance, progress)

    def cell(self, question: api.CellQuestion, progress: Progress) -> Answer:
        """Return the outcome probabilities of a cell under an optimal source distribution."""
        world = world_of(question, progress)
        check_cell_time(world, question.horizon)
        with concerning_cell(world, question, "cell"):
            source = cell_source(
                world, question.x, question.y, question.horizon, TOLERANCE, progress=progress
            )
        first = zip(world.actions, source.first_actions.tolist(), strict=True)
        return {
            "bits": source.bits,
            "gap": source.gap,
            "outcomes": len(source.readings),
            "deterministic": world.deterministic,
            "reached": source.grid().tolist(),
            "first_actions": dict(first),
        }

    def curve(self, question: api.CellQuestion, progress: Progress) -> Answer:
        """Return the empowerment of a cell by horizon, up to the first that would take long."""
        world = world_of(question, progress)
        if world.within is not None:
            with suppress(GridempError):  # with too many states, the curve ends at the horizon
                world = world_of(question, progress, MAX_HORIZON)
        with concerning_cell(world, question, "cell"):
            states = states_in(world, question.x, question.y, "best")
        longest = world.within or MAX_HORIZON
        while longest > 1 and not quick(world, longest):
            longest -= 1
        here = replace(world, starts=np.array(states, dtype=np.int32))
        emaps = quick_sweep(here, longest, progress)
        curve = curve_of(emaps, [(question.x, question.y)])
        return {
            "horizons": curve.horizons.tolist(),
            "bits": curve.values[0].tolist(),
            "gap": float(curve.gap.max()),
            "complete": len(emaps) == MAX_HORIZON,
        }

    def reveal(self, question: api.CellQuestion, progress: Progress) -> Answer:
        """Return what a cell can reach with each number of steps, and a sequence of actions."""
        return reveal(question, progress)

    def arrows(self, question: api.PolicyQuestion, progress: Progress) -> Answer:
        """Return the actions that a policy takes in each cell."""
        return self._agents.arrows(question, progress)

    def step(self, question: api.StepQuestion, progress: Progress) -> Answer:
        """Return one step of an agent, with the maze if it pushed a box."""
        return self._agents.step(question, progress)

    def doors(self, question: api.Question, progress: Progress) -> Answer:
        """Return the thin walls whose change raises the mean empowerment most."""
        return doors(question, progress)

    def read(self, question: api.TextQuestion, progress: Progress) -> Answer:
        """Return the maze of a text, sentences on what was assumed, and the parts left out."""
        format = format_of(question.file)
        with concerning("maze", "bad_text"), source_in_errors(question.file or "the text"):
            reading = read_maze(question.text, plain(Path(question.file).stem), format, Choices())
            return {
                "maze": drawing_of(reading.maze),
                "said": [for_page(sentence) for sentence in reading.said],
                "left_out": list(reading.left_out),
            }


def colors(question: api.MapQuestion, emap: EmpowermentMap) -> tuple[float, float]:
    """Return the two ends of the colour scale, in bits."""
    low, high = question.range or (None, None)
    with concerning("range", "range", {"low": low, "high": high}):
        if question.range is not None:
            check_range(*question.range)
        return color_range([emap], low, high)


def quick_sweep(world: World, longest: int, progress: Progress) -> EmpowermentMaps:
    """Return the maps of all horizons until one has taken longer than `SLOW_SECONDS`."""
    if world.deterministic:
        return horizon_sweep(world, range(1, longest + 1), TOLERANCE, progress)
    emaps = EmpowermentMaps()
    for steps in range(1, longest + 1):
        began = monotonic()
        emaps += horizon_sweep(world, [steps], TOLERANCE, part_of(progress, steps - 1, longest))
        if monotonic() - began > SLOW_SECONDS:
            break
    return emaps


def quick(world: World, horizon: int) -> bool:
    """True if the capacity of one cell takes at most `CURVE_SECONDS`, by an estimate."""
    if world.deterministic:
        return True
    try:
        check_sequences(world, horizon)
    except HorizonTooLarge:
        return False
    return expected_channel_seconds(world, horizon) < CURVE_SECONDS
