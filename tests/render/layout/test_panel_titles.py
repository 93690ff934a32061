"""Titles of panels, fitted into widths."""

import pytest

from gridemp.render.layout.panel_titles import HINTED, LONGEST_WORD, fitted_titles
from gridemp.render.layout.text import font_points, widest_line_inches


def test_titles_shrink_to_the_smallest_size_and_no_further():
    usual = font_points("axes.titlesize")
    titles, size = fitted_titles(["one", "two"], [3, 3])
    assert (titles, size) == (["(a) one", "(b) two"], usual)
    room = 0.9 * HINTED * widest_line_inches("(a) one", usual)
    assert fitted_titles(["one"], [room])[1] == pytest.approx(0.9 * usual)
    assert fitted_titles(["one"], [0.01])[1] == font_points("xtick.labelsize") < usual
    assert fitted_titles(["one, two"], [room])[0] == ["(a) one,\ntwo"]


def test_titles_are_broken_at_spaces_where_a_smaller_font_is_not_enough():
    usual = font_points("axes.titlesize")
    room = widest_line_inches("(a) one two", usual)
    titles, size = fitted_titles(["one two three four"], [room])
    assert titles == ["(a) one two\nthree four"]
    assert size == pytest.approx(usual / HINTED)
    word = "m" * 9
    assert fitted_titles([word], [0.5])[0] == [f"(a)\n{word}"]
    (title,), _ = fitted_titles([word], [0.5], strictly=True)
    assert title.replace("\n", "") == f"(a){word}"
    (title,), size = fitted_titles(["m" * 99], [0.5])
    assert widest_line_inches(title, size) <= LONGEST_WORD
