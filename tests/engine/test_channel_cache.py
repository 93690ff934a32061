import numpy as np

import gridemp
from gridemp import World, empowerment
from gridemp.engine.channel import window
from gridemp.engine.channel_cache import CapacityCache, ChannelCache


def test_equal_windows_are_computed_once_whatever_their_world():
    computed = []

    def count(local, progress):
        computed.append(local)
        return len(computed)

    cache = ChannelCache(count)
    small, large = (World.from_maze(gridemp.Maze(np.ones((n, n))), slip=0.1) for n in (7, 9))
    assert cache(window(small, 24, 2)) == 1  # the middle cells of open squares
    assert cache(window(large, 40, 2)) == 1
    assert cache(window(large, 0, 2)) == 2
    assert cache(window(large, 40, 3)) == 3
    assert len(cache) == len(computed) == 3


def test_capacities_are_those_of_the_map():
    world = World.from_maze(gridemp.load_maze("klyubin"), slip=0.2)
    emap = empowerment(world, 2, tol=1e-4)
    cache = CapacityCache(1e-4)
    for state in (0, 45, 99):
        assert cache(window(world, state, 2)) == (emap.bits[state], emap.gap[state])


def test_progress_is_passed_on():
    fractions = []
    world = World.from_maze(gridemp.load_maze("klyubin"), slip=0.2)
    CapacityCache(1e-4)(window(world, 0, 3), fractions.append)
    assert fractions[-1] == 1
