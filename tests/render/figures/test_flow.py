"""The figure of a flow."""

import numpy as np
import pytest
from matplotlib.colors import to_hex
from support.figures import assert_inside, by_gid
from support.walkers import flow_of

from gridemp import Maze
from gridemp.agents.flow import EITHER
from gridemp.render.artists.basins import COLORS, EITHER_COLOR, basin_grid
from gridemp.render.figures.flow import draw_flow
from gridemp.render.layout.style import look


@pytest.mark.slow
def test_colours_are_those_of_basins():
    _, found = flow_of("klyubin", 3)
    left, right = draw_flow(found).axes[:2]
    np.testing.assert_array_equal(
        left.collections[0].get_array().reshape(10, 10), found.emap.grid()
    )
    mesh = right.collections[0]
    mesh.update_scalarmappable()
    drawn = [to_hex(color) for color in mesh.get_facecolors()]
    wanted = [
        COLORS[i] if i >= 0 else to_hex(EITHER_COLOR) for i in basin_grid(found).astype(int).flat
    ]
    assert drawn == wanted
    (hatched,) = by_gid(right, "either")
    assert len(hatched.get_paths()) == 7
    middles = {tuple(path.vertices[:4].mean(axis=0)) for path in hatched.get_paths()}
    rows, cols = np.nonzero(basin_grid(found) == EITHER)
    assert middles == set(zip(*found.world.maze.xy(rows, cols), strict=True))
    numbers = {text.get_text(): text.get_position() for text in by_gid(right, "attractor")}
    assert sorted(numbers) == ["1", "2", "3"]
    for number, place in numbers.items():
        assert place in found.cells(int(number) - 1)
    labels = [text.get_text() for text in right.get_legend().get_texts()]
    assert labels == ["1: 46%", "2: 27%", "3: 20%", "several, by chance: 7%"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("shape", "width"),
    [
        ((1, 1), "column"),
        ((3, 40), "column"),
        ((40, 3), "column"),
        ((11, 11), "column"),
        ((1, 1), None),
        ((40, 3), None),
        ((11, 11), "page"),
    ],
)
def test_nothing_is_clipped_and_nothing_is_too_small(shape, width):
    _, found = flow_of(Maze(np.ones(shape)), 3)
    with look(None, width) as inches:
        figure = draw_flow(found, width=inches)
        assert_inside(figure)
    texts = figure.findobj(lambda a: hasattr(a, "get_fontsize"))
    assert min(text.get_fontsize() for text in texts if text.get_text()) >= 6
