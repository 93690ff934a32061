"""Small channels as graphs and matrices."""

import numpy as np
import pytest
from support.figures import by_gid
from support.worlds import drawn_world, world_of

from gridemp.analysis.cell import cell_source
from gridemp.render.figures.cell import cell_figure
from gridemp.render.layout.style import look
from gridemp.render.layout.text import em

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("slip", [0.0, 0.1])
def test_the_graph_has_an_edge_for_each_possible_outcome(slip):
    source = cell_source(world_of("klyubin", slip=slip), 5, 5, 2)
    edges = int((source.channel.probabilities > 0).sum())
    assert source.to_graph().number_of_edges() == edges
    _, ax = cell_figure(source, title=False).axes
    (lines,) = by_gid(ax, "edges")
    assert len(lines.get_segments()) == edges
    (nodes,) = by_gid(ax, "sequence")
    weights = source.channel.weights
    np.testing.assert_allclose(nodes.get_sizes() / nodes.get_sizes().max(), weights / weights.max())
    assert {text.get_text() for text in by_gid(ax, "outcome name")} == set(source.outcome_names())
    heights = [text.xy[1] for text in by_gid(ax, "sequence name")]
    assert np.diff(sorted(heights)).min() > 0
    assert {"25 action sequences", "12 outcomes"} < {text.get_text() for text in ax.texts}
    (key,) = by_gid(ax, "key")
    assert ("line" in key.get_text()) is (slip > 0)


@pytest.mark.parametrize("width", [None, 5.5, 3.25])
@pytest.mark.parametrize("slip", [0.0, 0.1])
@pytest.mark.parametrize("text", ["....\n....", "..", ".\n."])
def test_words_below_a_small_graph_do_not_touch_and_are_not_cut(text, slip, width):
    source = cell_source(drawn_world(text, slip=slip), 0, 0, 1)
    figure = cell_figure(source, title=False, width=width)
    ax = figure.axes[1]
    (key,), (left, right) = by_gid(ax, "key"), by_gid(ax, "number")
    left, right, key = (one.get_window_extent() for one in (left, right, key))
    assert right.x0 - left.x1 > 0.5 * figure.dpi * em()
    for box in (left, right, key):
        assert 0 <= box.x0 < box.x1 <= figure.bbox.width
    assert (
        figure.axes[0].get_tightbbox().x1 < min(left.x0, key.x0)
        or left.y1 < 0.5 * figure.bbox.height
    )


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
    assert (ax.get_ylabel(), ax.get_xlabel()) == ("125 action sequences", "21 outcomes")
    certain = cell_figure(cell_source(world_of("klyubin"), 5, 5, 3), title=False).axes[1]
    assert certain.get_xlabel() == "21 outcomes\nblack: outcome of the sequence"


@pytest.mark.parametrize(("style", "ink"), [("default", 0.0), ("dark_background", 1.0)])
def test_channels_are_seen_on_any_style(style, ink):
    world = world_of("klyubin", slip=0.1)
    with look(style, None):
        _, graph = cell_figure(cell_source(world, 5, 5, 2), title=False).axes
        _, matrix = cell_figure(cell_source(world, 5, 5, 3), title=False).axes
    (edges,) = by_gid(graph, "edges")
    np.testing.assert_array_equal(edges.get_colors()[:, :3], ink)
    for kind in ("sequence", "outcome"):
        (nodes,) = by_gid(graph, kind)
        np.testing.assert_array_equal(nodes.get_edgecolors()[:, :3], ink)
    (bars,) = [child for child in matrix.child_axes if child.get_gid() == "weights"]
    bar = bars.collections[0].get_facecolor()[0, :3]
    np.testing.assert_allclose(bar, 0.35 + 0.3 * ink)
    assert matrix.spines["left"].get_edgecolor()[:3] == (ink, ink, ink)
