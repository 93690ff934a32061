from dataclasses import replace

import numpy as np
from support.lander_maps import known_conditions

from gridemp.render.figures.lander_conditions import draw_lander_conditions
from gridemp.render.figures.lander_map import LABEL


def test_each_cell_has_the_mean_of_a_map_and_its_standard_error():
    known = known_conditions()
    ax = draw_lander_conditions(known)
    np.testing.assert_array_equal(ax.collections[0].get_array(), known.bits)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("gravity", "wind")
    assert [label.get_text() for label in ax.get_xticklabels()] == ["2", "6", "10"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["0", "20"]
    written = {(text.get_gid(), text.xy): text.get_text() for text in ax.texts}
    assert written["value", (1, 0)] == "2.50"
    assert written["uncertainty", (1, 0)] == "\N{PLUS-MINUS SIGN} 0.05"
    assert [child.get_ylabel().replace("\n", " ") for child in ax.child_axes] == [LABEL]
    title = ax.get_title().replace("\n", " ")
    for part in ("estimate", "2 x 400 ms", "mean of 4 places", "mean of 2 seeds"):
        assert part in title


def test_one_seed_has_no_standard_error():
    ax = draw_lander_conditions(replace(known_conditions(), standard_error=None, seeds=(3,)))
    assert {text.get_gid() for text in ax.texts} == {"value"}
    assert "standard error" not in ax.get_title()
