"""Arrows of policies."""

from itertools import pairwise

import numpy as np
from support.figures import by_gid
from support.walkers import flow_of

from gridemp import Maze, World, parse_maze
from gridemp.agents.agent import Agent
from gridemp.agents.flow import flow
from gridemp.render.artists.policy_arrows import action_directions
from gridemp.render.figures.flow import draw_flow


def test_arrows_point_where_the_policy_goes():
    agent, found = flow_of("klyubin", 3)
    left = draw_flow(found).axes[0]
    (arrows,), (rings,) = by_gid(left, "arrows"), by_gid(left, "stays")
    moves = 0
    stays = set()
    for place, state in zip(found.emap.cell, found.emap.states, strict=True):
        ahead = set(
            agent.world.successors[state, agent.preferred_actions(np.array([state]))[0], 0].tolist()
        )
        moves += len(ahead - {int(state)})
        if int(state) in ahead:
            stays.add(found.world.maze.xy(*found.world.maze.cells[place].tolist()))
    assert len(arrows.get_paths()) == moves
    assert {tuple(place) for place in rings.get_offsets().tolist()} == stays
    for path in arrows.get_paths():
        tail, tip = path.vertices[:2].mean(axis=0), path.vertices[4]
        assert min(abs(tip - tail)) < 1e-9
        assert 0.2 < max(abs(tip - tail)) < 0.8


def test_arrows_are_longer_where_they_are_likelier():
    world = World.from_maze(parse_maze("#..\n..#\n.#."))
    agent = Agent(world, 1, "soft", temperature=1.0)
    found = flow(agent, np.arange(5))
    left = draw_flow(found).axes[0]
    (arrows,) = by_gid(left, "arrows")
    drawn = [(p.vertices[:2].mean(axis=0), p.vertices[4]) for p in arrows.get_paths()]
    ways = action_directions(world, np.arange(5))
    compared = 0
    for place, toward, weights in zip(
        found.emap.cell, ways, found.action_probabilities, strict=True
    ):
        middle = np.array(world.maze.xy(*world.maze.cells[place].tolist()))
        lengths = [
            (weight, (tip - middle) @ way)
            for way, weight in zip(toward, weights, strict=True)
            if way.any()
            for tail, tip in drawn
            if np.allclose(tail, middle)
            and np.allclose((tip - tail) @ way, np.linalg.norm(tip - tail))
        ]
        for one, other in pairwise(sorted(lengths)):
            assert (one[1] < other[1] - 1e-9) == (one[0] < other[0] - 1e-9)
            compared += 1
    assert compared >= 3


def test_moves_into_walls_are_stays_and_turns_are_bent():
    world = World.from_maze(Maze(np.ones((1, 2))))
    found = action_directions(world, np.arange(2))
    east, west = world.actions.index("east"), world.actions.index("west")
    np.testing.assert_array_equal(found[0, east], [1, 0])
    np.testing.assert_array_equal(found[1, west], [-1, 0])
    assert abs(found).sum() == 2
    turning = World.from_maze(Maze(np.ones((3, 3))), "turn")
    left, right, forward, _ = action_directions(turning, np.array([16]))[
        0
    ]  # in the middle, to the north
    np.testing.assert_allclose([left, right, forward], [(-0.8, 0.6), (0.8, 0.6), (0, 1)])
