"""A list of maps is a list, and so are its slices."""

import pickle

import gridemp
from gridemp import EmpowermentMaps


def test_a_sweep_is_a_list_and_so_are_its_slices(klyubin):
    emaps = gridemp.horizon_sweep(klyubin, [1, 2, 3])
    noisy = gridemp.horizon_sweep(gridemp.World.from_maze(klyubin.maze, slip=0.1), [1])
    assert type(emaps) is type(noisy) is type(gridemp.horizon_sweep(klyubin, [])) is EmpowermentMaps
    assert isinstance(emaps, list)
    assert emaps == list(emaps)
    assert emaps[-1] is list(emaps)[-1]
    assert type(emaps[::2]) is EmpowermentMaps
    assert emaps[::2] == [emaps[0], emaps[2]]
    assert repr(emaps) == repr(list(emaps))
    emaps[1:] = []
    assert len(emaps) == 1
    assert type(pickle.loads(pickle.dumps(emaps))) is EmpowermentMaps
