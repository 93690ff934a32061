import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.strategies import worlds

import gridemp
from gridemp.engine import refined_interval as module
from gridemp.engine.channel import window
from gridemp.engine.refined_interval import level_sizes, refined_interval
from gridemp.engine.sequences import Sequences
from gridemp.information.active_set import solve


@pytest.mark.slow
@settings(max_examples=60)
@given(
    worlds(max_side=4, slips=(1e-9, 0.1, 0.5, 1.0)),
    st.integers(1, 4),
    st.sampled_from([1, 30]),
    st.sampled_from([1, 30]),
)
def test_the_capacity_lies_in_a_narrow_interval(world, horizon, prefixes, blocks):
    local = window(world.normalised(), 0, horizon)
    truth = solve(Sequences(local), 1e-9)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MAX_PREFIXES", prefixes)
        patch.setattr(module, "MAX_BLOCKS", blocks)
        lower, upper = refined_interval(local, 0.05)
    assert lower <= truth.upper + 1e-12
    assert truth.lower <= upper
    assert upper - lower <= 0.05


@pytest.mark.slow
def test_the_classic_maze_to_a_hundredth_of_a_bit():
    world = gridemp.World.from_maze(gridemp.load_maze("klyubin"), slip=0.1).normalised()
    lower, upper = refined_interval(window(world, 90, 12), 0.01)  # x = y = 0
    assert upper - lower <= 0.01
    assert lower <= 2.93873 + 1e-5
    assert upper >= 2.93872
    assert lower > 2.93


def test_without_work_there_is_only_a_lower_end():
    world = gridemp.World.from_maze(gridemp.load_maze("klyubin"), slip=0.1).normalised()
    lower, upper = refined_interval(window(world, 0, 5), 0.01, budget=0)
    assert lower > 1
    assert upper == np.inf


@pytest.mark.parametrize(
    ("actions", "horizon", "sizes"),
    [(5, 12, [6, 3, 3]), (5, 13, [6, 3, 2, 2]), (5, 1, [0, 1]), (9, 8, [4, 2, 2]), (4, 7, [6, 1])],
)
def test_steps_are_split_into_a_prefix_and_blocks(actions, horizon, sizes):
    assert level_sizes(actions, horizon) == sizes


def test_a_tolerance_below_the_rounding_error_ends():
    world = gridemp.World.from_maze(gridemp.parse_maze("..\n.."), slip=0.8).normalised()
    lower, upper = refined_interval(window(world, 0, 4), 1e-12)
    assert 0 < upper - lower < 1e-3


def test_horizons_that_do_not_fit_in_memory_are_refused():
    world = gridemp.World.from_maze(gridemp.parse_maze("...\n..."), slip=0.1).normalised()
    with pytest.raises(gridemp.HorizonTooLarge, match="leave out `tol`"):
        refined_interval(window(world, 0, 10**5), 0.1)
