import io
from dataclasses import replace

import numpy as np
import pytest
from support.learning_curves import invented_grid, under_conditions

from gridemp.logs import condition_grid
from gridemp.render.figures.condition_grid import LABEL, MARK, draw_condition_grid, title_of
from gridemp.render.layout.style import look


def texts(ax, kind):
    return {text.xy: text.get_text() for text in ax.texts if text.get_gid() == kind}


def test_each_cell_has_its_value_above_chance_and_its_interval():
    grid = invented_grid()
    ax = draw_condition_grid(grid)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("gravity", "wind")
    assert [label.get_text() for label in ax.get_xticklabels()] == ["2", "10"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["0", "20"]
    places = {("2", "0"): (0, 0), ("10", "0"): (1, 0), ("2", "20"): (0, 1)}
    shown = np.ma.filled(ax.collections[0].get_array(), np.nan)
    values, intervals = texts(ax, "value"), texts(ax, "uncertainty")
    assert len(values) == 3
    for mean in grid.means:
        col, row = places[mean.x, mean.y]
        assert shown[row, col] == mean.above
        assert values[col, row] == f"{mean.above:.2f}"
        ends = f"[{mean.above_low:.2f}, {mean.above_high:.2f}]"
        assert intervals[col, row] == ends.replace("-", "\N{MINUS SIGN}")
    assert [child.get_ylabel() for child in ax.child_axes] == [LABEL]
    missing = [patch for patch in ax.patches if patch.get_gid() == "missing"]
    assert [patch.get_xy() for patch in missing] == [(0.5, 0.5)]
    title = ax.get_title().replace("\n", " ")
    assert "KSG (k = 3) estimates, 50 windows each, 1 trial each, mean of 2 players" in title


def test_the_title_counts_trials_only_if_all_players_have_as_many():
    curve = under_conditions()
    first, *others = curve.trials
    more = replace(curve, trials=(first, first, *others))
    assert "50 windows each, mean of 2 players" in title_of(condition_grid(more))
    twice = replace(curve, trials=curve.trials * 2)
    assert ", 2 trials each, mean of 2 players" in title_of(condition_grid(twice))
    pair = [one for one in curve.trials if one.conditions == first.conditions]
    uneven = replace(curve, trials=(first, *pair))  # 1.5 on average
    assert "50 windows each, mean of 2 players" in title_of(condition_grid(uneven))


def test_cells_that_are_not_above_chance_have_a_frame():
    """Two players leave wide intervals, of which only some lie above 0."""
    grid = invented_grid()
    ax = draw_condition_grid(grid)
    framed = [patch for patch in ax.patches if patch.get_gid() == "mark"]
    unsure = [mean for mean in grid.means if not mean.is_above_chance]
    assert 0 < len(framed) == len(unsure) < len(grid.means)
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [MARK]


def test_a_single_player_has_no_interval_and_no_frame():
    ax = draw_condition_grid(invented_grid("A"))
    assert texts(ax, "uncertainty") == {}
    assert len(texts(ax, "value")) == 3
    assert ax.get_legend() is None
    assert "one player" in ax.get_title()


def test_intervals_that_do_not_fit_are_left_out():
    with look(None, "2.5") as width:
        ax = draw_condition_grid(invented_grid(), width=width)
    assert texts(ax, "uncertainty") == {}


@pytest.mark.slow
def test_nothing_of_a_grid_is_cut_off():
    for width in ("2.5", "column", "page", None):
        with look(None, width) as inches:
            figure = draw_condition_grid(invented_grid(), width=inches).figure
            figure.savefig(io.BytesIO(), format="png")
            box = figure.get_tightbbox()
        wide, high = figure.get_size_inches()
        assert box.x0 >= 0
        assert box.y0 >= 0
        assert box.x1 <= wide
        assert box.y1 <= high
