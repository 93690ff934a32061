"""Where every cell flows to: against walks, and as it is drawn."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex, to_rgb
from support.commands import parts, run
from support.figures import assert_inside
from support.strategies import mazes, options
from support.walkers import starts
from typer.testing import CliRunner

from gridemp import Maze, World, load_maze, parse_maze
from gridemp.agents.agent import Agent
from gridemp.agents.flow import EITHER, flow
from gridemp.agents.walk import walk
from gridemp.cli.main import app
from gridemp.render.artists.basins import COLORS, EITHER_COLOR, basin_colors, basin_grid
from gridemp.render.artists.policy_arrows import action_directions
from gridemp.render.figures.flow import draw_flow
from gridemp.render.layout.style import look
from gridemp.report.walk_text import basin_lines

pytestmark = pytest.mark.usefixtures("folder")


def flow_of(maze, horizon, policy="greedy", heading="best", **options):
    maze = load_maze(maze) if isinstance(maze, str) else maze
    world = World.from_maze(maze, **options)
    agent = Agent(world, horizon, policy)
    return agent, flow(agent, np.array(list(starts(world))), heading)


@pytest.mark.parametrize("horizon", [3, 5])
@pytest.mark.parametrize("policy", ["greedy", "plan"])
def test_walks_end_where_they_flow(horizon, policy):
    agent, found = flow_of("klyubin", horizon, policy)
    ends = {state: i for i, states in enumerate(found.attractors) for state in states.tolist()}
    several = set()
    for start, basin in zip(found.emap.states.tolist(), found.basin.tolist(), strict=True):
        for seed in range(2):
            path = walk(agent, start, 100, np.random.default_rng(seed))
            end = ends[int(path.states[-1])]
            if basin == EITHER:
                several.add(end)
            else:
                assert end == basin
    assert (len(several) > 1) == (EITHER in found.basin)


def test_the_classic_maze_has_three_hills_at_three_steps_and_one_at_five():
    _, three = flow_of("klyubin", 3)
    assert three.basin_sizes.tolist() == [46, 27, 20]
    assert [three.cells(i) for i in range(3)] == [
        [(7, 5), (7, 6)],
        [(1, 5), (1, 6)],
        [(6, 0), (5, 1), (6, 1), (7, 1)],
    ]
    assert (three.basin == EITHER).sum() == 7
    _, five = flow_of("klyubin", 5)
    assert five.basin_sizes.tolist() == [100]
    assert five.cells(0) == [(5, 5)]
    assert five.low[0] == five.high[0] == five.emap.bits.max()


@settings(max_examples=30)
@given(mazes(max_side=4), options(), st.sampled_from(("greedy", "soft", "plan")))
def test_every_start_is_in_a_basin_or_in_several(maze, options, policy):
    agent, found = flow_of(maze, 1, policy, **options)
    world = agent.world
    counts = found.basin_sizes
    assert counts.sum() + (found.basin == EITHER).sum() == len(found.basin) == len(maze.cells)
    assert (np.diff(counts) <= 0).all()
    members = np.concatenate(found.attractors)
    assert len(set(members.tolist())) == len(members)
    for states in found.attractors:  # which nothing leaves, and which hold together
        ahead = world.successors[states, :, 0][agent.preferred_actions(states)]
        assert set(ahead.tolist()) <= set(states.tolist())
        assert len(states) == 1 or len(set(ahead.tolist())) == len(states)


def test_the_likeliest_is_followed_and_not_what_a_slip_might_do():
    _, sure = flow_of("room", 2)
    _, slippery = flow_of("room", 2, slip=0.2)
    np.testing.assert_array_equal(sure.basin, slippery.basin)


def test_a_trap_keeps_what_starts_in_it():
    _, found = flow_of(parse_maze("....\n.T..\n...."), 2, slip=0.1)
    trap = next(i for i in range(len(found.attractors)) if found.cells(i) == [(1, 1)])
    assert found.basin_sizes[trap] == 1
    assert found.low[trap] == 0


def test_soft_flows_as_greed_does():
    for slip in (0.0, 0.1):
        one, other = (flow_of("klyubin", 2, policy, slip=slip)[1] for policy in ("greedy", "soft"))
        np.testing.assert_array_equal(one.basin, other.basin)
        assert (other.action_probabilities > 0).all()


def test_one_start_for_each_cell_where_there_are_headings():
    agent, found = flow_of("room", 2, moves="turn")
    assert len(found.basin) == 121
    bits = agent.bits.reshape(121, 4)
    np.testing.assert_array_equal(found.emap.bits, bits.max(axis=1))
    _, north = flow_of("room", 2, moves="turn", heading="north")
    assert (agent.world.heading[north.emap.states] == 0).all()


def test_what_is_said():
    _, found = flow_of("klyubin", 3)
    assert basin_lines(found) == [
        "1: (7, 5) and (7, 6), 4.52 bits, 46 of 100 starts (46.0%)",
        "2: (1, 5) and (1, 6), 4.39 bits, 27 of 100 starts (27.0%)",
        "3: (6, 0) and 3 more cells, 3.81 bits, 20 of 100 starts (20.0%)",
        "by chance one or another, 7 of 100 starts (7.0%)",
    ]
    _, many = flow_of("halls", 5)
    lines = basin_lines(many)
    assert lines[10].startswith(f"and {len(many.attractors) - 10} more, ")
    said = [int(line.split(" of 1912 starts")[0].split()[-1]) for line in lines]
    assert sum(said) == 1912
    _, noisy = flow_of("room", 2, slip=0.1)
    assert basin_lines(noisy)[0] == "where every cell leads, if it never slips:"
    assert "bits, within " in basin_lines(noisy)[1]


# The figure


def test_colours_are_those_of_basins():
    _, found = flow_of("klyubin", 3)
    left, right = draw_flow(found).axes[:2]
    np.testing.assert_array_equal(
        left.collections[0].get_array().reshape(10, 10), found.emap.grid()
    )
    mesh = right.collections[0]
    mesh.update_scalarmappable()
    drawn = [to_hex(color) for color in mesh.get_facecolors()]
    wanted = [
        COLORS[i] if i >= 0 else to_hex(EITHER_COLOR) for i in basin_grid(found).astype(int).flat
    ]
    assert drawn == wanted
    (hatched,) = parts(right, "either")
    assert len(hatched.get_paths()) == 7
    middles = {tuple(path.vertices[:4].mean(axis=0)) for path in hatched.get_paths()}
    rows, cols = np.nonzero(basin_grid(found) == EITHER)
    assert middles == set(zip(*found.world.maze.xy(rows, cols), strict=True))
    numbers = {text.get_text(): text.get_position() for text in parts(right, "attractor")}
    assert sorted(numbers) == ["1", "2", "3"]
    for number, place in numbers.items():
        assert place in found.cells(int(number) - 1)
    labels = [text.get_text() for text in right.get_legend().get_texts()]
    assert labels == ["1: 46%", "2: 27%", "3: 20%", "by chance: 7%"]


def test_colours_of_basins_side_by_side_differ_where_they_are_many():
    _, found = flow_of("halls", 10)
    assert len(found.attractors) > len(COLORS)
    colors = basin_colors(found)
    assert set(colors) == set(COLORS)
    grid = basin_grid(found)
    beside = 0
    for one, other in ((grid[1:], grid[:-1]), (grid[:, 1:], grid[:, :-1])):
        meet = (one != other) & (one >= 0) & (other >= 0)
        for i, j in zip(one[meet].astype(int), other[meet].astype(int), strict=True):
            assert colors[i] != colors[j]
            beside += 1
    assert beside > 50


def test_the_colours_are_told_apart_by_those_who_do_not_see_red_or_green():
    """Distances in CIELAB of what deuteranopes and protanopes see (Machado et al. 2009)."""
    kinds = {
        "deuteranopia": [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ],
        "protanopia": [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ],
    }
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    rgb = np.array([to_rgb(color) for color in COLORS[:5]])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    for matrix in (np.eye(3), *map(np.array, kinds.values())):
        xyz = np.clip(linear @ matrix.T, 0, 1) @ to_xyz.T / (to_xyz.sum(axis=1))
        x, y, z = np.cbrt(xyz).T
        lab = np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=1)
        apart = np.linalg.norm(lab[:, None] - lab[None], axis=2)[np.triu_indices(5, 1)]
        assert apart.min() > 9


def test_arrows_point_where_the_policy_goes():
    agent, found = flow_of("klyubin", 3)
    left = draw_flow(found).axes[0]
    (arrows,), (rings,) = parts(left, "arrows"), parts(left, "stays")
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
    (arrows,) = parts(left, "arrows")
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


@pytest.mark.parametrize(
    ("shape", "width"),
    [
        *(((1, 1), "column"), ((3, 40), "column"), ((40, 3), "column"), ((11, 11), "column")),
        *(((1, 1), None), ((40, 3), None), ((11, 11), "page")),
    ],
)
def test_nothing_is_clipped_and_nothing_is_too_small(shape, width):
    _, found = flow_of(Maze(np.ones(shape)), 3)
    with look(None, width) as inches:
        figure = draw_flow(found, width=inches)
        assert_inside(figure)
    texts = figure.findobj(lambda a: hasattr(a, "get_fontsize"))
    assert min(text.get_fontsize() for text in texts if text.get_text()) >= 6


# The command


def test_the_command_draws_and_tells(folder):  # noqa: F811
    result = run("klyubin", "-n", 5, "--starts", "all")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines() == [
        "figures/klyubin-h5-flow.png",
        "1: (5, 5), 5.52 bits, 100 of 100 starts (100.0%)",
    ]
    before = (folder / "figures" / "klyubin-h5-flow.png").read_bytes()
    assert run("klyubin", "-n", 5, "--starts", "all").stdout == result.stdout
    assert (folder / "figures" / "klyubin-h5-flow.png").read_bytes() == before


def test_the_command_with_boxes_noise_and_gymnasium(folder):  # noqa: F811
    (folder / "push.txt").write_text(".$...\n#....\n#....\n")
    for words in (["push.txt"], ["push.txt", "--slip", "0.1"], ["gym:FrozenLake-v1"]):
        result = run(*words, "-n", 2, "--starts", "all", "--policy", "plan", "-o", "f.svg")
        assert result.exit_code == 0, result.stderr
        assert result.stdout.startswith(("f.svg\n1: ", "f.svg\nwhere every cell leads, if"))
    ways = CliRunner().invoke(app, ["walk", "--help"]).stdout
    assert "--starts" in ways


def test_where_the_boxes_are_tells_attractors_of_one_cell_apart(folder):  # noqa: F811
    (folder / "push.txt").write_text("#########\n#S$.....#\n###.#.#.#\n#.......#\n#########\n")
    lines = run("push.txt", "-n", 4, "--starts", "all").stdout.splitlines()[1:]
    places = [line.split(" bits")[0].rpartition(", ")[0].partition(": ")[2] for line in lines]
    assert "(2, 2), box at (1, 2)" in places
    assert "(2, 2), box at (3, 2)" in places
    assert len(set(places)) == len(places)
