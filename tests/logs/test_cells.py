import re

import pytest

from gridemp.logs.cells import Numbers, NumbersOrTexts, Texts


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
        (["left", ""], "the cell is empty; write a category"),
        ([""], "the cell is empty; write a number"),
        (["nan"], "nan cannot be measured; leave out this row or write a finite number"),
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
