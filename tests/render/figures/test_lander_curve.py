import io
from dataclasses import replace

import numpy as np
import pytest
from support.extras import required
from support.lander_maps import known_curve

from gridemp.render.figures.lander_curve import draw_lander_curve
from gridemp.render.layout.style import look

required("Box2D")


def lines(ax):
    return [line.get_xydata().tolist() for line in ax.lines if line.get_gid() == "episode"]


def test_each_episode_has_a_line_of_bits_and_one_of_heights():
    curve = known_curve()
    ax, height = draw_lander_curve(curve).figure.axes
    first, second = lines(ax)
    assert first[0] == [0.0, 1.5]
    assert np.isnan(first[1][1])
    assert second == [[0.4, 3.0], [0.6, 2.5], [0.8, 2.0]]
    assert [[y for _, y in line] for line in lines(height)] == [[1.0, 0.0], [1.5, 1.25, 1.0]]
    assert ax.get_xlim() == height.get_xlim()
    for part in ("Player Ada, trial 2", "estimate", "2 x 400 ms", "mean of 2 seeds"):
        assert part in ax.get_title().replace("\n", " ")


def test_the_band_is_the_standard_error():
    ax, _ = draw_lander_curve(known_curve()).figure.axes
    bands = [band for band in ax.collections if band.get_gid() == "band"]
    corners = bands[1].get_paths()[0].vertices
    at_start = sorted({round(y, 9) for x, y in corners if x == 0.4})
    assert at_start == [2.7, 3.3]
    names = [text.get_text() for text in ax.get_legend().get_texts()]
    assert names == ["estimate", "± standard error"]


def test_a_single_seed_has_no_band():
    alone = replace(known_curve(), seeds=(3,), standard_error=None)
    ax, _ = draw_lander_curve(alone).figure.axes
    assert not ax.collections
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["estimate"]
    assert draw_lander_curve(alone, legend=False).get_legend() is None


@pytest.mark.slow
def test_nothing_of_a_curve_is_cut_off():
    for width in ("2.5", "column", "page", None):
        with look(None, width) as inches:
            figure = draw_lander_curve(known_curve(), width=inches).figure
            figure.savefig(io.BytesIO(), format="png")
            box = figure.get_tightbbox()
        wide, high = figure.get_size_inches()
        assert min(box.x0, box.y0) >= 0
        assert box.x1 <= wide
        assert box.y1 <= high
