"""The figure of an exploration."""

from itertools import combinations, pairwise, product

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgba
from matplotlib.text import Text
from support.explorations import small_exploration
from support.figures import by_gid

from gridemp import Maze, World
from gridemp.agents.exploration import Explorer, explore
from gridemp.render.artists.belief import AGENT_COLOR
from gridemp.render.figures.exploration import exploration_figure, moments_of
from gridemp.render.layout.style import look

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def walk():
    return small_exploration()


@pytest.fixture(scope="module")
def drawn(walk):
    with look(width="page") as width:
        figure = exploration_figure(walk, width=width, moments=[0, 20, 60])
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
        for lines in by_gid(ax, "believed walls"):
            for segment, color in zip(lines.get_segments(), lines.get_colors(), strict=True):
                found[tuple(map(tuple, segment.tolist()))] = color[3]
        assert found == pytest.approx(expected)
    assert len(by_gid(beliefs[0], "believed walls")[0].get_segments()) == 24
    # Those that are sure are lines like in any map: at the end, all of the true ones.
    last, truth = (by_gid(ax, "walls")[0].get_segments() for ax in (beliefs[2], drawn.axes[3]))
    assert sorted(map(str, last)) == sorted(map(str, truth))


def test_the_agent_is_where_it_is_and_its_trail_leads_there(walk, drawn):
    for ax, step in zip(drawn.axes[:3], (0, 20, 60), strict=True):
        row, col = walk.path[step]
        (dot,) = by_gid(ax, "agent")
        assert (dot.get_xdata().tolist(), dot.get_ydata().tolist()) == ([col], [3 - row])
        trail = [line for line in by_gid(ax, "trail") if len(line.get_segments())]
        assert bool(trail) == (step > 0)
        if trail:
            segments = trail[0].get_segments()
            assert segments[-1][-1].tolist() == [col, 3 - row]
            assert all((a[1] == b[0]).all() for a, b in pairwise(segments))
            opacity = trail[0].get_colors()[:, 3]
            assert (np.diff(opacity) > 0).all()
            assert to_rgba(AGENT_COLOR)[:3] == tuple(trail[0].get_colors()[0][:3])


def test_the_title_says_that_an_agent_learns(drawn):
    head = max(drawn.texts, key=lambda text: text.get_position()[1]).get_text()
    assert "belief of an agent that learns the walls" in head.replace("\n", " ")


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
        assert not by_gid(ax, "less") + by_gid(ax, "more")
    apart = [walk.difference(step) for step in (0, 20, 60)]
    assert ends == {(min(0, np.min(apart)), max(0, np.max(apart)))}


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
        figure = exploration_figure(walk, width=inches, moments=[0, 6])
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
