import re

import numpy as np
import pytest

from gridemp import World, parse_maze
from gridemp.agents import Explorer, explore
from gridemp.report.exploration_text import exploration_lines


@pytest.mark.slow
def test_an_exploration_tells_how_close_its_map_came_and_where_it_ended():
    explorer = Explorer(World.from_maze(parse_maze("...\n.#.\n...")), 1)
    short = explore(explorer, 0, 2, np.random.default_rng(0))
    line = exploration_lines(short)[0]
    assert re.fullmatch(
        r"after 2 steps, some cells still differ from the true map by up to \S+ bits", line
    )
    long = explore(explorer, 0, 200, np.random.default_rng(0))
    first, second, third = exploration_lines(long)
    assert re.fullmatch(r"within 0\.01 bits of the true map everywhere after \d+ steps", first)
    assert re.fullmatch(r"\d+ moves tried; 0 edges never tried", second)
    assert re.fullmatch(r"at the end: x = \d, y = \d, 1\.58 bits of 1\.58 at the peak", third)
