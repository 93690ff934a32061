"""The figure of a cell: outcomes, arrows, channel."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

import gridemp
from gridemp import Maze, World, load_maze
from gridemp.analysis.cell import cell_source
from gridemp.mazes.maze import OBJECTS
from gridemp.render.artists.action_arrows import BLOCKED, LONGEST, RING, SPILL
from gridemp.render.artists.maze_axes import cell_points
from gridemp.render.artists.walls_and_objects import wall_segments
from gridemp.render.figures.cell import cell_figure, draw_source
from gridemp.render.layout.style import look
from gridemp.report.cell_text import drawing


def world_of(name, **options):
    return World.from_maze(load_maze(name), **options)


def test_what_the_title_says():
    source = cell_source(world_of("klyubin"), 5, 5, 2)
    heading, _ = cell_figure(source).texts[0].get_text().split("\n", 1)
    assert heading == "klyubin, x = 5, y = 5, horizon 2, no noise"
    assert "3.5850 bits, 12 outcomes" in draw_source(source).get_title()
    king = cell_source(world_of("klyubin", moves="king"), 5, 5, 2)
    assert draw_source(king).get_title().endswith("longest arrow: southwest 18.6%")


def parts(ax, gid):
    return [a for a in (*ax.patches, *ax.collections, *ax.texts) if a.get_gid() == gid]


def test_colours_and_arrows():
    source = cell_source(world_of("klyubin", slip=0.1), 5, 5, 3)
    ax = draw_source(source, title=False)
    drawn = ax.collections[0].get_array().reshape(10, 10)
    np.testing.assert_array_equal(drawn.filled(np.nan), source.grid())
    assert ax.collections[0].get_clim() == (0, np.nanmax(source.grid()))
    arrows = parts(ax, "first action")
    tips = np.array([a._posA_posB[1] for a in arrows]) - [5, 5]
    along = np.array([[0, 1], [1, 0], [0, -1], [-1, 0]])  # north, east, south, west
    lengths = (tips * along).sum(axis=1)
    np.testing.assert_allclose(lengths[:, None] * along, tips, atol=1e-12)
    unit = lengths.max() / source.first_actions.max()
    np.testing.assert_allclose(lengths, unit * source.first_actions[:4])
    (ring,) = parts(ax, "first action stay")
    np.testing.assert_allclose(ring.get_radius(), RING * unit * source.first_actions[4])
    (frame,) = parts(ax, "start")
    np.testing.assert_allclose(np.add(frame.get_xy(), frame.get_width() / 2), [5, 5])


def test_blocked_moves_are_short_and_hollow():
    source = cell_source(World.from_maze(Maze(np.ones((1, 3)))), 0, 0, 1)
    ax = draw_source(source, title=False)
    blocked = parts(ax, "first action blocked")
    (east,) = parts(ax, "first action")
    unit = east._posA_posB[1][0] / source.first_actions[1]
    assert unit > 0 == east._posA_posB[1][1]
    weights = source.first_actions[[0, 2, 3]]  # north, south, west
    along = np.array([[0, 1], [0, -1], [-1, 0]])
    tips = [a._posA_posB[1] for a in blocked]
    np.testing.assert_allclose(tips, BLOCKED * unit * weights[:, None] * along, atol=1e-12)
    assert all(a.get_facecolor()[:3] == (1, 1, 1) for a in blocked)
    assert east.get_facecolor()[:3] == (0, 0, 0)


@pytest.mark.parametrize(("heading", "left", "ahead"), [("north", -1, 1j), ("east", 1j, 1)])
def test_turns_are_bent_to_their_side(heading, left, ahead):
    source = cell_source(world_of("room", moves="turn"), 5, 5, 2, heading=heading)
    ax = draw_source(source, title=False)
    tips = {}
    for action in ("left", "right"):
        (arrow,) = parts(ax, f"first action {action}")
        tips[action] = complex(*np.subtract(arrow._posA_posB[1], [5, 5]))
    unit = abs(tips["left"]) / source.first_actions[0]
    np.testing.assert_allclose(tips["left"] / abs(tips["left"]), 0.8 * left + 0.6 * ahead)
    np.testing.assert_allclose(abs(tips["right"]) / source.first_actions[1], unit)
    (forward,) = parts(ax, "first action")
    tip = complex(*np.subtract(forward._posA_posB[1], [5, 5]))
    np.testing.assert_allclose(tip, unit * source.first_actions[2] * ahead, atol=1e-12)


@pytest.mark.parametrize("slip", [0.0, 0.1])
def test_the_graph_has_an_edge_for_each_possible_outcome(slip):
    source = cell_source(world_of("klyubin", slip=slip), 5, 5, 2)
    edges = int((source.channel.probabilities > 0).sum())
    assert source.to_graph().number_of_edges() == edges
    _, ax = cell_figure(source, title=False).axes
    (lines,) = parts(ax, "edges")
    assert len(lines.get_segments()) == edges
    (nodes,) = parts(ax, "sequence")
    weights = source.channel.weights
    np.testing.assert_allclose(nodes.get_sizes() / nodes.get_sizes().max(), weights / weights.max())
    assert {text.get_text() for text in parts(ax, "outcome name")} == set(source.outcome_names())
    heights = [text.xy[1] for text in parts(ax, "sequence name")]
    assert np.diff(sorted(heights)).min() > 0


def test_the_matrix_and_its_weights():
    source = cell_source(world_of("klyubin", slip=0.1), 5, 5, 3)
    _, ax = cell_figure(source, title=False).axes
    drawn = np.asarray(ax.images[0].get_array())
    assert drawn.shape == (125, 21)
    by_name = {name: i for i, name in enumerate(source.outcome_names())}
    order = [by_name[text.get_text()] for text in ax.get_xticklabels()]
    (bars,) = [child for child in ax.child_axes if child.get_gid() == "weights"]
    widths = np.array([path.vertices[:, 0].max() for path in bars.collections[0].get_paths()])
    np.testing.assert_allclose(widths @ drawn, source.probabilities[order], atol=1e-12)
    assert (np.diff(drawn.argmax(axis=1)) >= 0).all()


def test_a_long_channel_is_left_out_and_a_large_maze_is_cut():
    source = cell_source(World.from_maze(Maze(np.ones((60, 70)))), 40, 20, 5)
    (ax,) = cell_figure(source, title=False).axes
    assert ax.get_xlim() == (33.5, 46.5)
    assert ax.get_ylim() == (13.5, 26.5)
    assert all(34 <= tick <= 46 for tick in ax.get_xticks())


def moved(artist, points):
    """Points of an artist in (x, y) of the axes, wherever it is drawn."""
    to_axes = artist.get_transform() - artist.axes.transData
    return to_axes.transform(np.asarray(points).reshape(-1, 2))


def unit_edges(segments):
    """Where walls one cell long have their middles, of segments of any length."""
    middles = set()
    for start, stop in np.asarray(segments).tolist():
        count = round(abs(stop[0] - start[0]) + abs(stop[1] - start[1]))
        for i in range(count):
            part = (i + 0.5) / count
            middle = np.add(np.multiply(start, 1 - part), np.multiply(stop, part))
            middles.add(tuple(np.round(2 * middle) / 2))
    return middles


@pytest.mark.parametrize("torus", ["", "xy"])
@pytest.mark.parametrize(("x", "y"), [(25, 20), (2, 37), (47, 2)])
def test_a_part_is_drawn_as_in_the_whole(x, y, torus):
    random = np.random.default_rng(3)
    thin = (random.random(shape) < 0.2 for shape in ((40, 49), (39, 50)))
    floor = random.random((40, 50)) < 0.9
    row, col = 39 - y, x
    floor[row, col] = True
    objects = dict.fromkeys(map(tuple, np.argwhere(floor)[::7].tolist()), "S")
    maze = Maze(floor, *thin, objects=objects)
    source = cell_source(World.from_maze(maze, torus=torus), x, y, 2)
    ax = draw_source(source, title=False)
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    assert right - left <= 7
    mesh = ax.collections[0]
    corners = moved(mesh, mesh.get_coordinates()[[0, -1], [0, -1]])
    np.testing.assert_allclose(corners, [(left, top), (right, bottom)])
    across = slice(round(left + 0.5), round(right + 0.5))
    up = slice(40 - round(top + 0.5), 40 - round(bottom + 0.5))
    drawn = mesh.get_array().reshape(up.stop - up.start, -1).filled(np.nan)
    np.testing.assert_array_equal(drawn, source.grid()[up, across])
    cut_x, cut_y = ({left, right} - {-0.5, 49.5}, {bottom, top} - {-0.5, 39.5})
    if torus:
        cut_x, cut_y = {left, right}, {bottom, top}
    (walls,) = parts(ax, "walls")
    inside = {
        (u, v)
        for u, v in unit_edges(wall_segments(maze, torus))
        if left <= u <= right and bottom <= v <= top and u not in cut_x and v not in cut_y
    }
    segments = [moved(walls, segment) for segment in walls.get_segments()]
    assert unit_edges(segments) == inside != set()
    (marks,) = (line for line in ax.lines if line.get_gid() == "object S")
    seen = {tuple(place) for place in moved(marks, marks.get_xydata()).round().tolist()}
    near = {maze.xy(*place) for place in objects}
    assert seen == {(u, v) for u, v in near if left < u < right and bottom < v < top} != set()


def test_what_is_drawn_of_a_large_maze_is_small():
    floor = np.random.default_rng(1).random((200, 300)) < 0.6
    floor[95:106, 145:156] = True
    ax = draw_source(cell_source(World.from_maze(Maze(floor)), 150, 100, 3), title=False)
    assert ax.get_xlim() == (145.5, 154.5)
    assert ax.get_ylim() == (95.5, 104.5)
    assert sum(len(each.get_paths()) for each in ax.collections) < 300
    assert len(ax.get_children()) < 40
    assert [int(tick) for tick in ax.get_xticks()] == list(range(146, 155))


def test_arrows_across_an_edge_are_whole_and_end_before_the_ticks():
    source = cell_source(world_of("room", torus="xy"), 0, 0, 2)
    ax = draw_source(source, title=False)
    points = cell_points(ax, (11, 11))
    arrows = parts(ax, "first action")
    tips = np.array([arrow._posA_posB[1] for arrow in arrows])
    assert len(tips) == 4
    assert tips.min() < -0.5
    np.testing.assert_allclose(abs(tips).max(axis=1), 0.5 + SPILL / points)
    gids = ("first action", "first action stay", "start")
    assert not any(patch.get_clip_on() for gid in gids for patch in parts(ax, gid))
    middle = draw_source(cell_source(world_of("room", torus="xy"), 5, 5, 2), title=False)
    lengths = [np.ptp(arrow._posA_posB, axis=0).max() for arrow in parts(middle, "first action")]
    np.testing.assert_allclose(lengths, LONGEST)


@pytest.mark.parametrize(("style", "ink"), [("default", 0.0), ("dark_background", 1.0)])
def test_channels_are_seen_on_any_style(style, ink):
    world = world_of("klyubin", slip=0.1)
    with look(style, None):
        _, graph = cell_figure(cell_source(world, 5, 5, 2), title=False).axes
        _, matrix = cell_figure(cell_source(world, 5, 5, 3), title=False).axes
    (edges,) = parts(graph, "edges")
    np.testing.assert_array_equal(edges.get_colors()[:, :3], ink)
    for kind in ("sequence", "outcome"):
        (nodes,) = parts(graph, kind)
        np.testing.assert_array_equal(nodes.get_edgecolors()[:, :3], ink)
    (bars,) = [child for child in matrix.child_axes if child.get_gid() == "weights"]
    bar = bars.collections[0].get_facecolor()[0, :3]
    np.testing.assert_allclose(bar, 0.35 + 0.3 * ink)
    assert matrix.spines["left"].get_edgecolor()[:3] == (ink, ink, ink)


@pytest.mark.parametrize(
    ("width", "shape", "horizon"),
    [(None, (1, 1), 2), ("column", (3, 40), 2), ("page", (9, 9), 3), ("column", (9, 9), 2)],
)
def test_texts_are_inside_the_figure_and_large_enough(width, shape, horizon):
    height, wide = shape
    source = cell_source(World.from_maze(Maze(np.ones(shape))), wide // 2, height // 2, horizon)
    with look(None, width) as inches:
        figure = cell_figure(source, width=inches)
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        texts = figure.findobj(match=lambda a: hasattr(a, "get_fontsize"))
        seen = [t for t in texts if t.get_text() and t.get_visible()]
        assert len(seen) > 5
        assert min(t.get_fontsize() for t in seen) >= 6
        box = figure.get_tightbbox(canvas.get_renderer())
    assert box.x0 >= -0.02
    assert box.y0 >= -0.02
    assert box.x1 <= figure.get_figwidth() + 0.02
    assert box.y1 <= figure.get_figheight() + 0.02


def test_figures_of_every_object_and_of_other_worlds():
    letters = [letter for letter in OBJECTS if letter != "$"]
    maze = Maze(np.ones((2, 10)), objects={(0, i): letter for i, letter in enumerate(letters)})
    for slip in (0.0, 0.1):
        source = cell_source(World.from_maze(maze, slip=slip), 5, 0, 2)
        text = drawing(source)
        assert len(cell_figure(source, title=False).axes) == 2
        assert all(letter in text for letter in "^>v<")
    graph = gridemp.World.from_transitions(np.eye(3)[[[0, 1], [1, 2], [2, 0]]], actions=["a", "b"])
    ax = draw_source(cell_source(graph, 0, 0, 1), title=False)
    (arrow,) = parts(ax, "first action")
    assert arrow._posA_posB[1][0] > 0
    assert len(parts(ax, "first action stay")) == 1
