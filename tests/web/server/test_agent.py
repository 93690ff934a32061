"""Arrows and steps of the explorer's agents, against the agents of the library."""

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.questions import KLYUBIN, ask
from support.strategies import furnished, options

from gridemp import World, parse_maze
from gridemp.agents import Agent, walk
from gridemp.mazes.objects import OBJECTS
from gridemp.web.server.api import Drawing, Refusal
from gridemp.web.server.mazes import maze_of
from gridemp.worlds.cells import states_in
from gridemp.worlds.moves import HEADINGS

POLICIES = ("greedy", "plan")


@pytest.mark.slow
def test_the_agent_reaches_the_peak_of_klyubin_from_all_cells():
    """As `gridemp walk klyubin -n 5 --starts all` says."""
    places, ends = {(x, y) for x in range(10) for y in range(10)}, set()
    for draw in range(50):
        steps = [ask("step", KLYUBIN, x=x, y=y, draw=draw, horizon=5) for x, y in places]
        ends |= {(step["x"], step["y"], step["action"]) for step in steps if step["settled"]}
        places = {(step["x"], step["y"]) for step in steps if not step["settled"]}
    assert (places, ends) == (set(), {(5, 5, "stay")})


@pytest.mark.slow
@settings(max_examples=40)
@given(
    furnished(max_side=4, boxes=3),
    options((0.0, 0.2)),
    st.sampled_from(POLICIES),
    st.integers(0, 99),
    st.data(),
)
def test_a_step_is_that_of_a_walk_and_boxes_are_where_they_were_pushed(
    maze, options, policy, draw, data
):
    x, y = maze.xy(*data.draw(st.sampled_from(maze.cells.tolist())))
    world = World.from_maze(maze, **options, within=None if policy == "plan" else 2)
    heading = None if world.heading is None else data.draw(st.sampled_from(HEADINGS))
    (state,) = states_in(world, x, y, heading or "best")
    agent = Agent(world, 1, policy)
    path = walk(agent, state, 1, np.random.default_rng(draw))
    after = path.states[1]
    boxes = set() if world.boxes is None else {*map(tuple, maze.cells[world.boxes[after]])}
    covered = [maze.objects[place] for place in boxes if maze.objects.get(place, "$") not in "$SG"]
    fields = {"horizon": 1, "x": x, "y": y, "heading": heading, "draw": draw, "policy": policy}
    if covered:
        with pytest.raises(Refusal, match="push a box onto the ") as caught:
            ask("step", maze, **fields, **options)
        assert caught.value.field == "agent"
        return
    found = ask("step", maze, **fields, **options)
    looks = None if heading is None else HEADINGS[world.heading[after]]
    assert ((found["x"], found["y"]), found["heading"]) == (tuple(path.xy[1]), looks)
    assert found["action"] == world.actions[path.actions[0]]
    assert found["bits"] == pytest.approx(path.bits[1], abs=2e-6)
    ahead, chances = world.successors[state], world.probabilities[state]
    agent.compute(np.unique(ahead))
    expected = (chances * agent.bits[ahead])[path.actions[0]].sum()
    assert found["expected"] == pytest.approx(expected, abs=2e-6)
    assert found["moved"] == (after != state)
    good = agent.preferred_actions(np.array([state]))[0]
    assert found["settled"] == bool((chances[good] * (ahead[good] != state)).sum() == 0)
    before = {place for place, letter in maze.objects.items() if letter == "$"}
    assert (found["maze"] is None) == (boxes == before)
    if found["maze"] is not None:
        after = maze_of(msgspec.convert(found["maze"], Drawing))
        kept = {place: letter for place, letter in maze.objects.items() if letter != "$"}
        assert after.objects == kept | dict.fromkeys(boxes, "$")
        assert after.floor.tolist() == maze.floor.tolist()


@settings(max_examples=20)
@given(furnished(max_side=4, boxes=1), options((0.0, 0.2)), st.sampled_from(POLICIES))
def test_arrows_are_the_equally_good_actions_of_the_state_that_the_map_shows(maze, options, policy):
    world = World.from_maze(maze, **options)
    agent = Agent(world, 2, policy)
    emap = agent.map(world.start_states).one_per_cell()
    good = agent.preferred_actions(emap.states)
    found = ask("arrows", maze, policy=policy, **options)["arrows"]
    cells = maze.cells[emap.cell].tolist()
    assert [(arrow["x"], arrow["y"]) for arrow in found] == [maze.xy(*cell) for cell in cells]
    for arrow, state, chosen in zip(found, emap.states, good, strict=True):
        assert arrow["actions"] == [world.actions[action] for action in np.flatnonzero(chosen)]
        if world.heading is not None:
            assert arrow["heading"] == HEADINGS[world.heading[state]]


def test_arrows_point_to_the_middle_of_a_corridor():
    found = ask("arrows", parse_maze("..."), horizon=1)["arrows"]
    assert found == [
        {"x": 0, "y": 0, "heading": None, "actions": ["east"]},
        {"x": 1, "y": 0, "heading": None, "actions": ["north", "south", "stay"]},
        {"x": 2, "y": 0, "heading": None, "actions": ["west"]},
    ]


@pytest.mark.parametrize("letter", "~T>B")
def test_a_box_cannot_be_drawn_on_another_object(letter):
    maze = parse_maze(f".${letter}..")
    if letter == "B":
        assert ask("step", maze, horizon=1, x=0, y=0)["maze"] is None
        return
    with pytest.raises(Refusal, match=f"{OBJECTS[letter]} at x = 2, y = 0, and a drawing has one"):
        ask("step", maze, horizon=1, x=0, y=0)


def test_a_plan_needs_all_places_of_the_boxes():
    maze = parse_maze("\n".join([".$......"] * 4 + ["........"] * 4))
    assert ask("arrows", maze, policy="greedy")["arrows"]
    with pytest.raises(
        Refusal, match="more than 200,000 joint states here; remove some boxes, or"
    ) as caught:
        ask("arrows", maze, policy="plan")
    assert (caught.value.field, caught.value.kind) == ("policy", "plan_states")
