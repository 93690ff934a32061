"""Worlds with objects, boxes, headings, toruses and sensors, against the simulator."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.strategies import furnished, options
from support.walkers import simulated, simulator_of, starts_of

import gridemp
from gridemp import Maze, World, blahut_arimoto, empowerment, parse_maze
from gridemp.worlds.dynamics import Dynamics
from gridemp.worlds.moves import HEADINGS

HORIZON = 3


def matched(world, simulator, steps):
    """State of the simulator for each state of the world that can be reached in `steps` steps.

    Raises an AssertionError if the states of the two do not match one to one.
    """
    same = starts_of(world, simulator)
    frontier = dict(same)
    for _ in range(steps):
        onward = {}
        for number, state in frontier.items():
            for a, action in enumerate(world.actions):
                target, expected = (
                    int(world.successors[number, a, 0]),
                    simulator.after(state, action),
                )
                if world.successors.shape[2] > 1:  # with noise, one column for each action taken
                    target = int(world.successors[number, a, a])
                assert same.setdefault(target, expected) == expected
                onward[target] = expected
        frontier = onward
    assert len(set(same.values())) == len(same)
    return same


@pytest.mark.slow
@given(furnished(), options(hands=True))
@example(  # round a side of 1, not even a fixed box is in the way
    Maze([[1, 1]], objects={(0, 0): "B"}),
    {"moves": "king", "stay": False, "slip": 0.0, "slip_kind": "uniform", "torus": "y"},
)
@example(  # nor is the box in whose cell the agent starts
    Maze([[1, 1, 1]], objects={(0, 0): "$"}),
    {"moves": "king", "stay": False, "slip": 0.0, "slip_kind": "uniform", "torus": "y"},
)
def test_successors_are_those_of_the_simulator(maze, options):
    world = World.from_maze(maze, **options)
    simulator = simulator_of(world, options)
    same = matched(world, simulator, steps=6)
    for number, state in same.items():
        x, y = world.maze.xy(*world.maze.cells[world.cell[number]].tolist())
        assert (x, y) == state.place
        if world.heading is not None:
            assert HEADINGS[world.heading[number]] == state.heading
        assert simulated(world, number) == state


@settings(max_examples=40)
@given(furnished(max_side=3), options(slips=(0.3, 1.0), hands=True))
def test_noise_is_that_of_the_simulator(maze, options):
    world = World.from_maze(maze, **options)
    simulator = simulator_of(world, options)
    same = matched(world, simulator, steps=2)
    for number in starts_of(world, simulator):
        for a, action in enumerate(world.actions):
            expected = simulator.step({same[number]: 1.0}, action)
            found = dict.fromkeys(expected, 0.0)
            parts = world.successors[number, a], world.probabilities[number, a]
            for target, p in zip(*parts, strict=True):
                if p:
                    found[same[int(target)]] += p
            assert found == pytest.approx(dict(expected), abs=1e-15)


@pytest.mark.slow
@settings(max_examples=40)
@given(furnished(max_side=3, boxes=1), options(slips=(0.2,), hands=True), st.data())
def test_noisy_values_are_those_of_the_simulators_channel(maze, options, data):
    options = {**options, "moves": "nesw" if options["moves"] == "king" else options["moves"]}
    world = World.from_maze(maze, **options)
    simulator = simulator_of(world, options)
    emap = empowerment(world, 2, tol=1e-7)
    starts = starts_of(world, simulator)
    which = data.draw(st.integers(0, len(starts) - 1))
    rows = simulator.channel(list(starts.values())[which], 2)
    ends = sorted({end for row in rows for end in row}, key=repr)
    capacity = blahut_arimoto([[row[end] for end in ends] for row in rows], tol=1e-7)
    assert emap.bits[which] <= capacity.upper + 1e-12
    assert emap.bits[which] + emap.gap[which] >= capacity.lower - 1e-12


@pytest.mark.parametrize(
    ("text", "options", "start", "action", "end"),
    [
        (".$..", {}, 0, "east", (1, (2,))),
        (".$#.", {}, 0, "east", (0, (1,))),  # nowhere to push it
        (".$$.", {}, 0, "east", (0, (1, 2))),  # not two at a time
        (".$B.", {}, 0, "east", (0, (1,))),
        (".$.", {}, 1, "east", (2, (1,))),  # started in the cell of the box
        (".$", {"torus": "x"}, 0, "east", (0, (1,))),  # behind the box is the agent
        (".$.", {"torus": "x"}, 0, "east", (1, (2,))),
        ("..$", {"torus": "x"}, 1, "east", (2, (0,))),
        (".~~~", {}, 0, "east", (3, ())),
        (".~~.#", {}, 0, "east", (3, ())),
        (".~$.", {}, 0, "east", (1, (2,))),  # what slides does not push
        (".$~~", {}, 0, "east", (1, (2,))),  # boxes do not slide
        ("~~~", {"torus": "x"}, 0, "east", (0, ())),  # once round, and no more
        (".>.", {}, 0, "east", (2, ())),
        (".>.", {}, 1, "stay", (2, ())),
        (".>>.", {}, 0, "east", (2, ())),  # carried once
        (".>#", {}, 0, "east", (1, ())),
        (".>$.", {}, 0, "east", (1, (2,))),  # what is carried does not push
        (".>~~.", {}, 0, "east", (4, ())),
        (".T.", {}, 1, "east", (1, ())),
        (".T.", {}, 0, "east", (1, ())),
        ("T$.", {}, 0, "east", (0, (1,))),  # nor can it push from a trap
        (".S.", {}, 0, "east", (1, ())),
    ],
)
def test_what_an_action_does(text, options, start, action, end):
    maze = parse_maze(text)
    dynamics = Dynamics(maze, options.get("torus", ""))
    floor_cells = np.flatnonzero([c != "#" for c in text]).tolist()
    agent = np.array([floor_cells.index(start)], dtype=np.int32)
    after = dynamics.after(dynamics.first(agent, np.zeros(1, dtype=np.int32)), action)
    found = floor_cells[int(after.agent[0])], tuple(floor_cells[b] for b in after.boxes[0])
    assert found == end


@pytest.mark.parametrize(
    ("name", "sensor", "lowest", "highest"),
    [
        ("box-fixed", "state", np.log2(58), np.log2(61)),
        ("box-fixed", "position", np.log2(58), np.log2(61)),
        ("box", "position", np.log2(61), np.log2(61)),
        ("box", "state", np.log2(61), np.log2(221)),
    ],
)
def test_the_published_figure_of_the_box(name, sensor, lowest, highest):
    # Salge, Glackin & Polani (2013): [5.86, 5.93] twice, 5.93, [5.93, 7.79].
    world = World.from_maze(gridemp.load_maze(name), torus="xy", sensor=sensor, within=5)
    emap = empowerment(world, 5)
    assert (emap.bits.min(), emap.bits.max()) == (lowest, highest)
    if highest == np.log2(221):
        outcomes = emap.grid(emap.outcomes.astype(float))
        assert outcomes[10, 10] == 221
        assert [outcomes[9, 10], outcomes[11, 10], outcomes[10, 9], outcomes[10, 11]] == [179] * 4
        assert emap.peak.ties == 1


def test_the_torus_of_the_box_is_alike_everywhere_without_it():
    world = World.from_maze(Maze(np.ones((21, 21))), torus="xy")
    assert set(empowerment(world, 5).outcomes.tolist()) == {61}


def test_stuck_in_a_trap_no_matter_what():
    world = World.from_maze(gridemp.load_maze("trap"))
    for slip in (0.0, 0.1):
        emap = empowerment(World.from_maze(world.maze, slip=slip), 3)
        trapped = world.maze.where("T")
        assert (emap.bits[trapped] == 0).all()
        assert (emap.bits[~trapped] > 0).all()
    without = empowerment(World.from_maze(Maze(world.maze.floor)), 3)
    emap = empowerment(world, 3)
    assert (emap.bits <= without.bits).all()
    assert (emap.bits < without.bits)[~trapped].any()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"torus": "z"}, "`torus` must be x, y, xy, True or False, not 'z'"),
        ({"sensor": "smell"}, "no sensor 'smell'; use one of state, position, row, column, walls"),
        ({"slip_kind": "odd"}, "`slip_kind` must be uniform or perpendicular, not 'odd'"),
        (
            {"slip_kind": "perpendicular", "moves": "turn"},
            "perpendicular slip needs moves with a direction; use the moves nesw or king",
        ),
    ],
)
def test_options_that_mean_nothing_are_named(options, sentence):
    with pytest.raises(gridemp.GridempError, match=sentence):
        World.from_maze(parse_maze("..."), **options)
