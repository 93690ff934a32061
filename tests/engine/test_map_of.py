"""Maps of maps, saved maps, worlds, mazes and their names."""

from pathlib import Path

import numpy as np
import pytest
from support.extras import required
from support.worlds import drawn_world, world_of

import gridemp
from gridemp.engine.map_of import map_of
from gridemp.mazes.bundled import find_maze
from gridemp.worlds.environments.name import make_world

EMAP = gridemp.empowerment(drawn_world(), 2)


def test_a_map_stays_what_it_is(tmp_path):
    assert map_of(EMAP, None, {}) is EMAP
    EMAP.save(tmp_path / "map.npz")
    for path in (tmp_path / "map.npz", str(tmp_path / "map.npz")):
        np.testing.assert_array_equal(map_of(path, None, {}).bits, EMAP.bits)


@pytest.mark.slow
def test_the_map_of_a_maze_or_of_a_world_is_computed():
    expected = gridemp.empowerment(world_of("klyubin", slip=0.1), 2)
    path = find_maze("klyubin")
    for given in ("klyubin", gridemp.load_maze("klyubin"), path, str(path)):
        emap = map_of(given, 2, {"slip": 0.1})
        np.testing.assert_array_equal(emap.bits, expected.bits)
    np.testing.assert_array_equal(map_of(expected.world, 2, {}).bits, expected.bits)


def test_only_the_states_within_the_horizon_are_built():
    emap = map_of("box", 2, {"torus": True})
    assert emap.world.within == 2


def test_an_environment_has_a_world():
    required("gymnasium")
    expected = gridemp.empowerment(make_world("FrozenLake-v1"), 2)
    np.testing.assert_array_equal(map_of("gym:FrozenLake-v1", 2, {}).bits, expected.bits)
    with pytest.raises(gridemp.GridempError, match="the world has its settings already; leave out"):
        map_of("gym:FrozenLake-v1", 2, {"slip": 0.1})


@pytest.mark.parametrize(
    ("given", "horizon", "options", "sentence"),
    [
        ("klyubin", None, {}, "a maze or a world needs a horizon; give one, such as horizon=5"),
        (EMAP.world, None, {}, "a maze or a world needs a horizon; give one, such as horizon=5"),
        (EMAP, 2, {}, "the map already has horizon 2; leave out `horizon`"),
        (EMAP, None, {"slip": 0.1}, "the map has its settings already; leave out `slip`"),
        (EMAP.world, 2, {"moves": "king"}, "the world has its settings already; leave out `moves`"),
        ("klyubn", 2, {}, "did you mean the bundled maze 'klyubin'?"),
        (Path("gone.npz"), None, {}, "cannot read gone.npz"),
        ("box", "2", {}, "the horizon must be a whole number of steps"),
        ("klyubin", 2, {"slip": "much"}, "slip must be a probability from 0 to 1, not 'much'"),
        (
            EMAP.grid(),
            None,
            {},
            "`emap` must be a map, a World, a Maze or the name of a maze, not an",
        ),
        ([EMAP], None, {}, "not a list; render.panels draws several maps"),
        (None, None, {}, "not None; empowerment"),
    ],
)
def test_what_has_no_map_is_refused(given, horizon, options, sentence):
    with pytest.raises(gridemp.GridempError) as error:
        map_of(given, horizon, options)
    assert sentence in str(error.value)
