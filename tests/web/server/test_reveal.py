"""What a cell can reach step by step, against the library and mazes solved by hand."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.questions import KLYUBIN, ask
from support.strategies import furnished, options

from gridemp import World, parse_maze
from gridemp.analysis.cell import cell_source
from gridemp.engine.channel import channel


def places(found):
    """Cells to which the sample walk leads, one after another."""
    return [(step["action"], step["x"], step["y"]) for step in found["walk"]]


def test_the_corner_of_a_room():
    found = ask("reveal", parse_maze("...\n...\n..."), horizon=2, x=0, y=0)
    assert [(step["horizon"], step["outcomes"], step["cells"]) for step in found["steps"]] == [
        (1, 3, 3),
        (2, 6, 6),
    ]
    assert [step["bits"] for step in found["steps"]] == [np.log2(3), np.log2(6)]
    third = 1 / 3
    assert found["steps"][0]["reached"] == [[None] * 3, [third, None, None], [third, third, None]]
    assert places(found) == [("north", 0, 1), ("north", 0, 2)]
    assert (found["deterministic"], found["walk_reached"], found["walk_probability"]) == (
        True,
        None,
        None,
    )
    assert sum(found["first_actions"].values()) == pytest.approx(1)


def test_the_walk_goes_to_the_farthest_cell_that_is_an_outcome():
    found = ask("reveal", parse_maze("....."), horizon=3, x=1, y=0)
    assert places(found) == [("east", 2, 0), ("east", 3, 0), ("east", 4, 0)]
    found = ask("reveal", parse_maze("....."), horizon=3, x=0, y=0, stay=False, torus="x")
    assert places(found)[-1][1] in (2, 3)
    odd = ask("reveal", parse_maze("..."), horizon=4, x=0, y=0)  # two steps too many
    assert places(odd) == [("north", 0, 0), ("north", 0, 0), ("east", 1, 0), ("east", 2, 0)]
    turned = ask("reveal", parse_maze("....."), horizon=4, x=0, y=0, moves="turn")
    assert places(turned)[-1] == ("forward", 4, 0)


def test_boxes_make_more_outcomes_than_cells():
    found = ask("reveal", parse_maze("...\n.$.\n..."), horizon=3, x=0, y=1)
    last = found["steps"][-1]
    assert last["outcomes"] > last["cells"]
    assert last["cells"] == sum(p is not None for row in last["reached"] for p in row)
    assert found["walk"][0]["boxes"] == [[1, 1]]
    pushed = ask("reveal", parse_maze(".$.."), horizon=2, x=0, y=0, stay=False)
    assert [step["boxes"] for step in pushed["walk"]] == [[[2, 0]], [[3, 0]]]


@settings(max_examples=25)
@given(furnished(max_side=4, boxes=1), options((0.0, 0.2)), st.integers(1, 3), st.data())
def test_each_step_is_the_cell_at_that_horizon(maze, options, horizon, data):
    x, y = maze.xy(*data.draw(st.sampled_from(maze.cells.tolist())))
    world = World.from_maze(maze, **options, within=horizon)
    found = ask("reveal", maze, horizon=horizon, x=x, y=y, **options)
    last = cell_source(world, x, y, horizon)
    assert found["first_actions"] == dict(zip(world.actions, last.first_actions, strict=True))
    for steps, each in enumerate(found["steps"], 1):
        source = cell_source(world, x, y, steps, heading=last.heading or "best")
        grid = [[None if p != p else p for p in row] for row in source.grid().tolist()]
        assert each["horizon"] == steps
        assert (each["bits"], each["outcomes"], each["reached"]) == (
            source.bits,
            len(source.readings),
            grid,
        )
        assert each["cells"] == np.isfinite(source.grid()).sum()
    state = last.state
    for step in found["walk"]:  # without noise, the walk can be taken again
        action = world.actions.index(step["action"])
        if not world.deterministic:
            break
        state = world.successors[state, action, 0]
        assert (step["x"], step["y"]) == maze.xy(*maze.cells[world.cell[state]])


@pytest.mark.parametrize(("horizon", "slip"), [(2, 0.1), (3, 0.1), (4, 0.25)])
@pytest.mark.parametrize(("x", "y"), [(0, 0), (3, 2), (5, 5)])
def test_the_walk_under_noise_is_the_likeliest_sequence(horizon, slip, x, y):
    """All sequences are listed here, and weighted by the source that they imply."""
    found = ask("reveal", KLYUBIN, horizon=horizon, slip=slip, x=x, y=y)
    world = World.from_maze(KLYUBIN, slip=slip)
    source = cell_source(world, x, y, horizon)
    whole = channel(world, source.state, horizon)
    sequences = list(product(world.actions, repeat=horizon))
    row = sequences.index(tuple(step["action"] for step in found["walk"]))
    reached = np.zeros(KLYUBIN.shape)
    reached[tuple(KLYUBIN.cells[whole.labels].T)] = whole.probabilities[row]
    told = np.array(found["walk_reached"], dtype=float)
    np.testing.assert_allclose(np.nan_to_num(told), reached, atol=1e-12)
    if source.channel is not None:
        weights = source.channel.weights
        assert found["walk_probability"] == pytest.approx(weights.max())
        assert row == np.flatnonzero(weights >= weights.max() * (1 - 1e-6))[0]
    last = found["walk"][-1]
    likeliest = np.unravel_index(reached.argmax(), reached.shape)
    assert KLYUBIN.rowcol(last["x"], last["y"]) == likeliest
