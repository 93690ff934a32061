"""The map of the skills of a cell."""

import numpy as np
import pytest
from support.figures import assert_inside, by_gid

import gridemp
from gridemp import World, parse_maze
from gridemp.engine.discounted_walks import CyclingWalk
from gridemp.engine.potential import Skills
from gridemp.render.figures.skills import _segments, _shares, draw_skills

pytestmark = pytest.mark.slow

CORRIDOR = World.from_maze(parse_maze("....", name="corridor"))
SKILLS = Skills(
    1.5,
    1e-7,
    (CyclingWalk((1,), 0), CyclingWalk((1, 2, 3), 2), CyclingWalk((1, 0), 0)),
    np.array([0.5, 0.3, 0.2]),
    0.9,
)


def test_shares_of_cells_and_edges():
    stays, passes = _shares(CORRIDOR, SKILLS)
    np.testing.assert_allclose(stays, [0.1, 0.6, 0.0, 0.3])
    assert passes == {(0, 1): 0.2, (1, 2): 0.3, (2, 3): 0.3}


def test_the_figure_shows_them():
    ax = draw_skills(CORRIDOR, SKILLS)
    cells = ax.collections[0].get_array().ravel()
    np.testing.assert_allclose(cells, [0.1, 0.6, 0.0, 0.3])
    outline, lines = by_gid(ax, "ways")
    assert len(lines.get_segments()) == len(outline.get_segments()) == 3
    wide, other, thin = lines.get_linewidths()  # in the order of the walks
    assert thin < wide == other
    (start,) = by_gid(ax, "start")
    assert start.get_xydata().tolist() == [[1, 0]]
    title = "corridor, no noise, discount 0.9 skills of (1, 0): 1.50 bits"
    assert " ".join(ax.get_title().split()).startswith(title)
    assert_inside(ax.figure)


def test_skills_without_a_way_have_no_lines():
    world = World.from_maze(parse_maze("."))
    ax = draw_skills(world, gridemp.analysis.cell_skills(world, 0, 0, 0.5))
    assert all(not lines.get_segments() for lines in by_gid(ax, "ways"))


def test_ways_across_the_edges_of_a_torus_leave_the_map():
    torus = World.from_maze(parse_maze("....\n....\n...."), torus="xy")
    assert _segments(torus, (0, 3)) == [((0, 2), (-1, 2)), ((4, 2), (3, 2))]
    assert _segments(torus, (0, 8)) == [((0, 2), (0, 3)), ((0, -1), (0, 0))]
    assert _segments(torus, (0, 1)) == [((0, 2), (1, 2))]


def test_headings_share_a_cell():
    world = World.from_maze(parse_maze("..."), moves="turn")
    skills = gridemp.analysis.cell_skills(world, 1, 0, 0.8)
    stays, _ = _shares(world, skills)
    assert stays.sum() == pytest.approx(1)
    draw_skills(world, skills, width=4, title="Skills")
    assert "skills of (1, 0) facing " in " ".join(draw_skills(world, skills).get_title().split())


def test_skills_of_another_world_are_refused():
    world = World.from_maze(parse_maze("..."))
    with pytest.raises(gridemp.GridempError, match="numbers of its states, from 0 to 2"):
        draw_skills(world, SKILLS)


def test_the_legend_can_be_left_out():
    world = World.from_maze(parse_maze("..T"))
    skills = gridemp.analysis.cell_skills(world, 0, 0, 0.5)
    with_it, without = (draw_skills(world, skills, legend=legend) for legend in (True, False))
    assert [text.get_text() for text in with_it.get_legend().get_texts()] == ["trap"]
    assert without.get_legend() is None
