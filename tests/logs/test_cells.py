import re

import pytest

from gridemp.logs.cells import OR_SKIP, Numbers, NumbersOrTexts, Style, Texts, Times, is_missing


def column(kind, *texts):
    cells = kind()
    for text in texts:
        cells.append(text)
    return cells.result()


def test_the_first_cell_decides_between_numbers_and_texts():
    assert column(NumbersOrTexts, "1", "2.5").tolist() == [1.0, 2.5]
    texts, codes = column(NumbersOrTexts, "left", "none", "left")
    assert (texts, codes.tolist()) == (("left", "none"), [0, 1, 0])
    texts, codes = column(Texts, "1", "left", "")
    assert (texts, codes.tolist()) == (("1", "left", ""), [0, 1, 2])
    assert column(Numbers).tolist() == column(NumbersOrTexts).tolist() == []


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        (["1", "left"], "'left' is not a number; write a number"),
        (["n/a", "4"], "4 is a number, but 'n/a' above is not; write only numbers or only names"),
        (["left", ""], f"the cell is empty; write a category{OR_SKIP}"),
        ([""], f"the cell is empty; write a number or a category{OR_SKIP}"),
        (["nan"], f"nan cannot be measured; leave out this row or write a finite number{OR_SKIP}"),
        (["inf"], "inf cannot be measured; leave out this row or write a finite number"),
        (
            [f"w{i}" for i in range(51)],
            "'w50' is one text too many, as a column may have 50 different ones, such as 'w0'; "
            "write numbers, or fewer categories",
        ),
    ],
)
def test_a_cell_that_does_not_go_with_the_others_is_refused(texts, sentence):
    *before, last = texts
    cells = NumbersOrTexts()
    for text in before:
        cells.append(text)
    with pytest.raises(ValueError, match="^" + re.escape(sentence) + "$"):
        cells.append(last)


def test_decimal_commas_are_read_where_they_separate_nothing():
    numbers = Numbers(Style(comma=True))
    for text in ("1,5", "-2", "3,25e2"):
        numbers.append(text)
    assert numbers.result().tolist() == [1.5, -2.0, 325.0]
    with pytest.raises(ValueError, match=r"^'1,5' is not a number; write decimals with a point$"):
        Numbers(Style()).append("1,5")


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        (["1,5", "2.5"], "'2.5' has a decimal point, and '1,5' a comma; write all numbers alike"),
        (["1.5", "2,5"], "'2,5' has a decimal comma, and '1.5' a point; write all numbers alike"),
        (["1.234,5"], "'1.234,5' has a decimal comma, and '1.234,5' a point"),
    ],
)
def test_points_and_commas_are_not_mixed(texts, sentence):
    """The two may be in different columns of a file."""
    style = Style(comma=True)
    *before, last = texts
    for text in before:
        Numbers(style).append(text)
    with pytest.raises(ValueError, match="^" + re.escape(sentence)):
        NumbersOrTexts(style).append(last)


def test_times_are_numbers_or_dates():
    assert column(Times, "0.5", "1").tolist() == [0.5, 1.0]
    found = column(Times, "2024-03-01T23:59:59.5", "2024-03-02 00:00:01", "2024-03-02T00:00")
    assert found.tolist() == [0.0, 1.5, 0.5]
    assert column(Times, "12:00:00+01:00", "11:00:00.250Z").tolist() == [0.0, 0.25]
    times = Times(Style(comma=True))
    times.append("1,5")
    assert times.result().tolist() == [1.5]


@pytest.mark.parametrize(
    ("first", "then", "sentence"),
    [
        ("1", "2024-03-01", "'2024-03-01' is not a number; write a number"),
        ("12:00", "noon", "'noon' is not a time such as '12:00'; write ISO 8601"),
        ("12:00", "12:01Z", "'12:01Z' and '12:00' do not both have a time zone; write it in all"),
    ],
)
def test_times_are_of_one_kind(first, then, sentence):
    times = Times()
    times.append(first)
    with pytest.raises(ValueError, match="^" + re.escape(sentence)):
        times.append(then)


def test_some_words_stand_for_a_missing_cell():
    assert all(map(is_missing, ["", "NA", "n/a", "NaN", "null", "None"]))
    assert not any(map(is_missing, ["0", "none of them", "-", "inf"]))
