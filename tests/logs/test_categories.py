import numpy as np
import pytest

from gridemp.errors import GridempError
from gridemp.logs import Columns, are_codes, as_categories
from gridemp.logs.categories import sorted_labels, truths


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0, 1, 2, 3], True),
        ([1, 2, 2], True),  # no 0, so it is not a key
        ([-1, 0, 1], True),
        ([-20, 20, 3], True),
        ([0, 1, 1], False),
        ([0, 255, 0], False),
        ([0, 1, 21], False),
        ([0, 0.5, 1], False),
        ([2, 2, 2], False),
        ([], False),
    ],
)
def test_codes_are_a_few_small_whole_numbers(values, expected):
    assert are_codes(np.array(values, dtype=float)) is expected


def test_columns_of_numbers_become_categories():
    log = Columns("log", 3, {"a": np.array([2.0, -1.0, 2.0]), "x": np.zeros(3)}, {})
    found = as_categories(log, ["a"])
    assert list(found.numbers) == ["x"]
    texts, codes = found.labels["a"]
    assert (texts, codes.tolist()) == (("-1", "2"), [1, 0, 1])
    with pytest.raises(GridempError, match="no column of numbers named 'b'; it has a, x"):
        as_categories(log, ["b"])


def test_labels_that_are_numbers_are_sorted():
    texts, codes = sorted_labels((("10", "2"), np.array([0, 1, 1])))
    assert (texts, codes.tolist()) == (("2", "10"), [1, 0, 0])
    names = (("up", "2"), np.array([0, 1]))
    assert sorted_labels(names) is names


def test_truth_values_are_told_from_names():
    found = truths((("False", "true"), np.array([0, 1, 1])))
    assert found.tolist() == [False, True, True]
    assert truths((("no", "true"), np.array([0, 1]))) is None
