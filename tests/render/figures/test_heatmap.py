from dataclasses import replace
from itertools import combinations

import matplotlib
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize
from matplotlib.figure import Figure

import gridemp
from gridemp import Maze, World, empowerment, parse_maze
from gridemp.render import heatmap, save_figure
from gridemp.render.artists.walls_and_objects import wall_segments
from gridemp.render.layout.colorbars import draw_colorbar_on
from gridemp.report.captions import caption


def emap_of(maze, horizon=1, **options):
    return empowerment(World.from_maze(maze, **options), horizon)


def save_heatmap(emap, path, **options):
    save_figure(lambda width: heatmap(emap, width=width).figure, path, **options)


def artist(ax, gid):
    found = [a for a in (*ax.collections, *ax.lines) if a.get_gid() == gid]
    return found[0] if found else None


def cells(ax):
    """What colours the cells: a mesh, or an image if the maze is large."""
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


@pytest.mark.parametrize("side", [9, 60])
def test_solid_cells_are_masked_and_do_not_set_the_range(side):
    floor = np.ones((side, side), dtype=bool)
    floor[2, 3] = False
    emap = emap_of(Maze(floor))
    ax = heatmap(emap)
    assert bool(ax.images) == (side == 60)
    drawn = cells(ax).get_array().reshape(side, side)
    assert drawn.mask.sum() == 1
    assert drawn.mask[2, 3]
    assert cells(ax).get_clim() == (np.log2(3), np.log2(5))
    red, green, blue, _ = ax.get_facecolor()
    assert red == green == blue


@pytest.mark.parametrize("side", [9, 60])
def test_each_cell_is_drawn_where_its_x_and_y_say(side):
    wall_right = np.zeros((side, side - 1), dtype=bool)
    wall_right[1, 4] = True
    emap = emap_of(Maze(np.ones((side, side)), wall_right), 2)
    ax = heatmap(emap)
    canvas = FigureCanvasAgg(ax.figure)
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())
    for x, y in ((5, side - 2), (4, side - 2), (0, 0), (side - 1, 3)):
        column, up = ax.transData.transform((x - 0.3, y - 0.3))
        value = emap.grid()[emap.world.maze.rowcol(x, y)]
        expected = cells(ax).to_rgba(value, bytes=True)
        np.testing.assert_allclose(pixels[-int(up) - 1, int(column)], expected, atol=2)


def test_cells_are_square_and_axes_point_right_and_up():
    ax = heatmap(emap_of(Maze(np.ones((4, 9)))))
    assert ax.get_aspect() == 1
    assert ax.get_xlim()[0] < ax.get_xlim()[1]
    assert ax.get_ylim()[0] < ax.get_ylim()[1]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("x", "y")


def test_the_colourbar_says_what_it_measures():
    assert colorbar(heatmap(emap_of(Maze(np.ones((5, 5)))))).get_ylabel() == "empowerment [bits]"
    wide = colorbar(heatmap(emap_of(Maze(np.ones((3, 20))))))
    assert wide.get_xlabel() == "empowerment [bits]"


@pytest.mark.parametrize(
    ("shape", "xticks", "yticks"),
    [
        ((3, 3), [0, 1, 2], [0, 1, 2]),
        ((10, 10), list(range(10)), list(range(10))),
        ((7, 40), list(range(0, 40, 5)), [0, 5]),
        ((200, 200), list(range(0, 200, 20)), list(range(0, 200, 20))),
    ],
)
def test_ticks_thin_out_and_stay_on_cell_centres(shape, xticks, yticks):
    ax = heatmap(emap_of(Maze(np.ones(shape))))
    assert ax.get_xticks().tolist() == xticks
    assert ax.get_yticks().tolist() == yticks


def test_the_faint_grid_is_dropped_on_large_mazes():
    counts = [
        len(heatmap(emap_of(Maze(np.ones((n, n))))).collections[1:]) for n in (10, 20, 21, 40)
    ]
    assert counts == [3, 3, 2, 2]  # walls and their casing, and the grid


def test_the_peak_is_ringed():
    peak = artist(heatmap(emap_of(gridemp.load_maze("room"), 5)), "peak")
    assert list(zip(*peak.get_data(), strict=True)) == [(5, 5)]


def test_peaks_that_tie_are_all_ringed_but_not_a_plateau_or_a_flat_map():
    field = gridemp.load_maze("field")
    two_by_two = artist(heatmap(emap_of(field, 5)), "peak")
    assert len(two_by_two.get_xdata()) == 4
    assert artist(heatmap(emap_of(field, 1)), "peak") is None
    assert artist(heatmap(emap_of(parse_maze("..\n.."), 5)), "peak") is None


def test_a_flat_map_is_scaled_from_zero():
    assert cells(heatmap(emap_of(parse_maze("..\n.."), 9))).get_clim() == (0, 2)
    assert cells(heatmap(emap_of(parse_maze("."), 1))).get_clim() == (0, 1)
    # Under noise equal cells differ by rounding or within their gap; that is not structure.
    assert cells(heatmap(emap_of(parse_maze("..\n.."), 1, slip=0.1))).get_clim()[0] == 0


def test_walls_are_straight_runs_joined():
    maze = parse_maze("+-+-+-+\n|     |\n+-+-+ +\n|   |#|\n+-+-+-+")
    assert sorted(wall_segments(maze)) == sorted(
        [
            ((-0.5, 1.5), (2.5, 1.5)),  # outer walls
            ((-0.5, -0.5), (2.5, -0.5)),
            ((-0.5, 1.5), (-0.5, -0.5)),
            ((2.5, 1.5), (2.5, -0.5)),
            ((-0.5, 0.5), (2.5, 0.5)),  # two thin walls and the top of the solid cell
            ((1.5, 0.5), (1.5, -0.5)),
        ]
    )


def test_walls_of_a_huge_maze_do_not_hide_its_colours():
    floor = np.ones((500, 500), dtype=bool)
    floor[::2, ::2] = False
    assert len(artist(heatmap(emap_of(Maze(floor))), "walls").get_segments()) == 4


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


def test_the_title_states_maze_horizon_and_noise():
    maze = gridemp.load_maze("klyubin")
    assert caption(emap_of(maze, 5)) == "klyubin, horizon 5, no noise"
    noisy = emap_of(maze, 1, slip=0.123456789, moves="king", stay=False)
    assert caption(noisy) == "klyubin, horizon 1, king moves, no stay, slip 0.123456789"
    long = emap_of(parse_maze("..", name="n" * 200), 1)
    assert caption(long) == "n" * 39 + "…, horizon 1, no noise"


def test_a_name_with_dollars_is_not_mathematics(tmp_path):
    emap = emap_of(parse_maze("..", name="a$b$_{"), 1)
    save_heatmap(emap, tmp_path / "a.png")
    assert heatmap(emap).get_title() == "a$b$_{, horizon 1, no noise"


def test_axes_of_yours_are_used():
    figure = Figure()
    left, right = figure.subplots(1, 2)
    assert heatmap(emap_of(Maze(np.ones((5, 5)))), ax=right) is right
    assert not left.collections


@pytest.mark.parametrize("shape", [(1, 1), (3, 3), (10, 10), (7, 40), (40, 7), (1, 60), (200, 200)])
def test_nothing_is_cut_off_at_the_edge_of_the_figure(shape):
    figure = heatmap(emap_of(Maze(np.ones(shape), name="n" * 30), 2)).figure
    FigureCanvasAgg(figure).draw()
    needed, (width, height) = figure.get_tightbbox(), figure.get_size_inches()
    assert (needed.min >= 0).all(), needed
    assert (needed.max <= (width, height)).all(), needed


@pytest.mark.parametrize("slip", [0.05, 0.5, 0.7, 0.79, 0.8])
@pytest.mark.parametrize("name", ["room", "two-rooms", "dead-end"])
def test_no_label_of_the_colourbar_is_cut_off(name, slip):
    figure = heatmap(emap_of(gridemp.load_maze(name), 2, slip=slip)).figure
    FigureCanvasAgg(figure).draw()
    assert (figure.get_tightbbox().max <= figure.get_size_inches()).all()


def test_colourbar_ticks_are_round_and_tell_values_apart():
    ax = heatmap(emap_of(gridemp.load_maze("two-rooms"), 2, slip=0.7))
    labels = [label.get_text() for label in colorbar(ax).get_yticklabels()]
    np.testing.assert_allclose([float(text) for text in labels], colorbar(ax).get_yticks())
    assert len(set(labels)) == len(labels) >= 3


def test_settings_of_the_user_do_not_change_a_file(tmp_path):
    emap = emap_of(gridemp.load_maze("room"), 2)
    save_heatmap(emap, tmp_path / "a.png")
    with matplotlib.rc_context({"font.size": 30, "axes.grid": True, "text.usetex": True}):
        save_heatmap(emap, tmp_path / "b.png")
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


@pytest.mark.parametrize("suffix", [".png", ".pdf", ".svg"])
@pytest.mark.parametrize("side", [4, 60])
def test_the_same_map_gives_the_same_bytes(tmp_path, suffix, side):
    emap = emap_of(Maze(np.ones((side, side))), 2)
    first, second = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    save_heatmap(emap, first)
    save_heatmap(emap, second)
    assert first.read_bytes() == second.read_bytes()
    start = {".png": b"\x89PNG", ".pdf": b"%PDF", ".svg": b"<?xml"}[suffix]
    assert first.read_bytes().startswith(start)


def test_text_in_a_vector_file_is_text(tmp_path):
    save_heatmap(emap_of(gridemp.load_maze("room"), 5), tmp_path / "a.svg")
    assert "empowerment [bits]</text>" in (tmp_path / "a.svg").read_text()


def test_objects_are_marked_where_they_lie():
    maze = parse_maze("T$B\n~^>\nv<S\nG..")
    ax = heatmap(emap_of(maze))
    for (row, col), letter in maze.objects.items():
        mark = artist(ax, f"object {letter}")
        assert list(zip(*mark.get_data(), strict=True)) == [maze.xy(row, col)]
    assert artist(ax, "object $").get_markerfacecolor() == "none"  # hollow, as it can be pushed
    assert artist(ax, "object B").get_markerfacecolor() == "black"


def test_marks_smaller_than_can_be_read_are_left_out():
    floor = np.ones((200, 200))
    ax = heatmap(emap_of(Maze(floor, objects={(5, 5): "T"})))
    assert artist(ax, "object T") is None


def test_no_wall_is_drawn_where_a_torus_joins_the_edges():
    maze = parse_maze("...\n...")
    outer = {
        ((-0.5, 1.5), (2.5, 1.5)),
        ((-0.5, -0.5), (2.5, -0.5)),
        ((-0.5, 1.5), (-0.5, -0.5)),
        ((2.5, 1.5), (2.5, -0.5)),
    }
    assert set(wall_segments(maze)) == outer
    assert wall_segments(maze, "xy") == []
    assert {segment[0][0] == segment[1][0] for segment in wall_segments(maze, "x")} == {False}
    assert {segment[0][1] == segment[1][1] for segment in wall_segments(maze, "y")} == {False}
    solid = parse_maze("#..\n...")  # its neighbour round the edge is floor
    assert ((2.5, 1.5), (2.5, 0.5)) in wall_segments(solid, "x")


def test_floor_without_a_state_is_neither_wall_nor_coloured():
    maze = parse_maze("...")
    world = World(
        maze, ("go",), [[[1]], [[0]]], np.ones((2, 1, 1)), sensor=np.arange(2), cell=[0, 2]
    )
    ax = heatmap(empowerment(world, 1))
    pale = artist(ax, "stateless")
    (box,) = [path.get_extents().bounds for path in pale.get_paths()]
    assert box == (0.5, -0.5, 1, 1)
    assert pale.get_facecolor()[0, 0] > ax.get_facecolor()[0]


def test_a_map_of_headings_shows_one_value_a_cell_and_says_which():
    emap = emap_of(gridemp.load_maze("klyubin"), 2, moves="turn")
    ax = heatmap(emap)
    assert ax.get_title() == "klyubin, horizon 2, turning, no noise, best heading"
    np.testing.assert_array_equal(
        cells(ax).get_array().reshape(10, 10), emap.one_per_cell("best").grid()
    )
    assert caption(emap.one_per_cell("east")).endswith("no noise, heading east")


@pytest.mark.parametrize(
    ("long", "below", "texts"),
    [
        (3.0, True, ["-1.5", "-1.0", "0.0", "1.0"]),
        (1.2, True, ["-1", "0", "1"]),
        (0.6, True, ["-1", "1"]),
        (0.6, False, ["-1", "0", "1"]),
    ],
)
def test_numbers_of_short_colourbars_stand_apart(long, below, texts):
    figure = Figure(figsize=(4, 4))
    sides = (long / 4, 0.04) if below else (0.04, long / 4)
    cax = figure.add_axes((0.1, 0.1, *sides))
    cells = ScalarMappable(Normalize(-1.5, 1.5), "RdBu_r")
    draw_colorbar_on(cax, cells, "difference [bits]", below=below)
    figure.draw_without_rendering()
    labels = cax.get_xticklabels() if below else cax.get_yticklabels()
    assert set(texts) <= {label.get_text().replace("\N{MINUS SIGN}", "-") for label in labels}
    boxes = [label.get_window_extent() for label in labels]
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))


@pytest.mark.parametrize("origin", ["upper", "lower"])
def test_a_large_map_is_an_upright_image_of_sharp_cells(origin):
    maze = Maze(np.ones((60, 50)), objects={(0, 7): "S"})
    emap = emap_of(maze)
    values = np.tile(np.arange(50.0), (60, 1)) + 100 * np.arange(60.0)[:, None]  # all differ
    emap = replace(emap, bits=values.ravel())
    with matplotlib.rc_context({"image.origin": origin, "image.interpolation": "bicubic"}):
        ax = heatmap(emap, peak=False)
        canvas = FigureCanvasAgg(ax.figure)
        canvas.draw()
    (image,) = ax.images
    assert image.get_interpolation() == "nearest"
    np.testing.assert_array_equal(image.get_array(), values)
    pixels = np.asarray(canvas.buffer_rgba())
    for x, y in ((0, 0), (49, 0), (0, 59), (49, 59), (20, 10), (31, 44)):
        for shift in (-0.25, 0.25):
            column, up = ax.transData.transform((x + shift, y + shift))
            expected = image.to_rgba(values[59 - y, x], bytes=True)
            np.testing.assert_allclose(pixels[-int(up) - 1, int(column)], expected, atol=1)


@pytest.mark.parametrize(("shape", "images"), [((50, 50), 0), ((41, 61), 1)])
def test_beyond_2500_cells_a_map_is_an_image(shape, images):
    assert len(heatmap(emap_of(Maze(np.ones(shape)))).images) == images


def test_vector_cells_have_edges_of_their_own_colour():
    with matplotlib.rc_context({"pcolor.shading": "nearest"}):
        ax = heatmap(emap_of(gridemp.load_maze("klyubin"), 2))
    ax.figure.draw_without_rendering()
    mesh = cells(ax)
    assert len(mesh.get_facecolor()) == 100
    np.testing.assert_array_equal(mesh.get_edgecolor(), mesh.get_facecolor())
    assert min(mesh.get_linewidth()) > 0
