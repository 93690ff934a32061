"""Trails of repertoires: their ends, their way around a torus, and their title."""

import numpy as np
import pytest
from matplotlib.figure import Figure
from support.figures import assert_inside, by_gid
from support.worlds import world_of

import gridemp
from gridemp import GridempError, World, render
from gridemp.analysis import cell_repertoire
from gridemp.render.figures.repertoire import path_legs


def test_each_sequence_has_a_trail_and_an_end():
    world = world_of("klyubin", slip=0.1)
    found = cell_repertoire(world, 5, 5, 8, repertoire=4)
    ax = render.draw_repertoire(world, found)
    assert ax.get_title() == (
        f"klyubin, 5 actions, slip 0.1\n4 sequences of 8 steps from (5, 5), {found.bits:.3f} bits"
    )
    assert len(by_gid(ax, "trail")) == 4
    ends = [line.get_xydata()[0].tolist() for line in by_gid(ax, "end")]
    cells = world.maze.cells[world.cell[found.paths[:, -1]]]
    assert ends == [list(world.maze.xy(*cell)) for cell in cells.tolist()]
    (start,) = by_gid(ax, "start")
    assert start.get_xydata().tolist() == [[5, 5]]
    assert_inside(ax.figure)


def test_given_axes_and_titles_are_used():
    world = World.from_maze(gridemp.parse_maze("..."))
    found = cell_repertoire(world, 0, 0, 2)
    ax = Figure().add_subplot()
    assert render.draw_repertoire(world, found, ax=ax, title="$own$") is ax
    assert ax.get_title() == "$own$"
    assert len(by_gid(ax, "end")) == 3
    assert len(by_gid(ax, "trail")) == 2  # one of them stays


def test_steps_that_are_taken_back_are_left_out():
    world = World.from_maze(gridemp.parse_maze("...\n..."))
    path = [[0, 0], [1, 0], [1, 1], [1, 0], [1, 0], [2, 0]]
    legs = path_legs(world, np.array(path))
    assert [(leg.start, leg.vector) for leg in legs] == [((0, 0), (1, 0)), ((1, 0), (1, 0))]


def test_a_torus_is_crossed_the_short_way():
    world = World.from_maze(gridemp.parse_maze("....."), torus="x")
    legs = path_legs(world, np.array([[0, 0], [4, 0], [3, 0]]))
    assert [(leg.start, leg.vector) for leg in legs] == [((0, 0), (-1, 0)), ((4, 0), (-1, 0))]


def test_other_results_are_refused():
    with pytest.raises(GridempError, match=r"must be a Repertoire.*analysis\.cell_repertoire"):
        render.draw_repertoire(world_of("klyubin"), ([0], [1]))


def test_a_repertoire_of_another_world_is_refused():
    found = cell_repertoire(world_of("klyubin"), 5, 5, 2)
    with pytest.raises(GridempError, match="numbers of its states, from 0 to"):
        render.draw_repertoire(World.from_maze(gridemp.parse_maze("...")), found)
