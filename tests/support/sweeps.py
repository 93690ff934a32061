"""Grids of sweeps, and what stores hold."""

from gridemp import parse_maze
from gridemp.sweeps.prepare import prepare
from gridemp.sweeps.run import run
from gridemp.sweeps.store import Store
from gridemp.sweeps.sweep import grids_of

SETTINGS = {
    "slip": [0.0],
    "sensor": ["state"],
    "moves": ["nesw"],
    "torus": [""],
    "stay": True,
    "slip_kind": "uniform",
    "hands": False,
    "holding": "",
    "heading": "best",
    "tol": 1e-6,
}
CORRIDOR = parse_maze("....")
CORNER = parse_maze("..#\n...")


def grids(*mazes, horizons=(1, 2), **settings):
    """Grids of mazes with some settings changed."""
    return grids_of(list(mazes) or [CORRIDOR], horizons, **{**SETTINGS, **settings})


def swept(path, given, executor=None):
    """Result of a sweep of grids into the store of this path."""
    return run(prepare(given, Store(path)), executor)


def chunks(path):
    """Bytes of every chunk of a store, by its path."""
    return {
        str(file.relative_to(path)): file.read_bytes()
        for file in sorted(path.glob("*/*/c.*"))
        if ".tasks" not in file.parts
    }
