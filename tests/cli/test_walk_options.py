import pytest

from gridemp import GridempError, World, parse_maze
from gridemp.cli.walk_options import EXPLORATION_STEPS, STEPS, WalkOptions


def test_an_agent_that_learns_takes_more_steps_by_default():
    assert WalkOptions().count() == STEPS
    assert WalkOptions(learn=True).count() == EXPLORATION_STEPS
    assert WalkOptions(learn=True, steps="7").count() == 7


def test_an_agent_starts_where_it_is_told_or_at_the_s():
    world = World.from_maze(parse_maze("..\n.S"))
    assert WalkOptions().start_cell(world) == (1, 0)
    assert WalkOptions(start="0,1").start_cell(world) == (0, 1)


@pytest.mark.parametrize(("text", "problem"), [("..", "has no S"), ("SS", "has 2 cells marked S")])
def test_an_agent_does_not_guess_where_to_start(text, problem):
    with pytest.raises(GridempError, match=f"^maze {problem}.*; give --start X,Y"):
        WalkOptions().start_cell(World.from_maze(parse_maze(text)))


def test_the_seed_decides():
    draws = [WalkOptions(seed=seed).rng().random() for seed in ("3", "3", "4")]
    assert draws[0] == draws[1] != draws[2]
