"""Keys below figures, and the room that is made for them."""

import pytest
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from support.figures import assert_inside

from gridemp.render.layout.boxes import Box, arrange, axes_inches
from gridemp.render.layout.keys import MIN_SHARE, draw_key, keeps_size, with_key, with_map_key
from gridemp.render.layout.legends import MAP_LEGEND, legend_inches
from gridemp.render.layout.style import look
from gridemp.render.layout.text import font_points

ENTRIES = [(Line2D([], []), text) for text in ("peak", "fixed box", "conveyor", "trap", "goal")]


@pytest.mark.slow
@pytest.mark.parametrize("width", [None, 2.5, 7])
@pytest.mark.parametrize("aspect", [0.1, 1.0, 10.0])
def test_a_key_has_the_room_that_was_made_for_it(aspect, width):
    rows = [[Box(aspect, 0.3, 0.3, 0.4)], [Box(aspect, 0.3, 0.3, 0.4)]]
    with look(None, width):
        roomy, entries = with_key(rows, ENTRIES, side=3, width=width)
        assert entries == ENTRIES
        figure, axes = arrange(roomy, side=3, width=width)
        draw_key(figure, entries)
        assert_inside(figure)
        (legend,) = figure.legends
        top = legend.get_window_extent().y1
    lowest = axes[-1][0].get_window_extent().y0
    assert top <= lowest - 0.39 * figure.dpi
    if width is not None:
        assert roomy[0] == rows[0]


def test_maps_that_would_shrink_below_four_fifths_have_no_key():
    rows = [[Box(1.0)]]
    for share, fits in ((0.79, False), (0.81, True)):
        high = legend_inches(5, 5) + 0.08
        figure = Figure(figsize=(9, 0.2 + high / (1 - share)))
        _, entries = with_key(rows, ENTRIES, side=3, figure=figure)
        assert bool(entries) == fits
        plain, roomy = Box(1.0), Box(1.0, bottom=0.1 + high)
        assert (
            keeps_size([[plain]], [[roomy]], side=3, size=tuple(figure.get_size_inches())) == fits
        )
        sides = []
        for box in (plain, roomy):
            size = figure.get_size_inches()
            _, ((ax,),) = arrange([[box]], side=3, figure=Figure(figsize=size))
            sides.append(axes_inches(ax)[1])
        assert (sides[1] / sides[0] >= MIN_SHARE) == fits


def test_a_key_wider_than_the_figure_is_left_out():
    wide = [(Line2D([], []), "a meaning that takes many words " * 3)]
    assert with_key([[Box(1.0)]], wide, side=1, width=2.5) == ([[Box(1.0)]], [])
    assert with_map_key(Box(1.0), wide, 1, 2.5) == (Box(1.0), [])


def test_without_entries_nothing_changes():
    assert with_key([[Box(1.0)]], [], side=3) == ([[Box(1.0)]], [])
    figure = Figure()
    draw_key(figure, [])
    assert not figure.legends


@pytest.mark.parametrize("room", [2.0, 2.6, 3.3, 9.0])
def test_entries_of_a_key_share_rows_whatever_their_widths(room):
    texts = ["peak: 0.94 bits at (2, 3)", "start", "goal", "trap", "absorbing: 0 bits"]
    entries = [(Line2D([], []), text) for text in texts]
    rows, entries = with_key([[Box(1.0, 0.3, 0.3, 0.4)]], entries, side=3, width=room + 0.16)
    figure, _ = arrange(rows, side=3, width=room + 0.16)
    draw_key(figure, entries)
    figure.draw_without_rendering()
    assert_inside(figure)
    (legend,) = figure.legends
    boxes = [text.get_window_extent() for text in legend.get_texts()]
    assert [text.get_text() for text in legend.get_texts()] == texts
    lines = {}
    sign = (MAP_LEGEND.handle + MAP_LEGEND.pad) * font_points("legend.fontsize") * figure.dpi / 72
    for text, box in zip(legend.get_texts(), boxes, strict=True):
        baseline = round(text.get_transform().transform(text.get_position())[1])
        lines.setdefault(baseline, []).append((box.x0 - sign, box.x1))
    assert len(lines) == {2.0: 4, 2.6: 3, 3.3: 2, 9.0: 1}[room]
    wide = figure.bbox.width
    for places in lines.values():
        ends = [end for place in places for end in place]
        assert ends == sorted(ends)  # no entry meets another
        assert (ends[0] + ends[-1]) / 2 == pytest.approx(wide / 2, abs=4)
