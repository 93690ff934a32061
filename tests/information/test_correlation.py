"""Correlations, against SciPy."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from gridemp import GridempError
from gridemp.information.correlation import pearson, ranks, spearman

few_numbers = st.lists(st.tuples(st.integers(-3, 3), st.floats(-9, 9)), min_size=2, max_size=20)


@given(few_numbers)
def test_correlations_are_those_of_scipy(pairs):
    x, y = np.array(pairs).T.round(6)
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        assert math.isnan(pearson(x, y))
        assert math.isnan(spearman(x, y))
    else:
        assert pearson(x, y) == pytest.approx(stats.pearsonr(x, y).statistic, abs=1e-9)
        assert spearman(x, y) == pytest.approx(stats.spearmanr(x, y).statistic, abs=1e-9)
        np.testing.assert_array_equal(ranks(x), stats.rankdata(x))


def test_rounding_neither_splits_ties_nor_makes_a_constant_vary():
    assert ranks([0.3, 0.1 + 0.2, 1]).tolist() == [1.5, 1.5, 3]
    assert math.isnan(pearson([0.1 + 0.2, 0.3, 0.3], [1, 2, 3]))
    assert pearson([1e200, 2e200, 3e200], [1, 2, 4]) == pytest.approx(pearson([1, 2, 3], [1, 2, 4]))


def test_pairs_without_a_number_are_left_out():
    assert pearson([1, 2, 4, math.nan], [2, 3, 5, 9]) == pytest.approx(1)
    assert spearman([1, 2, 4, 0], [2, 3, 5, math.nan]) == pytest.approx(1)
    assert math.isnan(pearson([], []))
    with pytest.raises(GridempError, match=r"needs pairs; `x` and `y` have shapes"):
        pearson([1, 2], [1, 2, 3])
