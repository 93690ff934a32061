"""Captions: what maps share stands once, and a name may hold anything."""

import re
from dataclasses import replace

import pytest
from support.worlds import emap_of

import gridemp
from gridemp import Maze, World, empowerment, horizon_sweep, parse_maze
from gridemp.analysis.cell import cell_source
from gridemp.engine.given_source import information_map
from gridemp.report.captions import caption, captions, letter, peak_line, short_name
from gridemp.report.cell_text import headline
from gridemp.worlds.conditions import Conditions


def world_named(name, text="..\n..", **options):
    return World.from_maze(parse_maze(text).named(name), **options)


def test_a_caption_names_maze_horizon_and_conditions():
    world = world_named("room", moves="king", stay=False)
    assert caption(empowerment(world, 2)) == "room, horizon 2, king moves, no stay, no noise"


@pytest.mark.parametrize("name", ["a, b", "horizon 1, no noise", "no noise", ", ", "x, slip 0.1"])
def test_commas_in_the_name_of_a_maze_do_no_harm(name):
    world = world_named(name)
    one, two = horizon_sweep(world, [1, 2])
    assert caption(one) == f"{name}, horizon 1, no noise"
    shared, own = captions([one, two])
    assert shared == f"{name}, no noise"
    assert [text.partition("\n")[0] for text in own] == ["horizon 1", "horizon 2"]
    other = empowerment(world_named("b", slip=0.1), 1)
    shared, own = captions([one, other])
    assert shared == "horizon 1"
    assert [text.partition("\n")[0] for text in own] == [f"{name}, no noise", "b, slip 0.1"]
    source = cell_source(world, 1, 0, 1)
    assert headline(source) == f"{name}, x = 1, y = 0, horizon 1, no noise"


def test_a_maze_called_like_a_condition_is_not_taken_for_it():
    noisy, quiet = world_named("no noise", slip=0.1), world_named("other")
    shared, own = captions([empowerment(noisy, 1), empowerment(quiet, 1)])
    assert shared == "horizon 1"
    assert own[0].startswith("no noise, slip 0.1\n")
    assert own[1].startswith("other, no noise\n")


def test_a_maze_called_like_the_noise_of_one_map_takes_nothing_from_its_caption():
    worlds = [world_named("slip 0.1", slip=slip) for slip in (0, 0.1)]
    shared, own = captions([empowerment(world, 1) for world in worlds])
    assert shared == "slip 0.1, horizon 1"
    assert [text.partition("\n")[0] for text in own] == ["no noise", "slip 0.1"]


def test_commas_in_the_name_of_a_sensor_do_no_harm():
    world = world_named("room").with_sensor([0, 0, 1, 1], name="left, right")
    shared, own = captions(horizon_sweep(world, [1, 2]))
    assert shared == "room, no noise, left, right sensor"
    assert [text.partition("\n")[0] for text in own] == ["horizon 1", "horizon 2"]


def test_sources_are_named_where_there_are_several():
    world = world_named("room")
    shared, own = captions([empowerment(world, 1), information_map(world, 1)])
    assert shared == "room, horizon 1, no noise"
    assert [text.partition("\n")[0] for text in own] == ["optimal source", "uniform source"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"moves": "king"}, ["four moves", "king moves"]),
        ({"stay": False}, ["can stay", "no stay"]),
        ({"torus": "xy"}, ["no torus", "torus"]),
        ({"sensor": "row"}, ["senses all", "row sensor"]),
        ({"moves": "king", "torus": "x"}, ["four moves, no torus", "king moves, torus in x"]),
        ({"moves": "king", "slip": 0.1}, ["no noise", "king moves, slip 0.1"]),
    ],
)
def test_no_map_is_without_a_name_where_another_has_one(options, words):
    worlds = world_named("room"), world_named("room", **options)
    _, own = captions([empowerment(world, 1) for world in worlds])
    assert [text.partition("\n")[0] for text in own] == words


def test_bounds_say_how_far_apart_they_are():
    emap = empowerment(world_named("room", slip=0.1), 1)
    wide = replace(emap, gap=emap.gap + 0.25)
    assert caption(wide).endswith("\nlower bounds; upper bounds are at most 0.26 bits above")
    assert "\n" not in caption(emap)


@pytest.mark.parametrize(
    ("length", "short"), [(40, "m" * 40), (41, "m" * 39 + "…"), (100, "m" * 39 + "…")]
)
def test_long_names_are_cut(length, short):
    assert short_name(World.from_maze(Maze([[1]], name="m" * length))) == short


def test_the_peak_of_bounds_is_stated_with_the_widest_gap():
    emap = empowerment(world_named("room", slip=0.1), 1)
    x, y, bits, *_ = emap.peak
    wide = replace(emap, gap=emap.gap + 0.25)
    line = f"peak: x = {x}, y = {y}, {bits:.2f} bits"
    assert peak_line(wide).startswith(f"{line}, or at most 0.26 more")
    assert peak_line(emap).startswith(f"{line}, certified to ")
    assert "estimated" not in peak_line(emap)
    estimated = replace(emap.world, conditions=Conditions(noise="own", samples=9))
    certified = r", certified to \S+ bits for the estimated noise(;|$)"
    assert re.search(certified, peak_line(replace(emap, world=estimated)))


def test_each_caption_states_its_gap_where_gaps_differ():
    emap = empowerment(world_named("room", slip=0.1), 1)
    close, wide = (replace(emap, gap=emap.gap + gap) for gap in (0.05, 0.25))
    title, own = captions([emap, close, wide])
    assert title.endswith(
        "\nlower bounds; the largest distance to the upper bounds is in parentheses"
    )
    assert [text.partition("bits")[2] for text in own] == ["", " (+0.06)", " (+0.26)"]
    title, own = captions([wide, wide])
    assert title.endswith("upper bounds are at most 0.26 bits above")
    assert all(text.endswith("bits") for text in own)


def test_letters_go_on_after_z():
    letters = {0: "a", 25: "z", 26: "aa", 27: "ab", 52: "ba", 701: "zz", 702: "aaa"}
    assert {i: letter(i) for i in letters} == letters


def test_the_title_states_maze_horizon_and_noise():
    maze = gridemp.load_maze("klyubin")
    assert caption(emap_of(maze, 5)) == "klyubin, horizon 5, no noise"
    noisy = emap_of(maze, 1, slip=0.123456789, moves="king", stay=False)
    assert caption(noisy) == "klyubin, horizon 1, king moves, no stay, slip 0.123456789"
    long = emap_of(parse_maze("..", name="n" * 200), 1)
    assert caption(long) == "n" * 39 + "…, horizon 1, no noise"


def test_what_sets_maps_apart_stands_above_each():
    emaps = [emap_of(gridemp.load_maze("klyubin"), slip=slip) for slip in (0, 0.1)]
    shared, own = captions(emaps)
    assert shared == "klyubin, horizon 1"
    assert [text.splitlines()[0] for text in own] == ["no noise", "slip 0.1"]
