"""What an agent that does not know the walls believes, does, and how its map comes to be right."""

import math
from itertools import combinations, pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image
from support.strategies import mazes
from typer.testing import CliRunner

from gridemp import GridempError, Maze, World, empowerment, load_maze, parse_maze
from gridemp.agents.belief import digamma, expected_information, prior_belief
from gridemp.agents.exploration import Explorer, action_values, explore
from gridemp.agents.exploration_record import CLOSE, Update, differences
from gridemp.cli.main import app
from gridemp.engine.channel import window
from gridemp.engine.map import EmpowermentMap
from gridemp.render.artists.belief import AGENT_COLOR, draw_difference_curve
from gridemp.render.figures.exploration import learning_figure, moments_of
from gridemp.render.films.exploration import frame_steps, learning_frames, save_learning
from gridemp.render.layout.style import look
from gridemp.render.saving import save_figure
from gridemp.report.exploration_text import exploration_lines
from gridemp.worlds.noise import slip_kernel

SMALL = parse_maze(
    """
+-+-+-+-+
|   |   |
+ + + +-+
| |     |
+ +-+ + +
|     | |
+-+ + + +
|   |   |
+-+-+-+-+
"""
)


@pytest.fixture(scope="module")
def walk():
    world = World.from_maze(SMALL)
    return explore(Explorer(world, 2), 5, 60, np.random.default_rng(0))


def true_edges(maze, torus=""):
    """Where a move works, to the east and to the south, by walking: shape (2, H, W)."""
    world = World.from_maze(maze, torus=torus)
    index = np.full(maze.shape, -1)
    index[maze.floor] = np.arange(maze.floor.sum())
    works = np.zeros((2, *maze.shape), dtype=bool)
    for (row, col), state in np.ndenumerate(index):
        for way, action in enumerate(("east", "south")):
            if state >= 0:
                reached = world.successors[state, world.actions.index(action), 0]
                works[way, row, col] = reached != state
    return works


# --- what is believed ---


@pytest.mark.parametrize(("x", "value"), [(1, -0.5772156649015329), (0.5, -1.9635100260214235)])
def test_digamma_has_its_known_values(x, value):
    assert digamma(x) == pytest.approx(value, abs=1e-11)


def test_digamma_is_the_slope_of_the_log_gamma_function():
    x = np.geomspace(0.01, 300, 40)
    h = 1e-5 * x
    slope = [(math.lgamma(a + d) - math.lgamma(a - d)) / (2 * d) for a, d in zip(x, h, strict=True)]
    np.testing.assert_allclose(digamma(x), slope, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize(("works", "fails"), [(0.5, 0.5), (1, 1), (0.5, 3.5), (7.25, 1.5), (40, 2)])
def test_what_a_look_tells_is_the_integral_over_all_that_an_edge_may_be(works, fails):
    # P = sin(t)^2 takes the poles at both ends out of the density.
    t = (np.arange(200_000) + 0.5) * (np.pi / 2) / 200_000
    p = np.sin(t) ** 2
    density = 2 * np.sin(t) ** (2 * works - 1) * np.cos(t) ** (2 * fails - 1)
    density /= density.sum()

    def h(q):
        return -q * np.log2(q) - (1 - q) * np.log2(1 - q)

    expected = h(density @ p) - density @ h(p)
    assert expected_information(works, fails) == pytest.approx(expected, abs=1e-6)


def test_a_wall_that_does_not_flicker_is_worth_one_bit_once():
    assert expected_information(1e-9, 1e-9) == pytest.approx(1, abs=1e-7)
    assert expected_information(1 + 1e-9, 1e-9) == pytest.approx(0, abs=1e-7)


@given(st.integers(0, 50), st.integers(0, 50), st.floats(1e-4, 10))
def test_a_look_tells_no_less_than_nothing_and_no_more_than_its_outcome(works, fails, prior):
    a, b = prior / 2 + works, prior / 2 + fails
    p = a / (a + b)
    assert 0 <= expected_information(a, b) <= -p * math.log2(p) - (1 - p) * math.log2(1 - p) + 1e-9


def test_the_chance_of_an_edge_is_the_mean_of_its_beta():
    belief = prior_belief(World.from_maze(SMALL), prior=0.5)
    edge = int(belief.grid.edge[5, 1])  # east of row 1, column 1
    for worked in (True, True, False):
        belief = belief.after(edge, worked)
    p = (np.arange(1_000_000) + 0.5) / 1_000_000
    density = p ** (2.25 - 1) * (1 - p) ** (1.25 - 1)
    mean = density @ p / density.sum()
    assert belief.open_probabilities[0, 1, 1] == pytest.approx(mean, abs=1e-4)
    assert (belief.works.sum(), belief.fails.sum()) == (2, 1)
    others = belief.has_edge.copy()
    others[0, 1, 1] = False
    assert (belief.open_probabilities[others] == 0.5).all()
    assert (belief.open_probabilities[~belief.has_edge] == 0).all()


@pytest.mark.parametrize("torus", ["", "x", "y", "xy"])
def test_edges_are_those_between_neighbours(torus):
    world = World.from_maze(Maze(np.ones((3, 4))), torus=torus)
    belief = prior_belief(world)
    rows, columns = 3 * (4 if "x" in torus else 3), 4 * (3 if "y" in torus else 2)
    assert belief.has_edge.sum() == rows + columns
    for place, (row, col) in enumerate(world.maze.cells):
        for a, (drow, dcol) in enumerate([(-1, 0), (0, 1), (1, 0), (0, -1)]):
            reached = int(world.successors[place, a, 0])
            edge = belief.grid.edge[place, a]
            assert belief.grid.beside[place, a] == reached
            assert (edge >= 0) == (reached != place)
            back = belief.grid.edge[reached, (a + 2) % 4]
            assert edge < 0 or back == edge
            if edge >= 0:
                assert divmod(reached, 4) == ((row + drow) % 3, (col + dcol) % 4)


@pytest.mark.parametrize("torus", ["", "x", "xy"])
@pytest.mark.parametrize("stay", [True, False])
@pytest.mark.parametrize("noise", [(0, "uniform"), (0.3, "uniform"), (0.2, "perpendicular")])
def test_the_believed_world_is_the_mixture_over_actions_and_walls(torus, stay, noise):
    slip, kind = noise
    world = World.from_maze(SMALL, stay=stay, slip=slip, slip_kind=kind, torus=torus)
    belief = prior_belief(world, prior=0.7)
    rng = np.random.default_rng(3)
    for edge in rng.choice(np.flatnonzero(belief.has_edge), 40):
        belief = belief.after(int(edge), bool(rng.random() < 0.4))
    actions = ["north", "east", "south", "west"] + ["stay"] * stay
    kernel = slip_kernel(tuple(actions), slip, kind)
    expected = np.zeros((16, len(actions), 16))
    for s in range(16):
        row, col = divmod(s, 4)
        offsets = [(-1, 0), (0, 1), (1, 0), (0, -1), (0, 0)]
        for b, (drow, dcol) in enumerate(offsets[: len(actions)]):
            to_row, to_col = row + drow, col + dcol
            inside = ("y" in torus or 0 <= to_row < 4) and ("x" in torus or 0 <= to_col < 4)
            place = (to_row % 4, to_col % 4)
            p = 0.0
            if inside and b < 4:  # the edge is written at the western or northern of its cells
                west = (row, col) if dcol > 0 or drow > 0 else place
                way = 0 if dcol else 1
                works, fails = belief.works[way][west], belief.fails[way][west]
                p = (0.35 + works) / (0.7 + works + fails)
            for a in range(len(actions)):
                expected[s, a, place[0] * 4 + place[1]] += kernel[a, b] * p
                expected[s, a, s] += kernel[a, b] * (1 - p)
    believed = belief.world()
    found = np.zeros_like(expected)
    s, a, _ = np.ogrid[:16, : len(actions), :1]
    np.add.at(found, (s, a, believed.successors), believed.probabilities)
    np.testing.assert_allclose(found, expected, atol=1e-15)
    believed.normalised()


@pytest.mark.parametrize("horizon", [1, 3])
@pytest.mark.parametrize("name", ["small", "solid"])
def test_with_all_walls_seen_and_hardly_a_prior_the_map_is_the_true_one(horizon, name):
    maze = SMALL if name == "small" else parse_maze("....\n.#..\n..#.\n....")
    world = World.from_maze(maze)
    belief = prior_belief(world, prior=1e-9)
    for edge, works in enumerate(true_edges(maze).ravel()):
        if belief.has_edge.ravel()[edge]:
            belief = belief.after(edge, bool(works))
    found = empowerment(belief.world(), horizon).grid()[maze.floor]
    np.testing.assert_allclose(found, empowerment(world, horizon).bits, atol=1e-5)


def test_the_believed_maze_has_the_walls_that_are_more_likely_than_not(walk):
    assert walk.settled() is not None
    believed = walk.map(walk.steps).world.maze
    assert believed == Maze(SMALL.floor, SMALL.wall_right, SMALL.wall_below)
    open_maze = walk.map(0).world.maze  # at 1 : 1, it has none
    assert not open_maze.wall_right.any()
    assert not open_maze.wall_below.any()


@pytest.mark.parametrize("torus", ["", "x", "xy"])
@pytest.mark.parametrize("horizon", [1, 2, 3])
@pytest.mark.parametrize("slip", [0.0, 0.2])
def test_an_edge_bears_on_the_windows_that_change_with_it_and_no_others(torus, horizon, slip):
    maze = Maze(np.ones((5, 6)))
    belief = prior_belief(World.from_maze(maze, torus=torus, slip=slip))
    before = belief.world()
    for edge in np.flatnonzero(belief.has_edge)[::7].tolist():
        after = belief.after(edge, worked=True).world()
        changed = [
            place
            for place in range(30)
            if window(before, place, horizon).key() != window(after, place, horizon).key()
        ]
        assert belief.affected_places(edge, horizon).tolist() == changed


# --- walks ---


@settings(max_examples=6)
@given(
    mazes(max_side=3),
    st.sampled_from(["", "x", "xy"]),
    st.sampled_from([0.0, 0.1]),
    st.integers(1, 2),
    st.integers(0, 99),
)
def test_what_is_computed_step_by_step_is_what_is_computed_anew(maze, torus, slip, horizon, seed):
    world = World.from_maze(maze, torus=torus, slip=slip)
    rng = np.random.default_rng(seed)
    walk = explore(Explorer(world, horizon, tol=1e-7), int(rng.integers(len(world.cell))), 8, rng)
    edges = true_edges(maze, torus)
    for step in (0, 5, 8):
        emap, belief = walk.map(step), walk.belief(step)
        anew = empowerment(belief.world(), horizon, tol=1e-7)
        np.testing.assert_allclose(emap.bits, anew.bits, atol=2e-7)
        assert emap.gap.max() <= 1e-7
        assert not (belief.works[~edges]).any()
        assert not (belief.fails[edges]).any()
        tries = belief.works.sum() + belief.fails.sum()
        assert tries == (walk.tried[:step] >= 0).sum()
        off = np.abs(emap.grid() - walk.truth.grid())[walk.reachable]
        assert off.max() - 1e-12 <= walk.max_difference[step] <= off.max() + 1e-6
        assert off.mean() - 1e-12 <= walk.mean_difference[step] <= off.mean() + 1e-6
    # The path keeps to the maze.
    index = {tuple(place): i for i, place in enumerate(maze.cells.tolist())}
    for before, after in pairwise(walk.path.tolist()):
        assert index[tuple(after)] in world.successors[index[tuple(before)]]


def test_a_plan_is_the_fixed_point_of_its_equation():
    world = prior_belief(World.from_maze(SMALL)).world()
    rng = np.random.default_rng(0)
    bits, bonus = rng.random(16), rng.random((16, 5))
    gains, _ = action_values(world, bits, bonus, np.zeros(16))
    P = np.zeros((16, 5, 16))
    s, a, _ = np.ogrid[:16, :5, :1]
    np.add.at(P, (s, a, world.successors), world.probabilities)
    policy = gains.argmax(axis=1)
    chosen = np.arange(16), policy
    reward = P @ bits + bonus
    values = np.linalg.solve(np.eye(16) - 0.98 * P[chosen], reward[chosen])
    own = reward + 0.98 * P @ values
    np.testing.assert_array_less(own.max(axis=1), values + 1e-6)  # no action is better
    np.testing.assert_allclose(own - own.max(), gains - gains.max(), atol=1e-6)


@pytest.mark.parametrize("seed", range(2))
def test_the_map_comes_to_be_the_true_one(seed):
    walk = explore(Explorer(World.from_maze(SMALL), 2), seed, 60, np.random.default_rng(seed))
    settled = walk.settled()
    assert 24 <= settled <= 60  # there are 24 edges to look at
    assert walk.max_difference[settled - 1] > CLOSE >= walk.max_difference[settled:].max()
    assert walk.untried() == 0
    final = empowerment(walk.belief(walk.steps).world(), 2)
    assert np.abs(final.bits - walk.truth.bits).max() <= CLOSE


def test_then_empowerment_alone_draws_it_to_the_peak():
    explorer = Explorer(World.from_maze(Maze(np.ones((3, 3)))), 1)
    for seed in range(3):
        walk = explore(explorer, 3 * seed, 40, np.random.default_rng(seed))
        assert walk.settled() is not None
        assert walk.path[-1].tolist() == [1, 1]  # the only cell with 5 outcomes
        assert (walk.tried[-5:] == -1).all()


def test_a_larger_prior_takes_more_looks():
    world = World.from_maze(parse_maze("..\n.."))
    taken = [
        explore(Explorer(world, 1, prior=prior), 0, 40, np.random.default_rng(0)).settled()
        for prior in (1e-4, 1e-2)
    ]
    assert 4 <= taken[0] < taken[1]


def test_without_curiosity_it_stays_with_the_first_that_is_good_enough():
    explorer = Explorer(World.from_maze(load_maze("klyubin")), 1, curiosity=0.0)
    for seed in range(3):
        walk = explore(explorer, 50, 30, np.random.default_rng(seed))
        assert walk.settled() is None
        assert walk.untried() > 160
        assert (walk.tried[-15:] == -1).all()
        assert walk.max_difference[-1] > 1


@pytest.mark.parametrize(("kind", "torus"), [("uniform", ""), ("perpendicular", "xy")])
def test_it_learns_in_slippery_worlds_too(kind, torus):
    maze = parse_maze("..#\n...")
    world = World.from_maze(maze, slip=0.2, slip_kind=kind, torus=torus)
    walk = explore(Explorer(world, 1), 0, 50, np.random.default_rng(1))
    assert walk.settled() is not None
    np.testing.assert_allclose(walk.map(50).grid()[maze.floor], walk.truth.bits, atol=CLOSE)
    assert walk.map(50).world.conditions == world.conditions


def test_what_it_cannot_get_to_does_not_count():
    maze = parse_maze("..#.\n..##")
    walk = explore(Explorer(World.from_maze(maze), 1), 0, 40, np.random.default_rng(0))
    assert walk.reachable.tolist() == [[True, True, False, False]] * 2
    assert walk.settled() is not None
    assert walk.untried() == 0
    assert np.isnan(walk.difference(40)[0, 3])
    assert "wherever it can get to" in exploration_lines(walk)[0]


def test_a_cell_alone_needs_no_steps():
    world = World.from_maze(Maze(np.ones((1, 1))))
    walk = explore(Explorer(world, 2), 0, 2, np.random.default_rng(0))
    assert (walk.settled(), walk.untried(), walk.max_difference.max()) == (0, 0, 0)


def test_the_same_seed_walks_the_same_way_and_others_do_not():
    explorer = Explorer(World.from_maze(SMALL), 1)
    walks = [explore(explorer, 5, 12, np.random.default_rng(seed)) for seed in (0, 0, 1)]
    paths = [walk.path.tolist() for walk in walks]
    assert paths[0] == paths[1] != paths[2]


REFUSED = [
    ({"moves": "king"}, "nesw", "moves"),
    ({"moves": "turn"}, "nesw", "moves"),
    ({"sensor": "row"}, "state", "sensor"),
]


@pytest.mark.parametrize(("world_options", "word", "other"), REFUSED)
def test_other_worlds_are_refused(world_options, word, other):
    with pytest.raises(GridempError, match=f"{other}.*{word}"):
        prior_belief(World.from_maze(SMALL, **world_options))


@pytest.mark.parametrize("letter", list("T$B~^"))
def test_objects_but_for_marks_are_refused(letter):
    with pytest.raises(GridempError, match="objects such as"):
        prior_belief(World.from_maze(parse_maze(f"S.{letter}\n..G")))
    assert prior_belief(World.from_maze(parse_maze("S..\n..G"))).maze.objects == {
        (0, 0): "S",
        (1, 2): "G",
    }


def test_a_world_that_slips_here_and_not_there_is_refused():
    table = World.from_maze(SMALL, slip=0.2)
    chances = np.array(table.probabilities)
    chances[3] = np.eye(5)
    uneven = World(SMALL, table.actions, table.successors, chances, table.sensor, table.cell)
    with pytest.raises(GridempError, match="everywhere alike"):
        prior_belief(uneven)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"prior": 0.0}, "strength"),
        ({"prior": math.nan}, "strength"),
        ({"curiosity": -1.0}, "curiosity"),
        ({"curiosity": math.inf}, "curiosity"),
        ({"steps": 0}, "`steps` is the number"),
        ({"horizon": 0}, "horizon"),
        ({"horizon": 40}, "lower the horizon"),
        ({"tol": 0.0}, "tol"),
    ],
)
def test_numbers_out_of_range_are_refused(arguments, message):
    steps = arguments.pop("steps", 3)
    with pytest.raises(GridempError, match=message):
        explore(Explorer(World.from_maze(SMALL), **{"horizon": 1} | arguments), 0, steps, None)


def test_how_long_it_takes_is_told():
    world = World.from_maze(load_maze("klyubin"))
    explorer = Explorer(world, 3)
    assert 5 < explorer.expected_seconds(300) < 60
    with pytest.raises(GridempError, match="`steps` is the number"):
        explorer.expected_seconds(0)
    with pytest.raises(GridempError, match="lower the horizon"):
        Explorer(world, 400)


# --- how it is drawn ---


def artists(ax, gid):
    return [artist for artist in ax.findobj() if artist.get_gid() == gid]


@pytest.fixture(scope="module")
def drawn(walk):
    with look(width="page") as width:
        figure = learning_figure(walk, width=width, moments=[0, 20, 60])
        FigureCanvasAgg(figure).draw()
    return figure


def test_walls_are_as_opaque_as_the_belief_in_them(walk, drawn):
    beliefs = drawn.axes[:3]
    for ax, step in zip(beliefs, (0, 20, 60), strict=True):
        belief = walk.belief(step)
        expected = {}
        for way, row, col in np.argwhere(belief.has_edge).tolist():
            wall = 1 - belief.open_probabilities[way, row, col]
            if 0.02 < wall <= 0.98:
                x, y = col, 3 - row
                ends = [(0.5, -0.5), (0.5, 0.5)] if way == 0 else [(-0.5, -0.5), (0.5, -0.5)]
                expected[tuple((x + dx, y + dy) for dx, dy in ends)] = wall
        found = {}
        for lines in artists(ax, "believed walls"):
            for segment, color in zip(lines.get_segments(), lines.get_colors(), strict=True):
                found[tuple(map(tuple, segment.tolist()))] = color[3]
        assert found == pytest.approx(expected)
    assert len(artists(beliefs[0], "believed walls")[0].get_segments()) == 24
    # Those that are sure are lines like in any map: at the end, all of the true ones.
    last, truth = (artists(ax, "walls")[0].get_segments() for ax in (beliefs[2], drawn.axes[3]))
    assert sorted(map(str, last)) == sorted(map(str, truth))


def test_the_agent_is_where_it_is_and_its_trail_leads_there(walk, drawn):
    for ax, step in zip(drawn.axes[:3], (0, 20, 60), strict=True):
        row, col = walk.path[step]
        (dot,) = artists(ax, "agent")
        assert (dot.get_xdata().tolist(), dot.get_ydata().tolist()) == ([col], [3 - row])
        trail = [line for line in artists(ax, "trail") if len(line.get_segments())]
        assert bool(trail) == (step > 0)
        if trail:
            segments = trail[0].get_segments()
            assert segments[-1][-1].tolist() == [col, 3 - row]
            assert all((a[1] == b[0]).all() for a, b in pairwise(segments))
            opacity = trail[0].get_colors()[:, 3]
            assert (np.diff(opacity) > 0).all()
            assert to_rgba(AGENT_COLOR)[:3] == tuple(trail[0].get_colors()[0][:3])


def test_colours_are_those_of_the_numbers_on_one_scale(walk, drawn):
    axes = drawn.axes
    emaps = [walk.map(step) for step in (0, 20, 60)] + [walk.truth]
    low, high = (f(f(emap.bits) for emap in emaps) for f in (min, max))
    for ax, emap in zip(axes[:4], emaps, strict=True):
        mesh = ax.collections[0]
        np.testing.assert_array_equal(np.asarray(mesh.get_array()), emap.grid())
        assert mesh.get_clim() == (low, high)
    ends = set()
    for ax, step in zip(axes[4:7], (0, 20, 60), strict=True):
        np.testing.assert_array_equal(
            np.asarray(ax.collections[0].get_array()), walk.difference(step)
        )
        ends.add(ax.collections[0].get_clim())
        less = {
            (int(x), 3 - int(y))
            for line in artists(ax, "less")
            for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
        }
        rows, cols = np.nonzero(walk.difference(step) < -CLOSE)
        assert less == set(zip(cols.tolist(), rows.tolist(), strict=True))
    ((below, above),) = ends
    assert -below == above == max(np.abs(walk.difference(step)).max() for step in (0, 20, 60))


def test_intervals_count_with_their_worse_end():
    """True values in [1, 1.5] and [2, 2], believed ones in [1, 1.25] and [2, 3]."""
    world = World.from_maze(parse_maze(".."))
    truth = EmpowermentMap(world, 1, np.array([1.0, 2.0]), np.array([0.5, 0.0]))
    believed = [Update(np.arange(2), np.array([1.0, 2.0]), np.array([0.25, 1.0]))]
    largest, mean = differences(truth, believed, np.ones((1, 2), dtype=bool))
    assert (largest[0], mean[0]) == (1.0, 0.75)


def test_the_curve_is_the_largest_and_the_mean_difference(walk):
    ax = draw_difference_curve(Figure().add_subplot(), walk, [0, 20])
    for name in ("largest", "mean"):
        (line,) = artists(ax, name)
        np.testing.assert_array_equal(line.get_xdata(), np.arange(61))
        np.testing.assert_array_equal(line.get_ydata(), getattr(walk, name))
    (close,) = artists(ax, "close")
    assert set(close.get_ydata()) == {CLOSE}
    (settled,) = artists(ax, "settled")
    assert set(settled.get_xdata()) == {walk.settled()}
    assert settled.get_label() == f"within 0.01 bits\nafter {walk.settled()} steps"
    assert ax.get_yscale() == "log"


@pytest.mark.parametrize(
    ("shape", "width"),
    [
        ((4, 4), None),
        ((4, 4), "column"),
        ((4, 4), "page"),
        ((2, 20), "column"),
        ((20, 2), "page"),
        ((20, 2), "column"),
    ],
)
def test_nothing_is_clipped_and_nothing_overlaps(shape, width, walk):
    if shape != (4, 4):
        world = World.from_maze(Maze(np.ones(shape)))
        walk = explore(Explorer(world, 1), 0, 6, np.random.default_rng(0))
    with look(width=width) as inches:
        figure = learning_figure(walk, width=inches, moments=[0, 6])
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
    if inches is not None:
        assert figure.get_size_inches()[0] == pytest.approx(inches)
        assert figure.get_size_inches()[1] <= 9 + 1e-9
    needed = figure.get_tightbbox(canvas.get_renderer())
    assert (needed.min >= -0.02).all()
    assert (needed.max <= figure.get_size_inches() + 0.02).all()
    groups = [
        [
            ax.get_window_extent(),
            *(axis.get_tightbbox(canvas.get_renderer()) for axis in (ax.xaxis, ax.yaxis)),
            *(text.get_window_extent() for text in ax.findobj(Text) if text.get_text()[:1] == "("),
        ]
        for ax in figure.axes
    ]
    groups.append([figure.legends[0].get_window_extent()])
    for one, other in combinations(groups, 2):
        boxes = [box.padded(-2) for box in one if box], [box.padded(-2) for box in other if box]
        assert not any(a.overlaps(b) for a, b in product(*boxes))
    sizes = [text.get_fontsize() for text in figure.findobj(Text) if text.get_text()]
    assert min(sizes) >= 6


def test_moments_go_from_the_start_to_the_end(walk):
    first, *between, last = moments_of(walk)
    assert (first, last) == (0, walk.steps)
    mean = walk.mean_difference
    gone = (mean[0] - mean[between]) / (mean[0] - mean[-1])
    assert len(between) == 2
    assert ((gone - [1 / 3, 2 / 3] >= -1e-9) & (gone - [1 / 3, 2 / 3] < 0.15)).all()


def test_frames_are_of_one_size_and_change(walk):
    assert frame_steps(walk, most=4) == [0, 20, 40, 60]
    images = list(learning_frames(walk, steps=[0, 60], dpi=40))
    assert len({image.size for image in images}) == 1
    assert len({image.tobytes() for image in images}) == 2


def test_the_same_walk_gives_the_same_bytes(walk, tmp_path):
    figures = []
    for name in ("one.png", "two.png"):
        save_figure(lambda width: learning_figure(walk, width=width, moments=[9]), tmp_path / name)
        figures.append((tmp_path / name).read_bytes())
    assert figures[0] == figures[1]
    for name in ("one.gif", "two.gif"):
        save_learning(walk, tmp_path / name, dpi=30, steps=[60], description="made so")
    assert (tmp_path / "one.gif").read_bytes() == (tmp_path / "two.gif").read_bytes()
    with Image.open(tmp_path / "one.gif") as film:
        assert film.info["comment"] == b"made so"


def test_a_page_says_how_far_off_it_is(walk, tmp_path):
    save_learning(walk, tmp_path / "walk.html", dpi=30, steps=[0, 60])
    page = (tmp_path / "walk.html").read_text()
    assert page.count("<img") == 2
    assert f"after 60 steps: at most {walk.max_difference[60]:.3f} bits off" in page


def test_other_suffixes_and_speeds_are_refused(walk, tmp_path):
    with pytest.raises(GridempError, match=r"must end in \.gif"):
        save_learning(walk, tmp_path / "walk.png")
    with pytest.raises(GridempError, match="a frame is shown"):
        save_learning(walk, tmp_path / "walk.gif", seconds_per_frame=0)


# --- the command ---


def go(tmp_path, *words, start="1,2", steps=25):
    """What the command prints, line by line, and what it says is wrong."""
    (tmp_path / "small.txt").write_text("..#\n..#\n...\n")
    fixed = ["--learn", "--start", start, "--steps", steps, "--dpi", 50, "--horizon", 1]
    result = CliRunner().invoke(
        app, [str(word) for word in ("walk", tmp_path / "small.txt", *fixed, *words)]
    )
    assert result.exit_code == bool(result.stderr)
    return result.stdout.splitlines(), result.stderr


def test_the_command_draws_and_says_how_it_went(tmp_path):
    lines, _ = go(tmp_path, "-o", tmp_path / "out.png")
    assert lines[0] == str(tmp_path / "out.png")
    assert lines[1].startswith("within 0.01 bits of the true map everywhere after ")
    assert lines[2].endswith(" moves tried; 0 edges never tried")
    assert lines[3].startswith("at the end: x = ")
    with Image.open(tmp_path / "out.png") as image:
        assert image.width > 300


def test_the_command_says_how_far_it_still_is_and_animates(tmp_path):
    lines, _ = go(tmp_path, "-o", tmp_path / "out.gif", "--seconds", 0.5, steps=2)
    assert lines[0].endswith("out.gif")
    assert lines[1].startswith("after 2 steps still up to 1.")
    assert lines[1].endswith(" bits from the true map")
    assert int(lines[2].split("; ")[1].split()[0]) >= 8
    with Image.open(tmp_path / "out.gif") as film:
        assert film.n_frames == 3
        assert film.info["duration"] == 500


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--start", "2,2"], "the cell x = 2, y = 2 of small is solid"),
        (["--start", "0,3"], "there is no cell x = 0, y = 3"),
        (["--prior", "much"], "--prior needs a number"),
        (["--prior", "0"], "--prior is the strength of a prior, a positive number"),
        (["--curiosity", "1e"], "--curiosity needs"),
        (["--seconds", "-1", "-o", "out.gif"], "a frame is shown"),
        (["--bounds"], "leave out --bounds"),
        (["--source", "uniform"], "leave out --source"),
        (["--moves", "king"], "let --moves be nesw"),
        (["--output", "out.txt"], "must end in"),
        (["--starts", "all"], "leave out --starts"),
        (["--heading", "north"], "leave out --heading"),
        (["--tol", "0"], "--tol must be a positive number"),
        (["--curiosity", "-1"], "--curiosity is a number of bits, 0 or more"),
        (["--steps", "0"], "steps"),
        (["--steps", "1000000"], "steps"),
        (["--policy", "plan"], "leave out --policy"),
    ],
)
def test_what_cannot_be_is_refused_before_any_work(tmp_path, monkeypatch, words, message):
    monkeypatch.chdir(tmp_path)
    lines, wrong = go(tmp_path, *words, steps=500)
    assert lines == []
    assert message in wrong
    assert len(wrong.splitlines()) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["small.txt"]


def test_only_who_learns_has_a_prior(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for option in ("--prior", "--curiosity"):
        words = ["walk", "room", "--horizon", "1", "--start", "0,0", option, "1"]
        result = CliRunner().invoke(app, words)
        assert result.exit_code == 1
        assert f"leave out {option}" in result.stderr
