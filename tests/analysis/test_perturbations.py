"""Toggles of walls and cells: tiles against whole maps."""

from dataclasses import replace

import numpy as np
import pytest
from support.toggles import TOL, assert_all_equal, brute_force, walled

import gridemp
from gridemp import Maze, World, empowerment
from gridemp.analysis import perturbations
from gridemp.analysis.perturbations import Task, Tiles, changes, cut, toggles
from gridemp.analysis.sensitivity import sensitivity
from gridemp.engine.channel_cache import CapacityCache

pytestmark = pytest.mark.slow


def task_of(maze, horizon):
    base = empowerment(World.from_maze(maze), horizon)
    return Task(maze, base, maze.floor, {}, CapacityCache(TOL))


@pytest.mark.parametrize(
    ("options", "horizon"),
    [
        ({}, 2),
        ({"moves": "king", "sensor": "walls"}, 1),
        ({"moves": "turn", "stay": False}, 2),
        ({"slip": 0.1}, 1),
    ],
)
def test_tiles_say_what_whole_maps_say(options, horizon):
    tile = 4 * horizon + 2 + 4 * (options.get("sensor") == "walls")
    height, width = tile + 2, tile + 1
    dice = np.random.default_rng(3)
    floor = dice.random((height, width)) < 0.9
    floor[3, 3] = floor[4, 5] = True
    right = dice.random((height, width - 1)) < 0.3
    below = dice.random((height - 1, width)) < 0.3
    maze = Maze(floor, right, below, objects={(3, 3): "T", (4, 5): "B"})
    tiles = cut(task_of(maze, horizon)._replace(options=options), toggles(maze))
    assert tiles.floor.shape[1:] == (tile, tile)
    result = sensitivity(maze, horizon, **options)
    noisy = "slip" in options
    expected = brute_force(maze, horizon, **options)
    assert_all_equal(result, expected, 2 * TOL if noisy else 1e-12)


def test_tiles_are_cut_around_what_is_toggled():
    maze = gridemp.make_maze("perfect", 30, 20, 1)
    task = task_of(maze, 2)
    places = toggles(maze)
    tiles = cut(task, places)
    assert isinstance(tiles, Tiles)
    assert tiles.floor.shape == (len(places), 10, 10)
    for kind, name in ((0, "wall_right"), (1, "wall_below")):
        (chosen,) = np.nonzero(places[:, 0] == kind)
        before, after = tiles[kind][chosen], tiles.toggled()[kind][chosen]
        k, row, col = np.nonzero(before != after)
        np.testing.assert_array_equal(k, np.arange(len(chosen)))
        where = tiles.corners[chosen] + np.stack([row, col], axis=1)
        np.testing.assert_array_equal(where, places[chosen, 1:])
        np.testing.assert_array_equal(before[k, row, col], getattr(maze, name)[tuple(where.T)])


def test_equal_tiles_are_computed_once(monkeypatch):
    maze = Maze(np.ones((20, 30)))
    task = task_of(maze, 2)
    computed = []
    real = perturbations._changes_of_tiles
    monkeypatch.setattr(
        "gridemp.analysis.perturbations._changes_of_tiles",
        lambda task, tiles, progress: (
            computed.append(len(tiles.places)) or real(task, tiles, progress)
        ),
    )
    places = toggles(maze)
    found, off = changes(task, places, lambda fraction: None)
    assert sum(computed) < len(places) / 5
    assert not off.any()
    result = sensitivity(maze, 2)
    row, col = 9, 14
    expected = empowerment(World.from_maze(walled(maze, row, col)), 2).bits.mean()
    assert result.right[row, col] == pytest.approx(expected - task.base.bits.mean(), abs=1e-12)
    assert found[:580].reshape(20, 29)[row, col] == result.right[row, col]


@pytest.mark.parametrize(("letters", "horizon"), [("~", 1), ("<>^v", 2)])
def test_what_carries_far_is_felt_beyond_any_tile(letters, horizon):
    dice = np.random.default_rng(0)
    height, width = shape = (4 * horizon + 3, 4 * horizon + 4)
    floor = dice.random(shape) < 0.9
    carrying = np.argwhere(floor & (dice.random(shape) < 0.5)).tolist()
    objects = {tuple(at): str(dice.choice(list(letters))) for at in carrying}
    maze = Maze(floor, dice.random((height, width - 1)) < 0.1, objects=objects)
    result = sensitivity(maze, horizon)
    assert_all_equal(result, brute_force(maze, horizon), 1e-12)


def test_tiles_that_come_to_look_alike_keep_their_own_change():
    # Without their walls, both are open fields with a trap east of the middle.
    right, below = np.zeros((16, 33), dtype=bool), np.zeros((15, 34), dtype=bool)
    right[8, 8] = below[8, 25] = True
    maze = Maze(np.ones((16, 34)), right, below, objects={(8, 9): "T", (8, 26): "T"})
    places = np.array([[0, 8, 8], [1, 8, 25]])
    tiles = cut(task_of(maze, 2), places).toggled()
    for part in tiles[:5]:
        np.testing.assert_array_equal(part[0], part[1])
    result = sensitivity(maze, 2)
    whole = empowerment(World.from_maze(maze), 2).bits.mean()
    opened = [Maze(maze.floor, np.zeros_like(right), below), Maze(maze.floor, right)]
    expected = [
        empowerment(
            World.from_maze(Maze(m.floor, m.wall_right, m.wall_below, objects=maze.objects)), 2
        ).bits.mean()
        - whole
        for m in opened
    ]
    assert abs(expected[0] - expected[1]) > 1e-6
    assert result.right[8, 8] == pytest.approx(expected[0], abs=1e-12)
    assert result.below[8, 25] == pytest.approx(expected[1], abs=1e-12)


def test_tiles_alike_but_for_the_cell_asked_about_keep_their_own_change():
    maze = Maze(np.ones((9, 9)))
    assert cut(task_of(maze, 1), toggles(maze)).floor.shape[1:] == (6, 6)
    result = sensitivity(maze, 1, cell=(4, 4))
    assert_all_equal(result, brute_force(maze, 1, (4, 4)), 1e-12)
    assert (result.right < -1e-3).sum() == (result.below < -1e-3).sum() == 2  # its four sides


@pytest.mark.parametrize("torus", ["", "x"])
def test_a_change_is_as_uncertain_as_the_wider_of_both_maps(torus):
    maze = Maze(np.ones((3, 3)), objects={(0, 0): "T"})
    options = {"slip": 0.2, "torus": torus}
    base = empowerment(World.from_maze(maze, **options), 2, 1e-9)
    places = toggles(maze)

    def off(gap, tol):
        gaps = np.full(len(base.bits), gap)
        task = Task(maze, replace(base, gap=gaps), maze.floor, options, CapacityCache(tol))
        return changes(task, places, lambda fraction: None)[1]

    rough, fine = off(0.0, 0.5), off(0.0, 1e-9)
    assert (fine <= 1e-9).all()
    assert rough.max() > 1e-4  # that of the new map alone
    old = off(0.25, 1e-9)
    assert (old <= 0.25 + 1e-12).all()
    # Tiles count only the cells that the toggle can affect, whole maps all nine.
    assert old.max() == pytest.approx(0.25 if torus else 0.25 * 7 / 9)
    assert (off(0.25, 0.5) >= np.maximum(rough, old) - 1e-12).all()
