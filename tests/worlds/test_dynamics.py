"""Worlds with objects, boxes, headings, toruses and sensors, against the simulator."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.simulator import Simulator
from support.strategies import furnished, options

import gridemp
from gridemp import Maze, World, blahut_arimoto, empowerment, parse_maze
from gridemp.engine import bitplanes, counting
from gridemp.engine.channel import channel
from gridemp.worlds import states
from gridemp.worlds.dynamics import Bodies, Dynamics
from gridemp.worlds.moves import HEADINGS

HORIZON = 3


def simulator_of(world, options):
    return Simulator(
        world.maze, world.actions, options["slip"], options["slip_kind"], options["torus"]
    )


def starts_of(world, simulator):
    """The simulator's state for each start of the world."""
    starts = range(len(world.cell)) if world.starts is None else world.starts.tolist()
    places = [world.maze.xy(*world.maze.cells[world.cell[s]].tolist()) for s in starts]
    headings = [None if world.heading is None else HEADINGS[world.heading[s]] for s in starts]
    pairs = zip(places, headings, strict=True)
    return dict(zip(starts, (simulator.start(p, h) for p, h in pairs), strict=True))


def matched(world, simulator, steps):
    """Which state of the simulator each state of the world is, as far as `steps` lead.

    Raises if one state of the world would have to be two of the simulator, or the other way round.
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


@given(furnished(), options())
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


@given(furnished(), options())
def test_all_states_are_reachable(maze, options):
    row, col = maze.cells[0].tolist()
    objects = {**maze.objects, (row, col): "$"}  # without a box all states are starts
    maze = Maze(maze.floor, maze.wall_right, maze.wall_below, objects=objects)
    world = World.from_maze(maze, **options)
    reached = set(starts_of(world, simulator_of(world, options)))
    grown = reached
    while grown:
        grown = set(world.successors[list(grown)].ravel().tolist()) - reached
        reached |= grown
    assert reached == set(range(len(world.cell)))


@settings(max_examples=40)
@given(furnished(max_side=3), options(slips=(0.3, 1.0)))
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


@settings(max_examples=40)
@given(furnished(max_side=3), options(), st.integers(1, HORIZON), st.booleans())
def test_outcomes_are_those_of_the_simulator(maze, options, horizon, limited):
    options = {**options, "moves": "nesw" if options["moves"] == "king" else options["moves"]}
    world = World.from_maze(maze, **options, within=horizon if limited else None)
    simulator = simulator_of(world, options)
    emap = empowerment(world, horizon)
    expected = [len(simulator.outcomes(s, horizon)) for s in starts_of(world, simulator).values()]
    assert emap.outcomes.tolist() == expected


@settings(max_examples=40)
@given(furnished(max_side=3), options())
def test_the_walls_that_are_sensed_are_those_of_the_simulator(maze, options):
    world = World.from_maze(maze, **options, sensor="walls")
    simulator = simulator_of(world, options)
    sensed = {}
    for number, state in starts_of(world, simulator).items():
        is_open = simulator.open_moves(state)
        if state.heading is not None:
            turn = HEADINGS.index(state.heading)
            is_open = frozenset((HEADINGS.index(name) - turn) % 4 for name in is_open)
        label = int(world.sensor[number])
        assert sensed.setdefault(label, is_open) == is_open
    assert len(set(sensed.values())) == len(sensed)


@given(furnished(), options(), st.sampled_from(("position", "row", "column", "walls")))
def test_a_sensor_never_tells_more_than_the_state(maze, options, sensor):
    everything = empowerment(World.from_maze(maze, **options), HORIZON)
    world = World.from_maze(maze, **options, sensor=sensor)
    assert (empowerment(world, HORIZON).outcomes <= everything.outcomes).all()


@settings(max_examples=40)
@given(furnished(max_side=3, boxes=1), options(slips=(0.0, 0.2)), st.data())
def test_merging_labels_never_raises_a_value(maze, options, data):
    world = World.from_maze(maze, **options)
    labels = data.draw(
        st.lists(st.integers(0, 4), min_size=len(world.cell), max_size=len(world.cell))
    )
    coarser = [label // 2 for label in labels]
    maps = [
        empowerment(w, 2) for w in (world, world.with_sensor(labels), world.with_sensor(coarser))
    ]
    for finer, merged in pairwise(maps):
        assert (merged.bits <= finer.bits + finer.gap + 1e-12).all()


@settings(max_examples=40)
@given(furnished(max_side=3, boxes=1), options(slips=(0.2,)), st.data())
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


@given(furnished(max_side=9, most=3, boxes=0), options(), st.integers(1, HORIZON))
@example(Maze(np.ones((7, 7))), {"torus": "xy", "moves": "king"}, 3)
@example(Maze(np.ones((6, 9)), objects={(0, 0): "T", (5, 8): "B"}), {"torus": "x"}, 3)
def test_the_fast_path_counts_right_wherever_it_is_taken(maze, options, horizon):
    world = World.from_maze(maze, **options)
    moves = bitplanes.lattice_moves(world)
    if moves is not None and bitplanes.unrolls(world, moves, horizon):
        (fast,) = bitplanes.count_reachable(world, moves, [horizon])
        (slow,) = count_forward(world, horizon)
        assert fast.tolist() == slow.tolist()


def count_forward(world, horizon=HORIZON):
    """What following each state by itself counts."""
    starts = np.arange(len(world.cell))
    successors = world.successors[:, :, 0].T.astype(np.intp)
    return counting._count_forward(
        starts, world.sensor, successors, [horizon], lambda fraction: None
    )


@given(furnished(boxes=0), options(), st.sampled_from(("state", "row", "walls")))
def test_following_starts_and_recursion_agree(maze, options, sensor):
    world = World.from_maze(maze, **options, sensor=sensor)
    world = world.with_sensor(world.sensor)  # from 0 on
    assert counting.count_outcomes(world, [HORIZON]).tolist() == count_forward(world).tolist()


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
    boxes = dynamics.boxes[None, :]
    floor_cells = np.flatnonzero([c != "#" for c in text]).tolist()
    agent = np.array([floor_cells.index(start)], dtype=np.int32)
    after = dynamics.after(Bodies(agent, np.zeros(1, dtype=np.int32), boxes), action)
    found = floor_cells[int(after.agent[0])], tuple(floor_cells[b] for b in after.boxes[0])
    assert found == end


@pytest.mark.parametrize(
    ("text", "options", "fast"),
    [
        ("...\n.T.\n...", {}, True),
        ("...\n.B.\n...", {"moves": "king"}, True),
        ("...\n.S.\n..G", {}, True),
        ("...\n...\n...", {"torus": "x"}, True),
        ("..\n..\n..", {"torus": "x"}, False),  # left and right lead to the same cell
        ("...\n...\n...", {"torus": "xy", "moves": "king"}, True),
        ("...\n.$.\n...", {}, False),
        ("....\n.~~.\n....", {}, False),  # too small for so many offsets
        ("........\n..~.....\n........\n........", {}, True),
        ("........\n..>.....\n........\n........", {}, True),
        ("...\n...\n...", {"moves": "turn"}, False),
        ("...\n...\n...", {"sensor": "row"}, False),
    ],
)
def test_the_fast_path_is_taken_where_it_applies(text, options, fast):
    world = World.from_maze(parse_maze(text), **options)
    moves = bitplanes.lattice_moves(world)
    assert (moves is not None and bitplanes.worthwhile(world, moves, 1)) == fast


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


def test_only_as_many_states_as_the_horizon_needs():
    maze = gridemp.load_maze("box")
    near = World.from_maze(maze, torus="xy", within=2)
    far = World.from_maze(maze, torus="xy", within=5)
    assert 441 < len(near.cell) < len(far.cell)
    assert empowerment(near, 2).outcomes.tolist() == empowerment(far, 2).outcomes.tolist()
    with pytest.raises(gridemp.GridempError, match="built for 2 steps, not for 3"):
        empowerment(near, 3)


def test_too_many_joint_states_are_refused_with_their_number(monkeypatch):
    assert states.MAX_STATES == 1_000_000
    monkeypatch.setattr(states, "MAX_STATES", 20_000)  # to count a million takes seconds
    crowd = Maze(np.ones((12, 12)), objects={(2 * r, 2 * c): "$" for r in (1, 3) for c in (1, 3)})
    with pytest.raises(
        gridemp.GridempError, match=r"more than 20,000 joint states here, up to 2,\d{3},\d{3},\d"
    ):
        World.from_maze(crowd)


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


def test_headings_best_mean_and_given():
    world = World.from_maze(gridemp.load_maze("klyubin"), moves="turn")
    emap = empowerment(world, 4)
    each = np.stack([emap.one_per_cell(heading).bits for heading in HEADINGS])
    assert each.shape == (4, 100)
    np.testing.assert_array_equal(emap.one_per_cell().bits, each.max(axis=0))
    np.testing.assert_allclose(emap.one_per_cell("mean").bits, each.mean(axis=0))
    np.testing.assert_array_equal(emap.grid(), emap.one_per_cell("best").grid())
    assert emap.one_per_cell("north").shown == "heading north"
    best = emap.one_per_cell()
    assert best.one_per_cell() is best
    assert (best.bits == np.log2(best.outcomes)).all()
    with pytest.raises(
        gridemp.GridempError, match="'up' in this world; use one of best, mean, north"
    ):
        emap.one_per_cell("up")


def test_an_agent_that_does_not_sense_its_heading_controls_less():
    maze = gridemp.load_maze("room")
    maps = [
        empowerment(World.from_maze(maze, moves="turn", sensor=s), 4).one_per_cell()
        for s in ("state", "position")
    ]
    assert (maps[1].bits < maps[0].bits).all()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"torus": "z"}, "there is no torus 'z'; join the edges in x, y or xy"),
        ({"sensor": "smell"}, "no sensor 'smell'; use state, position, row, column, walls"),
        ({"slip_kind": "odd"}, "no slip kind 'odd'; use uniform or perpendicular"),
        (
            {"slip_kind": "perpendicular", "moves": "turn"},
            "perpendicular slip needs moves with a direction; use the moves nesw or king",
        ),
    ],
)
def test_options_that_mean_nothing_are_named(options, sentence):
    with pytest.raises(gridemp.GridempError, match=sentence):
        World.from_maze(parse_maze("..."), **options)


def test_a_sensor_has_one_label_per_state():
    world = World.from_maze(parse_maze("..."))
    assert empowerment(world.with_sensor(["a", "b", "a"]), 2).outcomes.tolist() == [2, 2, 2]
    with pytest.raises(gridemp.GridempError, match="each of the 3 states, not 2 labels"):
        world.with_sensor([0, 1])


def test_the_interval_of_the_best_holds_every_heading():
    world = World.from_maze(parse_maze(".."), moves="turn")
    bits, gap = np.linspace(1.0, 0.3, 8), np.linspace(0.0, 0.7, 8)
    best = gridemp.EmpowermentMap(world, 1, bits, gap).one_per_cell()
    assert best.bits.tolist() == [bits[0], bits[4]]
    upper = (bits + gap).reshape(2, 4).max(axis=1)
    np.testing.assert_allclose(best.bits + best.gap, upper)
    with pytest.raises(gridemp.GridempError, match="does not hold the heading west of every cell"):
        best.one_per_cell("west")


def test_ties_are_counted_in_cells():
    emap = empowerment(World.from_maze(gridemp.load_maze("room"), moves="turn"), 3)
    assert emap.peak.ties == emap.one_per_cell().peak.ties <= 121


def test_work_is_shared_soundly_on_a_torus_with_objects():
    maze = Maze(np.ones((9, 9)), objects={(4, 4): "T", (0, 1): "B", (7, 2): ">"})
    world = World.from_maze(maze, torus="xy", slip=0.2)
    emap = empowerment(world, 2, tol=1e-8)
    for state in range(0, 81, 5):
        capacity = blahut_arimoto(channel(world, state, 2).probabilities, tol=1e-8)
        assert emap.bits[state] == pytest.approx(capacity.lower, abs=2e-8)
    assert len(set(emap.bits.round(6).tolist())) < 40


def test_boxes_are_alike_so_their_order_is_that_of_cells():
    dynamics = Dynamics(parse_maze("...\n.$.\n$..\n..."))
    above = np.array([1], dtype=np.int32)
    after = dynamics.after(Bodies(above, 0 * above, dynamics.boxes[None, :]), "south")
    assert dynamics.boxes.tolist() == [4, 6]
    assert after.boxes.tolist() == [[6, 7]]  # the first was pushed past the second
