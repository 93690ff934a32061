"""The key of a map: what it lists, and that nothing it lists is missing from the map."""

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.figure import Figure
from support.figures import assert_inside, by_gid
from support.worlds import emap_of, world_of

from gridemp import Maze, empowerment, horizon_sweep, parse_maze
from gridemp.render import (
    compare_figure,
    difference_figure,
    draw_maze,
    draw_world,
    heatmap,
    look,
    panels,
)
from gridemp.render.artists.map_key import key_entries, peak_words

pytestmark = pytest.mark.slow

ALL_OBJECTS = "T$B.~^>\nv<S.G.."


def words(legend):
    return [] if legend is None else [text.get_text() for text in legend.get_texts()]


def figure_words(figure):
    return [text for legend in figure.legends for text in words(legend)]


def test_every_kind_of_mark_has_one_entry_and_its_sign():
    entries = key_entries([emap_of(parse_maze(ALL_OBJECTS), 1)])
    (_, first), *objects = entries
    assert first.startswith("peak")
    assert [text for _, text in objects] == [
        *("start", "goal", "trap", "box", "fixed box", "ice", "conveyor"),
        "absorbing: 0 bits",
    ]
    signs = [sign.get_gid() for sign, _ in objects]
    assert signs == [*(f"object {letter}" for letter in "SGT$B~^"), "absorbing"]


def test_keys_and_doors_have_signs_in_their_colours():
    entries = key_entries([emap_of(parse_maze("k.r.D\nK.R.d\nb...."), 1)], peak=False)
    assert [text for _, text in entries] == [
        *("key", "red key", "locked door", "locked red door", "closed door", "open door", "ball")
    ]
    faces = [sign.get_markerfacecolor() for sign, _ in entries]
    assert faces[0] == faces[2] == "white"
    assert faces[1] == faces[3] != "white"


def test_cells_in_which_no_agent_starts_have_an_entry_where_there_are_some():
    maze = parse_maze("k..\n..D")
    things = ["key", "closed door"]
    for hands, expected in ((False, things), (True, [*things, "no start"])):
        emap = emap_of(maze, 1, moves="turn", hands=hands).one_per_cell()
        assert words(heatmap(emap, peak=False).get_legend()) == expected


def test_a_peak_is_named_with_its_value_and_its_place_or_the_number_of_cells():
    assert peak_words(empowerment(world_of("klyubin"), 5)) == "peak: 5.52 bits at (5, 5)"
    assert peak_words(empowerment(world_of("field"), 5)) == "peak: 5.81 bits, 4 cells"
    emap = empowerment(world_of("klyubin"), 5)
    bounds = replace(emap, gap=np.full(len(emap.bits), 0.1))
    assert peak_words(bounds) == "possible peak"
    only_there = replace(emap, gap=np.where(emap.bits == emap.bits.max(), 0.1, 0))
    assert peak_words(only_there) == "peak"  # which may have a higher value


def test_rings_of_several_maps_are_named_together():
    emap = empowerment(world_of("klyubin"), 5)
    bounds = replace(emap, gap=np.full(len(emap.bits), 0.1))
    assert [text for _, text in key_entries([emap, emap])] == ["peak"]
    assert [text for _, text in key_entries([emap, bounds])] == ["possible peak"]


def test_a_map_has_a_key_unless_it_is_not_wanted():
    emap = empowerment(world_of("trap"), 3)
    trapped = ["trap", "absorbing: 0 bits"]
    assert words(heatmap(emap).get_legend()) == ["peak: 4.64 bits, 2 cells", *trapped]
    assert words(heatmap(emap, peak=False).get_legend()) == trapped
    assert heatmap(emap, legend=False).get_legend() is None
    assert heatmap(emap_of(parse_maze("..\n.."), 1)).get_legend() is None  # there is no mark
    yours = heatmap(emap).figure.add_subplot()
    assert heatmap(emap, ax=yours).get_legend() is None


def test_marks_too_small_to_be_drawn_are_not_explained():
    maze = Maze(np.ones((200, 200)), objects={(5, 5): "T"})
    assert "trap" not in words(heatmap(emap_of(maze, 1)).get_legend())


def test_panels_share_one_key():
    emaps = [empowerment(world_of(name, torus=True), 2) for name in ("box", "box-fixed")]
    figure = panels(emaps)
    assert figure_words(figure) == ["peak", "box", "fixed box"]
    assert all(ax.get_legend() is None for ax in figure.axes)
    assert not panels(emaps, legend=False).legends


def test_comparisons_and_differences_have_a_key():
    emap = empowerment(world_of("trap"), 2)
    one, other = (empowerment(world_of(name, torus=True), 2) for name in ("box", "box-fixed"))
    figure = compare_figure(emap, emap.bits, "the same")
    assert figure_words(figure)[-2:] == ["trap", "absorbing: 0 bits"]
    assert figure_words(difference_figure(one, other)) == ["peak", "box", "fixed box"]
    assert not difference_figure(one, other, legend=False).legends


@pytest.mark.parametrize("width", [None, 2.5, 3.5, 7.16])
@pytest.mark.parametrize("shape", [(1, 1), (3, 3), (3, 40), (40, 3), (10, 10)])
def test_a_key_leaves_the_map_at_least_four_fifths_of_its_size(shape, width):
    objects = dict(zip(np.ndindex(*shape), "TB~^SG", strict=False))
    emap = emap_of(Maze(np.ones(shape), objects=objects), 2)
    with look(None, width):
        plain, keyed = (heatmap(emap, width=width, legend=legend) for legend in (False, True))
        for ax in (plain, keyed):
            assert_inside(ax.figure)
        before, after = (ax.get_window_extent() for ax in (plain, keyed))
        legend = keyed.get_legend()
        key = legend.get_window_extent() if legend else None
    assert min(after.width / before.width, after.height / before.height) >= 0.8
    assert legend or (shape, width) == ((3, 40), 2.5)  # where cells are too small for marks
    others = [keyed.xaxis.get_tightbbox(), *(bar.get_tightbbox() for bar in keyed.child_axes)]
    assert not any(key.overlaps(box) for box in others if key)


@pytest.mark.parametrize("width", [2.5, 3.5, 7.16])
def test_the_key_of_panels_meets_nothing(width):
    emaps = horizon_sweep(world_of("trap"), [1, 2, 3])
    with look(None, width):
        figure = panels(emaps, width=width)
        assert_inside(figure)
        (legend,) = figure.legends
        key = legend.get_window_extent()
        boxes = [ax.get_tightbbox() for ax in figure.axes]
    assert not any(key.overlaps(box) for box in boxes)


def test_there_is_no_key_where_it_would_take_too_much_of_a_figure_of_yours():
    emaps = horizon_sweep(world_of("trap"), [1, 2])
    assert not panels(emaps, figure=Figure(figsize=(7, 1.7))).legends
    assert panels(emaps, figure=Figure(figsize=(7, 4))).legends


def test_pictures_of_mazes_and_worlds_have_a_key_of_their_objects():
    maze = parse_maze(ALL_OBJECTS)
    names = ["start", "goal", "trap", "box", "fixed box", "ice", "conveyor"]
    world = world_of("trap")
    for draw, thing, expected in ((draw_maze, maze, names), (draw_world, world, ["trap"])):
        ax = draw(thing)
        assert words(ax.get_legend()) == expected
        assert_inside(ax.figure)
        assert draw(thing, legend=False).get_legend() is None
        assert draw(thing, ax=Figure().add_subplot()).get_legend() is None
    assert draw_maze(parse_maze("..")).get_legend() is None


@pytest.mark.parametrize(("cmap", "casing"), [("Greys", 2.4), ("viridis", 0.8)])
def test_a_peak_on_black_has_a_wide_casing(cmap, casing):
    (ring,) = by_gid(heatmap(empowerment(world_of("klyubin"), 5), cmap=cmap), "peak")
    (stroke,) = ring.get_path_effects()
    width = stroke._gc["linewidth"] - ring.get_markeredgewidth()
    assert width == pytest.approx(casing)
