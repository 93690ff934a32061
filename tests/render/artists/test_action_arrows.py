"""The first actions of a source as arrows."""

import numpy as np
import pytest
from support.figures import arrow_ends, by_gid
from support.worlds import world_of

from gridemp import Maze, World, parse_maze
from gridemp.analysis.cell import cell_source
from gridemp.render.artists.action_arrows import (
    BLOCKED,
    INNER,
    LENGTH,
    MAX_SPILL_POINTS,
    RING,
    entries_of,
)
from gridemp.render.artists.maze_axes import cell_points
from gridemp.render.figures.cell import draw_source


def test_arrows_are_as_long_as_first_actions_are_likely():
    source = cell_source(world_of("klyubin", slip=0.1), 5, 5, 3)
    ax = draw_source(source, title=False)
    ends = np.array([arrow_ends(a) for a in by_gid(ax, "first action")]) - [5, 5]
    tips = ends[:, 1] - ends[:, 0]
    along = np.array([[0, 1], [1, 0], [0, -1], [-1, 0]])  # north, east, south, west
    lengths = (tips * along).sum(axis=1)
    np.testing.assert_allclose(lengths[:, None] * along, tips, atol=1e-12)
    unit = lengths.max() / source.first_actions.max()
    np.testing.assert_allclose(lengths, unit * source.first_actions[:4])
    np.testing.assert_allclose(ends[:, 0], INNER * along, atol=1e-12)
    (ring,) = by_gid(ax, "first action stay")
    assert ring.get_radius() < INNER
    np.testing.assert_allclose(ring.get_radius(), RING * unit * source.first_actions[4])
    (frame,) = by_gid(ax, "start")
    np.testing.assert_allclose(np.add(frame.get_xy(), frame.get_width() / 2), [5, 5])


def test_blocked_moves_are_short_and_hollow():
    source = cell_source(World.from_maze(Maze(np.ones((1, 3)))), 0, 0, 1)
    ax = draw_source(source, title=False)
    blocked = by_gid(ax, "first action blocked")
    (east,) = by_gid(ax, "first action")
    unit = (arrow_ends(east)[1][0] - INNER) / source.first_actions[1]
    assert unit > 0 == arrow_ends(east)[1][1]
    weights = source.first_actions[[0, 2, 3]]  # north, south, west
    along = np.array([[0, 1], [0, -1], [-1, 0]])
    tips = [arrow_ends(a)[1] for a in blocked]
    lengths = INNER + BLOCKED * unit * weights[:, None]
    np.testing.assert_allclose(tips, lengths * along, atol=1e-12)
    assert np.abs(tips).max() <= 0.5  # the wall
    assert all(a.get_facecolor()[:3] == (1, 1, 1) for a in blocked)
    assert east.get_facecolor()[:3] == (0, 0, 0)


@pytest.mark.parametrize(("heading", "left", "ahead"), [("north", -1, 1j), ("east", 1j, 1)])
def test_turns_are_bent_to_their_side(heading, left, ahead):
    source = cell_source(world_of("room", moves="turn"), 5, 5, 2, heading=heading)
    ax = draw_source(source, title=False)
    tips = {}
    for action in ("left", "right"):
        (arrow,) = by_gid(ax, f"first action {action}")
        tips[action] = complex(*np.subtract(arrow_ends(arrow)[1], [5, 5]))
    unit = (abs(tips["left"]) - INNER) / source.first_actions[0]
    np.testing.assert_allclose(tips["left"] / abs(tips["left"]), 0.8 * left + 0.6 * ahead)
    np.testing.assert_allclose((abs(tips["right"]) - INNER) / source.first_actions[1], unit)
    (forward,) = by_gid(ax, "first action")
    tip = complex(*np.subtract(arrow_ends(forward)[1], [5, 5]))
    np.testing.assert_allclose(tip, (INNER + unit * source.first_actions[2]) * ahead, atol=1e-12)


def test_arrows_across_an_edge_are_whole_and_end_before_the_ticks():
    source = cell_source(world_of("room", torus="xy"), 0, 0, 2)
    ax = draw_source(source, title=False)
    points = cell_points(ax, (11, 11))
    arrows = by_gid(ax, "first action")
    tips = np.array([arrow_ends(arrow)[1] for arrow in arrows])
    assert len(tips) == 4
    assert tips.min() < -0.5
    np.testing.assert_allclose(abs(tips).max(axis=1), 0.5 + MAX_SPILL_POINTS / points)
    gids = ("first action", "first action stay", "start")
    assert not any(patch.get_clip_on() for gid in gids for patch in by_gid(ax, gid))
    middle = draw_source(cell_source(world_of("room", torus="xy"), 5, 5, 2), title=False)
    lengths = [np.ptp(arrow_ends(arrow), axis=0).max() for arrow in by_gid(middle, "first action")]
    np.testing.assert_allclose(lengths, LENGTH)


def test_the_ring_names_all_actions_that_leave_the_agent_in_place():
    world = World.from_maze(parse_maze(".k.\n..."), moves="turn", hands=True)
    source = cell_source(world, 0, 0, 3, heading="north")
    assert [text for _, text in entries_of(source)][-1] == "pickup, drop, toggle or stay"
    likely = dict(zip(world.actions, source.first_actions, strict=True))
    together = sum(likely[name] for name in ("pickup", "drop", "toggle", "stay"))
    ax = draw_source(source, title=False)
    (ring,), (forward,) = by_gid(ax, "first action stay"), by_gid(ax, "first action")
    unit = np.ptp(arrow_ends(forward), axis=0).max() / likely["forward"]
    np.testing.assert_allclose(ring.get_radius(), RING * unit * together)
