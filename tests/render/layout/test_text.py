"""Sizes of texts, and texts broken into lines."""

import pytest

from gridemp.render.layout.text import (
    equally_many_lines,
    in_two_lines,
    line_inches,
    text_inches,
    widest_line_inches,
    with_minus_signs,
    wrapped,
)


def test_texts_are_broken_after_commas_where_they_are_too_wide():
    parts = ["one maze", "horizon 5", "no noise", "slip 0.1"]
    text = ", ".join(parts)
    assert wrapped(text, 100, 10) == text
    narrow = text_inches("one maze", 10)
    assert (
        wrapped(text, narrow, 10).splitlines() == [f"{part}," for part in parts[:-1]] + parts[-1:]
    )
    width = text_inches("one maze, horizon 5", 10)
    assert wrapped(text, width, 10) == "one maze, horizon 5,\nno noise, slip 0.1"
    assert wrapped("a\nb", narrow, 10) == "a\nb"


def test_parts_that_are_too_wide_are_broken_at_spaces_and_else_anywhere():
    width = text_inches("one two", 10)
    assert wrapped("one two three, four", width, 10) == "one two\nthree,\nfour"
    assert wrapped("one two three", width, 10, slack=2) == "one two three"
    assert wrapped("a, onetwothree", width, 10).splitlines()[0] == "a,"
    pieces = wrapped("onetwothree" * 3, width, 10).splitlines()
    assert "".join(pieces) == "onetwothree" * 3
    assert all(text_inches(piece, 10) <= width for piece in pieces)
    assert wrapped("onetwothree a", width, 10, longest_word=2) == "onetwothree\na"
    assert wrapped("ab", 0.01, 10) == "a\nb"


def test_texts_are_broken_in_two_where_both_lines_are_shortest():
    assert in_two_lines("empowerment [bits]") == "empowerment\n[bits]"
    assert in_two_lines("empowerment, lower bound [bits]") == "empowerment,\nlower bound [bits]"
    assert in_two_lines("bits") == "bits"
    assert in_two_lines("") == ""


def test_the_widest_line_counts():
    assert widest_line_inches("i\nwide\ni", 10) == text_inches("wide", 10)
    assert widest_line_inches("", 10) == 0
    assert text_inches("wide", 20) == pytest.approx(2 * text_inches("wide", 10), rel=0.05)
    assert line_inches(72) == pytest.approx(1.3)


def test_titles_in_a_row_have_equally_many_lines():
    assert equally_many_lines(["a\nb", "c", ""]) == ["a\nb", "c\n", "\n"]


def test_negative_numbers_have_minus_signs():
    assert with_minus_signs("-1 to 2") == "\N{MINUS SIGN}1 to 2"
