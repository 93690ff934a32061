from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.channels import assert_same_rows
from support.strategies import worlds

from gridemp.engine.channel import channel, window
from gridemp.engine.sequences import Sequences
from gridemp.information.capacity import divergences, row_negentropy


def test_the_comparison_itself_can_fail():
    with pytest.raises(AssertionError):
        assert_same_rows(np.eye(2), np.eye(2)[:1])


@pytest.mark.slow
@settings(max_examples=60)
@given(
    worlds(max_side=4, slips=(0.0, 1e-9, 0.3, 1.0), actions=("nesw",)), st.integers(1, 4), st.data()
)
def test_implicit_rows_are_the_rows_written_down(world, horizon, data):
    state = data.draw(st.integers(0, len(world.cell) - 1))
    world = replace(world, sensor=world.sensor // data.draw(st.integers(1, 3)))
    written = channel(world, state, horizon).probabilities
    with pytest.MonkeyPatch.context() as patch:  # from all prefix to nearly all suffix
        patch.setattr(
            "gridemp.engine.sequences.PREFIXES_PER_SUFFIX", data.draw(st.sampled_from([0, 1, 99]))
        )
        sequences = Sequences(window(world, state, horizon))
    rows = sequences.rows(np.arange(len(sequences.negentropy)))
    assert len(rows) <= len(written)
    assert_same_rows(rows, written[:, written.any(axis=0)])
    np.testing.assert_allclose(sequences.negentropy, row_negentropy(rows), atol=1e-13)
    np.testing.assert_allclose(rows[sequences.peaks, range(rows.shape[1])], rows.max(axis=0))
    source = np.random.default_rng(0).dirichlet(np.ones(len(rows)))
    truth = divergences(rows, row_negentropy(rows), source)
    np.testing.assert_allclose(sequences.divergences(source @ rows), truth, atol=1e-12)
