"""Figures share the options of maps: their names, their defaults, and one colour scale."""

import inspect

import numpy as np
import pytest
from support.learned import invented

import gridemp
from gridemp import GridempError, World, horizon_sweep, render
from gridemp.render.figures.map_scale import MapScale
from gridemp.render.films.maps import frames, save_animation
from gridemp.render.layout.drawing_options import HeatmapDrawing, MapDrawing

SWEEP = horizon_sweep(World.from_maze(gridemp.load_maze("klyubin")), [1, 3])
FIGURES = {
    "panels": lambda **options: render.panels(SWEEP, **options),
    "compare_figure": lambda **options: render.compare_figure(
        SWEEP[0], SWEEP[1].bits, "other [bits]", **options
    ),
    "difference_figure": lambda **options: render.difference_figure(*SWEEP, **options),
    "learned_figure": lambda **options: render.learned_figure(invented(), **options),
    "frames": lambda **options: frames(SWEEP, **options),
}


def parameters(function):
    return inspect.signature(function).parameters


def test_the_options_are_those_of_heatmap_with_its_defaults():
    own = parameters(render.heatmap)
    other = {"emap", "horizon", "ax", "width", "title", "world_options"}
    assert set(own) - other == set(HeatmapDrawing.__annotations__)
    shared = parameters(MapScale.of)
    assert set(shared) - {"emaps"} == set(MapDrawing.__annotations__)
    for name in MapDrawing.__annotations__:
        assert shared[name].default == own[name].default


@pytest.mark.parametrize("name", FIGURES)
def test_an_unknown_option_is_an_error_that_names_it(name):
    with pytest.raises((GridempError, TypeError), match=r"['`]colour['`]"):
        FIGURES[name](colour="red")


@pytest.mark.parametrize("name", FIGURES)
def test_a_range_upside_down_is_an_error_that_names_the_arguments(name):
    with pytest.raises(GridempError, match="from 3 to 1 bits; make `vmin` lower than `vmax`"):
        FIGURES[name](vmin=3, vmax=1)


def test_a_film_names_an_unknown_option(tmp_path):
    with pytest.raises(GridempError, match="has no argument `colour`; did you mean `col"):
        save_animation(SWEEP, tmp_path / "a.gif", colour="red")
    assert list(tmp_path.iterdir()) == []


def test_the_scale_holds_all_maps_unless_told_otherwise():
    scale = MapScale.of(SWEEP)
    bits = np.concatenate([emap.bits for emap in SWEEP])
    assert scale.range == (bits.min(), bits.max())
    assert scale.mappable().get_clim() == scale.range
    assert MapScale.of(SWEEP, vmin=0.5).range == (0.5, bits.max())
