from dataclasses import replace

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from support.worlds import emap_of

import gridemp
from gridemp import Maze, parse_maze
from gridemp.render import heatmap, save_figure
from gridemp.report.captions import caption


def save_heatmap(emap, path, **options):
    save_figure(lambda width: heatmap(emap, width=width).figure, path, **options)


def cells(ax):
    """The coloured cells: a mesh, or an image if the maze is large."""
    return ax.images[0] if ax.images else ax.collections[0]


def colorbar(ax):
    (cax,) = ax.child_axes
    return cax


def test_colours_are_the_bits_of_the_cells():
    emap = emap_of(gridemp.load_maze("klyubin"), 5)
    ax = heatmap(emap)
    assert isinstance(ax, Axes)
    np.testing.assert_array_equal(cells(ax).get_array().reshape(10, 10), emap.grid())
    assert cells(ax).get_clim() == (emap.bits.min(), emap.bits.max())
    assert cells(ax).get_cmap().name == "viridis"


def test_the_colourbar_says_what_it_measures():
    assert colorbar(heatmap(emap_of(Maze(np.ones((5, 5)))))).get_ylabel() == "empowerment [bits]"
    wide = colorbar(heatmap(emap_of(Maze(np.ones((3, 20))))))
    assert wide.get_xlabel() == "empowerment [bits]"


def test_a_flat_map_is_scaled_from_zero():
    assert cells(heatmap(emap_of(parse_maze("..\n.."), 9))).get_clim() == (0, 2)
    assert cells(heatmap(emap_of(parse_maze("."), 1))).get_clim() == (0, 1)
    # Under noise equal cells differ by rounding or within their gap; that is not structure.
    assert cells(heatmap(emap_of(parse_maze("..\n.."), 1, slip=0.1))).get_clim()[0] == 0


def test_the_title_says_how_far_bounds_are_apart():
    emap = gridemp.empowerment(gridemp.World.from_maze(gridemp.load_maze("room"), slip=0.1), 1)
    assert "\n" not in caption(emap)
    wide = replace(emap, gap=np.linspace(0.2, 0.4721, len(emap.bits)))
    assert caption(wide).splitlines()[1] == "lower bounds; upper bounds are at most 0.48 bits above"
    figure = heatmap(wide).figure
    assert colorbar(figure.axes[0]).get_ylabel() == "empowerment, lower bound [bits]"
    assert colorbar(heatmap(emap)).get_ylabel() == "empowerment [bits]"
    figure.draw_without_rendering()
    box = figure.axes[0].title.get_window_extent()
    assert box.y1 <= figure.bbox.y1
    assert figure.bbox.x0 <= box.x0
    assert box.x1 <= figure.bbox.x1


def test_a_name_with_dollars_is_not_mathematics(tmp_path):
    emap = emap_of(parse_maze("..", name="a$b$_{"), 1)
    save_heatmap(emap, tmp_path / "a.png")
    assert heatmap(emap).get_title() == "a$b$_{, horizon 1, no noise"


def test_axes_of_yours_are_used():
    figure = Figure()
    left, right = figure.subplots(1, 2)
    assert heatmap(emap_of(Maze(np.ones((5, 5)))), ax=right) is right
    assert not left.collections


@pytest.mark.slow
@pytest.mark.parametrize("shape", [(1, 1), (3, 3), (10, 10), (7, 40), (40, 7), (1, 60), (200, 200)])
def test_nothing_is_cut_off_at_the_edge_of_the_figure(shape):
    figure = heatmap(emap_of(Maze(np.ones(shape), name="n" * 30), 2)).figure
    FigureCanvasAgg(figure).draw()
    needed, (width, height) = figure.get_tightbbox(), figure.get_size_inches()
    assert (needed.min >= 0).all(), needed
    assert (needed.max <= (width, height)).all(), needed


def test_a_map_of_headings_shows_one_value_a_cell_and_says_which():
    emap = emap_of(gridemp.load_maze("klyubin"), 2, moves="turn")
    ax = heatmap(emap)
    assert ax.get_title() == "klyubin, horizon 2, turning, no noise, best heading"
    np.testing.assert_array_equal(
        cells(ax).get_array().reshape(10, 10), emap.one_per_cell("best").grid()
    )
    assert caption(emap.one_per_cell("east")).endswith("no noise, heading east")


@pytest.mark.parametrize("which", ["best", "mean", "north"])
def test_maps_of_a_given_source_are_labelled_as_such(which):
    world = gridemp.World.from_maze(gridemp.parse_maze("...\n..."), moves="turn")
    ax = gridemp.heatmap(gridemp.information_map(world, 2).one_per_cell(which))
    assert "uniform source" in ax.get_title()
    labels = {axes.get_ylabel() for axes in (ax, *ax.child_axes)}
    assert "mutual\ninformation [bits]" in labels


def test_one_line_draws_the_map_of_a_maze():
    ax = gridemp.heatmap("klyubin", horizon=2, slip=0.1, title="mine")
    emap = emap_of(gridemp.load_maze("klyubin"), 2, slip=0.1)
    np.testing.assert_array_equal(cells(ax).get_array().reshape(10, 10), emap.grid())
    assert ax.get_title() == "mine"
    assert gridemp.heatmap(emap.world, 2).get_title() == caption(emap)


@pytest.mark.parametrize(
    ("arguments", "options", "sentence"),
    [
        (["klyubin"], {"horizon": 2, "slp": 0.1}, "heatmap has no argument `slp`; did you mean `s"),
        (["klyubin"], {"horizon": 2, "colorbra": 1}, "did you mean `colorbar`"),
        (["klyubin", Figure().add_subplot()], {}, "give axes by name, as in `ax=ax`"),
        (["klyubin", 2], {"ax": Figure()}, "`ax` must be an Axes or None, not a Figure"),
        (["klyubin", 2], {"cmap": "viridsi"}, "there is no colour map 'viridsi'; did you mean 'vi"),
        (["klyubin", 2], {"cmap": 3}, "`cmap` must be a str or a Colormap or None, not 3"),
        (["klyubin", 2], {"vmin": "0"}, "`vmin` must be a number or None, not '0'"),
        (["klyubin", 2], {"width": "wide"}, "`width` must be a number or None, not 'wide'"),
        (["klyubin", 2], {"title": 3}, "`title` must be a str or True or False, not 3"),
        (["klyubin", 2], {"stay": "no"}, "`stay` must be True or False, not 'no'"),
        (["klyubin", 2], {"moves": ["king"]}, "`moves` must be a str"),
    ],
)
def test_wrong_arguments_are_named(arguments, options, sentence):
    with pytest.raises(gridemp.GridempError, match=sentence):
        gridemp.heatmap(*arguments, **options)
