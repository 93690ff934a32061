"""Absorbing cells: their colour, which is no colour of a value, on maps and colourbars."""

import numpy as np
import pytest
from matplotlib import colormaps
from matplotlib.colors import to_rgb, to_rgba
from support.figures import by_gid, colorbar_extend, first_by_gid, texts_of
from support.worlds import emap_of, world_of

from gridemp import Maze, empowerment, horizon_sweep, parse_maze
from gridemp.agents import Agent, flow
from gridemp.engine.absorbing import span
from gridemp.render import compare_figure, difference_figure, draw_flow, heatmap, panels
from gridemp.render.artists.maze_axes import SOLID_COLOR
from gridemp.render.figures.heatmap import color_range
from gridemp.render.layout.style import ABSORBING_COLOR, STATELESS_COLOR

TRAPS = {(2, 8), (0, 3), (1, 3), (2, 3), (9, 3)}  # of the maze `trap`, as x and y


def absorbing_cells(ax):
    """The x and y of the cells that axes show in the colour of absorbing ones."""
    (patches,) = by_gid(ax, "absorbing")
    assert np.allclose(patches.get_facecolor(), to_rgba(ABSORBING_COLOR))
    corners = [path.vertices.min(axis=0) for path in patches.get_paths()]
    return {(round(x + 0.5), round(y + 0.5)) for x, y in corners}


@pytest.mark.parametrize("ends", [{}, {"vmin": 0}, {"cmap": "Greys"}])
def test_traps_have_a_colour_of_their_own_and_do_not_stretch_the_range(ends):
    emap = empowerment(world_of("trap"), 3)
    ax = heatmap(emap, **ends)
    mesh = ax.collections[0]
    assert absorbing_cells(ax) == TRAPS
    acting = emap.bits[emap.bits > 0]
    assert mesh.get_clim() == (ends.get("vmin", acting.min()), acting.max())
    shown = mesh.get_array()
    assert np.sort(shown.compressed()).tolist() == np.sort(acting).tolist()


def test_the_colourbar_has_the_colour_with_its_value_and_the_key_its_name():
    ax = heatmap(empowerment(world_of("trap"), 3))
    (holder,) = ax.child_axes
    assert first_by_gid(holder, "absorbing").get_facecolor() == to_rgba(ABSORBING_COLOR)
    assert [label.get_text() for label in holder.get_yticklabels()] == ["0"]
    (bar,) = holder.child_axes
    assert bar.get_ylabel() == "empowerment [bits]"
    assert colorbar_extend(bar) == "neither"
    assert ax.get_legend().get_texts()[-1].get_text() == "absorbing: 0 bits"
    (holder,) = heatmap(empowerment(world_of("klyubin"), 3)).child_axes
    assert not holder.child_axes


@pytest.mark.slow
def test_the_colour_is_far_from_all_others():
    rgb = np.array(to_rgb(ABSORBING_COLOR))
    for name in ("viridis", "cividis", "plasma"):
        others = colormaps[name](np.linspace(0, 1, 256))[:, :3]
        assert np.abs(others - rgb).max(axis=1).min() > 0.15, name
    for grey in (SOLID_COLOR, STATELESS_COLOR):
        assert np.ptp(rgb) > 0.1 > np.ptp(to_rgb(grey))
    # Where there are no colours, dots tell.
    (patches,) = by_gid(heatmap(empowerment(world_of("trap"), 3), cmap="Greys"), "absorbing")
    assert patches.get_hatch()


def test_numbers_on_the_colour_are_black_and_without_dots():
    emap = empowerment(world_of("trap"), 3)
    ax = heatmap(emap, annotate="bits", cmap="Greys_r", width=7)
    colors = {
        (round(text.get_position()[0]), round(text.get_position()[1])): text.get_color()
        for text in by_gid(ax, "number")
    }
    assert {colors[place] for place in TRAPS} == {"black"}
    assert by_gid(ax, "absorbing")[0].get_hatch() is None


def test_panels_leave_absorbing_cells_out_of_the_scale_and_of_the_ranges():
    emaps = horizon_sweep(world_of("trap"), [1, 2])
    figure = panels(emaps)
    for ax, emap in zip(figure.axes, emaps, strict=False):
        assert absorbing_cells(ax) == TRAPS
        low, high = span(emap)
        assert ax.get_title("left").endswith(f"\n{low:.3f} to {high:.3f} bits")
    assert figure.axes[0].collections[0].get_clim() == (span(emaps[0])[0], span(emaps[1])[1])


@pytest.mark.slow
def test_other_figures_have_the_colour_too():
    one, other = horizon_sweep(world_of("trap"), [1, 2])
    assert absorbing_cells(compare_figure(one, one.bits, "the same").axes[0]) == TRAPS
    figure = difference_figure(one, other)
    assert [absorbing_cells(ax) for ax in figure.axes[:2]] == [TRAPS] * 2
    assert not by_gid(figure.axes[2], "absorbing")  # there is no difference
    world = world_of("trap")
    figure = draw_flow(flow(Agent(world, horizon=1), world.start_states))
    assert absorbing_cells(figure.axes[0]) == TRAPS
    assert not by_gid(figure.axes[1], "absorbing")


def test_a_map_without_a_cell_that_can_act_is_drawn_all_the_same():
    emap = emap_of(parse_maze("T#.\n###\n.#T"), 2)
    ax = heatmap(emap)
    assert absorbing_cells(ax) == {(0, 0), (0, 2), (2, 0), (2, 2)}
    assert color_range([emap]) == (0.0, 1.0)
    other = emap_of(parse_maze("...\n...\n..."), 2)
    assert color_range([emap, other]) == color_range([other])
    assert texts_of(panels([emap, emap]))


@pytest.mark.slow
@pytest.mark.parametrize(
    "options", [{"annotate": "bits", "width": 7}, {"width": 3.5}, {"width": 30}]
)
@pytest.mark.parametrize("draw", [heatmap, lambda emap, **options: panels([emap] * 2, **options)])
def test_key_and_colourbar_have_dots_where_the_cells_have(draw, options):
    maze = Maze(
        np.ones((3, 3)) if "annotate" in options else np.ones((30, 30)), objects={(1, 1): "T"}
    )
    drawn = draw(emap_of(maze, 1), **options)
    figure = getattr(drawn, "figure", drawn)
    hatches = {
        artist.get_hatch()
        for artist in figure.findobj(lambda artist: artist.get_gid() == "absorbing")
        if hasattr(artist, "get_hatch")
    }
    assert len(hatches) == 1
