"""A learned bound sums itself up."""

import numpy as np
import pytest
from support.learned import invented


def test_what_a_report_comes_to():
    learned = invented()
    np.testing.assert_allclose(learned.gap, learned.exact.bits / 2)
    assert learned.agreement == pytest.approx(1)
    best = learned.exact.bits >= np.sort(learned.exact.bits)[-1] - 1e-9  # a tenth of 14 is one
    assert learned.top_tenth == pytest.approx(best.mean())
