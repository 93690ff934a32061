"""Outcome of an exploration in words, for terminals."""

from gridemp.agents.exploration_record import CLOSE, ExplorationRecord
from gridemp.report.rounding import rounded_up
from gridemp.shown import counted


def exploration_lines(record: ExplorationRecord) -> list[str]:
    """Lines on when the map of the belief came close to the true one, and where the agent ended."""
    truth, settled = record.truth, record.settled()
    whole = record.reachable.sum() == truth.world.maze.floor.sum()
    cells = "everywhere" if whole else "wherever it can get to"
    if settled is None:
        error = rounded_up(float(record.max_difference[-1]))
        steps = counted(record.steps, "step")
        lines = [f"after {steps}, some cells still differ from the true map by up to {error} bits"]
    else:
        steps = counted(settled, "step")
        lines = [f"within {CLOSE:g} bits of the true map {cells} after {steps}"]
    tried, untried = int((record.tried >= 0).sum()), record.untried()
    lines.append(f"{counted(tried, 'move')} tried; {counted(untried, 'edge')} never tried")
    row, col = record.path[-1].tolist()
    x, y = truth.world.maze.xy(row, col)
    bits, peak = truth.grid()[row, col], float(truth.bits.max())
    lines.append(f"at the end: x = {x}, y = {y}, {bits:.2f} bits of {peak:.2f} at the peak")
    return lines
