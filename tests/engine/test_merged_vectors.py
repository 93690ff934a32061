import numpy as np

from gridemp.engine.merged_vectors import ROOM_OF_MERGING, merged


def test_maxima_are_above_what_they_replace_and_hardly_higher_at_their_belief():
    rng = np.random.default_rng(2)
    vectors, at = rng.normal(size=(60, 7)), np.sort(rng.integers(4, size=60))
    beliefs = rng.dirichlet(np.ones(7), size=4)
    maxima, where, work = merged(vectors, at, beliefs, limit=3.0, tie=1e-4)
    assert len(maxima) < len(vectors)
    assert work > 0
    assert (np.diff(where) >= 0).all()
    for k, belief in enumerate(beliefs):
        mine, theirs = vectors[at == k], maxima[where == k]
        assert (mine[:, None] <= theirs).all(axis=2).any(axis=1).all()
        top = (mine @ belief).max()
        assert (theirs @ belief).max() <= top + max(ROOM_OF_MERGING * (3.0 - top), 1e-4) + 1e-12
