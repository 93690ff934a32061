"""Walks as they are drawn on a map."""

import numpy as np
from support.figures import by_gid
from support.walkers import PUSH, shown, walk_through, walked

from gridemp import World, parse_maze
from gridemp.agents.agent import Agent
from gridemp.render.artists.maze_axes import cell_points
from gridemp.render.artists.trail import stay_counts, trail_width
from gridemp.render.figures.walk import draw_trail
from gridemp.report.walk_text import TIMES, step_lines, walk_lines


def test_a_box_is_pushed_where_that_pays_and_the_figure_shows_it():
    agent, path = walked(parse_maze(PUSH), 3, 0, 2, 3)
    assert path.pushes[0] == [((1, 2), (2, 2))]
    assert agent.world.actions[path.actions[0]] == "east"
    assert "step 1: east to (1, 2), pushes a box to (2, 2)" in walk_lines(path)[2]
    ax = draw_trail(shown(agent), path)
    (outline,) = by_gid(ax, "box end")
    np.testing.assert_allclose(np.add(outline.get_xy(), outline.get_width() / 2), (2, 2))
    (track,) = by_gid(ax, "box track")
    np.testing.assert_array_equal(track.get_segments(), [[(1, 2), (2, 2)]])
    (drawn,) = by_gid(ax, "object $")
    assert drawn.get_xydata().tolist() == [[1, 2]]
    assert "final place of a box" in [text.get_text() for text in ax.get_legend().get_texts()]


def test_a_box_that_is_pushed_over_an_edge_has_no_stroke_across_the_map():
    world = World.from_maze(parse_maze("..$\n..."), torus="x")
    states = [1]
    for _ in range(2):
        states.append(int(world.successors[states[-1], world.actions.index("east"), 0]))
    path = walk_through(world, states, [1, 1])
    assert path.pushes == {0: [((2, 1), (0, 1))], 1: [((0, 1), (1, 1))]}
    agent = Agent(world, 1)
    (track,) = by_gid(draw_trail(shown(agent), path), "box track")
    wanted = [[(2, 1), (2.5, 1)], [(-0.5, 1), (0, 1)], [(0, 1), (1, 1)]]
    np.testing.assert_array_equal(track.get_segments(), wanted)


def test_an_agent_that_looks_ahead_starts_as_it_is_told_and_says_where_it_looks():
    _, path = walked("klyubin", 5, 0, 0, 6, moves="turn", heading="west")
    assert path.headings[0] == "west"
    assert step_lines(path)[0].startswith("step 1: right at (0, 0) facing north")
    agent, best = walked("klyubin", 5, 0, 0, 6, moves="turn")
    assert best.bits[0] == max(agent.bits[:4]) >= path.bits[0] or best.headings[0] != "west"
    ax = draw_trail(shown(agent).one_per_cell(), best)
    (end,) = by_gid(ax, "end")
    angles = {"north": 0, "east": -90, "south": 180, "west": 90}
    assert end.get_marker() == (3, 0, angles[best.headings[-1]])


def test_what_is_drawn_of_a_walk():
    agent, path = walked("klyubin", 5, 0, 0, 25, "plan")
    ax = draw_trail(shown(agent), path, title="by hand")
    assert ax.get_title() == "by hand"
    np.testing.assert_array_equal(
        ax.collections[0].get_array().reshape(10, 10), shown(agent).grid()
    )
    (start,), (end,) = by_gid(ax, "start"), by_gid(ax, "end")
    assert start.get_xydata().tolist() == [[0, 0]]
    assert end.get_xydata().tolist() == [[5, 5]]
    assert start.get_markerfacecolor() != end.get_markerfacecolor()
    assert start.get_markersize() > end.get_markersize()
    (trail,) = by_gid(ax, "trail")
    vertices = trail.get_path().vertices
    np.testing.assert_allclose(vertices[[0, -1]], [(0, 0), (5, 5)])
    for x, y in path.xy:
        assert np.hypot(*(vertices - (x, y)).T).min() < 0.4
    (count,) = by_gid(ax, "stays")
    assert count.get_text() == f"{25 - path.settled}{TIMES}"
    assert [int(text.get_text()) for text in by_gid(ax, "number of step")] == [5, 10, 15]
    (heads,) = by_gid(ax, "heads")
    assert len(heads.get_paths()) == path.settled
    labels = [text.get_text() for text in ax.get_legend().get_texts()]
    assert labels == ["start", "end", "peak", "stayed n times", "after 5 steps"]


def test_counts_of_stays_are_those_of_steps_that_change_nothing():
    _, path = walked("klyubin", 5, 0, 0)
    found = stay_counts(path, 20)
    assert sum(found.values()) == (~path.moved).sum() == 11
    assert found[4, 0] == 7
    assert sum(stay_counts(path, 6).values()) == 2


def test_lines_fit_their_cells():
    agent, path = walked("klyubin", 5, 0, 0)
    ax = draw_trail(shown(agent), path)
    points = cell_points(ax, (10, 10))
    (trail,) = by_gid(ax, "trail")
    assert trail.get_linewidth() == trail_width(points) < 0.1 * points
