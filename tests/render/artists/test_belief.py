"""Drawing of beliefs."""

import numpy as np
import pytest
from matplotlib.figure import Figure
from support.explorations import small_exploration
from support.figures import by_gid

from gridemp.agents.exploration_record import CLOSE
from gridemp.render.artists.belief import draw_difference_curve


@pytest.fixture(scope="module")
def walk():
    return small_exploration()


def test_the_curve_is_the_largest_and_the_mean_difference(walk):
    ax = draw_difference_curve(Figure().add_subplot(), walk, [0, 20])
    for name, values in (("largest", walk.max_difference), ("mean", walk.mean_difference)):
        (line,) = by_gid(ax, name)
        np.testing.assert_array_equal(line.get_xdata(), np.arange(61))
        np.testing.assert_array_equal(line.get_ydata(), values)
    (close,) = by_gid(ax, "close")
    assert set(close.get_ydata()) == {CLOSE}
    (settled,) = by_gid(ax, "settled")
    assert set(settled.get_xdata()) == {walk.settled()}
    assert settled.get_label() == f"within 0.01 bits\nafter {walk.settled()} steps"
    assert ax.get_yscale() == "log"
