"""Maps against graph measures, and against each other: numbers first, then the figures."""

import math
import sys
from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from scipy import stats
from support.strategies import worlds

import gridemp
from gridemp import GridempError, Maze, World, empowerment
from gridemp.analysis.centrality import CENTRALITIES, centrality, centrality_of
from gridemp.analysis.difference import changed_walls, difference
from gridemp.information.correlation import pearson, ranks, spearman
from gridemp.render.artists.difference import difference_limit
from gridemp.render.artists.scatter import draw_scatter
from gridemp.render.figures.compare import compare_figure
from gridemp.render.figures.difference import difference_figure
from gridemp.render.layout.style import look

MINUS = "\N{MINUS SIGN}"
few_numbers = st.lists(st.tuples(st.integers(-3, 3), st.floats(-9, 9)), min_size=2, max_size=20)


@pytest.fixture(scope="module")
def klyubin():
    return World.from_maze(gridemp.load_maze("klyubin"))


def graph_of(world):
    graph = world.to_graph()
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    return graph


def in_order(found):
    return [found[state] for state in range(len(found))]


def opened(maze, row, col):
    """The same maze with the wall to the right of a cell the other way round."""
    right = maze.wall_right.copy()
    right[row, col] ^= True
    return Maze(maze.floor, right, maze.wall_below, name="other")


# Correlations


@given(few_numbers)
def test_correlations_are_those_of_scipy(pairs):
    x, y = np.array(pairs).T.round(6)
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        assert math.isnan(pearson(x, y))
        assert math.isnan(spearman(x, y))
    else:
        assert pearson(x, y) == pytest.approx(stats.pearsonr(x, y).statistic, abs=1e-9)
        assert spearman(x, y) == pytest.approx(stats.spearmanr(x, y).statistic, abs=1e-9)
        np.testing.assert_array_equal(ranks(x), stats.rankdata(x))


def test_rounding_neither_splits_ties_nor_makes_a_constant_vary():
    assert ranks([0.3, 0.1 + 0.2, 1]).tolist() == [1.5, 1.5, 3]
    assert math.isnan(pearson([0.1 + 0.2, 0.3, 0.3], [1, 2, 3]))
    assert pearson([1e200, 2e200, 3e200], [1, 2, 4]) == pytest.approx(pearson([1, 2, 3], [1, 2, 4]))


def test_pairs_without_a_number_are_left_out():
    assert pearson([1, 2, 4, math.nan], [2, 3, 5, 9]) == pytest.approx(1)
    assert spearman([1, 2, 4, 0], [2, 3, 5, math.nan]) == pytest.approx(1)
    assert math.isnan(pearson([], []))
    with pytest.raises(GridempError, match=r"needs pairs; `x` and `y` have shapes"):
        pearson([1, 2], [1, 2, 3])


# Centralities


@pytest.mark.parametrize(
    ("horizon", "correlation"), [(1, -0.45), (2, -0.62), (3, -0.77), (5, -0.93), (10, -0.97)]
)
def test_empowerment_against_distance_on_the_classic_maze(klyubin, horizon, correlation):
    values = centrality(klyubin, "distance")
    assert round(pearson(empowerment(klyubin, horizon).bits, values), 2) == correlation


@settings(max_examples=40)
@given(worlds(slips=(0.0, 0.1)))
def test_measures_are_those_of_networkx(world):
    graph = graph_of(world)
    lengths = dict(nx.all_pairs_shortest_path_length(graph))
    mean = [
        sum(lengths[s].values()) / (len(lengths[s]) - 1) if len(lengths[s]) > 1 else np.nan
        for s in graph
    ]
    expected = {
        "distance": mean,
        "closeness": in_order(nx.closeness_centrality(graph.reverse())),
        "betweenness": in_order(nx.betweenness_centrality(graph)),
        "degree": [graph.out_degree(s) for s in graph],
    }
    for which, values in expected.items():
        np.testing.assert_allclose(centrality(world, which), values, atol=1e-12, err_msg=which)


@pytest.mark.parametrize("name", ["conveyor", "ice"])
@pytest.mark.parametrize("which", ["closeness", "betweenness"])
def test_paths_are_directed(name, which):
    world = World.from_maze(gridemp.load_maze(name))
    graph = graph_of(world)
    measure = {
        "closeness": lambda: nx.closeness_centrality(graph.reverse()),
        "betweenness": lambda: nx.betweenness_centrality(graph),
    }[which]
    np.testing.assert_allclose(centrality(world, which), in_order(measure()), atol=1e-12)


@pytest.mark.parametrize("name", ["klyubin", "conveyor", "spiral"])
def test_the_eigenvector_is_one_and_positive(name):
    world = World.from_maze(gridemp.load_maze(name))
    adjacency = nx.to_numpy_array(graph_of(world), nodelist=range(len(world.cell)), weight=None)
    vector = centrality(world, "eigenvector")
    value = np.linalg.eigvals(adjacency).real.max()
    np.testing.assert_allclose(adjacency @ vector, value * vector, atol=1e-9)
    assert vector.min() >= 0
    assert np.linalg.norm(vector) == pytest.approx(1)


def test_no_one_eigenvector_where_not_all_is_connected():
    world = World.from_maze(gridemp.parse_maze("...#."))
    with pytest.raises(GridempError, match="all reach each other; these are in 2 parts"):
        centrality(world, "eigenvector")


def test_measures_of_headings_count_cells_or_states():
    world = World.from_maze(gridemp.parse_maze(".."), moves="turn")
    degree = centrality(world, "degree")
    assert sorted(degree.tolist()) == [0] * 6 + [1] * 2  # only facing each other is there a way
    graph = graph_of(world)
    closeness = in_order(nx.closeness_centrality(graph.reverse()))
    np.testing.assert_allclose(centrality(world, "closeness"), closeness)


def test_values_of_one_of_several_states_in_a_cell():
    world = World.from_maze(gridemp.load_maze("klyubin"), moves="turn")
    emap, values = empowerment(world, 3), centrality(world, "distance")
    best, north, mean = (emap.one_per_cell(which) for which in ("best", "north", "mean"))
    np.testing.assert_array_equal(centrality_of(emap, values), values)
    np.testing.assert_array_equal(centrality_of(best, values), values[best.states])
    np.testing.assert_array_equal(centrality_of(north, values), values[north.states])
    by_cell = [values[world.cell == cell].mean() for cell in mean.cell]
    np.testing.assert_allclose(centrality_of(mean, values), by_cell)
    own = np.arange(100.0)
    assert centrality_of(best, own) is own
    with pytest.raises(GridempError, match="100 states in this map and values of shape"):
        centrality_of(best, own[:7])


def test_measures_of_a_world_with_boxes_are_those_of_its_starts():
    world = World.from_maze(gridemp.parse_maze("...\n.$.\n..."))
    values = centrality(world, "distance")
    assert values.shape == world.starts.shape
    lengths = nx.single_source_shortest_path_length(graph_of(world), int(world.starts[2]))
    assert values[2] == sum(lengths.values()) / (len(lengths) - 1)


def test_measures_that_cannot_be(klyubin):
    with pytest.raises(GridempError, match="no measure 'size'; use one of distance, closeness"):
        centrality(klyubin, "size")
    world = World.from_maze(gridemp.load_maze("box"), within=2)
    with pytest.raises(GridempError, match="built for 2 steps, not whole"):
        centrality(world, "distance")


@pytest.mark.parametrize("which", ["distance", "betweenness"])
def test_work_in_blocks_tells_how_far_it_is(klyubin, which, monkeypatch):
    whole = centrality(klyubin, which)
    told = []
    monkeypatch.setattr(sys.modules[centrality.__module__], "BLOCK_PAIRS", 1000)
    np.testing.assert_allclose(centrality(klyubin, which, told.append), whole)
    assert len(told) == 12  # of 9 sources each
    assert told == sorted(told)
    assert told[-1] == 1


# Differences


def test_a_difference_is_the_second_less_the_first(klyubin):
    one, other = empowerment(klyubin, 2), empowerment(klyubin, 3)
    apart = difference(one, other)
    np.testing.assert_array_equal(apart.bits, other.grid() - one.grid())
    np.testing.assert_array_equal(apart.lower, apart.upper)
    assert apart.gap == 0


def test_a_difference_is_certified_by_both_intervals():
    maze = gridemp.parse_maze("...\n..#")
    one, other = (empowerment(World.from_maze(maze, slip=slip), 2, tol=1e-2) for slip in (0.1, 0.3))
    truth = [empowerment(World.from_maze(maze, slip=slip), 2, tol=1e-9) for slip in (0.1, 0.3)]
    exact = truth[1].grid() - truth[0].grid()
    apart = difference(one, other)
    floor = maze.floor
    assert (apart.lower[floor] <= exact[floor] + 1e-8).all()
    assert (exact[floor] <= apart.upper[floor] + 1e-8).all()
    assert apart.gap == pytest.approx((one.gap + other.gap).max())
    assert np.isnan(apart.bits[1, 2])


def test_no_difference_where_either_is_solid():
    one, other = (
        empowerment(World.from_maze(gridemp.parse_maze(text)), 1) for text in ("#..", "..#")
    )
    assert np.isnan(difference(one, other).bits).tolist() == [[True, False, True]]


def test_mazes_that_cannot_be_compared(klyubin):
    small = empowerment(World.from_maze(gridemp.parse_maze("..\n..\n..", "small")), 1)
    with pytest.raises(
        GridempError, match=r"klyubin has 10 x 10 cells and small has 2 x 3, so give"
    ):
        difference(empowerment(klyubin, 1), small)
    left, right = (
        empowerment(World.from_maze(gridemp.parse_maze(text)), 1) for text in ("#.", ".#")
    )
    with pytest.raises(GridempError, match="share no cell"):
        difference(left, right)


def test_walls_of_one_maze_alone(klyubin):
    changed = changed_walls(klyubin.maze, opened(klyubin.maze, 0, 2))
    assert np.argwhere(changed.wall_right).tolist() == [[0, 2]]
    assert not changed.wall_below.any()


# Figures


def by_gid(ax, gid):
    return [a for a in ax.get_children() if a.get_gid() == gid]


def texts_of(figure):
    return [text.get_text() for text in figure.texts]


@pytest.mark.parametrize("which", ["distance", "degree"])
def test_the_scatter_holds_the_values_of_the_maps(klyubin, which):
    emap, values = empowerment(klyubin, 5), centrality(klyubin, which)
    figure = compare_figure(emap, values, CENTRALITIES[which])
    first, second, scatter = figure.axes[:3]
    np.testing.assert_array_equal(first.collections[0].get_array().reshape(10, 10), emap.grid())
    np.testing.assert_array_equal(
        second.collections[0].get_array().reshape(10, 10), emap.grid(values)
    )
    assert second.collections[0].get_clim() == (values.min(), values.max())
    (points,) = by_gid(scatter, "cells")
    np.testing.assert_array_equal(points.get_xydata(), np.column_stack([values, emap.bits]))
    assert scatter.get_xlabel() == CENTRALITIES[which]
    assert scatter.get_ylabel() == "empowerment [bits]"
    assert [ax.get_title(loc="left") for ax in figure.axes[:3]] == ["(a)", "(b)", "(c)"]
    assert texts_of(figure) == ["klyubin, horizon 5, no noise"]


def test_the_correlations_stand_in_the_panel_where_no_point_is(klyubin):
    values = centrality(klyubin, "distance")
    for horizon, r in ((5, "0.93"), (10, "0.97")):
        ax = draw_scatter(Figure().subplots(), empowerment(klyubin, horizon), values, "distance")
        ax.figure.draw_without_rendering()
        (text,) = by_gid(ax, "correlation")
        assert text.get_text().splitlines()[0] == f"Pearson r = {MINUS}{r}"
        assert text.get_text().splitlines()[1].startswith("Spearman \N{GREEK SMALL LETTER RHO} = ")
        box = text.get_window_extent()
        (points,) = by_gid(ax, "cells")
        at = ax.transData.transform(points.get_xydata())
        assert not [p for p in at if box.x0 <= p[0] <= box.x1 and box.y0 <= p[1] <= box.y1]


def test_points_in_all_corners_give_way_to_the_text():
    world = World.from_maze(Maze(np.ones((2, 2))))
    emap = replace(empowerment(world, 1), bits=np.array([0.0, 0.0, 1.0, 1.0]))
    ax = draw_scatter(Figure().subplots(), emap, np.array([0.0, 1.0, 0.0, 1.0]), "parity")
    (text,) = by_gid(ax, "correlation")
    assert "r = 0.00" in text.get_text()
    ax.figure.draw_without_rendering()
    assert ax.transData.transform((0, 1))[1] < text.get_window_extent().y0


def test_cells_without_a_value_are_left_out_and_it_says_so():
    world = World.from_maze(gridemp.load_maze("trap"))
    emap, values = empowerment(world, 5), centrality(world, "distance")
    assert np.isnan(values).sum() == 5  # the traps
    ax = draw_scatter(Figure().subplots(), emap, values, "distance")
    assert by_gid(ax, "correlation")[0].get_text().endswith("110 of 115 cells")
    assert len(by_gid(ax, "cells")[0].get_xdata()) == 110


def test_bounds_are_drawn_as_such(klyubin):
    emap = replace(empowerment(klyubin, 2), gap=np.full(100, 0.25))
    ax = draw_scatter(Figure().subplots(), emap, np.arange(100.0), "number")
    (lines,) = by_gid(ax, "bounds")
    spans = [np.ptp(segment[:, 1]) for segment in lines.get_segments()]
    np.testing.assert_allclose(spans, 0.25)
    assert ax.get_ylabel() == "empowerment, lower bound [bits]"


def test_a_lone_cell_has_no_correlation():
    world = World.from_maze(Maze([[True]]))
    figure = compare_figure(empowerment(world, 1), centrality(world, "degree"), "degree")
    (text,) = by_gid(figure.axes[2], "correlation")
    assert text.get_text().count("undefined") == 2


def test_the_best_heading_meets_its_own_value():
    world = World.from_maze(gridemp.load_maze("klyubin"), moves="turn")
    emap, values = empowerment(world, 2), centrality(world, "distance")
    best = emap.one_per_cell()
    drawn = [compare_figure(each, values, "distance").axes[2] for each in (emap, best)]
    for ax in drawn:
        points = by_gid(ax, "cells")[0].get_xydata()
        np.testing.assert_array_equal(points.T, [values[best.states], best.bits])


def test_the_difference_is_centred_at_nothing(klyubin):
    one = empowerment(klyubin, 2)
    other = empowerment(World.from_maze(klyubin.maze, slip=0.2), 2)
    figure = difference_figure(one, other)
    first, second, third = figure.axes[:3]
    mesh = third.collections[0]
    np.testing.assert_array_equal(mesh.get_array().reshape(10, 10), other.grid() - one.grid())
    low, high = mesh.get_clim()
    assert low == -high == (other.grid() - one.grid()).min()
    shared = (other.bits.min(), one.bits.max())
    assert first.collections[0].get_clim() == second.collections[0].get_clim() == shared
    assert texts_of(figure) == ["klyubin, horizon 2"]
    titles = [ax.get_title(loc="left").splitlines() for ax in figure.axes[:3]]
    assert titles[0] == ["(a) no noise", "1.585 to 3.700 bits"]
    assert titles[1][0] == "(b) slip 0.2"
    assert titles[2][0] == f"(c) (b) {MINUS} (a)"
    bars = figure.axes[3:]
    assert [bar.get_xlabel() for bar in bars] == ["empowerment [bits]", "difference [bits]"]


def test_maps_that_are_alike_have_a_white_difference(klyubin):
    emap = empowerment(klyubin, 2)
    figure = difference_figure(emap, emap)
    mesh = figure.axes[2].collections[0]
    assert mesh.get_clim() == (-1, 1)
    figure.draw_without_rendering()
    colors = mesh.get_facecolor()[:, :3]
    np.testing.assert_allclose(colors, np.full_like(colors, 0.97), atol=0.01)
    assert figure.axes[2].get_title(loc="left").endswith("no difference")


def test_what_the_certificate_cannot_tell_is_no_difference(klyubin):
    one = empowerment(klyubin, 2)
    other = replace(one, bits=one.bits - 1e-7, gap=np.full(100, 1e-6))
    assert difference_limit(difference(one, other)) == 1
    assert difference_limit(difference(one, empowerment(klyubin, 3))) > 0.5


def test_less_and_more_differ_without_colours(klyubin):
    one = empowerment(klyubin, 5)
    other = empowerment(World.from_maze(opened(klyubin.maze, 0, 2)), 5)
    ax = difference_figure(one, other).axes[2]
    marked = {(x, y) for line in by_gid(ax, "less") for x, y in line.get_xydata().tolist()}
    rows, cols = np.nonzero(other.grid() < one.grid())
    assert marked == {(c, 9 - r) for r, c in zip(rows.tolist(), cols.tolist(), strict=True)}
    assert 0 < len(marked) < 100


def test_walls_of_one_maze_are_dashed(klyubin):
    other = World.from_maze(opened(klyubin.maze, 0, 2))
    figure = difference_figure(empowerment(klyubin, 2), empowerment(other, 2))
    ax = figure.axes[2]
    under, dashes = by_gid(ax, "changed walls")
    assert [segment.tolist() for segment in dashes.get_segments()] == [[[2.5, 9.5], [2.5, 8.5]]]
    assert dashes.get_linestyles()[0][1] is not None
    assert under.get_linestyles()[0][1] is None
    assert ax.get_title(loc="left").endswith("dashed: walls of one")
    (walls,) = by_gid(ax, "walls")
    drawn = [segment.tolist() for segment in walls.get_segments()]
    assert [[2.5, 9.5], [2.5, 8.5]] not in drawn


@pytest.mark.parametrize(
    ("shape", "width"),
    [
        *(((9, 11), width) for width in (None, 3.5, 7.16)),
        ((3, 40), 3.5),
        ((40, 3), 3.5),
        ((1, 1), None),
    ],
)
def test_panels_neither_overlap_nor_leave_the_figure(shape, width):
    emaps = [empowerment(World.from_maze(Maze(np.ones(shape))), n) for n in (1, 2)]
    values = np.arange(emaps[0].bits.size, dtype=float)
    with look(None, width):
        for draw in (
            lambda: compare_figure(emaps[0], values, "number", width=width),
            lambda: difference_figure(*emaps, width=width),
        ):
            figure = draw()
            figure.draw_without_rendering()
            assert_apart(figure)
            if width is not None:
                assert figure.get_figwidth() == width
                assert figure.get_figheight() <= 9.01


def assert_apart(figure):
    """No axes, their labels and titles meet those of others, nor the edge of the figure."""
    wide, high = figure.bbox.width, figure.bbox.height
    parts = [parts_of(ax) for ax in figure.axes]
    for box in (box for own in parts for box in own):
        assert -1 < box.x0 < box.x1 < wide + 1, box
        assert -1 < box.y0 < box.y1 < high + 1, box
    for i, own in enumerate(parts):
        for box, other in ((box, other) for box in own for each in parts[:i] for other in each):
            across = min(box.x1, other.x1) - max(box.x0, other.x0)
            up = min(box.y1, other.y1) - max(box.y0, other.y0)
            assert min(across, up) < 1, (box, other)


def parts_of(ax):
    title = [text.get_window_extent() for text in (ax._left_title,) if text.get_text()]
    axes = [axis.get_tightbbox() for axis in (ax.xaxis, ax.yaxis)]
    return [ax.get_window_extent(), *title, *(box for box in axes if box is not None)]


def test_panels_that_meet_are_found():
    figure = Figure()
    for left in (0.1, 0.45):
        figure.add_axes((left, 0.1, 0.38, 0.8))
    with pytest.raises(AssertionError):
        assert_apart(figure)


def test_a_figure_that_is_given_is_filled(klyubin):
    whole = Figure(figsize=(12, 9))
    upper, lower = whole.subfigures(2, 1)
    one, other = empowerment(klyubin, 1), empowerment(klyubin, 2)
    assert compare_figure(one, np.arange(100.0), "number", figure=upper) is upper
    assert difference_figure(one, other, figure=lower, title=False) is lower
    assert len(upper.axes) == len(lower.axes) == 5
    assert texts_of(lower) == []


def test_ways_that_lead_in_one_direction_only_have_no_one_eigenvector():
    world = World.from_maze(gridemp.parse_maze("..>.."))
    graph = graph_of(world)
    assert nx.is_weakly_connected(graph)
    assert not nx.is_strongly_connected(graph)
    with pytest.raises(GridempError, match="all reach each other; these are in 3 parts"):
        centrality(world, "eigenvector")


def test_of_headings_the_interval_of_the_best_counts_in_a_difference():
    world = World.from_maze(gridemp.parse_maze("..\n.."), moves="turn")
    flat = empowerment(world, 1)
    assert len(flat.bits) == 16
    heading = world.heading[flat.states]
    bits = np.where(heading == 2, 1.0, 0.5)
    one = replace(flat, bits=bits, gap=np.where(heading == 3, 0.75, 0.0))  # up to 1.25
    other = replace(flat, bits=bits + 1, gap=np.where(heading == 1, 0.875, 0.125))  # to 2.375
    apart = difference(one, other)
    np.testing.assert_array_equal(apart.bits, np.full((2, 2), 1.0))
    np.testing.assert_array_equal(apart.lower, np.full((2, 2), 0.75))
    np.testing.assert_array_equal(apart.upper, np.full((2, 2), 1.375))
    title = difference_figure(empowerment(world, 2), empowerment(world, 3)).texts[0].get_text()
    assert title.endswith("turning, no noise, best heading")


def test_changed_walls_are_between_cells_that_both_have():
    right = [[True, True], [True, True], [False, True]]
    below = [[True, True, False], [True, True, True]]
    one = Maze([[1, 1, 1], [1, 1, 0], [1, 1, 1]], right, below)
    other = Maze([[1, 1, 1], [0, 1, 1], [1, 1, 1]])
    changed = changed_walls(one, other)
    assert np.argwhere(changed.wall_right).tolist() == [[0, 0], [0, 1], [2, 1]]
    assert np.argwhere(changed.wall_below).tolist() == [[0, 1], [1, 1]]
    assert changed == changed_walls(other, one)


def lines_of(ax):
    (walls,) = by_gid(ax, "walls")
    return {tuple(map(tuple, segment.tolist())) for segment in walls.get_segments()}


@pytest.mark.parametrize("joined", [0, 1])
def test_edges_that_one_map_joins_are_joined_in_the_difference(joined):
    maze = Maze(np.ones((3, 4)))
    emaps = [empowerment(World.from_maze(maze), 1), empowerment(World.from_maze(maze), 1)]
    emaps[joined] = empowerment(World.from_maze(maze, torus="x"), 1)
    axes = difference_figure(*emaps).axes[:3]
    across = {((-0.5, 2.5), (3.5, 2.5)), ((-0.5, -0.5), (3.5, -0.5))}
    sides = {((-0.5, 2.5), (-0.5, -0.5)), ((3.5, 2.5), (3.5, -0.5))}
    assert lines_of(axes[joined]) == lines_of(axes[2]) == across
    assert lines_of(axes[1 - joined]) == across | sides


def test_the_difference_shows_what_both_mazes_have():
    shared = {(0, 1): "S", (2, 2): "G"}
    walls = np.zeros((3, 3), dtype=bool)
    walls[0, 0] = True
    one = Maze([[1, 1, 1, 1], [1, 0, 1, 1], [1, 1, 1, 1]], walls, objects=shared | {(0, 0): "T"})
    other = Maze(
        [[1, 1, 1, 1], [1, 1, 1, 0], [1, 1, 1, 1]],
        walls,
        objects=shared | {(2, 0): "T", (2, 2): "S", (1, 1): "G"},
    )
    emaps = [empowerment(World.from_maze(maze), 1) for maze in (one, other)]
    ax = difference_figure(*emaps).axes[2]
    marks = [line for line in ax.lines if str(line.get_gid()).startswith("object")]
    assert [(line.get_gid(), line.get_xydata().tolist()) for line in marks] == [
        ("object S", [[1.0, 2.0]])
    ]
    (solid,) = by_gid(ax, "solid")
    boxes = {path.get_extents().bounds for path in solid.get_paths()}
    assert boxes == {(0.5, 0.5, 1, 1), (2.5, 0.5, 1, 1)}
    assert not by_gid(ax, "stateless")
    assert not by_gid(ax, "changed walls")
    mask = ax.collections[0].get_array().reshape(3, 4).mask
    assert np.argwhere(mask).tolist() == [[1, 1], [1, 3]]


def test_a_difference_of_bounds_says_so(klyubin):
    exact = empowerment(klyubin, 2)
    bounds = replace(exact, gap=np.full(100, 0.25))
    for pair in ((exact, bounds), (bounds, exact)):
        labels = [bar.get_xlabel() for bar in difference_figure(*pair).axes[3:]]
        assert labels == ["empowerment, lower bound [bits]", "difference of lower bounds [bits]"]
    figure = compare_figure(bounds, np.arange(100.0), "number")
    bars = [bar.get_xlabel() or bar.get_ylabel() for bar in figure.axes[3:]]
    assert bars == ["empowerment, lower bound [bits]", "number"]


def test_the_range_and_colours_that_are_asked_for_reach_the_maps(klyubin):
    one, other = empowerment(klyubin, 1), empowerment(klyubin, 2)
    look_of = {"cmap": "cividis", "vmin": 0.5, "vmax": 3, "peak": False}
    apart = difference_figure(one, other, diverging="PuOr", **look_of)
    values = np.arange(100.0)
    against = compare_figure(other, values, "number", **look_of)
    for ax in (*apart.axes[:2], against.axes[0]):
        assert ax.collections[0].get_clim() == (0.5, 3)
        assert ax.collections[0].get_cmap().name == "cividis"
    assert against.axes[1].collections[0].get_clim() == (0, 99)
    assert against.axes[1].collections[0].get_cmap().name == "cividis"
    reach = (other.grid() - one.grid()).max()
    assert apart.axes[2].collections[0].get_clim() == (-reach, reach)
    assert apart.axes[2].collections[0].get_cmap().name == "PuOr"
    bars = [*apart.axes[3:], *against.axes[3:]]
    assert [bar._colorbar.cmap.name for bar in bars] == ["cividis", "PuOr", "cividis", "cividis"]
    ranges = [(bar._colorbar.vmin, bar._colorbar.vmax) for bar in bars]
    assert ranges == [(0.5, 3), (-reach, reach), (0.5, 3), (0, 99)]
    assert [bar._colorbar.extend for bar in bars] == ["max", "neither", "max", "neither"]


@pytest.mark.parametrize(("shape", "many"), [((50, 50), False), ((41, 61), True)])
def test_very_many_points_are_one_image_inside_a_vector_file(shape, many):
    emap = empowerment(World.from_maze(Maze(np.ones(shape))), 1)
    values = np.arange(len(emap.bits), dtype=float)
    ax = draw_scatter(Figure().subplots(), emap, values, "number")
    (points,) = by_gid(ax, "cells")
    assert bool(points.get_rasterized()) is many
    assert len(points.get_xdata()) == shape[0] * shape[1]
    values[:10] = np.nan  # those without a point do not count
    ax = draw_scatter(Figure().subplots(), emap, values, "number")
    assert bool(by_gid(ax, "cells")[0].get_rasterized()) is (shape[0] * shape[1] - 10 > 2500)
