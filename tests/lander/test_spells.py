from itertools import pairwise

import numpy as np
import pytest

from gridemp.lander.spells import Spells


def test_spells_have_a_share_without_mistakes_and_last_a_fifth_of_a_second():
    spells = Spells(0.3, 2, np.random.default_rng(0))
    made = [spells.next_frame() for _ in range(60_000)]
    shares = [made.count(mistake) / len(made) for mistake in (None, 0, 1)]
    np.testing.assert_allclose(shares, [0.3, 0.35, 0.35], atol=0.02)
    changes = sum(a != b for a, b in pairwise(made))
    alike = sum(share**2 for share in (0.3, 0.35, 0.35))  # of two spells that do not differ
    assert len(made) / changes == pytest.approx(10 / (1 - alike), rel=0.05)


@pytest.mark.parametrize(("quality", "mistakes"), [(1.0, {None}), (0.0, {0, 1, 2})])
def test_all_spells_are_right_or_all_are_wrong(quality, mistakes):
    spells = Spells(quality, 3, np.random.default_rng(1))
    assert {spells.next_frame() for _ in range(2000)} == mistakes
