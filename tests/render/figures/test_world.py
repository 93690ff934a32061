"""The maze of a world with its conditions."""

from matplotlib.figure import Figure
from support.figures import assert_inside, by_gid
from support.worlds import drawn_world, world_of

from gridemp import render
from gridemp.report.captions import world_caption


def test_the_title_names_maze_actions_and_conditions():
    ax = render.draw_world(world_of("klyubin", slip=0.1, torus="x", stay=False))
    assert ax.get_title() == "klyubin, 4 actions, no stay, torus in x, slip 0.1"
    assert_inside(ax.figure)
    assert render.draw_world(world_of("klyubin"), title="$own$").get_title() == "$own$"
    assert render.draw_world(world_of("klyubin"), title=False).get_title() == ""


def test_a_long_title_fits_a_small_maze():
    world = drawn_world(name="a name that is rather long", moves="king", sensor="walls", slip=0.1)
    ax = render.draw_world(world)
    assert "\n" in ax.get_title()
    assert_inside(ax.figure)
    assert world_caption(world.with_sensor([0] * 6, "own")).endswith(", own sensor")


def test_the_sides_that_a_torus_joins_are_open():
    def walls(**options):
        ax = render.draw_world(drawn_world(**options), ax=Figure().add_subplot())
        return sum(len(lines.get_segments()) for lines in by_gid(ax, "walls"))

    assert walls() > walls(torus="x") > walls(torus="xy") == 0
