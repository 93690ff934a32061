import io
from dataclasses import replace

import numpy as np
import pytest
from support.lander_maps import known_map
from support.landers import coarse_map

from gridemp.render.figures.lander_map import ERROR_LABEL, LABEL, color_range, draw_lander_map
from gridemp.render.layout.style import look


def test_a_map_shows_places_ground_pad_and_peak():
    coarse = coarse_map()
    ax = draw_lander_map(coarse)
    values = ax.collections[0].get_array()
    np.testing.assert_array_equal(np.ma.filled(values, np.nan), coarse.bits)
    artists = {}
    for artist in [*ax.lines, *ax.collections]:
        artists.setdefault(artist.get_gid(), []).append(artist)
    np.testing.assert_array_equal(artists["ground line"][0].get_xydata(), coarse.ground)
    assert [flag.get_xdata()[0] for flag in artists["flag"]] == pytest.approx([-0.2, 0.2])
    assert artists["peak"][0].get_xydata().tolist() == [list(coarse.peak[:2])]
    assert (ax.get_xlim(), ax.get_ylim()) == ((-1, 1), coarse.screen[2:])
    for part in ("estimate", "2 x 400 ms", "resolution 0.1", "gravity 10", "wind 0", "seed 0"):
        assert part in ax.get_title().replace("\n", " ")
    labels = [child.get_ylabel() for child in ax.child_axes]
    assert labels == [LABEL]
    assert color_range(coarse) == (coarse.lowest, coarse.peak[2])


@pytest.mark.slow
def test_nothing_of_a_map_is_cut_off():
    for width in ("2.5", "column", "page", None):
        with look(None, width) as inches:
            figure = draw_lander_map(coarse_map(), width=inches).figure
            figure.savefig(io.BytesIO(), format="png")
            box = figure.get_tightbbox()
        wide, high = figure.get_size_inches()
        assert box.x0 >= 0
        assert box.y0 >= 0
        assert box.x1 <= wide
        assert box.y1 <= high


def test_standard_errors_stand_below_the_map():
    known = known_map()
    assert len(draw_lander_map(known).figure.axes) == 1
    several = replace(known, seeds=(3, 4), standard_error=known.bits / 8)
    ax, under = draw_lander_map(several).figure.axes
    assert ax.get_position().y0 > under.get_position().y1
    shown = np.ma.filled(under.collections[0].get_array(), np.nan)
    np.testing.assert_array_equal(shown, several.standard_error)
    assert [child.get_ylabel() for child in under.child_axes] == [ERROR_LABEL]
    assert under.get_title() == ""
    assert "mean of 2 seeds" in ax.get_title()


def test_a_key_names_the_peak():
    coarse = coarse_map()
    (entry,) = draw_lander_map(coarse).get_legend().get_texts()
    assert entry.get_text().startswith(f"peak: {coarse.peak[2]:.2f} bits at (")
    assert draw_lander_map(coarse, legend=False).get_legend() is None
