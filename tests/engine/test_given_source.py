from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.strategies import furnished, options, worlds

import gridemp
from gridemp import World, empowerment
from gridemp.engine.channel import channel
from gridemp.engine.given_source import information_map
from gridemp.information.measures import entropy, mutual_information

WEIGHTS = (0.0, 0.1, 1.0, 2.5)


def distributions(size):
    weights = st.lists(st.sampled_from(WEIGHTS), min_size=size, max_size=size)
    return weights.filter(any).map(lambda each: np.array(each) / sum(each))


def listed(world, horizon, actions):
    """The information of each start from the channel and all sequences, written down."""
    source = np.array([np.prod(each) for each in product(actions, repeat=horizon)])
    return [
        mutual_information(source[:, None] * channel(world, state, horizon).probabilities)
        for state in world.start_states.tolist()
    ]


@pytest.mark.slow
@settings(max_examples=30)
@given(worlds(max_side=4, slips=(0.0, 0.2)), st.integers(1, 3), st.data())
def test_each_action_by_itself_is_priced_as_the_list_of_all_sequences(world, horizon, data):
    if len(world.actions) > 5:
        horizon = min(horizon, 2)
    actions = data.draw(distributions(len(world.actions)))
    emap = information_map(world, horizon, actions)
    np.testing.assert_allclose(emap.bits, listed(world, horizon, actions), atol=1e-9)
    assert (emap.gap == 0).all()
    assert emap.outcomes is None


@pytest.mark.slow
@settings(max_examples=25)
@given(furnished(max_side=3), options(slips=(0.0, 0.1)), st.sampled_from(("state", "row", "walls")))
def test_the_uniform_source_in_furnished_mazes(maze, options, sensor):
    world = World.from_maze(maze, sensor=sensor, within=2, **options)
    actions = np.full(len(world.actions), 1 / len(world.actions))
    emap = information_map(world, 2)
    np.testing.assert_allclose(emap.bits, listed(world, 2, actions), atol=1e-9)


@pytest.mark.slow
@settings(max_examples=30)
@given(worlds(max_side=4, slips=(0.0, 0.1, 0.5)), st.integers(1, 2), st.data())
def test_no_source_sends_more_than_empowerment(world, horizon, data):
    best = empowerment(world, horizon, 1e-7)
    sequences = data.draw(distributions(len(world.actions) ** horizon))
    for source in ("uniform", data.draw(distributions(len(world.actions))), sequences):
        sent = information_map(world, horizon, source).bits
        assert (sent <= best.bits + best.gap + 1e-9).all()
        assert (sent >= -1e-12).all()


def test_longer_noisy_sequences_than_can_be_written_down_at_once():
    """Prefixes that are merged keep their weights: 5 steps of unequal weights, one by one."""
    world = World.from_maze(gridemp.parse_maze("...\n.#.\n..."), slip=0.1)
    actions = np.array([0.1, 0.4, 0.2, 0.25, 0.05])
    emap = information_map(world, 5, actions)
    np.testing.assert_allclose(emap.bits, listed(world, 5, actions), atol=1e-9)


@pytest.mark.slow
@settings(max_examples=40)
@given(worlds(max_side=3), st.data())
def test_long_walks_are_squared(world, data):
    """Against the Markov chain of the mixed step, step by step."""
    actions = data.draw(distributions(len(world.actions)))
    states = len(world.cell)
    mixed = np.zeros((states, states))
    for state in range(states):
        np.add.at(mixed[state], world.successors[state, :, 0], actions)
    rows = np.eye(states)
    for _ in range(150):
        rows = rows @ mixed
    np.testing.assert_allclose(information_map(world, 150, actions).bits, entropy(rows), atol=1e-9)


def test_a_long_walk_through_a_large_world_is_refused(monkeypatch):
    world = World.from_maze(gridemp.parse_maze("...\n..."))
    sent = information_map(world, 10**9, [0, 0.5, 0, 0.5, 0]).bits
    np.testing.assert_allclose(sent, np.log2(3), atol=1e-9)  # anywhere in its row
    monkeypatch.setattr("gridemp.engine.given_source.MAX_STATES", 5)
    with pytest.raises(gridemp.HorizonTooLarge, match="lower the horizon to 100"):
        information_map(world, 101)


def test_rows_that_miss_a_sum_of_1_are_divided_by_it():
    P = np.array([[[0.7, 0.3], [0.2, 0.8]]] * 2)
    world = World.from_transitions(P)
    off = replace(world, probabilities=world.probabilities * (1 + 5e-10))
    np.testing.assert_allclose(
        information_map(off, 3).bits, information_map(world, 3).bits, rtol=0, atol=1e-14
    )


def test_a_source_for_each_start():
    world = World.from_maze(gridemp.parse_maze("...\n..."))
    each = np.eye(5)[[0, 1, 2, 3, 4, 0]]
    assert (information_map(world, 1, each).bits == 0).all()  # one certain action sends nothing
    each = np.full((6, 5), 0.2)
    np.testing.assert_allclose(
        information_map(world, 1, each).bits, information_map(world, 1).bits, atol=1e-12
    )


def test_a_walk_by_chance_from_the_middle_of_a_line():
    """After two uniform steps left or right the end is -2, 0 or 2 with 1/4, 1/2, 1/4."""
    world = World.from_transitions(
        np.array([[np.eye(5)[max(0, i - 1)], np.eye(5)[min(4, i + 1)]] for i in range(5)])
    )
    assert information_map(world, 2).bits[2] == pytest.approx(1.5)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("unifrom", "`source` must be uniform or probabilities, not 'unifrom'"),
        ([0.5, 0.5], "a source must have a probability for each of the 5 actions or 5^1 action"),
        ([0.5] * 5, "the probabilities of a source must be 0 or more and sum to 1"),
        ([1.5, -0.5, 0, 0, 0], "the probabilities of a source must be 0 or more and sum to 1"),
        ([np.nan] * 5, "the probabilities of a source must be 0 or more and sum to 1"),
        ([], "`source` must be one row of probabilities"),
        ([[0.2] * 5] * 3, "for each of the 6 starts"),
    ],
)
def test_what_is_no_source_is_refused(source, sentence):
    world = World.from_maze(gridemp.parse_maze("...\n..."))
    with pytest.raises(gridemp.GridempError) as refused:
        information_map(world, 1, source)
    assert sentence in str(refused.value)


@pytest.mark.parametrize("which", ["best", "mean", "north"])
def test_maps_of_one_value_per_cell_keep_the_name_of_the_source(which):
    world = World.from_maze(gridemp.parse_maze("...\n..."), moves="turn")
    one = information_map(world, 2).one_per_cell(which)
    assert one.source == "uniform source"
    assert one.quantity == "information"
