"""Maps by the workers of an executor: byte for byte those of a single process."""

import operator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

import networkx as nx
import numpy as np
import pytest
from support.extras import required

import gridemp
from gridemp import (
    ConvergenceWarning,
    World,
    empowerment,
    empowerment_bounds,
    horizon_sweep,
    information_map,
    load_maze,
)
from gridemp.analysis import sensitivity
from gridemp.engine import bounds
from gridemp.engine.channel import window
from gridemp.engine.processes import LostProcess
from gridemp.engine.shared_world import MIN_PIECES, SharedWorld, pack, piece_size, unpacked

CAVE = gridemp.make_maze("caves", 7, 5, 3)
BOXES = gridemp.parse_maze("....\n.B..\n....")
SPAWN = get_context("spawn")
PETERSEN = nx.petersen_graph()


def noisy_graph():
    """World of a graph that is no grid, with noise that is no slip."""
    table = np.zeros((10, 3, 10))
    for node in PETERSEN:
        for action, goal in enumerate(PETERSEN[node]):
            table[node, action, list(PETERSEN[node])] += 0.1 + 0.01 * node
            table[node, action, goal] += 0.7 - 0.03 * node
    return World.from_transitions(table)


WORLDS = {
    "noisy": lambda: World.from_maze(CAVE, slip=0.1),
    "torus": lambda: World.from_maze(CAVE, slip=0.2, torus=True),
    "sensor": lambda: World.from_maze(CAVE, slip=0.1, sensor="walls"),
    "own sensor": lambda: World.from_maze(CAVE, slip=0.1).with_sensor(
        np.arange(len(CAVE.cells)) % 5
    ),
    "boxes": lambda: World.from_maze(BOXES, slip=0.1, within=2),
    "king": lambda: World.from_maze(CAVE, slip=0.1, moves="king"),
    "turning": lambda: World.from_maze(CAVE, slip=0.1, moves="turn"),
    "graph": noisy_graph,
}


@pytest.fixture(scope="module")
def pool():
    with ProcessPoolExecutor(2, SPAWN) as executor:
        yield executor


def assert_same_bytes(one, other):
    assert one.bits.tobytes() == other.bits.tobytes()
    assert one.gap.tobytes() == other.gap.tobytes()


@pytest.mark.parametrize("name", WORLDS)
def test_processes_compute_the_same_bytes(pool, name):
    world = WORLDS[name]()
    fractions = []
    assert_same_bytes(
        empowerment(world, 2, progress=fractions.append, executor=pool), empowerment(world, 2)
    )
    assert fractions == sorted(fractions)
    assert len(fractions) > 2
    assert fractions[-1] == 1


def test_processes_share_all_horizons_and_other_maps(pool, monkeypatch):
    world = WORLDS["torus"]()
    for one, other in zip(
        horizon_sweep(world, [3, 1], executor=pool), horizon_sweep(world, [3, 1]), strict=True
    ):
        assert_same_bytes(one, other)
    for source in ("uniform", [0.1, 0.2, 0.3, 0.3, 0.1]):
        own = information_map(world, 2, source, executor=pool)
        assert_same_bytes(own, information_map(world, 2, source))
    monkeypatch.setattr(bounds, "EXACT_SEQUENCES", 0)
    for tol in (None, 0.1):
        assert_same_bytes(
            empowerment_bounds(world, 3, tol, executor=pool), empowerment_bounds(world, 3, tol)
        )


@pytest.mark.parametrize("torus", [False, True])
def test_processes_share_the_effects_of_walls(pool, torus):
    maze = gridemp.parse_maze("..#\n...")
    options = {"slip": 0.1, "torus": torus}
    one = sensitivity(maze, 2, executor=pool, **options)
    other = sensitivity(maze, 2, **options)
    for name in ("right", "below", "solid"):
        assert getattr(one, name).tobytes() == getattr(other, name).tobytes()
    assert one.gap == other.gap


def test_a_world_without_noise_needs_no_executor():
    with ThreadPoolExecutor(1) as executor:
        executor.shutdown()
        emap = empowerment(World.from_maze(CAVE), 2, executor=executor)
    assert_same_bytes(emap, empowerment(World.from_maze(CAVE), 2))


def test_a_wide_gap_is_told_once(pool):
    world = WORLDS["noisy"]()
    with pytest.warns(ConvergenceWarning) as shared:
        empowerment(world, 2, 1e-17, executor=pool)
    with pytest.warns(ConvergenceWarning) as alone:
        empowerment(world, 2, 1e-17)
    assert [str(one.message) for one in shared] == [str(one.message) for one in alone]
    assert shared[0].filename == __file__


def test_what_fails_in_a_worker_is_raised(pool):
    world = WORLDS["noisy"]()
    with (
        SharedWorld(world, pool).map(operator.truediv, world.start_states, 1) as pieces,
        pytest.raises(TypeError, match="World"),
    ):
        list(pieces)


def test_a_worker_that_dies_is_reported():
    def kill(fraction):
        for process in executor._processes.values():
            process.kill()

    with (
        ProcessPoolExecutor(1, SPAWN) as executor,
        pytest.raises(LostProcess, match="ended before its work was done"),
    ):
        empowerment(WORLDS["noisy"](), 2, progress=kill, executor=executor)


@pytest.mark.parametrize("name", WORLDS)
def test_a_world_that_was_sent_has_the_same_windows(name):
    world = WORLDS[name]().normalised()
    received = unpacked(pack(world))
    assert received is not world
    for state in world.start_states.tolist():
        assert window(received, state, 2).key() == window(world, state, 2).key()


def test_of_a_maze_only_the_maze_is_sent():
    maze = gridemp.make_maze("caves", 60, 60, 0)
    world = World.from_maze(maze, slip=0.1)
    assert len(pack(world).content) < maze.floor.nbytes
    other = replace(world, probabilities=world.probabilities[:, ::-1])  # no longer of its maze
    np.testing.assert_array_equal(unpacked(pack(other)).probabilities, other.probabilities)
    assert len(pack(other).content) > 5 * len(pack(world).content)


def test_pieces_are_long_enough_and_many_enough():
    assert piece_size(10_000, 0.01, 1000) == 25  # a quarter of a second
    assert piece_size(10_000, 1.0, 1000) == 1
    assert piece_size(10_000, 0.01, 10**8) > 1000  # where the world is long to send
    assert piece_size(80, 1e-5, 1000) == 80 / MIN_PIECES


def test_processes_or_an_executor_but_not_both():
    with (
        ThreadPoolExecutor(1) as executor,
        pytest.raises(gridemp.GridempError, match="leave out one"),
    ):
        empowerment_bounds(WORLDS["noisy"](), 2, processes=2, executor=executor)


@pytest.mark.ci
def test_a_cluster_computes_the_same_bytes():
    distributed = required("distributed")
    world = World.from_maze(load_maze("klyubin"), slip=0.1)
    with (
        distributed.LocalCluster(1, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
        client.get_executor() as executor,
    ):
        shared = empowerment(world, 3, executor=executor)
        failing = SharedWorld(world, executor).map(operator.truediv, world.start_states, 1)
        with failing as pieces, pytest.raises(TypeError, match="World"):
            list(pieces)
    assert_same_bytes(shared, empowerment(world, 3))
