"""Learned bounds whose numbers are known."""

import numpy as np

import gridemp
from gridemp import World, empowerment
from gridemp.deep.result import LearnedBound
from gridemp.engine.map import EmpowermentMap

SMALL = "....\n.#..\n....\n..#.\n"  # 4 x 4


def invented(text=SMALL, **options):
    """A learned bound that is half the exact map."""
    exact = empowerment(World.from_maze(gridemp.parse_maze(text), **options), 2)
    count, actions = len(exact.bits), len(exact.world.actions)
    rising = np.linspace(0, 2, 5)
    return LearnedBound(
        exact=exact,
        proved=EmpowermentMap(exact.world, 2, exact.bits / 2, exact.bits / 2),
        policy=np.full((len(exact.world.cell), actions), 1 / actions),
        updates=np.arange(10, 60, 10),
        estimates=rising - 0.1,
        means=rising,
        surprises=1 - rising,
        ends=np.full(count, 1 / count),
        steps=50,
        reward="empowerment",
        policy_return=30.0,
        best_return=40.0,
    )
