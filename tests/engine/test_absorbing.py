"""Absorbing states, and the span of a map without them."""

import numpy as np
import pytest
from hypothesis import given
from support.strategies import worlds
from support.worlds import dense

import gridemp
from gridemp import World, empowerment, parse_maze
from gridemp.engine.absorbing import absorbing, absorbing_states, span


@pytest.mark.slow
@given(worlds())
def test_absorbing_states_are_those_whose_actions_all_lead_back_for_certain(world):
    table = dense(world)
    states = np.arange(len(world.cell))
    assert (
        absorbing_states(world).tolist()
        == (table[states, :, states].min(axis=1) > 1 - 1e-12).tolist()
    )


@pytest.mark.parametrize(
    ("text", "options", "absorbing"),
    [
        ("T..", {}, [True, False, False]),
        ("T..", {"slip": 0.3}, [True, False, False]),
        (".#..", {}, [True, False, False]),  # a cell without a way out cannot act either
        (".#..", {"torus": "x"}, [False, False, False]),
        (">.<", {}, [False, True, False]),  # both conveyors carry the agent back to the middle
        ("T.", {"moves": "turn"}, [True] * 4 + [False] * 4),
        (".#..", {"moves": "turn"}, [False] * 12),  # the agent can turn round
    ],
)
def test_traps_and_closed_cells_absorb(text, options, absorbing):
    assert absorbing_states(World.from_maze(parse_maze(text), **options)).tolist() == absorbing


def test_padding_does_not_count_as_a_way_out():
    world = World(
        gridemp.Maze(np.ones((1, 2))),
        ("go",),
        successors=[[[0, 1]], [[0, 1]]],
        probabilities=[[[1.0, 0.0]], [[0.5, 0.5]]],
        sensor=[0, 1],
        cell=[0, 1],
    )
    assert absorbing_states(world).tolist() == [True, False]


def test_the_span_of_a_map_leaves_absorbing_cells_out():
    world = World.from_maze(parse_maze("T..\n..."))
    emap = empowerment(world, 2)
    assert absorbing(emap).tolist() == [True] + [False] * 5
    assert span(emap) == (emap.bits[1:].min(), emap.bits.max())
    assert span(emap)[0] > 0
    trapped = empowerment(World.from_maze(parse_maze("T")), 1)
    assert absorbing(trapped).all()
    assert span(trapped) == (0.0, 0.0)


def test_a_cell_absorbs_only_if_none_of_its_states_has_empowerment():
    turning = empowerment(World.from_maze(parse_maze("T.."), moves="turn"), 2)
    for which in ("best", "mean", "north"):
        assert absorbing(turning.one_per_cell(which)).tolist() == [True, False, False]
    # Two states in one cell, one of which is the end: the first here, the second there.
    for ends in ([0], [1]):
        table = np.zeros((2, 2, 2))
        table[:, 0, 0] = table[:, 1, 1] = 1
        table[ends] = 0
        table[ends, :, ends] = 1
        world = World.from_transitions(table, maze=gridemp.Maze(np.ones((1, 1))), cell=[0, 0])
        emap = empowerment(world, 1)
        assert absorbing(emap).sum() == 1
        for which in ("best", "mean"):
            assert absorbing(emap.one_per_cell(which)).tolist() == [False]
