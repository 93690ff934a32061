"""Stores of maps, as `gridemp sweep` writes them."""

import atexit
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from support.extras import required

import gridemp
from gridemp import World
from gridemp.mazes.maze_hash import maze_hash
from gridemp.sweeps import phase_diagram
from gridemp.sweeps.group import make
from gridemp.sweeps.layout import encoded
from gridemp.sweeps.open_maps import open_maps
from gridemp.sweeps.store import TASKS

USUAL = {"moves": ["nesw"], "torus": ["none"], "sensor": ["state"], "slip": [0.0], "horizon": [1]}
SHARED = {"stay": True, "slip_kind": "uniform", "hands": False, "holding": "", "tol": 1e-6}


def world_at(maze, moves="nesw", torus="none", sensor="state", slip=0.0, **shared):
    axes = torus.replace("none", "")
    return World.from_maze(maze, moves=moves, torus=axes, sensor=sensor, slip=slip, **shared)


def store_of(path, maze="room", left_out=(), heading="best", **settings):
    """Write the maps of a maze to a store, and open them.

    Settings are lists of values, in any order, or values that all maps share. The maps of the
    horizons and slips that `left_out` holds are not computed.
    """
    required("zarr")
    maze = gridemp.load_maze(maze) if isinstance(maze, str) else maze
    values = {name: settings.pop(name, usual) for name, usual in USUAL.items()}
    attributes = {
        "maze": maze.name,
        "maze_hash": maze_hash(maze),
        "maze_text": gridemp.format_maze(maze),
        **SHARED,
        **settings,
        "heading": heading,
    }
    (path / TASKS).mkdir(parents=True, exist_ok=True)
    group = make(path / maze.name, path / TASKS / "new", maze.shape, attributes, values)
    *conditions, horizons = values.values()
    for condition in product(*conditions):
        world = world_at(maze, *condition, **settings)
        for emap in gridemp.horizon_sweep(world, horizons):
            if (emap.horizon, condition[-1]) in left_out:
                continue
            one = emap.one_per_cell(heading)
            grids = {"empowerment": one.grid(), "gap": one.grid(one.gap)}
            if one.outcomes is not None:
                grids["outcomes"] = one.grid(one.outcomes)
            chunks = encoded({name: grid[::-1] for name, grid in grids.items()})
            for name, file in group.files((*condition, emap.horizon)).items():
                if name in chunks:
                    file.write_bytes(chunks[name])
    return open_maps(path, maze.name)


def known_diagram():
    """The phase diagram of a small maze, whose store is there until this process ends."""
    folder = TemporaryDirectory()
    atexit.register(folder.cleanup)
    maze = gridemp.parse_maze("...\n.#.", name="small")
    maps = store_of(Path(folder.name) / "results.zarr", maze, horizon=[1, 2], slip=[0.0, 0.1])
    return phase_diagram(maps)
