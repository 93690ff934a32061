"""Values of actions, against a linear system."""

import numpy as np
from support.explorations import SMALL

from gridemp import World
from gridemp.agents.action_values import action_values
from gridemp.agents.belief import prior_belief


def test_a_plan_is_the_fixed_point_of_its_equation():
    world = prior_belief(World.from_maze(SMALL)).world()
    rng = np.random.default_rng(0)
    bits, bonus = rng.random(16), rng.random((16, 5))
    gains, _ = action_values(world, bits, bonus, np.zeros(16))
    P = np.zeros((16, 5, 16))
    s, a, _ = np.ogrid[:16, :5, :1]
    np.add.at(P, (s, a, world.successors), world.probabilities)
    policy = gains.argmax(axis=1)
    chosen = np.arange(16), policy
    reward = P @ bits + bonus
    values = np.linalg.solve(np.eye(16) - 0.98 * P[chosen], reward[chosen])
    own = reward + 0.98 * P @ values
    np.testing.assert_array_less(own.max(axis=1), values + 1e-6)  # no action is better
    np.testing.assert_allclose(own - own.max(), gains - gains.max(), atol=1e-6)
