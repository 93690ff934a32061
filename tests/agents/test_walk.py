"""Walks by empowerment: where they lead, what is told of them, how they are drawn."""

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from support.commands import parts, run
from support.figures import assert_inside
from support.films import FFMPEG
from support.strategies import furnished, options
from support.walkers import simulated, simulator_of, starts

from gridemp import GridempError, Maze, World, empowerment, load_maze, parse_maze
from gridemp.agents.agent import Agent
from gridemp.agents.walk import Walk, maps_along, start_state, walk
from gridemp.render.artists.maze_axes import cell_points
from gridemp.render.artists.routes import lane_offsets, trail_path, walk_legs
from gridemp.render.artists.trail import stay_counts, trail_width
from gridemp.render.figures.walk import draw_trail
from gridemp.render.films.walk import captions_of, walk_frames
from gridemp.render.layout.style import look
from gridemp.report.provenance import read_record
from gridemp.report.walk_text import TIMES, letters, step_lines, walk_lines

pytestmark = pytest.mark.usefixtures("folder")

PUSH = ".$...\n#....\n#...."  # to the east of the start the box gives way, and the room opens


def dice(seed=0):
    return np.random.default_rng(seed)


def walked(maze, horizon, x, y, steps=20, policy="greedy", seed=0, heading="best", **options):
    maze = load_maze(maze) if isinstance(maze, str) else maze
    world = World.from_maze(maze, **options)
    agent = Agent(world, horizon, policy)
    return agent, walk(agent, start_state(agent, x, y, heading), steps, dice(seed))


def hand_made(maze, cells, torus="", actions=None):
    """A walk of an agent that is where it is told."""
    world = World.from_maze(maze, torus=torus)
    number = {maze.xy(*cell): i for i, cell in enumerate(maze.cells.tolist())}
    states = np.array([number[cell] for cell in cells])
    moves = [world.successors[s, :, 0].tolist().index(t) for s, t in pairwise(states)]
    if actions is not None:
        moves = [world.actions.index(action) for action in actions]
    bits = np.zeros(len(states))
    return Walk(world, 1, "by hand", states, np.array(moves), bits, bits)


def shown(agent):
    return agent.map(np.array(list(starts(agent.world))))


@settings(max_examples=30)
@given(furnished(max_side=4, boxes=1), options((0.0, 0.3)), st.integers(0, 99), st.data())
def test_each_step_is_one_that_the_simulator_can_take(maze, options, seed, data):
    world = World.from_maze(maze, **options, within=5)
    policy = data.draw(st.sampled_from(("greedy", "soft")))
    agent, start = Agent(world, 1, policy), data.draw(st.sampled_from(list(starts(world))))
    path = walk(agent, start, 4, dice(seed))
    simulator = simulator_of(world, options)
    assert path.states[0] == start
    for before, action, after in zip(path.states, path.actions, path.states[1:], strict=False):
        ahead = simulator.step({simulated(world, before): 1.0}, world.actions[action])
        assert ahead[simulated(world, after)] > 0
        assert agent.action_probabilities(np.array([before]))[0, action] > 0
    emap = empowerment(World.from_maze(maze, **options, within=1), 1)
    np.testing.assert_allclose(path.bits[0], emap.bits[start], atol=2e-6)


def test_from_a_corner_of_a_room_to_its_middle():
    _, path = walked("room", 5, 0, 0)
    assert path.xy[-1].tolist() == [5, 5]
    assert path.settled == 10
    assert path.gain == path.bits[-1] - path.bits[0] == np.log2(61) - np.log2(21)
    assert (np.diff(path.bits) >= 0).all()


def test_the_same_seed_walks_the_same_way_and_others_break_ties_otherwise():
    ways = [walked("room", 5, 0, 0, seed=seed)[1].actions.tolist() for seed in (3, 3, 4, 5)]
    assert ways[0] == ways[1]
    assert len(set(map(tuple, ways))) > 1
    ends = {tuple(walked("room", 5, 0, 0, seed=seed)[1].xy[-1].tolist()) for seed in range(4)}
    assert ends == {(5, 5)}


def test_a_plan_gathers_more_than_greed():
    gathered = {p: walked("klyubin", 5, 0, 0, 25, p)[1].bits.sum() for p in ("greedy", "plan")}
    assert gathered["plan"] > gathered["greedy"]
    assert walked("klyubin", 5, 0, 0, 25, "plan")[1].xy[-1].tolist() == [5, 5]


def test_it_keeps_away_from_a_trap_that_a_policy_which_ignores_it_falls_into():
    """How likely it is caught in the end, by the powers of the chain that each policy makes."""
    open_room = Maze(np.ones((7, 7)))
    trapped = Maze(open_room.floor, objects={(3, 3): "T"})
    world, safe = (World.from_maze(maze, slip=0.05) for maze in (trapped, open_room))
    policies = (Agent(each, 2).action_probabilities(np.arange(49)) for each in (world, safe))
    table = np.zeros((49, 5, 49))
    for state in range(49):
        for action in range(5):
            ahead = world.successors[state, action], world.probabilities[state, action]
            np.add.at(table[state, action], *ahead)
    caught = [
        np.linalg.matrix_power(np.einsum("sa,sat->st", policy, table), 30)[0, 24]
        for policy in policies
    ]
    assert caught[0] < 0.02 < 0.9 < caught[1]
    for seed in range(3):
        _, path = walked(trapped, 2, 0, 0, 30, seed=seed, slip=0.05)
        assert path.states[-1] != 24


def test_a_box_is_pushed_where_that_pays_and_the_figure_shows_it():
    agent, path = walked(parse_maze(PUSH), 3, 0, 2, 3)
    assert path.pushes[0] == [((1, 2), (2, 2))]
    assert agent.world.actions[path.actions[0]] == "east"
    assert "step 1: east to (1, 2), pushes a box to (2, 2)" in walk_lines(path)[2]
    ax = draw_trail(shown(agent), path)
    (outline,) = parts(ax, "box end")
    np.testing.assert_allclose(np.add(outline.get_xy(), outline.get_width() / 2), (2, 2))
    (track,) = parts(ax, "box track")
    np.testing.assert_array_equal(track.get_segments(), [[(1, 2), (2, 2)]])
    (drawn,) = parts(ax, "object $")
    assert drawn.get_xydata().tolist() == [[1, 2]]
    assert "box, pushed to" in [text.get_text() for text in ax.get_legend().get_texts()]


def test_a_box_that_is_pushed_over_an_edge_has_no_stroke_across_the_map():
    world = World.from_maze(parse_maze("..$\n..."), torus="x")
    states = [1]
    for _ in range(2):
        states.append(int(world.successors[states[-1], world.actions.index("east"), 0]))
    bits = np.zeros(3)
    path = Walk(world, 1, "by hand", np.array(states), np.array([1, 1]), bits, bits)
    assert path.pushes == {0: [((2, 1), (0, 1))], 1: [((0, 1), (1, 1))]}
    agent = Agent(world, 1)
    (track,) = parts(draw_trail(shown(agent), path), "box track")
    wanted = [[(2, 1), (2.5, 1)], [(-0.5, 1), (0, 1)], [(0, 1), (1, 1)]]
    np.testing.assert_array_equal(track.get_segments(), wanted)


def test_maps_follow_the_boxes():
    agent, path = walked(parse_maze(PUSH), 3, 0, 2, 3)
    before, *after = maps_along(agent, path.states)
    assert after[0] is after[-1]
    assert before.world.maze == parse_maze(PUSH)
    assert dict(after[0].world.maze.objects) == {(0, 2): "$"}
    moved = World.from_maze(parse_maze("..$..\n#....\n#...."))
    emap = empowerment(moved, 3)
    (truth,) = emap.bits[moved.cell[emap.states] == 1]
    np.testing.assert_allclose(after[0].grid()[0, 1], truth)
    assert np.isnan(after[0].grid()[0, 2])  # where the box is


def test_maps_of_a_world_that_is_not_whole_are_those_of_the_whole():
    maze = parse_maze(PUSH)
    whole, path = walked(maze, 2, 0, 2, 4)
    near, same = walked(maze, 2, 0, 2, 4, within=6)
    assert walk_lines(path) == walk_lines(same)
    for one, other in zip(
        maps_along(whole, path.states), maps_along(near, same.states), strict=True
    ):
        held = ~np.isnan(other.grid())
        assert held.sum() >= 7
        np.testing.assert_array_equal(one.grid()[held], other.grid()[held])


def test_an_agent_that_looks_ahead_starts_as_it_is_told_and_says_where_it_looks():
    _, path = walked("klyubin", 5, 0, 0, 6, moves="turn", heading="west")
    assert path.headings[0] == "west"
    assert step_lines(path)[0].startswith("step 1: right at (0, 0) facing north")
    agent, best = walked("klyubin", 5, 0, 0, 6, moves="turn")
    assert best.bits[0] == max(agent.bits[:4]) >= path.bits[0] or best.headings[0] != "west"
    ax = draw_trail(shown(agent).one_per_cell(), best)
    (end,) = parts(ax, "end")
    angles = {"north": 0, "east": -90, "south": 180, "west": 90}
    assert end.get_marker() == (3, 0, angles[best.headings[-1]])


def test_what_is_said():
    _, path = walked("room", 5, 4, 4, 8)
    lines = walk_lines(path)
    assert re.fullmatch(r"actions: ([NESW] ){2}(· ){5}·", lines[0])
    assert lines[1] == "start: (4, 4), 5.88 bits"
    assert lines[-2] == "steps 3 to 8: stays at (5, 5), 5.93 bits"
    assert lines[-1] == "gained: 5.88 to 5.93 bits, +0.05 in 2 steps"
    _, still = walked("room", 5, 5, 5, 50)
    assert letters(still) == f"50{TIMES}·"
    assert walk_lines(still)[-1] == "gained: 5.93 to 5.93 bits, +0.00 as it stays where it is"
    _, noisy = walked("room", 2, 0, 0, 30, slip=0.5)
    assert any("slips to" in line for line in walk_lines(noisy))
    assert re.search(r"steps?, each within \de-\d+ bits$", walk_lines(noisy)[-1])


def test_long_walks_are_told_in_part():
    _, path = walked("room", 30, 0, 0, 500)
    lines = walk_lines(path)
    assert len(lines) == 44
    (gap,) = [int(m[1]) for line in lines if (m := re.match(r"\.\.\. (\d+) more", line))]
    assert gap + 40 == len(step_lines(path))
    assert lines[-2].startswith(("step 500:", "steps"))


def test_where_it_slips_more_often_than_not():
    """At 0.9, each other action is likelier than the one meant, and what it does is no slip."""
    _, path = walked("room", 1, 5, 5, 100, slip=0.9)
    ahead = path.world.successors[path.states[:-1], path.actions]
    chances = path.world.probabilities[path.states[:-1], path.actions]
    for step in range(100):
        by_state = np.bincount(ahead[step], chances[step])
        after = path.states[step + 1]
        assert path.slipped[step] == (by_state[after] < by_state.max() - 1e-12)


def test_slips_are_what_the_action_was_not_likeliest_to_do():
    _, path = walked("room", 2, 0, 0, 200, slip=0.3)
    meant = path.world.successors[path.states[:-1], path.actions, path.actions]
    np.testing.assert_array_equal(path.slipped, meant != path.states[1:])
    assert 30 < path.slipped.sum() < 90


@pytest.mark.parametrize("steps", [0, -1, 100_001])
def test_walks_that_are_none(steps):
    agent = Agent(World.from_maze(load_maze("room")), 2)
    with pytest.raises(GridempError, match="a walk takes 1 to 100,000 steps"):
        walk(agent, 0, steps, dice())
    with pytest.raises(GridempError, match="looks one way at a time"):
        start_state(agent, 0, 0, "mean")


def test_progress_rises_to_the_end():
    agent, told = Agent(World.from_maze(load_maze("klyubin"), slip=0.1), 2), []
    walk(agent, 0, 5, dice(), told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


# The line


def pieces(path):
    """The points of each unbroken piece of a path."""
    vertices, codes = path.vertices, path.codes
    return np.split(vertices, np.flatnonzero(codes == path.MOVETO)[1:])


def test_a_seam_is_never_crossed_by_a_stroke():
    maze = Maze(np.ones((4, 6)))
    path = hand_made(maze, [(5, 1), (0, 1), (0, 0), (0, 3), (0, 3), (5, 3)], torus="xy")
    legs = walk_legs(path)
    assert [leg.vector for leg in legs] == [(1, 0), (0, -1), (0, -1), (-1, 0)]
    drawn = pieces(trail_path(legs, lane_offsets(legs, maze.shape, 0.1), maze.shape))
    assert len(drawn) == 4
    for piece in drawn:
        assert abs(np.diff(piece, axis=0)).max() < 1
    np.testing.assert_allclose(drawn[0][[0, -1]], [(5, 1), (5.5, 1)])
    np.testing.assert_allclose(drawn[1][[0, -1]], [(-0.5, 1), (0, -0.5)])
    np.testing.assert_allclose(drawn[3][[0, -1]], [(5.5, 3), (5, 3)])


def test_on_a_torus_of_two_columns_the_action_tells_the_way():
    maze = Maze(np.ones((1, 2)))
    for action, dx in (("east", 1), ("west", -1)):
        path = hand_made(maze, [(0, 0), (1, 0)], "xy", [action])
        assert [leg.vector for leg in walk_legs(path)] == [(dx, 0)]


def test_slides_go_straight():
    _, path = walked(parse_maze(".~~~.\n#####"), 1, 0, 1, 1)
    assert path.xy.tolist() == [[0, 1], [4, 1]] or not path.moved.any()
    sliding = World.from_maze(parse_maze(".~~~."))
    bits = np.zeros(2)
    slide = Walk(sliding, 1, "", np.array([0, 4]), np.array([1]), bits, bits)
    legs = walk_legs(slide)
    assert [(leg.start, leg.vector) for leg in legs] == [((x, 0), (1, 0)) for x in range(4)]


def test_passes_over_an_edge_lie_side_by_side_each_to_its_right():
    maze = Maze(np.ones((1, 3)))
    path = hand_made(maze, [(0, 0), (1, 0), (0, 0), (1, 0), (2, 0)])
    legs = walk_legs(path)
    aside = lane_offsets(legs, maze.shape, 0.1)
    np.testing.assert_allclose(sorted(aside[:3]), [0, 0.1, 0.1], atol=1e-12)
    assert aside[3] == 0
    heights = [-a if leg.vector == (1, 0) else a for leg, a in zip(legs, aside, strict=True)]
    assert len(set(np.round(heights[:3], 9))) == 3
    assert heights[1] > max(heights[0], heights[2])  # westwards is north of eastwards
    many = hand_made(maze, [(0, 0), (1, 0)] * 20)
    spread = lane_offsets(walk_legs(many), maze.shape, 0.1)
    assert abs(spread).max() <= 0.3 + 1e-12
    np.testing.assert_allclose(np.diff(np.unique(spread.round(9))).min(), 0.1)
    assert lane_offsets(walk_legs(many), maze.shape, 2.0).tolist() == [0] * 39


def test_what_is_drawn_of_a_walk():
    agent, path = walked("klyubin", 5, 0, 0, 25, "plan")
    ax = draw_trail(shown(agent), path, title="by hand")
    assert ax.get_title() == "by hand"
    np.testing.assert_array_equal(
        ax.collections[0].get_array().reshape(10, 10), shown(agent).grid()
    )
    (start,), (end,) = parts(ax, "start"), parts(ax, "end")
    assert start.get_xydata().tolist() == [[0, 0]]
    assert end.get_xydata().tolist() == [[5, 5]]
    assert start.get_markerfacecolor() != end.get_markerfacecolor()
    assert start.get_markersize() > end.get_markersize()
    (trail,) = parts(ax, "trail")
    vertices = trail.get_path().vertices
    np.testing.assert_allclose(vertices[[0, -1]], [(0, 0), (5, 5)])
    for x, y in path.xy:
        assert np.hypot(*(vertices - (x, y)).T).min() < 0.4
    (count,) = parts(ax, "stays")
    assert count.get_text() == f"{25 - path.settled}{TIMES}"
    assert [int(text.get_text()) for text in parts(ax, "number of step")] == [5, 10, 15]
    (heads,) = parts(ax, "heads")
    assert len(heads.get_paths()) == path.settled
    labels = [text.get_text() for text in ax.get_legend().get_texts()]
    assert labels == ["start", "end", "peak", "stayed n times", "after 5 steps"]


def test_counts_of_stays_are_those_of_steps_that_change_nothing():
    _, path = walked("klyubin", 5, 0, 0)
    found = stay_counts(path, 20)
    assert sum(found.values()) == (~path.moved).sum() == 11
    assert found[4, 0] == 7
    assert sum(stay_counts(path, 6).values()) == 2


@pytest.mark.parametrize(
    ("shape", "width"),
    [
        *(((1, 1), "column"), ((3, 40), "column"), ((40, 3), "column"), ((11, 11), "column")),
        *(((1, 1), None), ((40, 3), None), ((11, 11), "page")),
    ],
)
def test_nothing_is_clipped_and_nothing_is_too_small(shape, width):
    agent, path = walked(Maze(np.ones(shape)), 3, 0, 0, 30)
    with look(None, width) as inches:
        figure = draw_trail(shown(agent), path, width=inches).figure
        assert_inside(figure)
    texts = figure.findobj(lambda a: hasattr(a, "get_fontsize"))
    assert min(text.get_fontsize() for text in texts if text.get_text()) >= 6


def test_lines_fit_their_cells():
    agent, path = walked("klyubin", 5, 0, 0)
    ax = draw_trail(shown(agent), path)
    points = cell_points(ax, (10, 10))
    (trail,) = parts(ax, "trail")
    assert trail.get_linewidth() == trail_width(points) < 0.1 * points


# Films


def test_only_the_trail_changes_from_frame_to_frame():
    agent, path = walked("klyubin", 5, 0, 0, 3)
    emaps = maps_along(agent, path.states)
    with look():
        images = [
            np.asarray(image).astype(int) for image in walk_frames(emaps, path, dpi=60, title=False)
        ]
    assert len(images) == 4
    height, width, _ = images[0].shape
    for one, other in pairwise(images):
        rows, cols = np.nonzero((one != other).any(axis=2))
        assert len(rows) > 10
        assert rows.min() > 0.6 * height
        assert cols.max() < 0.6 * width


def test_the_map_of_a_frame_is_that_of_its_boxes():
    agent, path = walked(parse_maze(PUSH), 3, 0, 2, 1)
    emaps = maps_along(agent, path.states)
    with look():
        first, last = (np.asarray(i) for i in walk_frames(emaps, path, dpi=60, title=False))
    assert (first != last).mean() > 0.1


def test_captions_say_what_each_step_did():
    _, path = walked("room", 5, 4, 4, 3)
    lines = captions_of(path)
    assert lines[0] == "start: (4, 4), 5.88 bits"
    assert lines[3] == "step 3 of 3: stays at (5, 5), 5.93 bits"


# The command


def test_the_command_draws_and_tells(folder):
    result = run("klyubin", "-n", 5, "--start", "0,0", "--policy", "plan")
    assert result.exit_code == 0, result.stderr
    lines = result.stdout.splitlines()
    assert lines[0] == "figures/klyubin-h5-walk-x0-y0.png"
    assert lines[1].startswith("actions: E E")
    assert lines[-1] == "gained: 3.46 to 5.52 bits, +2.06 in 18 steps"
    assert read_record(folder / lines[0])["horizon"] == 5
    before = (folder / lines[0]).read_bytes()
    again = run("klyubin", "-n", 5, "--start", "0,0", "--policy", "plan")
    assert again.stdout == result.stdout
    assert (folder / lines[0]).read_bytes() == before


def test_the_command_films(folder):
    options = ("-n", 3, "--start", "0,0", "--steps", 4, "--dpi", 50)
    result = run("klyubin", *options, "-o", "k.gif", "--seconds", 0.3)
    assert result.stdout.splitlines()[0] == "k.gif", result.stderr
    with Image.open(folder / "k.gif") as gif:
        assert gif.n_frames == 5
        assert gif.info["duration"] == 300
    assert run("klyubin", *options, "-o", "k.html").exit_code == 0
    page = (folder / "k.html").read_text(encoding="utf-8")
    assert page.count("<figure>") == 5
    assert "step 4 of 4:" in page
    assert read_record(folder / "k.html")["command"].startswith("gridemp walk klyubin")


def test_the_command_films_an_mp4(folder, monkeypatch):
    monkeypatch.setattr("gridemp.render.films.encode.find_ffmpeg", lambda: FFMPEG)
    options = ("-n", 2, "--start", "0,0", "--steps", 2, "--dpi", 40, "-o", "k.mp4")
    assert run("klyubin", *options).exit_code == 0
    assert b"ftyp" in (folder / "k.mp4").read_bytes()[:16]


def test_the_command_starts_at_the_s_and_pushes_boxes(folder):
    result = run("warehouse", "-n", 2, "--steps", 5)
    assert result.stdout.splitlines()[0] == "figures/warehouse-h2-walk-x2-y3.png", result.stderr
    (folder / "push.txt").write_text("S$...\n#....\n#....\n")
    result = run("push.txt", "-n", 3, "--steps", 2, "-o", "p.gif", "--dpi", 50)
    assert "pushes a box to (2, 2)" in result.stdout


def test_the_command_goes_into_gymnasium_and_looks_where_it_is_told():
    result = run("gym:FrozenLake-v1", "-n", 2, "--steps", 3)
    assert result.stdout.splitlines()[0] == "figures/FrozenLake-v1-h2-walk-x0-y3.png", result.stderr
    turned = run("room", "-n", 2, "--moves", "turn", "--heading", "west", "--start", "0,0")
    assert "start: (0, 0) facing west" in turned.stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "room has no S to start at; give --start X,Y, or --starts all"),
        (("--start", "1"), "--start needs X,Y such as 5,5, not '1'"),
        (("--start", "all"), "for every cell give --starts all"),
        (("--start", "50,0"), "there is no cell x = 50, y = 0 in room"),
        (("--starts", "some"), "--starts needs all, not 'some'"),
        (("--starts", "all", "--steps", "3"), "leave out --steps"),
        (("--starts", "all", "--start", "0,0"), "leave out --start"),
        (("--starts", "all", "-o", "x.gif"), "its name must end in .png or .pdf or .svg"),
        (("--start", "0,0", "--policy", "best"), "use one of greedy, soft, plan"),
        (("--start", "0,0", "--temperature", "1"), "only soft does; leave out --temperature"),
        (("--start", "0,0", "--gamma", "0.5"), "only plan has a gamma; leave out --gamma"),
        (("--start", "0,0", "--policy", "plan", "--gamma", "1"), "from 0 up to but not 1, not 1"),
        (("--start", "0,0", "--policy", "soft", "--temperature", "0"), "bits above 0, not 0"),
        (("--start", "0,0", "--steps", "0"), "a walk takes 1 to 100,000 steps, not 0"),
        (("--start", "0,0", "--steps", "x"), "--steps needs a whole number"),
        (("--start", "0,0", "--seed", "-1"), "--seed needs a whole number, 0 or more"),
        (("--start", "0,0", "--seconds", "1"), "leave out --seconds"),
        (("--start", "0,0", "-o", "x.gif", "--seconds", "90"), "0.02 to 60 seconds, not 90"),
        (("--start", "0,0", "-o", "x.gif", "--steps", "1000"), "holds 999 steps at most"),
        (("--start", "0,0", "--bounds"), "leave out --bounds"),
        (("--start", "0,0", "--heading", "mean"), "an agent looks one way at a time"),
        (("--start", "0,0", "--heading", "north"), "there is no heading 'north' in this world"),
    ],
)
def test_refusals_are_one_sentence_and_leave_nothing(words, sentence, folder):
    result = run("room", "-n", 2, *words)
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""
    assert not list(folder.iterdir())


def test_too_many_boxes_are_refused_with_what_helps(folder, monkeypatch):
    monkeypatch.setattr("gridemp.worlds.states.MAX_STATES", 10_000)
    (folder / "many.txt").write_text("S......\n" + ".$.$.$.\n.......\n" * 4)
    result = run("many.txt", "-n", 3)
    assert result.exit_code == 1
    assert "more than 10,000 joint states" in result.stderr
    assert "fewer --steps help, too" in result.stderr
