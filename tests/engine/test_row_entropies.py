import numpy as np

import gridemp
from gridemp.engine import row_entropies
from gridemp.engine.channel import window
from gridemp.engine.sequences import Sequences


def test_blocks_of_prefixes_change_nothing(monkeypatch):
    local = window(gridemp.World.from_maze(gridemp.load_maze("klyubin"), slip=0.1), 45, 4)
    whole, fractions = Sequences(local), []
    monkeypatch.setattr(row_entropies, "BLOCK", 7)
    blocks = Sequences(local, fractions.append)
    np.testing.assert_allclose(blocks.negentropy, whole.negentropy, atol=1e-14)
    outputs = range(len(whole.peaks))
    likeliest = [part.rows(part.peaks)[outputs, outputs] for part in (blocks, whole)]
    np.testing.assert_allclose(*likeliest)
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1


def test_the_same_bits_with_one_thread_or_several(monkeypatch):
    local = window(gridemp.World.from_maze(gridemp.load_maze("klyubin"), slip=0.1), 45, 6)
    monkeypatch.setattr(row_entropies, "BLOCK", 50)
    monkeypatch.setattr(row_entropies, "MIN_SUFFIXES", 1)
    monkeypatch.setattr("gridemp.parallel.available_processors", lambda: 1)
    alone = Sequences(local)
    monkeypatch.setattr("gridemp.parallel.available_processors", lambda: 3)
    for _ in range(3):
        together = Sequences(local)
        np.testing.assert_array_equal(together.negentropy, alone.negentropy)
        np.testing.assert_array_equal(together.peaks, alone.peaks)
