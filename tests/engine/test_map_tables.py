"""Maps as datasets of xarray."""

import numpy as np
import pytest
from support.extras import required

import gridemp
from gridemp import World, empowerment, horizon_sweep, parse_maze
from gridemp.mazes.maze_hash import maze_hash

MAZE = parse_maze("..#\n...", name="corner")

pytestmark = pytest.mark.slow


def test_a_dataset_is_labelled_as_people_see_it():
    required("xarray")
    data = empowerment(World.from_maze(MAZE), 1).to_xarray()
    assert data.empowerment.sel(x=1, y=0).item() == 2
    assert np.isnan(data.empowerment.sel(x=2, y=1).item())
    assert data.gap.attrs["units"] == "bits"
    assert (data.horizon.item(), data.slip.item()) == (1, 0)


def test_the_datasets_of_a_sweep_are_joined_by_horizon_and_slip():
    xarray = required("xarray")
    worlds = [World.from_maze(MAZE, slip=slip) for slip in (0.1, 0, 0.2)]
    maps = [emap for world in worlds for emap in horizon_sweep(world, [2, 1])]
    joined = xarray.combine_by_coords([emap.to_xarray() for emap in maps])
    assert joined.horizon.values.tolist() == [1, 2]
    assert joined.slip.values.tolist() == [0, 0.1, 0.2]
    for emap in maps:
        one = joined.sel(horizon=emap.horizon, slip=emap.world.slip)
        np.testing.assert_array_equal(one.empowerment, emap.grid()[::-1])
        np.testing.assert_array_equal(one.gap, emap.grid(emap.gap)[::-1])
    assert joined.attrs == maps[0].to_xarray().attrs


def test_the_attributes_say_how_a_map_was_made():
    required("xarray")
    world = World.from_maze(MAZE, moves="king", stay=False, torus="x", sensor="row")
    attributes = empowerment(world, 1).to_xarray().attrs
    assert attributes["maze"] == "corner"
    assert attributes["maze_hash"] == maze_hash(MAZE)
    assert (attributes["moves"], attributes["stay"], attributes["torus"]) == ("king", 0, "x")
    assert attributes["sensor"] == "row"
    assert (attributes["gridemp"], attributes["numpy"]) == (gridemp.__version__, np.__version__)


def test_noise_of_a_table_is_no_slip_and_its_actions_are_no_moves():
    required("xarray")
    world = World.from_transitions([[[0.5, 0.5]], [[0.0, 1.0]]])
    data = empowerment(world, 1).to_xarray()
    assert data.empowerment.dims == ("horizon", "y", "x")
    assert "moves" not in data.attrs
