import pytest

import gridemp
from gridemp.engine.beam_search import beam_bound
from gridemp.engine.channel import window
from gridemp.engine.sequences import Sequences
from gridemp.information.active_set import solve


@pytest.mark.parametrize("slip", [0.1, 0.5, 0.9])
def test_a_beam_finds_what_enumeration_finds(slip):
    world = gridemp.World.from_maze(gridemp.load_maze("klyubin"), slip=slip)
    for state in (0, 45, 99):
        truth = solve(Sequences(window(world, state, 5)), 1e-6)
        found = beam_bound(window(world, state, 5))
        assert truth.lower - 0.01 < found <= truth.upper


def test_rounds_of_the_beam_improve_the_bound(monkeypatch):
    local = window(gridemp.World.from_maze(gridemp.load_maze("klyubin"), slip=0.1), 45, 10)
    improved = beam_bound(local)
    monkeypatch.setattr("gridemp.engine.beam_search.MAX_ROUNDS", 1)
    assert beam_bound(local) < improved - 0.001
