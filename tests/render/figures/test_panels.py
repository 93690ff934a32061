"""Several maps in one figure, and how figures fit a page."""

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from support.figures import assert_inside, colorbar_extend, colorbar_mesh, left_titles

import gridemp
from gridemp import Maze, World, empowerment, horizon_sweep
from gridemp.engine.absorbing import span
from gridemp.render import heatmap, look
from gridemp.render.figures.panels import panels
from gridemp.render.layout.boxes import axes_inches

pytestmark = pytest.mark.slow

KLYUBIN = World.from_maze(gridemp.load_maze("klyubin"))


def maps(figure):
    return [ax for ax in figure.axes if ax.collections or ax.images]


def texts(ax, gid="number"):
    return [text for text in ax.texts if text.get_gid() == gid]


def test_panels_share_a_scale_and_have_letters_and_ranges():
    emaps = horizon_sweep(KLYUBIN, [1, 2, 5, 10])
    figure = panels(emaps)
    drawn = figure.axes[:4]
    for ax, emap in zip(drawn, emaps, strict=True):
        mesh = ax.collections[0]
        np.testing.assert_array_equal(mesh.get_array().reshape(10, 10), emap.grid())
        assert mesh.get_clim() == (1.0, np.log2(85))
    assert [ax.get_title("left") for ax in drawn] == [
        "(a) horizon 1\n1.000 to 2.322 bits",
        "(b) horizon 2\n1.585 to 3.700 bits",
        "(c) horizon 5\n3.459 to 5.524 bits",
        "(d) horizon 10\n4.459 to 6.409 bits",
    ]
    assert [text.get_text() for text in figure.texts] == ["klyubin, no noise"]
    (bar,) = figure.axes[4:]
    assert bar.get_ylabel() == "empowerment [bits]"


@pytest.mark.parametrize("width", [None, 3.5, 7.16])
@pytest.mark.parametrize(
    ("shape", "count"), [((10, 10), 4), ((3, 40), 3), ((40, 3), 2), ((1, 1), 2), ((60, 60), 5)]
)
def test_nothing_overlaps_and_nothing_is_cut_off(width, shape, count):
    emaps = horizon_sweep(World.from_maze(Maze(np.ones(shape))), range(1, count + 1))
    with look(None, width) as wide:
        figure = panels(emaps, width=wide)
        renderer = FigureCanvasAgg(figure).get_renderer()
        figure.draw_without_rendering()
        needed = figure.get_tightbbox(renderer)
        *drawn, bar = figure.axes
        boxes = [ax.get_window_extent(renderer) for ax in drawn]
        boxes += [title.get_window_extent(renderer) for ax in drawn for title in left_titles(ax)]
        assert len(boxes) == 2 * count
        boxes.append(bar.get_tightbbox(renderer))
    assert (needed.min >= -1e-6).all()
    assert (needed.max <= figure.get_size_inches()).all()
    if width is not None:
        assert figure.get_size_inches()[0] == pytest.approx(width)
    for i, one in enumerate(boxes):
        for other in boxes[i + 1 :]:
            assert not (one.x0 < other.x1 and other.x0 < one.x1) or not (
                one.y0 < other.y1 and other.y0 < one.y1
            )


def test_panels_fill_a_figure_of_yours():
    figure = Figure(figsize=(8, 3))
    assert panels(horizon_sweep(KLYUBIN, [1, 2]), figure=figure) is figure
    assert len(maps(figure)) == 3  # with the colourbar
    assert tuple(figure.get_size_inches()) == (8, 3)


def test_columns_can_be_chosen():
    emaps = horizon_sweep(KLYUBIN, [1, 2, 3])
    left = [ax.get_position().x0 for ax in panels(emaps, columns=1).axes[:3]]
    assert left == pytest.approx([left[0]] * 3)
    with pytest.raises(gridemp.GridempError, match="`columns` must be 1 or more"):
        panels(emaps, columns=0)
    with pytest.raises(gridemp.GridempError, match="no map"):
        panels([])


def test_parts_can_be_left_out_and_the_range_chosen():
    emap = empowerment(KLYUBIN, 5)
    ax = heatmap(emap, title=False, peak=False, colorbar=False, vmin=0, vmax=8)
    assert ax.get_title() == ""
    assert not ax.child_axes
    assert not [line for line in ax.lines if line.get_gid() == "peak"]
    assert ax.collections[0].get_clim() == (0, 8)
    assert heatmap(emap, title="mine").get_title() == "mine"
    with pytest.raises(gridemp.GridempError, match=r"from 9 to 5\.5"):
        heatmap(emap, vmin=9)


def test_what_is_asked_of_panels_reaches_every_map_and_the_colourbar():
    emaps = horizon_sweep(KLYUBIN, [1, 2, 3])
    figure = panels(emaps, cmap="cividis", vmin=0.5, vmax=6, annotate="bits", peak=False)
    *drawn, bar = figure.axes
    assert len(drawn) == 3
    for ax, emap in zip(drawn, emaps, strict=True):
        assert ax.collections[0].get_clim() == (0.5, 6)
        assert ax.collections[0].get_cmap().name == "cividis"
        found = {text.get_position(): text.get_text() for text in texts(ax)}
        assert len(found) == 100
        assert found[4, 6] == f"{emap.grid()[3, 4]:.2f}"
        assert not [line for line in ax.lines if line.get_gid() == "peak"]
    assert colorbar_mesh(bar).get_cmap().name == "cividis"
    assert colorbar_mesh(bar).get_clim() == bar.get_ylim() == (0.5, 6)
    assert colorbar_extend(bar) == "neither"
    numbers = [text.get_text() for text in texts(panels(emaps, annotate="outcomes").axes[0])]
    assert sorted({int(text) for text in numbers}) == sorted(set(emaps[0].outcomes.tolist()))


def test_the_peaks_of_panels_are_ringed_unless_told_otherwise():
    world = World.from_maze(gridemp.load_maze("room"))
    drawn = panels(horizon_sweep(world, [5, 6])).axes[:2]
    ringed = [[line for line in ax.lines if line.get_gid() == "peak"] for ax in drawn]
    assert [len(lines) for lines in ringed] == [1, 1]
    assert ringed[0][0].get_xydata().tolist() == [[5, 5]]


@pytest.mark.parametrize(
    ("ends", "extend"),
    [
        ({"vmin": 1.2}, "min"),  # below it lies only the first map
        ({"vmax": 3.0}, "max"),  # above it only the last
        ({"vmin": 1.2, "vmax": 3.0}, "both"),
        ({"vmin": 1.0, "vmax": 3.8}, "neither"),
    ],
)
def test_the_colourbar_of_panels_shows_what_any_map_has_beyond_it(ends, extend):
    *_, bar = panels(horizon_sweep(KLYUBIN, [1, 2]), **ends).axes
    assert colorbar_extend(bar) == extend


def labelled(ax):
    """Return whether ticks and a label stand below a map, and to its left."""
    params = ax.xaxis.get_tick_params()["labelbottom"], ax.yaxis.get_tick_params()["labelleft"]
    assert (bool(ax.get_xlabel()), bool(ax.get_ylabel())) == params
    return params


def test_labels_stand_outside_only_where_all_maps_are_of_one_shape():
    *drawn, _ = panels(horizon_sweep(KLYUBIN, [1, 2, 3]), columns=2).axes
    assert [labelled(ax) for ax in drawn] == [(False, True), (True, False), (True, True)]
    others = [empowerment(World.from_maze(Maze(np.ones(shape))), 1) for shape in ((4, 5), (5, 4))]
    *drawn, _ = panels([*others, others[0]], columns=2).axes
    assert [labelled(ax) for ax in drawn] == [(True, True)] * 3


def test_no_axes_are_left_where_no_map_is():
    figure = panels(horizon_sweep(KLYUBIN, [1, 2, 3, 4, 5]), columns=3)
    assert len(figure.axes) == 6  # five maps and the colourbar
    assert all(ax.collections for ax in figure.axes[:5])


def test_titles_too_wide_for_their_maps_shrink_to_the_size_of_ticks_and_no_further():
    emaps = horizon_sweep(World.from_maze(Maze(np.ones((40, 3)))), [1, 2, 3])
    with look(None, 3.5) as width:
        figure = panels(emaps, width=width)
    sizes = [title.get_fontsize() for ax in figure.axes[:3] for title in left_titles(ax)]
    assert sizes == [7.0] * 3


def bars_and_labels(figure):
    """Lengths of the colourbars of a figure, and of their labels, in pixels."""
    figure.draw_without_rendering()
    lengths = []
    for ax in figure.findobj(Axes):
        bar = ax.get_window_extent()
        if "bits" in ax.get_ylabel():
            lengths.append((bar.height, ax.yaxis.label.get_window_extent().height))
        elif "bits" in ax.get_xlabel():
            lengths.append((bar.width, ax.xaxis.label.get_window_extent().width))
    return lengths


@pytest.mark.parametrize("width", [None, "column", 2.5])
@pytest.mark.parametrize(
    "shapes",
    [[(15, 15), (5, 18), (11, 11)], [(2, 4)], [(10, 10), (11, 11)], [(20, 1), (20, 1)], [(1, 2)]],
)
def test_texts_of_any_maps_are_alike_in_size_and_labels_no_longer_than_bars(shapes, width):
    emaps = [empowerment(World.from_maze(Maze(np.ones(shape))), 2) for shape in shapes]
    with look(None, width) as inches:
        if len(emaps) > 1:
            figure = panels(emaps, width=inches)
            drawn = maps(figure)[: len(emaps)]
        else:
            drawn = [heatmap(emaps[0], width=inches)]
            figure = drawn[0].figure
        ((bar, label),) = bars_and_labels(figure)
        assert label <= 1.05 * bar
        assert_inside(figure)
    ticks = {label.get_fontsize() for ax in drawn for label in ax.get_xticklabels()}
    titles = {title.get_fontsize() for ax in drawn for title in left_titles(ax)}
    assert len(ticks) == 1
    assert all(max(ticks) <= size <= 1.25 * max(ticks) for size in titles)


def test_maps_of_different_shapes_are_all_large_without_a_given_width():
    shapes = [(15, 15), (5, 18), (11, 11)]
    figure = panels([empowerment(World.from_maze(Maze(np.ones(shape))), 2) for shape in shapes])
    heights = [axes_inches(ax)[1] for ax in maps(figure)[:3]]
    assert min(heights) > 1.3
    corridors = [(1, 1), (20, 1), (1, 20)]
    figure = panels([empowerment(World.from_maze(Maze(np.ones(shape))), 2) for shape in corridors])
    assert min(max(axes_inches(ax)) for ax in maps(figure)[:3]) >= 1


def test_each_panel_may_have_a_range_and_a_colourbar_of_its_own():
    emaps = horizon_sweep(KLYUBIN, [1, 2, 5])
    figure = panels(emaps, scale="each")
    drawn, bars = figure.axes[:3], figure.axes[3:]
    for ax, bar, emap in zip(drawn, bars, emaps, strict=True):
        assert ax.collections[0].get_clim() == span(emap)
        assert colorbar_mesh(bar).get_clim() == span(emap)
        own, beside = ax.get_position(), bar.get_position()
        assert own.x1 < beside.x0
        assert (own.y0, own.y1) == pytest.approx((beside.y0, beside.y1))
    assert [bar.get_ylabel() for bar in bars] == ["", "", "empowerment [bits]"]
    for ax in panels(emaps, scale="each", vmin=0).axes[:3]:
        assert ax.collections[0].get_clim()[0] == 0
    shared = [ax.collections[0].get_clim() for ax in panels(emaps, scale="shared").axes[:3]]
    assert len(set(shared)) == 1
    assert len(panels(emaps, scale="each", colorbar=False).axes) == 3
    with pytest.raises(gridemp.GridempError, match="`scale` must be shared or each, not 'both'"):
        panels(emaps, scale="both")


@pytest.mark.parametrize("width", [None, 2.5, 7.16])
@pytest.mark.parametrize("shape", [(10, 10), (3, 40), (40, 3)])
def test_colourbars_of_panels_meet_nothing(width, shape):
    emaps = horizon_sweep(World.from_maze(Maze(np.ones(shape))), range(1, 5))
    with look(None, width) as wide:
        figure = panels(emaps, width=wide, scale="each")
        figure.draw_without_rendering()
        drawn, bars = figure.axes[:4], figure.axes[4:]
        boxes = [bar.get_tightbbox() for bar in bars]
        boxes += [ax.get_window_extent() for ax in drawn]
        boxes += [title.get_window_extent() for ax in drawn for title in left_titles(ax)]
    assert len(boxes) == 12
    for i, one in enumerate(boxes[:4]):
        assert one.x0 >= 0
        assert one.x1 <= figure.bbox.x1
        for other in boxes[i + 1 :]:
            across, up = min(one.x1, other.x1), min(one.y1, other.y1)
            assert min(across - max(one.x0, other.x0), up - max(one.y0, other.y0)) < 1


def test_the_dent_around_a_fixed_box_is_seen_where_each_map_has_its_range():
    emaps = [
        empowerment(World.from_maze(gridemp.load_maze(name), torus=True), 5)
        for name in ("box-fixed", "box")
    ]
    for scale, seen in (("shared", False), ("each", True)):
        low, high = panels(emaps, scale=scale).axes[0].collections[0].get_clim()
        assert (np.ptp(emaps[0].bits) > 0.9 * (high - low)) == seen
