"""Cells and states of worlds and simulators."""


def places(world):
    rows, cols = world.maze.cells[world.cell].T
    return list(zip(*(a.tolist() for a in world.maze.xy(rows, cols)), strict=True))
