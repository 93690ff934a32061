"""What results say of themselves in one line."""

import numpy as np

from gridemp import World, parse_maze
from gridemp.agents import Agent, flow, prior_belief, walk
from gridemp.analysis import cell_source
from gridemp.logs import Trial
from gridemp.shown import counted


def test_numbers_have_their_nouns():
    assert [counted(n, "step") for n in (0, 1, 2)] == ["0 steps", "1 step", "2 steps"]


def test_one_of_a_kind_is_in_the_singular():
    corridor = World.from_maze(parse_maze(".."))
    agent = Agent(World.from_maze(parse_maze("...")), horizon=1)
    path = walk(agent, 0, 1, np.random.default_rng(0))
    one = np.zeros((1, 1))
    for result, words in (
        (World.from_transitions([[[1.0]]]), " 1 action, "),
        (path, " 1 step)"),
        (flow(agent, np.arange(3)), " 1 attractor)"),
        (prior_belief(corridor).after(0, True), " 1 move seen)"),
        (Trial("a", "1", one, one, None), " 1 window)"),
        (cell_source(World.from_maze(parse_maze(".")), 0, 0, 1).channel, " 1 outcome)"),
    ):
        assert words in repr(result)
