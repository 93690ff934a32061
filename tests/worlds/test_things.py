"""Keys, doors and balls, and what hands do to them; `test_dynamics.py` has more of it at random."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.strategies import furnished, options
from support.walkers import simulated, simulator_of, starts_of

from gridemp import GridempError, World, empowerment, load_maze, parse_maze
from gridemp.worlds.things import KINDS


def with_hands(text, **options):
    return World.from_maze(parse_maze(text), moves="turn", hands=True, **options)


def after(world, *actions):
    """The state after some actions of an agent that starts in the first cell, facing east."""
    (state,) = np.flatnonzero((world.cell == 0) & (world.heading == 1))[:1]
    for action in actions:
        state = world.successors[state, world.actions.index(action), 0]
    return int(state)


def drawn(world, state):
    """The maze in a state, and the name of the thing in the agent's hand."""
    held = world.layout(state).held
    return str(world.maze_in(state)).splitlines()[1][1:-1], held and held.name


@pytest.mark.parametrize(
    ("text", "actions", "maze", "held"),
    [
        (".k.", "pickup", "...", "key"),
        (".k.", "pickup drop", ".k.", None),
        (".b.", "pickup", "...", "ball"),
        (".k.", "toggle", ".k.", None),
        (".kr", "pickup forward pickup", "..r", "key"),  # the hand is full
        (".kr", "pickup forward drop", "..r", "key"),  # and that cell is not free
        (".D.", "pickup", ".D.", None),
        (".D.", "toggle", ".d.", None),
        (".D.", "toggle toggle", ".D.", None),
        (".K.", "toggle", ".K.", None),
        (".kK", "pickup forward toggle", "..d", "key"),
        (".rK", "pickup forward toggle", "..K", "red key"),
        (".rR", "pickup forward toggle toggle", "..D", "red key"),  # unlocked once and for all
        (".kd", "pickup forward drop", "..d", "key"),
        (".kS", "pickup forward drop", "..k", None),  # a mark is no object; the letter is lost
        (".k~", "pickup forward drop", "..~", "key"),
        (".kT", "pickup forward drop", "..T", "key"),
        (".k#", "pickup forward drop", "..#", "key"),
        (".kB", "pickup forward drop", "..B", "key"),
        (".k$", "pickup forward drop", "..$", "key"),
        (".$K", "forward", ".$K", None),
    ],
)
def test_what_hands_do(text, actions, maze, held):
    world = with_hands(text)
    assert drawn(world, after(world, *actions.split())) == (maze, held)


def test_a_box_can_stand_in_an_open_door_which_then_stays_open():
    world = with_hands("..$d..")
    state = after(world, "forward", "forward")
    assert drawn(world, state)[0] == "...$.."
    assert world.successors[state, world.actions.index("toggle"), 0] == state


@settings(max_examples=25)
@given(furnished(max_side=3, boxes=1), options(), st.sampled_from("kb"))
def test_an_agent_that_holds_something_acts_as_in_the_simulator(maze, options, letter):
    options = {**options, "moves": "turn", "hands": True, "holding": letter}
    options["slip_kind"] = "uniform"
    if list(maze.objects.values()).count(letter) != 1:
        with pytest.raises(
            GridempError, match="`holding` must name an object that the maze has exactly once"
        ):
            World.from_maze(maze, **options)
        return
    world = World.from_maze(maze, **options, within=3)
    simulator = simulator_of(world, options)
    same = starts_of(world, simulator)
    for number, state in list(same.items()):
        assert simulated(world, number) == state
        for a, action in enumerate(world.actions):
            end = int(world.successors[number, a, 0])
            assert simulated(world, end) == simulator.after(state, action)


def test_the_value_of_a_key():
    options = {"moves": "turn", "hands": True, "within": 6}
    maze = load_maze("key")
    without, holding = (World.from_maze(maze, **options, holding=key) for key in ("", "k"))
    assert str(holding.conditions) == "turning, hands, holding a key, no noise"
    assert list(holding.maze.objects.values()) == ["K"]
    maps = [empowerment(world, 6).one_per_cell().grid() for world in (without, holding)]
    known = ~np.isnan(maps[0])
    assert (maps[1] - maps[0])[known].min() > 0.9
    assert np.isnan(maps[0]).sum() == 4 + 2  # the wall, the door and the key


def test_without_hands_things_are_fixed_boxes():
    maze = parse_maze("..k.D\n.R.d.\n..b..")
    boxes = parse_maze("..B.B\n.B...\n..B..")
    for moves in ("nesw", "king", "turn"):
        found = World.from_maze(maze, moves=moves)
        expected = World.from_maze(boxes, moves=moves)
        np.testing.assert_array_equal(found.successors, expected.successors)
        assert found.things is None


def test_things_of_one_kind_are_interchangeable():
    world = with_hands(".bb.\n....")
    swapped = after(world, "pickup", "right", "forward", "left", "left")
    assert len(
        {tuple(row) for row in np.column_stack([world.cell, world.heading, world.things])}
    ) == (len(world.cell))
    assert drawn(world, swapped)[1] == "ball"
    names = [kind.name for kind in world.kinds]
    assert names == ["ball"]


def test_every_kind_that_a_door_turns_into_is_one():
    names = {kind.name: kind for kind in KINDS.values()}
    assert all(kind.toggled in names for kind in KINDS.values() if kind.toggled)
    assert all(names[kind.key].portable for kind in KINDS.values() if kind.key)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"moves": "nesw", "hands": True}, "`hands` reach|hands reach the cell in front"),
        ({"holding": "k"}, "an agent without hands cannot hold an object; set `hands`"),
        ({"hands": True, "holding": "D"}, "one of k, r, y, l, c, m, b, not 'D'"),
        ({"hands": True, "holding": "r"}, r"maze has the red key \(r\) 0 times"),
    ],
)
def test_hands_that_cannot_be(options, message):
    with pytest.raises(GridempError, match=message):
        World.from_maze(parse_maze(".kD"), **{"moves": "turn", **options})


def test_there_must_be_somewhere_to_stand():
    with pytest.raises(GridempError, match="every cell of maze holds a key, a ball or a door"):
        with_hands("kK")


def test_a_state_that_is_not_there_is_refused():
    world = World.from_maze(parse_maze(".k."), moves="turn", hands=True)
    for state in (-1, len(world.cell)):
        for view in (world.layout, world.maze_in):
            with pytest.raises(GridempError, match="state must hold numbers of states, from 0 to"):
                view(state)
