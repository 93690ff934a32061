"""One cell as text for a terminal: a drawing of the maze around it, and its numbers."""

import math

import numpy as np
from numpy.typing import NDArray

from gridemp.analysis.cell import CellSource
from gridemp.mazes.maze import Maze
from gridemp.mazes.objects import MARKS
from gridemp.report.rounding import rounded_up
from gridemp.typing import Mask

MAX_WIDTH = 100  # characters
MAX_LISTED = 8
UNSEEN, START, SOLID = ".", "@", "#"


def describe(source: CellSource) -> str:
    """Title, drawing and numbers of a cell, for a terminal.

    Parameters
    ----------
    source : CellSource
        Optimal source of the cell.

    Returns
    -------
    str
        Several lines, without a line break after the last one.
    """
    return "\n".join([headline(source), "", drawing(source), "", numbers(source)])


def headline(source: CellSource, name: str | None = None) -> str:
    """Return the name of the maze, or a given one, the cell, the horizon and the conditions."""
    x, y = source.xy
    heading = f"heading {source.heading}" if source.heading else ""
    parts = [name or source.world.maze.name, f"x = {x}", f"y = {y}", heading]
    return ", ".join(
        filter(None, [*parts, f"horizon {source.horizon}", *source.world.conditions.words()])
    )


def numbers(source: CellSource) -> str:
    """Bits, outcomes and first actions of a cell, each on a line."""
    bits = f"{source.bits:.4f} bits"
    if source.outcomes is not None:
        bits += f" = log2 {source.outcomes}"
    elif source.gap > 0:
        bits += f", certified to {rounded_up(source.gap)} bits{source.world.conditions.proviso}"
    lines = [bits, outcome_line(source), first_action_line(source)]
    if not source.most_entropy:
        lines.append(
            "(one of the optimal sources to within the tolerance; others may begin differently)"
        )
    return "\n".join(lines)


def outcome_line(source: CellSource) -> str:
    """Number of outcomes, and the most likely ones."""
    count = len(source.readings)
    if source.outcomes is not None:
        listed = f": {', '.join(source.outcome_names())}" if count <= MAX_LISTED else ""
        each = f"each with probability 1/{count} = {1 / count:.2%}"
        return f"outcomes: {count}, {each if count > 1 else 'which is certain'}{listed}"
    names, probabilities = source.outcome_names(), source.probabilities.round(9)
    likely = np.argsort(-probabilities, kind="stable")[:MAX_LISTED]
    listed = ", ".join(f"{names[i]} {probabilities[i]:.2%}" for i in likely)
    return f"outcomes: {count}{', the likeliest' if count > MAX_LISTED else ''}: {listed}"


def first_action_line(source: CellSource) -> str:
    """Probabilities of the first actions under the source, the likeliest first."""
    weights = source.first_actions.round(9)  # so that equal ones stay in order
    order = np.argsort(-weights, kind="stable")
    actions = source.world.actions
    return "first action: " + ", ".join(f"{actions[a]} {weights[a]:.2%}" for a in order)


def drawing(source: CellSource) -> str:
    """Drawing of the part of the maze with outcomes, with probabilities in percent on the cells.

    The start is in brackets; `.` is floor without an outcome, `#` is solid, and a letter is an
    object. If this would be wider than 100 characters, each cell is a single digit, its probability
    in ninths of the largest one, rounded up, and the start is an `@`.

    Parameters
    ----------
    source : CellSource
        Optimal source of the cell.

    Returns
    -------
    str
        Several lines, with y on the left and x below.
    """
    maze = source.world.maze
    rows, cols = shown(source)
    margin = len(str(maze.xy(rows.start, 0)[1])) + 1
    below, right = _edges(maze, source.world.torus)
    below = below[rows.start : rows.stop + 1, cols]
    right = right[rows, cols.start : cols.stop + 1]
    texts = _percentages(source, rows, cols)
    inner = max(len(text) for text in texts.ravel())
    notes = ["percent; [ ] is the start"]
    if margin + (inner + 1) * texts.shape[1] + 1 > MAX_WIDTH:
        texts, inner = _digits(source, rows, cols), 1
        most = np.nanmax(source.grid())
        notes = [
            f"each digit is a probability in ninths of {most:.3g}, rounded up; {START} is the start"
        ]
    if margin + (inner + 1) * texts.shape[1] + 1 > MAX_WIDTH:
        size = f"{texts.shape[1]} x {texts.shape[0]}"
        return f"(the outcomes are spread over {size} cells, too many for text; see the figure)"
    if len(source.readings) < len(np.unique(source.world.cell[source.ends])):
        notes.append("cells that the sensor cannot tell apart are one outcome")
    lines = []
    for r, edges in enumerate(below):
        lines.append(" " * margin + "".join("+" + edge * inner for edge in edges) + "+")
        if r < len(texts):
            cells = [text.center(inner, SOLID if text == SOLID else " ") for text in texts[r]]
            pairs = zip(right[r], [*cells, ""], strict=True)
            y = maze.xy(rows.start + r, 0)[1]
            lines.append(f"{y:>{margin - 1}} " + "".join(edge + cell for edge, cell in pairs))
    lines.append(_labels(cols, margin + 1 + (inner - 1) // 2, inner + 1))
    return "\n".join([*(line.rstrip() for line in lines), f"({'; '.join(notes)})"])


def shown(source: CellSource) -> tuple[slice, slice]:
    """Rows and columns that hold the start and all cells with outcomes."""
    row, col = source.rowcol
    seen = source.world.maze.cells[source.world.cell[source.ends]]
    places = np.concatenate([seen, [[row, col]]])
    (top, left), (bottom, right) = places.min(axis=0).tolist(), places.max(axis=0).tolist()
    return slice(top, bottom + 1), slice(left, right + 1)


def _edges(maze: Maze, torus: str) -> tuple[NDArray[np.str_], NDArray[np.str_]]:
    """Characters between rows of cells, (H + 1, W), and between columns, (H, W + 1)."""

    def across(floor: Mask, walls: Mask, mark: str, joined: bool) -> NDArray[np.str_]:
        edges = np.full((floor.shape[0] + 1, floor.shape[1]), mark)
        open_ends = floor[0] & floor[-1] & joined
        edges[0, open_ends] = edges[-1, open_ends] = " "
        solid = ~floor[:-1] & ~floor[1:]
        edges[1:-1] = np.where(walls | (floor[:-1] != floor[1:]), mark, np.where(solid, SOLID, " "))
        return edges

    below = across(maze.floor, maze.wall_below, "-", "y" in torus)
    return below, across(maze.floor.T, maze.wall_right.T, "|", "x" in torus).T


def _percentages(source: CellSource, rows: slice, cols: slice) -> NDArray[np.object_]:
    """Text of each cell in a part of the maze, with the start in brackets."""
    grid = source.grid()[rows, cols]
    decimals = min(max(1 - math.floor(math.log10(100 * np.nanmax(grid))), 1), 6)
    texts = np.full(grid.shape, UNSEEN, dtype=object)
    for place, probability in np.ndenumerate(grid):
        if not np.isnan(probability):
            sure = probability > 1 - 1e-9
            texts[place] = "100" if sure else f"{100 * probability:.{decimals}f}"
    for place, letter in objects_in(source.world.maze, rows, cols):
        seen = "" if texts[place] == UNSEEN else texts[place]
        texts[place] = seen if seen and letter in MARKS else letter + seen  # replaces a mark
    start = source.rowcol[0] - rows.start, source.rowcol[1] - cols.start
    texts[start] = f"[{texts[start]}]"
    texts[~source.world.maze.floor[rows, cols]] = SOLID
    return texts


def _digits(source: CellSource, rows: slice, cols: slice) -> NDArray[np.object_]:
    """Text of each cell in a part of the maze, as a single character."""
    grid = source.grid()[rows, cols]
    texts = np.full(grid.shape, UNSEEN, dtype=object)
    for place, letter in objects_in(source.world.maze, rows, cols):
        texts[place] = letter
    ninths = np.ceil(9 * grid / np.nanmax(grid) - 1e-9)
    for place, ninth in np.ndenumerate(ninths):
        if not np.isnan(ninth):
            texts[place] = f"{ninth:.0f}"
    texts[source.rowcol[0] - rows.start, source.rowcol[1] - cols.start] = START
    texts[~source.world.maze.floor[rows, cols]] = SOLID
    return texts


def objects_in(maze: Maze, rows: slice, cols: slice) -> list[tuple[tuple[int, int], str]]:
    """Objects in a part of the maze, with their row and column in that part."""
    return [
        ((row - rows.start, col - cols.start), letter)
        for (row, col), letter in maze.objects.items()
        if rows.start <= row < rows.stop and cols.start <= col < cols.stop
    ]


def _labels(cols: slice, first: int, pitch: int) -> str:
    """Line with the x of as many columns as fit, each below the text of its cell."""
    longest = len(str(cols.stop - 1))
    steps = (base * 10**power for power in range(9) for base in (1, 2, 5))
    step = next(step for step in steps if step * pitch > longest)
    line = [" "] * (first + pitch * (cols.stop - cols.start) + longest)
    for x in range(cols.start, cols.stop):
        if x % step == 0:
            place = first + pitch * (x - cols.start) - (len(str(x)) - 1) // 2
            line[place : place + len(str(x))] = str(x)
    return "".join(line)
